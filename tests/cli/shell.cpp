#include "tests/cli/shell.hpp"

#include <fmt/format.h>
#include <sys/wait.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>

namespace pli::test {
namespace fs = std::filesystem;

Ran sh(const std::string& command) {
    const Folder outputs;
    const auto program = fs::path(PLI_PROGRAM).parent_path().string();
    // What fontconfig keeps for good would otherwise end a sanitized pli with a status of its own.
    const auto leaks = fs::absolute("tests/sanitizers/leaks.txt").string();
    const auto line = fmt::format(
        "export LSAN_OPTIONS=suppressions={}:print_suppressions=0 PATH=\"{}:$PATH\"; {{ {}\n}} >{} 2>{} </dev/null",
        leaks, program, command, outputs / "out", outputs / "err");
    const int status = std::system(line.c_str());
    return {WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status), read_file(outputs / "out"),
            read_file(outputs / "err")};
}

std::string new_workspace(const Folder& scratch, std::string_view settings) {
    const auto folder = scratch / "shop";
    write_file(folder + "/pli.toml", settings);
    write_file(folder + "/templates/thanks/template.json", R"({
  "kind": "document", "profile": "NF-right", "locale": "fr-FR",
  "style": {"font": "Noto Sans", "size": 10.5, "leading": 14},
  "fixed": [{"text": "Maison Lavande · 4 rue des Tanneurs · 84000 Avignon", "at": {"x": 20, "y": 15, "w": 75}}],
  "address": "auto",
  "body": [{"html": "<p>Bonjour {first_name},</p><p>merci pour votre commande {order}, passée cet été à l’œil.</p>"},
           {"qr": "https://example.org/{order}", "size": 20}],
  "fields": ["order"]
})");
    return folder;
}

std::vector<std::string> ready_batches(const std::string& out) {
    std::vector<std::string> folders;
    if (!fs::exists(out)) return folders;
    for (const auto& entry : fs::directory_iterator(out))
        if (entry.path().filename().string().front() != '.' && fs::exists(entry.path() / "READY"))
            folders.push_back(entry.path().string());
    std::sort(folders.begin(), folders.end());
    return folders;
}

std::size_t count_of(const std::string& text, std::string_view part) {
    std::size_t count = 0;
    for (auto at = text.find(part); at != std::string::npos; at = text.find(part, at + part.size())) ++count;
    return count;
}

}  // namespace pli::test
