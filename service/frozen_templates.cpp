#include "service/frozen_templates.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <system_error>
#include <utility>

#include "base/digest.hpp"
#include "pipeline/output_file.hpp"
#include "service/composing.hpp"

namespace pli::service {
namespace {

namespace fs = std::filesystem;

/// Relative path and content of each file, by path.
using Files = std::vector<std::pair<std::string, std::string>>;

tl::unexpected<Error> cannot(const char* be_what, const fs::path& path, std::error_code why) {
    return failure(Fault::Environment, path.string(), fmt::format("cannot be {}: {}", be_what, why.message()),
                   "check the workspace's folder and run again");
}

Result<Files> files_of(const fs::path& folder) {
    Files files;
    std::error_code error;
    for (fs::recursive_directory_iterator entry(folder, error), end; !error && entry != end; entry.increment(error)) {
        if (!entry->is_regular_file(error)) continue;
        auto bytes = TRY(read_file(entry->path().string()));
        files.emplace_back(entry->path().lexically_relative(folder).string(), std::move(bytes));
    }
    if (error) return cannot("read", folder, error);
    std::ranges::sort(files);
    return files;
}

/// Lengths part the texts, so that no two folders are written alike.
std::string name_of(const Files& files) {
    Digest digest;
    for (const auto& [path, bytes] : files) {
        digest.add(fmt::format("{} {} {}", path.size(), bytes.size(), path));
        digest.add(bytes);
    }
    return Digest::hex(digest.finish());
}

Done write_synced(const std::string& path, std::string_view bytes) {
    auto file = TRY(pipeline::OutputFile::create(path));
    TRY(file.write(bytes));
    TRY(file.close());
    return {};
}

Done make_folder(const fs::path& folder) {
    std::error_code error;
    fs::create_directories(folder, error);
    return error ? Done{cannot("created", folder, error)} : Done{};
}

Done move_to(const fs::path& from, const fs::path& to) {
    std::error_code error;
    fs::rename(from, to, error);
    if (error) return cannot("renamed", from, error);
    return pipeline::sync_folder(to.parent_path().string());
}

/// frozen/HASH: there whole, or not at all.
Done keep(const Files& files, const fs::path& folder) {
    if (fs::exists(folder)) return {};
    const auto part = folder.parent_path() / fmt::format(".{}.part", folder.filename().string());
    std::error_code error;
    fs::remove_all(part, error);
    if (error) return cannot("removed", part, error);
    for (const auto& [path, bytes] : files) {
        TRY(make_folder((part / path).parent_path()));
        TRY(write_synced((part / path).string(), bytes));
    }
    TRY(pipeline::sync_folder(part.string()));
    return move_to(part, folder);
}

/// One process at a time below frozen/; gone with its holder.
class FreezerDoor {
public:
    static Result<FreezerDoor> open(const fs::path& folder) {
        TRY(make_folder(folder));
        const auto path = (folder / "lock").string();
        FreezerDoor door(::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0644));
        if (door.file_ < 0 || ::flock(door.file_, LOCK_EX) != 0) return pipeline::cannot("locked", path);
        return door;
    }
    FreezerDoor(FreezerDoor&& other) noexcept : file_(std::exchange(other.file_, -1)) {}
    FreezerDoor& operator=(FreezerDoor&&) = delete;
    ~FreezerDoor() {
        if (file_ >= 0) ::close(file_);
    }

private:
    explicit FreezerDoor(int file) : file_(file) {}
    int file_;
};

/// {"thanks": "1f0c…"}: a template that was not there has no entry.
Result<nlohmann::json> freeze(const Workspace& workspace, const store::RunRecord& run, const fs::path& frozen) {
    auto copies = nlohmann::json::object();
    for (const auto& name : run.templates) {
        const auto folder = workspace.template_folder(name);
        if (!fs::exists(folder)) continue;
        const auto files = TRY(files_of(folder));
        const auto copy = name_of(files);
        TRY(keep(files, frozen / copy));
        copies[name] = copy;
    }
    return copies;
}

Result<nlohmann::json> copies_of(const Workspace& workspace, const store::RunRecord& run, const fs::path& frozen) {
    const auto list = frozen / (run.run + ".json");
    if (fs::exists(list)) {
        const auto text = TRY(read_file(list.string()));
        auto copies = nlohmann::json::parse(text, nullptr, false);
        if (copies.is_object()) return copies;
        return failure(Fault::BadInput, list.string(), "does not tell which templates the run began with",
                       "bring it back from a backup, or remove it: the run goes on with the templates as they are now");
    }
    auto copies = TRY(freeze(workspace, run, frozen));
    const auto part = frozen / fmt::format(".{}.part", run.run);
    std::error_code none;
    fs::remove(part, none);
    TRY(write_synced(part.string(), copies.dump(1) + "\n"));
    TRY(move_to(part, list));
    return copies;
}

}  // namespace

Result<Workspace> as_the_run_began(const Workspace& workspace, const store::RunRecord& run) {
    const auto frozen = fs::path(workspace.folder) / "frozen";
    const auto door = TRY(FreezerDoor::open(frozen));
    const auto copies = TRY(copies_of(workspace, run, frozen));
    auto then = workspace;
    for (const auto& [name, copy] : copies.items())
        if (copy.is_string()) then.frozen[name] = (frozen / copy.get<std::string>()).string();
    return then;
}

}  // namespace pli::service
