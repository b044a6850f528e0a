#include "delivery/sftp.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <libssh/sftp.h>

#include <algorithm>
#include <utility>

#include "delivery/folder.hpp"
#include "delivery/ssh_login.hpp"

namespace pli::delivery {
namespace {

// Every server takes 32 kB in one message; OpenSSH takes 256 kB, and each message waits for its answer.
constexpr std::size_t any_server = std::size_t{32} << 10, open_ssh = std::size_t{128} << 10;
constexpr mode_t file_mode = 0644, folder_mode = 0755;

using Session = Handle<sftp_session_struct, sftp_free>;
using Attributes = Handle<sftp_attributes_struct, sftp_attributes_free>;
using OpenFile = Handle<sftp_file_struct, sftp_close>;
using OpenFolder = Handle<sftp_dir_struct, sftp_closedir>;

/// The session with all that an error message needs.
struct Link {
    Place place;
    SshSession ssh;
    Session sftp;  // goes before the session it runs over
    std::size_t block = any_server;

    std::string full(const std::string& path) const { return place.folder + "/" + path; }
    std::string reason() const {
        switch (sftp_get_error(sftp.get())) {
            case SSH_FX_NO_SUCH_FILE:
            case SSH_FX_NO_SUCH_PATH: return "no such file or folder";
            case SSH_FX_PERMISSION_DENIED: return "permission denied";
            case SSH_FX_WRITE_PROTECT: return "write-protected";
            case SSH_FX_OP_UNSUPPORTED: return "the server does not do this";
            case SSH_FX_FILE_ALREADY_EXISTS: return "it is there already";
            default: return "the server says no more than that it failed; its disk may be full, or a quota reached";
        }
    }
    tl::unexpected<Error> cannot(std::string_view be_what, const std::string& path) const {
        // SFTP has one word for a full disk and whatever else fails, so the connection tells the two apart.
        const auto error = sftp_get_error(sftp.get());
        const bool cut = ssh_is_connected(ssh.get()) == 0 || error == SSH_FX_NO_CONNECTION ||
                         error == SSH_FX_CONNECTION_LOST || error < 0 || error == SSH_FX_OK;
        if (cut)
            return failure(Fault::Environment, place.url,
                           fmt::format("the connection was cut while {} was {}", path, be_what),
                           "deliver again: what is there already is not sent again");
        return failure(Fault::Environment, fmt::format("{} {}", place.url, path),
                       fmt::format("cannot be {}: {}", be_what, reason()),
                       "have the print house look at its disk and permissions, and deliver again");
    }
};

class SftpFile final : public FarFile {
public:
    SftpFile(const Link& link, std::string path, OpenFile file)
        : link_(link), path_(std::move(path)), file_(std::move(file)) {}

    Done write(std::string_view bytes) override {
        while (!bytes.empty()) {
            const auto part = bytes.substr(0, link_.block);
            const auto taken = sftp_write(file_.get(), part.data(), part.size());
            if (taken <= 0) return link_.cannot("written", path_);
            bytes.remove_prefix(static_cast<std::size_t>(taken));
        }
        return {};
    }
    Done close() override {
        if (sftp_extension_supported(link_.sftp.get(), "fsync@openssh.com", "1") != 0 && sftp_fsync(file_.get()) < 0)
            return link_.cannot("synced", path_);
        if (sftp_close(file_.release()) != SSH_NO_ERROR) return link_.cannot("closed", path_);
        return {};
    }

private:
    const Link& link_;
    std::string path_;
    OpenFile file_;
};

class SftpSide final : public FarSide {
public:
    explicit SftpSide(Link link) : link_(std::move(link)) {}

