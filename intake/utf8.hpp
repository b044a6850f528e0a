#pragma once
#include <unicode/utf8.h>

#include <cstdint>
#include <string_view>

namespace pli::intake {

/// The character at byte `at`, which moves behind it; negative where the bytes are not UTF-8.
inline UChar32 next_character(std::string_view text, std::int32_t& at) {
    UChar32 c = 0;
    const auto length = static_cast<std::int32_t>(text.size());  // values are limited far below 2 GiB
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wconversion"  // ICU's macro, not ours
    U8_NEXT(text.data(), at, length, c);
#pragma GCC diagnostic pop
    return c;
}

}  // namespace pli::intake
