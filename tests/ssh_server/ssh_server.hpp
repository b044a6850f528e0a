#pragma once
#include <sys/types.h>

#include <cstdint>
#include <optional>
#include <string>

#include "tests/outside/outside.hpp"

namespace pli::test {

/// OpenSSH's own server as an ordinary process on a port of loopback, with its own configuration and keys in a folder of
/// its own. Lets the user of the tests in by one key; all else is refused.
class SshServer {
public:
    /// nullopt: there is no sshd here, or it does not start (the reason is warned of): the test is to be skipped.
    /// `largest_file`: writing more than that into one file fails, as on a full disk; 0: no limit.
    static std::optional<SshServer> start(std::uint64_t largest_file = 0);
    ~SshServer();
    SshServer(SshServer&& other) noexcept;
    SshServer& operator=(SshServer&&) = delete;

    const std::string& folder() const { return folder_; }  // where deliveries go
    std::string url() const;                               // sftp://user@127.0.0.1:port/…/in
    std::string host_key() const;                          // SHA256:…
    std::string key_file() const { return keys_ + "/user"; }
    std::string stranger_key_file() const { return keys_ + "/stranger"; }

    /// Ends the processes that serve connections, as a cut line or a crash would.
    void cut_connections() const;
    /// Ends the server and starts one with the same keys, port and folder.
    bool restart(std::uint64_t largest_file);

private:
    SshServer() = default;
    bool make_keys();
    void write_configuration() const;
    bool run(std::uint64_t largest_file);
    bool answers() const;
    void stop();

    std::string root_, keys_, folder_;
    std::uint16_t port_ = 0;
    pid_t process_ = -1;
};

}  // namespace pli::test
