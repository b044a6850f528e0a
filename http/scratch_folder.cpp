#include "http/scratch_folder.hpp"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <utility>

namespace pli::http {
namespace fs = std::filesystem;
namespace {

tl::unexpected<Error> cannot(const char* what, const std::string& path) {
    return failure(Fault::Environment, path, std::string("cannot be ") + what + ": " + std::strerror(errno),
                   "check permissions and free space");
}

/// Every file and the folder itself, before anybody may find them under their name.
void sync_all(const std::string& folder) {
    std::error_code ignored;
    const auto sync = [](const std::string& path) {
        const int file = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
        if (file < 0) return;
        ::fsync(file);
        ::close(file);
    };
    for (const auto& entry : fs::recursive_directory_iterator(folder, ignored)) sync(entry.path().string());
    sync(folder);
}

}  // namespace

Result<ScratchFolder> ScratchFolder::within(const std::string& parent, const std::string& prefix) {
    std::error_code ignored;
    fs::create_directories(parent, ignored);
    auto path = parent + "/" + prefix + "XXXXXX";
    if (::mkdtemp(path.data()) == nullptr) return cannot("made", path);
    ::chmod(path.c_str(), 0755);
    return ScratchFolder(std::move(path));
}

ScratchFolder::ScratchFolder(ScratchFolder&& other) noexcept : path_(std::exchange(other.path_, {})) {}

ScratchFolder::~ScratchFolder() {
    std::error_code ignored;
    if (!path_.empty()) fs::remove_all(path_, ignored);
}

std::string ScratchFolder::name() const { return fs::path(path_).filename().string(); }

Done ScratchFolder::take_place_of(const std::string& path) {
    sync_all(path_);
    if (::renameat2(AT_FDCWD, path_.c_str(), AT_FDCWD, path.c_str(), RENAME_EXCHANGE) == 0) return {};
    if (errno != ENOENT || ::rename(path_.c_str(), path.c_str()) != 0) return cannot("put in place", path);
    path_.clear();
    return {};
}

}  // namespace pli::http
