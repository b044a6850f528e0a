#include "http/kept_file.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <sstream>
#include <utility>

namespace pli::http {
namespace {

tl::unexpected<Error> cannot(const char* what, const std::string& path) {
    return failure(Fault::Environment, path, std::string("cannot be ") + what + ": " + std::strerror(errno),
                   "check permissions and free space");
}

/// Opened until the end of a block.
struct OpenFile {
    int number;
    ~OpenFile() {
        if (number >= 0) ::close(number);
    }
};

Done write_all(int file, std::string_view bytes, const std::string& path) {
    while (!bytes.empty()) {
        const auto written = ::write(file, bytes.data(), bytes.size());
        if (written < 0 && errno == EINTR) continue;
        if (written <= 0) return cannot("written", path);
        bytes.remove_prefix(static_cast<std::size_t>(written));
    }
    if (::fsync(file) != 0) return cannot("written", path);
    return {};
}

Done sync_folder_of(const std::string& path) {
    const auto folder = std::filesystem::path(path).parent_path().string();
    const OpenFile opened{::open(folder.empty() ? "." : folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC)};
    if (opened.number < 0 || ::fsync(opened.number) != 0) return cannot("synced", folder);
    return {};
}

}  // namespace

Done write_kept(const std::string& path, const nlohmann::json& content, unsigned mode) {
    const auto draft = path + ".part";
    {
        const OpenFile file{::open(draft.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, mode)};
        if (file.number < 0) return cannot("written", draft);
        TRY(write_all(file.number, content.dump(2, ' ', false, nlohmann::json::error_handler_t::replace) + "\n",
                      draft));
    }
    if (std::rename(draft.c_str(), path.c_str()) != 0) return cannot("renamed", draft);
    return sync_folder_of(path);
}

Result<nlohmann::json> read_kept(const std::string& path) {
    std::ifstream file(path, std::ios::binary);
    if (!file) {
        if (errno == ENOENT || errno == ENOTDIR) return nlohmann::json();
        return cannot("read", path);
    }
    std::ostringstream text;
    text << file.rdbuf();
    auto content = nlohmann::json::parse(text.str(), nullptr, false);
    if (content.is_discarded())
        return failure(Fault::BadInput, path, "is not JSON", "put back the file of the last backup");
    return content;
}

Result<FileLock> FileLock::open(const std::string& path) {
    const int file = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (file < 0) return cannot("opened", path);
    return FileLock(file);
}

Result<FileLock> FileLock::take(const std::string& path) {
    auto lock = TRY(open(path));
    if (::flock(lock.file_, LOCK_EX) != 0) return cannot("locked", path);
    return lock;
}

Result<std::optional<FileLock>> FileLock::try_take(const std::string& path) {
    auto lock = TRY(open(path));
    if (::flock(lock.file_, LOCK_EX | LOCK_NB) == 0) return std::optional(std::move(lock));
    if (errno != EWOULDBLOCK) return cannot("locked", path);
    return std::optional<FileLock>();
}

FileLock::FileLock(FileLock&& other) noexcept : file_(std::exchange(other.file_, -1)) {}
FileLock::~FileLock() {
    if (file_ >= 0) ::close(file_);
}

}  // namespace pli::http
