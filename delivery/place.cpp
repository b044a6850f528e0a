#include "delivery/place.hpp"

#include <fmt/format.h>

#include <charconv>

namespace pli::delivery {
namespace {

constexpr std::string_view sftp = "sftp://", file = "file://";

tl::unexpected<Error> refused(std::string_view url, std::string message) {
    return failure(Fault::BadInput, std::string(url), std::move(message),
                   "write sftp://USER@HOST/FOLDER, or a folder of this machine");
}

Result<std::uint16_t> port_in(std::string_view url, std::string_view text) {
    std::uint16_t port = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), port);
    if (error != std::errc{} || end != text.data() + text.size() || port == 0)
        return refused(url, fmt::format("\"{}\" is not a port", text));
    return port;
}

/// "host", "host:22", "[::1]:22"
Done read_host(std::string_view url, std::string_view text, Place& place) {
    const bool bracketed = text.starts_with('[');
    const auto host_end = bracketed ? text.find(']') : text.find(':');
    if (bracketed && host_end == std::string_view::npos) return refused(url, "an open bracket");
    place.host = text.substr(bracketed ? 1 : 0, bracketed ? host_end - 1 : host_end);
    if (place.host.empty() || place.host.starts_with('-')) return refused(url, "names no host");
    const auto rest = host_end == std::string_view::npos ? "" : text.substr(host_end + (bracketed ? 1 : 0));
    if (rest.starts_with(':')) place.port = TRY(port_in(url, rest.substr(1)));
    return {};
}

Result<Place> sftp_place(std::string_view url) {
    Place place;
    auto rest = url.substr(sftp.size());
    const auto slash = std::min(rest.find('/'), rest.size());
    auto authority = rest.substr(0, slash);
    const auto path = rest.substr(slash);
    if (const auto at = authority.rfind('@'); at != std::string_view::npos) {
        place.user = authority.substr(0, at);
        // The address itself is not repeated here: it holds what must not be shown.
        if (place.user.find(':') != std::string::npos)
            return failure(Fault::BadInput, "the address of the delivery", "holds a password",
                           "take it out of the address and put it into a file named by password_file");
        authority.remove_prefix(at + 1);
    }
    TRY(read_host(url, authority, place));
    place.url = url;
    place.folder = path.starts_with("/~/") ? path.substr(3) : path;
    if (place.folder.empty()) place.folder = path.empty() ? "/" : ".";
    return place;
}

}  // namespace

Result<Place> Place::parse(std::string_view url) {
    if (url.starts_with(sftp)) return sftp_place(url);
    Place place;
    place.url = url;
    place.folder = url.starts_with(file) ? url.substr(file.size()) : url;
    if (place.folder.empty()) return refused(url, "names no folder");
    if (place.folder.find("://") != std::string::npos) return refused(url, "is a way of transport Pli does not know");
    return place;
}

}  // namespace pli::delivery
