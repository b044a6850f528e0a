#include "intake/fold.hpp"

#include <unicode/uchar.h>
#include <unicode/unorm2.h>
#include <unicode/utf16.h>

#include <array>
#include <utility>

#include "intake/utf8.hpp"

namespace pli::intake {
namespace {

/// Letters that Unicode does not take apart but people do.
std::string_view spelled_out(UChar32 c) {
    constexpr std::array<std::pair<UChar32, std::string_view>, 9> letters{{{0xDF, "ss"},
                                                                           {0xE6, "ae"},
                                                                           {0xF0, "d"},
                                                                           {0xF8, "o"},
                                                                           {0xFE, "th"},
                                                                           {0x111, "d"},
                                                                           {0x131, "i"},
                                                                           {0x142, "l"},
                                                                           {0x153, "oe"}}};
    for (const auto& [letter, spelling] : letters)
        if (letter == c) return spelling;
    return {};
}

void append(std::string& text, UChar32 c) {
    std::array<std::uint8_t, 4> bytes{};
    std::int32_t length = 0;
    UBool overflow = false;
    U8_APPEND(bytes.data(), length, 4, c, overflow);
    if (!overflow) text.append(reinterpret_cast<const char*>(bytes.data()), static_cast<std::size_t>(length));
}

void append_folded(std::string& text, UChar32 c) {
    c = u_tolower(c);
    if (const auto spelling = spelled_out(c); !spelling.empty()) {
        text += spelling;
        return;
    }
    UErrorCode status = U_ZERO_ERROR;
    std::array<UChar, 20> parts{};
    const auto length = unorm2_getDecomposition(unorm2_getNFKDInstance(&status), c, parts.data(), 20, &status);
    if (length < 0 || U_FAILURE(status)) {
        if (u_isalnum(c)) append(text, c);
        return;
    }
    for (std::int32_t i = 0; i < length;) {
        UChar32 part = 0;
        U16_NEXT(parts.data(), i, length, part);
        if (u_isalnum(part)) append(text, u_tolower(part));
    }
}

}  // namespace

std::string folded(std::string_view text) {
    std::string result;
    const auto length = static_cast<std::int32_t>(text.size());
    for (std::int32_t i = 0; i < length;) {
        const auto c = next_character(text, i);
        if (c >= 0) append_folded(result, c);
    }
    return result;
}

}  // namespace pli::intake
