#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"

namespace pli::delivery {

/// Where a print house takes its batches, and how it lets us in.
/// Source   RFC 3986 for the form of an address; draft-ietf-secsh-scp-sftp-ssh-uri for sftp
/// Errors   parse: BadInput, naming what is wrong. A password in an address is refused: it would stand in process lists,
///          shell histories and logs
/// Threads  a value
struct Place {
    std::string url;   // as it is told: never holds a secret
    std::string host;  // empty: a folder of this machine
    std::uint16_t port = 22;
    std::string user;
    std::string folder;

    /// How we show who we are: a private key, else a password from a file, else the SSH agent.
    std::string key_file, password_file;
    /// "SHA256:…", as `ssh-keygen -l` prints it. Several while a print house changes its key; none: nobody is trusted.
    std::vector<std::string> host_keys;

    bool is_folder() const { return host.empty(); }
    /// "sftp://user@host:port/in", "sftp://host/~/in" (below the login's own folder), "file:///mnt/hot", "/mnt/hot".
    static Result<Place> parse(std::string_view url);
};

}  // namespace pli::delivery
