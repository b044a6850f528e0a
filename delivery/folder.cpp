#include "delivery/folder.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <utility>

namespace pli::delivery {
namespace {

namespace fs = std::filesystem;

std::string remedy_for(int reason) {
    if (reason == ENOSPC || reason == EDQUOT || reason == EFBIG) return "have room made there, and deliver again";
    if (reason == EACCES || reason == EPERM || reason == EROFS)
        return "have the folder made writable, and deliver again";
    return "check the folder, and deliver again";
}

tl::unexpected<Error> cannot(std::string_view be_what, const std::string& path, int reason) {
    const char* text = strerrordesc_np(reason);
    return failure(Fault::Environment, path, fmt::format("cannot be {}: {}", be_what, text ? text : "unknown reason"),
                   remedy_for(reason));
}

Done synced(const std::string& folder) {
    const int file = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (file < 0) return cannot("opened", folder, errno);
    // Shares that cannot sync a folder say EINVAL; then there is nothing more to be had.
    const int outcome = ::fsync(file) == 0 || errno == EINVAL ? 0 : errno;
    ::close(file);
    return outcome == 0 ? Done{} : Done{cannot("synced", folder, outcome)};
}

class LocalFarFile final : public FarFile {
public:
    LocalFarFile(std::string path, int file) : path_(std::move(path)), file_(file) {}
    ~LocalFarFile() override {
        if (file_ >= 0) ::close(file_);
    }
    LocalFarFile(const LocalFarFile&) = delete;
    LocalFarFile& operator=(const LocalFarFile&) = delete;

    Done write(std::string_view bytes) override {
        while (!bytes.empty()) {
            const auto taken = ::write(file_, bytes.data(), bytes.size());
            if (taken < 0 && errno == EINTR) continue;
            if (taken < 0) return cannot("written", path_, errno);
            bytes.remove_prefix(static_cast<std::size_t>(taken));
        }
        return {};
    }
    Done close() override {
        if (::fsync(file_) != 0) return cannot("synced", path_, errno);
        // Network file systems report a full disk no earlier than here.
        if (::close(std::exchange(file_, -1)) != 0) return cannot("closed", path_, errno);
        return {};
    }

private:
    std::string path_;
    int file_;
};

class FolderSide final : public FarSide {
public:
    explicit FolderSide(std::string folder) : folder_(std::move(folder)) {}

    Result<std::optional<Entry>> look_at(const std::string& path) override {
        std::error_code error;
        const auto status = fs::symlink_status(full(path), error);
        if (status.type() == fs::file_type::not_found) return std::optional<Entry>{};
        if (error) return cannot("looked at", full(path), error.value());
        Entry entry{fs::is_directory(status), 0};
        if (!entry.is_folder) entry.bytes = fs::file_size(full(path), error);
        if (error) return cannot("looked at", full(path), error.value());
        return std::optional(entry);
    }
    Result<std::vector<std::string>> names_in(const std::string& folder) override {
        std::vector<std::string> names;
        std::error_code error;
        for (fs::directory_iterator entry(full(folder), error), end; !error && entry != end; entry.increment(error))
            names.push_back(entry->path().filename().string());
        if (error) return cannot("listed", full(folder), error.value());
        return names;
    }
    Result<std::string> read(const std::string& path, std::uint64_t from, std::size_t count) override {
        const int file = ::open(full(path).c_str(), O_RDONLY | O_CLOEXEC);
        if (file < 0) return cannot("read", full(path), errno);
        std::string bytes(count, '\0');
        std::size_t have = 0;
        while (have < count) {
            const auto taken = ::pread(file, bytes.data() + have, count - have, static_cast<off_t>(from + have));
            if (taken <= 0) break;
            have += static_cast<std::size_t>(taken);
        }
        ::close(file);
        bytes.resize(have);
        return bytes;
    }
    Result<std::unique_ptr<FarFile>> write(const std::string& path, std::uint64_t from) override {
        const int file = ::open(full(path).c_str(), O_WRONLY | O_CREAT | O_CLOEXEC | (from == 0 ? O_TRUNC : 0), 0644);
        if (file < 0) return cannot("created", full(path), errno);
        std::unique_ptr<FarFile> opened = std::make_unique<LocalFarFile>(full(path), file);
        if (::lseek(file, static_cast<off_t>(from), SEEK_SET) < 0) return cannot("written", full(path), errno);
        return opened;
    }
    Done make_folder(const std::string& path) override {
        std::error_code error;
        fs::create_directory(full(path), error);
        return error ? Done{cannot("created", full(path), error.value())} : Done{};
    }
    Done rename(const std::string& from, const std::string& to) override {
        TRY(synced(fs::path(full(from)).parent_path()));
        if (std::rename(full(from).c_str(), full(to).c_str()) != 0) return cannot("renamed", full(from), errno);
        return synced(fs::path(full(to)).parent_path());
    }
    Done remove_file(const std::string& path) override {
        if (::unlink(full(path).c_str()) != 0) return cannot("removed", full(path), errno);
        return {};
    }
    Result<std::optional<std::uint64_t>> room() override {
        std::error_code error;
        const auto space = fs::space(folder_, error);
        if (error) return std::optional<std::uint64_t>{};
        return std::optional<std::uint64_t>(space.available);
    }

private:
    std::string full(const std::string& path) const { return folder_ + "/" + path; }
    std::string folder_;
};

}  // namespace

Result<std::unique_ptr<FarSide>> open_folder(const Place& place) {
    // Not made here: a share that is not mounted must not become a folder on our own disk.
    if (!fs::is_directory(place.folder))
        return failure(Fault::Environment, place.folder, "is not a folder", "mount the share, or create the folder");
    return std::unique_ptr<FarSide>(std::make_unique<FolderSide>(place.folder));
}

}  // namespace pli::delivery
