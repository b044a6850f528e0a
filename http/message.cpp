#include "http/message.hpp"

#include <algorithm>
#include <cstdio>
#include <optional>

namespace pli::http {
namespace {

std::optional<unsigned> hex_digit(char c) {
    if (c >= '0' && c <= '9') return static_cast<unsigned>(c - '0');
    const char small = static_cast<char>(c | 0x20);
    if (small >= 'a' && small <= 'f') return static_cast<unsigned>(small - 'a' + 10);
    return std::nullopt;
}

enum class Plus : std::uint8_t { IsPlus, IsSpace };

/// Source  RFC 3986 §2.1; the plus that is a space is that of HTML forms
std::optional<std::string> decoded(std::string_view text, Plus plus) {
    std::string plain;
    plain.reserve(text.size());
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] != '%') {
            plain += text[i] == '+' && plus == Plus::IsSpace ? ' ' : text[i];
            continue;
        }
        if (i + 2 >= text.size()) return std::nullopt;
        const auto high = hex_digit(text[i + 1]), low = hex_digit(text[i + 2]);
        if (!high || !low || (*high | *low) == 0) return std::nullopt;
        plain += static_cast<char>(*high << 4 | *low);
        i += 2;
    }
    return plain;
}

bool read_query(std::string_view text, Headers& query) {
    while (!text.empty()) {
        const auto one = text.substr(0, text.find('&'));
        text.remove_prefix(std::min(text.size(), one.size() + 1));
        if (one.empty()) continue;
        const auto name = one.substr(0, one.find('='));
        auto key = decoded(name, Plus::IsSpace);
        auto value = decoded(one.substr(std::min(one.size(), name.size() + 1)), Plus::IsSpace);
        if (!key || !value) return false;
        query.emplace_back(std::move(*key), std::move(*value));
    }
    return true;
}

std::string_view value_in(const Headers& entries, std::string_view name) {
    const auto found =
        std::ranges::find(entries, name, [](const auto& entry) -> std::string_view { return entry.first; });
    return found == entries.end() ? std::string_view{} : std::string_view(found->second);
}

}  // namespace

SpoolFile::~SpoolFile() { std::remove(path_.c_str()); }

std::string_view Request::header(std::string_view name) const { return value_in(headers, name); }
std::string_view Request::query_value(std::string_view name) const { return value_in(query, name); }

bool read_target(std::string_view target, Request& request) {
    const auto control = [](char c) { return static_cast<unsigned char>(c) <= ' ' || c == 0x7F; };
    if (std::ranges::any_of(target, control)) return false;
    request.target = target;
    auto path = target.substr(0, target.find('?'));
    if (path.empty() || path.front() != '/') return false;
    const auto query = target.substr(std::min(target.size(), path.size() + 1));
    while (!path.empty()) {  // split before it is decoded: a %2F is no slash
        path.remove_prefix(1);
        const auto segment = path.substr(0, path.find('/'));
        path.remove_prefix(segment.size());
        auto plain = decoded(segment, Plus::IsPlus);
        if (!plain) return false;
        if (!plain->empty() || !path.empty()) request.path.push_back(std::move(*plain));
    }
    return read_query(query, request.query);
}

}  // namespace pli::http
