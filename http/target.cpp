#include "http/target.hpp"

#include <arpa/inet.h>

#include <algorithm>
#include <array>
#include <charconv>

namespace pli::http {
namespace {

struct Block {
    std::uint32_t network;
    int bits;
};
constexpr std::uint32_t v4(std::uint32_t a, std::uint32_t b, std::uint32_t c = 0, std::uint32_t d = 0) {
    return a << 24 | b << 16 | c << 8 | d;
}
constexpr std::array special{Block{v4(0, 0), 8},         Block{v4(10, 0), 8},      Block{v4(100, 64), 10},
                             Block{v4(127, 0), 8},       Block{v4(169, 254), 16},  Block{v4(172, 16), 12},
                             Block{v4(192, 0, 0), 24},   Block{v4(192, 0, 2), 24}, Block{v4(192, 88, 99), 24},
                             Block{v4(192, 168), 16},    Block{v4(198, 18), 15},   Block{v4(198, 51, 100), 24},
                             Block{v4(203, 0, 113), 24}, Block{v4(224, 0), 4},     Block{v4(240, 0), 4}};

bool is_public(std::uint32_t address) {
    return std::ranges::none_of(
        special, [address](const Block& block) { return (address ^ block.network) >> (32 - block.bits) == 0; });
}

using Bytes = std::array<std::uint8_t, 16>;

std::uint32_t v4_in(const Bytes& bytes, std::size_t at) {
    return v4(bytes[at], bytes[at + 1], bytes[at + 2], bytes[at + 3]);
}

/// Global unicast is 2000::/3 alone; within it documentation, Teredo and 6to4 do not lead to a host of their own.
bool is_public(const Bytes& bytes) {
    const bool mapped = std::all_of(bytes.begin(), bytes.begin() + 10, [](auto byte) { return byte == 0; }) &&
                        bytes[10] == 0xFF && bytes[11] == 0xFF;
    if (mapped) return is_public(v4_in(bytes, 12));
    if ((bytes[0] & 0xE0) != 0x20) return false;
    const auto first = v4_in(bytes, 0);
    return first != 0x20010db8 && first != 0x20010000 && first >> 16 != 0x2002;
}

bool is_name(std::string_view host) {
    return !host.empty() && host.size() <= 253 && std::ranges::all_of(host, [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '.' ||
               c == ':';
    });
}

tl::unexpected<Error> wrong(std::string message) {
    return failure(Fault::BadInput, "url", std::move(message), "for example https://shop.example/hooks/letters");
}

}  // namespace

bool is_public(std::string_view address) {
    const std::string text(address);
    in_addr four{};
    if (::inet_pton(AF_INET, text.c_str(), &four) == 1) return is_public(ntohl(four.s_addr));
    Bytes six{};
    return ::inet_pton(AF_INET6, text.c_str(), six.data()) == 1 && is_public(six);
}

Result<Target> Target::parse(std::string_view url) {
    Target target;
    if (url.starts_with("http://")) {
        target.tls = false;
        target.port = 80;
    } else if (!url.starts_with("https://")) {
        return wrong("is no address that begins with https://");
    }
    if (url.size() > 2048 || !std::ranges::all_of(url, [](char c) { return c > ' ' && c < 0x7F; }))
        return wrong("holds a blank or a character that an address may not have");
    auto rest = url.substr(target.tls ? 8 : 7);
    rest = rest.substr(0, rest.find('#'));
    auto authority = rest.substr(0, rest.find_first_of("/?"));
    rest.remove_prefix(authority.size());
    if (!rest.empty()) target.path = (rest.front() == '/' ? "" : "/") + std::string(rest);
    if (authority.find('@') != std::string_view::npos) return wrong("holds a user name");
    const auto closing = authority.starts_with('[') ? authority.find(']') : 0;
    if (closing == std::string_view::npos) return wrong("has no host that could be one");
    if (const auto colon = authority.find(':', closing); colon != std::string_view::npos) {
        const auto digits = authority.substr(colon + 1);
        const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), target.port);
        if (error != std::errc() || end != digits.data() + digits.size() || target.port == 0)
            return wrong("has a port that is none");
        authority = authority.substr(0, colon);
    }
    if (closing > 0) authority = authority.substr(1, closing - 1);
    if (!is_name(authority)) return wrong("has no host that could be one");
    target.host = authority;
    return target;
}

}  // namespace pli::http
