#include "tests/ssh_server/ssh_server.hpp"

#include <arpa/inet.h>
#include <fmt/format.h>
#include <netinet/in.h>
#include <pwd.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <catch2/catch.hpp>
#include <chrono>
#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <thread>
#include <utility>
#include <vector>

namespace pli::test {
namespace {

namespace fs = std::filesystem;
constexpr const char* sshd = "/usr/sbin/sshd";

std::string user_name() { return ::getpwuid(::getuid())->pw_name; }

sockaddr_in loopback(std::uint16_t port) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    return address;
}

/// A port nobody has at the moment.
std::uint16_t free_port() {
    const int socket = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    auto address = loopback(0);
    socklen_t length = sizeof address;
    ::bind(socket, reinterpret_cast<sockaddr*>(&address), length);
    ::getsockname(socket, reinterpret_cast<sockaddr*>(&address), &length);
    ::close(socket);
    return ntohs(address.sin_port);
}

pid_t parent_of(pid_t process) {
    std::ifstream file(fmt::format("/proc/{}/stat", process));
    std::string text;
    std::getline(file, text);
    const auto name_end = text.rfind(')');  // the name before it may hold anything
    if (name_end == std::string::npos) return 0;
    return std::atoi(text.c_str() + name_end + 4);
}

/// Children, their children and so on.
std::vector<pid_t> descendants_of(pid_t ancestor) {
    std::vector<pid_t> found;
    for (const auto& entry : fs::directory_iterator("/proc")) {
        const pid_t process = std::atoi(entry.path().filename().c_str());
        for (pid_t up = process; up > 1; up = parent_of(up))
            if (up != process && up == ancestor) found.push_back(process);
    }
    return found;
}

[[noreturn]] void become_server(const std::string& configuration, std::uint64_t largest_file) {
    if (largest_file > 0) {
        const rlimit limit{largest_file, largest_file};
        ::setrlimit(RLIMIT_FSIZE, &limit);
        ::signal(SIGXFSZ, SIG_IGN);  // inherited: writing fails instead of ending the process
    }
    ::execl(sshd, sshd, "-D", "-e", "-f", configuration.c_str(), nullptr);
    ::_exit(127);
}

}  // namespace

std::optional<SshServer> SshServer::start(std::uint64_t largest_file) {
    if (!fs::exists(sshd)) {
        WARN("skipped: there is no " << sshd << "; install openssh-server");
        return std::nullopt;
    }
    // sshd of root changes into this folder; Debian makes it when the service starts, which it never did here.
    if (::geteuid() == 0) ::mkdir("/run/sshd", 0755);
    SshServer server;
    auto pattern = (fs::temp_directory_path() / "pli-sshd-XXXXXX").string();
    server.root_ = ::mkdtemp(pattern.data());
    server.keys_ = server.root_ + "/keys";
    server.folder_ = server.root_ + "/in";
    fs::create_directories(server.keys_);
    fs::create_directories(server.folder_);
    if (server.make_keys())
        for (int attempt = 0; attempt < 3; ++attempt) {
            server.port_ = free_port();
            server.write_configuration();
            if (server.run(largest_file)) return server;
        }
    WARN("skipped: sshd does not start:\n" << read_file(server.root_ + "/log"));
    return std::nullopt;
}

SshServer::SshServer(SshServer&& other) noexcept
    : root_(std::exchange(other.root_, {})),
      keys_(std::move(other.keys_)),
      folder_(std::move(other.folder_)),
      port_(other.port_),
      process_(std::exchange(other.process_, -1)) {}

SshServer::~SshServer() {
    stop();
    if (!root_.empty()) fs::remove_all(root_);
}

bool SshServer::make_keys() {
    for (const auto* name : {"host", "user", "stranger"})
        if (test::run(fmt::format("ssh-keygen -q -t ed25519 -N '' -f {}/{}", keys_, name)).status != 0) return false;
    write_file(root_ + "/authorized_keys", read_file(keys_ + "/user.pub"));
    return true;
}

void SshServer::write_configuration() const {
    write_file(
        root_ + "/configuration",
        fmt::format("Port {}\nListenAddress 127.0.0.1\nHostKey {}/host\nPidFile none\nUsePAM no\nStrictModes no\n"
                    "AuthorizedKeysFile {}/authorized_keys\nPasswordAuthentication no\n"
                    "KbdInteractiveAuthentication no\nPermitRootLogin prohibit-password\n"
                    "Subsystem sftp internal-sftp\nLogLevel ERROR\n",
                    port_, keys_, root_));
}

bool SshServer::run(std::uint64_t largest_file) {
    const auto configuration = root_ + "/configuration", log = root_ + "/log";
    process_ = ::fork();
    if (process_ == 0) {
        static_cast<void>(std::freopen(log.c_str(), "w", stderr));
        become_server(configuration, largest_file);
    }
    for (int tenths = 0; tenths < 100; ++tenths) {
        if (answers()) return true;
        if (::waitpid(process_, nullptr, WNOHANG) == process_) {
            process_ = -1;
            return false;
        }
        std::this_thread::sleep_for(std::chrono::milliseconds(100));
    }
    return false;
}

bool SshServer::answers() const {
    const int socket = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    const auto address = loopback(port_);
    const bool connected = ::connect(socket, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0;
    ::close(socket);
    return connected;
}

void SshServer::stop() {
    if (process_ < 0) return;
    cut_connections();
    ::kill(process_, SIGKILL);
    ::waitpid(process_, nullptr, 0);
    process_ = -1;
}

bool SshServer::restart(std::uint64_t largest_file) {
    stop();
    return run(largest_file);
}

void SshServer::cut_connections() const {
    for (const auto process : descendants_of(process_)) ::kill(process, SIGKILL);
}

std::string SshServer::url() const { return fmt::format("sftp://{}@127.0.0.1:{}{}", user_name(), port_, folder_); }

std::string SshServer::host_key() const {
    const auto line = output_of("ssh-keygen -l -f " + keys_ + "/host.pub");
    const auto from = line.find("SHA256:");
    return line.substr(from, line.find(' ', from) - from);
}

}  // namespace pli::test
