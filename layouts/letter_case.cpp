#include "layouts/letter_case.hpp"

#include <unicode/bytestream.h>
#include <unicode/casemap.h>

#include <algorithm>

namespace pli::layouts {
namespace {

using Sink = icu::StringByteSink<std::string>;

icu::StringPiece piece(std::string_view text) { return {text.data(), static_cast<int32_t>(text.size())}; }

/// ASCII letters map to ASCII letters everywhere but in Turkish, Azeri and Lithuanian.
bool is_plain(std::string_view text, const std::string& locale) {
    const std::string_view language = std::string_view(locale).substr(0, 2);
    if (language == "tr" || language == "az" || language == "lt") return false;
    return std::all_of(text.begin(), text.end(), [](char c) { return (c & 0x80) == 0; });
}

}  // namespace

void append_upper(std::string_view text, const std::string& locale, std::string& out) {
    if (is_plain(text, locale)) {
        for (const char c : text) out += c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c;
        return;
    }
    Sink sink(&out);
    UErrorCode status = U_ZERO_ERROR;
    icu::CaseMap::utf8ToUpper(locale.c_str(), 0, piece(text), sink, nullptr, status);
}

void append_lower(std::string_view text, const std::string& locale, std::string& out) {
    if (is_plain(text, locale)) {
        for (const char c : text) out += c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
        return;
    }
    Sink sink(&out);
    UErrorCode status = U_ZERO_ERROR;
    icu::CaseMap::utf8ToLower(locale.c_str(), 0, piece(text), sink, nullptr, status);
}

void append_title(std::string_view text, const std::string& locale, std::string& out) {
    Sink sink(&out);
    UErrorCode status = U_ZERO_ERROR;
    icu::CaseMap::utf8ToTitle(locale.c_str(), 0, nullptr, piece(text), sink, nullptr, status);
}

}  // namespace pli::layouts
