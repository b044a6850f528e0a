#include "store/postgresql_url.hpp"

#include <algorithm>
#include <vector>

namespace pli::store {
namespace {

/// What may stand between quotes in SQL without a second thought, and reads the same in psql.
bool plain_name(std::string_view name) {
    constexpr std::size_t longest = 63;
    const auto plain = [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_'; };
    return !name.empty() && name.size() <= longest && std::ranges::all_of(name, plain) && !name.starts_with("pg_");
}

/// postgresql://user:secret@host → postgresql://user@host
std::string without_password(std::string_view address) {
    const auto begin = address.find("//") + 2;
    const auto path = std::min(address.find('/', begin), address.size());
    const auto at = address.substr(0, path).rfind('@');
    const auto colon = address.find(':', begin);
    if (at == std::string_view::npos || colon == std::string_view::npos || colon > at) return std::string(address);
    return std::string(address.substr(0, colon)) + std::string(address.substr(at));
}

std::vector<std::string_view> parts_of(std::string_view query) {
    std::vector<std::string_view> parts;
    while (!query.empty()) {
        const auto length = std::min(query.find('&'), query.size());
        if (length > 0) parts.push_back(query.substr(0, length));
        query.remove_prefix(std::min(length + 1, query.size()));
    }
    return parts;
}

void append(std::string& url, std::string_view part, bool& first) {
    url += first ? '?' : '&';
    url += part;
    first = false;
}

}  // namespace

bool is_postgresql_url(std::string_view place) {
    return place.starts_with("postgresql://") || place.starts_with("postgres://");
}

Result<PostgresqlUrl> PostgresqlUrl::parse(std::string_view url) {
    const auto question = std::min(url.find('?'), url.size());
    PostgresqlUrl parsed{std::string(url.substr(0, question)), "pli", without_password(url.substr(0, question))};
    bool first = true, first_shown = true;
    for (const auto part : parts_of(url.substr(std::min(question + 1, url.size())))) {
        if (part.starts_with("schema="))
            parsed.schema = part.substr(7);
        else
            append(parsed.libpq, part, first);
        if (part.find("password=") == std::string_view::npos) append(parsed.shown, part, first_shown);
    }
    if (plain_name(parsed.schema)) return parsed;
    return failure(Fault::BadInput, parsed.shown, "\"" + parsed.schema + "\" cannot name a schema",
                   "use small letters, digits and _");
}

}  // namespace pli::store
