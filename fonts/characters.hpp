#pragma once
#include <cstddef>
#include <string>
#include <string_view>

namespace pli::fonts {

/// What `next_char` gives for bytes that are not UTF-8.
inline constexpr char32_t not_utf8 = 0xFFFFFFFF;

/// Reads the character at byte `at` and moves `at` behind it; one byte further where the text is not UTF-8.
/// Source   RFC 3629: overlong forms and surrogates are refused
/// Threads  pure
char32_t next_char(std::string_view text, std::size_t& at);

/// How many bytes at the front are printable ASCII, at least in steps of eight: a fast way over most text.
std::size_t printable_ascii(std::string_view text);

/// Byte offset of the first place that is not UTF-8; npos where there is none.
std::size_t find_not_utf8(std::string_view text);

void append_utf8(std::string& text, char32_t c);

/// A character as an error message shows it: "U+1F600 😀 (grinning face)", "U+0301 (combining mark) ◌́ (combining acute
/// accent)", "U+00A0 (space)".
std::string describe_char(char32_t c);

/// A text as an error message quotes it: cut after 40 bytes, never inside a character.
std::string quoted(std::string_view text);

/// Letters, digits and signs that one face sets from left to right, a word at a time: Latin, Greek, Cyrillic, their
/// combining marks, punctuation and currency. No control, joiner or direction mark.
/// Source   Unicode 15 block ranges
bool is_simple_char(char32_t c);

/// Shows nothing and may be missing in a font: soft hyphen, joiners, direction marks, variation selectors.
/// Source   Unicode 15, Default_Ignorable_Code_Point, the assigned ones
bool is_invisible(char32_t c);

/// Whether the text's first letter is of a script written from right to left.
/// Source   Unicode 15, Bidi_Class R and AL
bool reads_from_the_right(std::string_view text);

/// Codes for machines, line ends and tabs among them: never set, though some faces have a glyph for them.
bool is_control(char32_t c);

}  // namespace pli::fonts
