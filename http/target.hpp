#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.hpp"

namespace pli::http {

/// Where a message goes: "https://shop.example:8443/hooks/pli?x=1".
struct Target {
    bool tls = true;
    std::string host;
    std::uint16_t port = 443;
    std::string path = "/";  // with the query
    /// Errors   BadInput: no http or https address, or one with a name or password in it
    static Result<Target> parse(std::string_view url);
};

/// Whether anybody on the internet may have this address: not loopback, link-local, private, multicast, reserved, or an
/// IPv4 address of such a kind within an IPv6 one. A service that sends to whatever address it is told would otherwise
/// be a way into the network it stands in.
/// Source   IANA special-purpose address registries (RFC 6890 and its updates), 2024
bool is_public(std::string_view address);

struct Message {
    std::string body;
    std::vector<std::pair<std::string, std::string>> headers;
};

/// Sends one message and gives the status of the answer. Redirects are not followed: they could lead anywhere.
/// Errors   BadInput: the host has no public address and `allow_private` is not set; Environment: not reached, not in
///          time, or a certificate that is not the host's
/// Threads  any; blocks until it is done, `seconds` at most
Result<int> send(const Target& target, const Message& message, bool allow_private, int seconds = 15);

}  // namespace pli::http
