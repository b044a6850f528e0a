#pragma once
#include <cstdint>
#include <string>
#include <string_view>

namespace pli::intake {

/// Why a value cannot be printed as it is. Tabs and line ends are welcome, other control characters are not.
enum class TextFault : std::uint8_t { None, Nul, Control, NotUtf8, Replaced };
TextFault fault_in(std::string_view text);

/// Without spaces, tabs, line ends and no-break spaces around it.
std::string_view trimmed(std::string_view text);

/// For a message: about 40 characters at most, and bytes that are no text as \xE9.
std::string shown(std::string_view text);

}  // namespace pli::intake