    Result<std::optional<Entry>> look_at(const std::string& path) override {
        const Attributes found(sftp_lstat(sftp(), link_.full(path).c_str()));
        if (found) return std::optional(Entry{found->type == SSH_FILEXFER_TYPE_DIRECTORY, found->size});
        if (sftp_get_error(sftp()) == SSH_FX_NO_SUCH_FILE && ssh_is_connected(link_.ssh.get()) != 0)
            return std::optional<Entry>{};
        return link_.cannot("looked at", path);
    }
    Result<std::vector<std::string>> names_in(const std::string& folder) override {
        const OpenFolder open(sftp_opendir(sftp(), link_.full(folder).c_str()));
        if (!open) return link_.cannot("listed", folder);
        std::vector<std::string> names;
        while (const Attributes entry{sftp_readdir(sftp(), open.get())})
            if (const std::string_view name = entry->name; name != "." && name != "..") names.emplace_back(name);
        if (sftp_dir_eof(open.get()) == 0) return link_.cannot("listed", folder);
        return names;
    }
    Result<std::string> read(const std::string& path, std::uint64_t from, std::size_t count) override {
        const OpenFile file(sftp_open(sftp(), link_.full(path).c_str(), O_RDONLY, 0));
        if (!file || sftp_seek64(file.get(), from) < 0) return link_.cannot("read", path);
        std::string bytes(count, '\0');
        std::size_t have = 0;
        while (have < count) {
            const auto taken = sftp_read(file.get(), bytes.data() + have, std::min(count - have, any_server));
            if (taken < 0) return link_.cannot("read", path);
            if (taken == 0) break;
            have += static_cast<std::size_t>(taken);
        }
        bytes.resize(have);
        return bytes;
    }
    Result<std::unique_ptr<FarFile>> write(const std::string& path, std::uint64_t from) override {
        const int access = O_WRONLY | O_CREAT | (from == 0 ? O_TRUNC : 0);
        OpenFile file(sftp_open(sftp(), link_.full(path).c_str(), access, file_mode));
        if (!file || (from > 0 && sftp_seek64(file.get(), from) < 0)) return link_.cannot("created", path);
        return std::unique_ptr<FarFile>(std::make_unique<SftpFile>(link_, path, std::move(file)));
    }
    Done make_folder(const std::string& path) override {
        if (sftp_mkdir(sftp(), link_.full(path).c_str(), folder_mode) < 0) return link_.cannot("created", path);
        return {};
    }
    Done rename(const std::string& from, const std::string& to) override {
        if (sftp_rename(sftp(), link_.full(from).c_str(), link_.full(to).c_str()) < 0)
            return link_.cannot("renamed", from);
        return {};
    }
    Done remove_file(const std::string& path) override {
        if (sftp_unlink(sftp(), link_.full(path).c_str()) < 0) return link_.cannot("removed", path);
        return {};
    }
    Result<std::optional<std::uint64_t>> room() override {
        if (sftp_extension_supported(sftp(), "statvfs@openssh.com", "2") == 0) return std::optional<std::uint64_t>{};
        const Handle<sftp_statvfs_struct, sftp_statvfs_free> facts(sftp_statvfs(sftp(), link_.place.folder.c_str()));
        if (!facts) return std::optional<std::uint64_t>{};
        return std::optional<std::uint64_t>(facts->f_bavail * facts->f_frsize);
    }

private:
    sftp_session sftp() const { return link_.sftp.get(); }
    Link link_;
};

tl::unexpected<Error> no_sftp(const Place& place, ssh_session session) {
    return failure(Fault::Environment, place.url, fmt::format("no SFTP: {}", ssh_get_error(session)),
                   "ask the print house whether the login may use SFTP");
}

}  // namespace

Result<std::unique_ptr<FarSide>> open_sftp(const Place& place) {
    auto session = TRY(log_in(place));
    Link link{place, std::move(session), nullptr, any_server};
    link.sftp.reset(sftp_new(link.ssh.get()));
    if (!link.sftp || sftp_init(link.sftp.get()) != SSH_OK) return no_sftp(place, link.ssh.get());
    if (sftp_extension_supported(link.sftp.get(), "limits@openssh.com", "1") != 0) link.block = open_ssh;
    const Attributes folder(sftp_stat(link.sftp.get(), place.folder.c_str()));
    if (!folder || folder->type != SSH_FILEXFER_TYPE_DIRECTORY)
        return failure(Fault::Environment, place.url, "there is no such folder", "check the address of the delivery");
    return std::unique_ptr<FarSide>(std::make_unique<SftpSide>(std::move(link)));
}

Result<std::unique_ptr<FarSide>> open_far_side(const Place& place) {
    return place.is_folder() ? open_folder(place) : open_sftp(place);
}

}  // namespace pli::delivery
