#pragma once
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace pli::test {

/// What a command line left behind.
struct Ran {
    int status = 0;
    std::string out, err;
};
/// Runs it through sh; `pli` in it is the program under test.
Ran sh(const std::string& command);

/// A folder of its own for one test, gone afterwards.
class Scratch {
public:
    Scratch();
    ~Scratch();
    Scratch(const Scratch&) = delete;
    Scratch& operator=(const Scratch&) = delete;
    std::string operator/(std::string_view name) const { return (path_ / name).string(); }
    const std::filesystem::path& path() const { return path_; }

private:
    std::filesystem::path path_;
};

void write(const std::string& path, std::string_view text);
std::string read(const std::string& path);

/// A workspace with a template `thanks` (French, right window) and nothing queued.
std::string new_workspace(const Scratch& scratch, std::string_view settings = "");

/// Every batch folder below `out` that is READY, sorted.
std::vector<std::string> ready_batches(const std::string& out);
std::size_t count_of(const std::string& text, std::string_view part);

}  // namespace pli::test
