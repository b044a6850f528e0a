#include "intake/encoding.hpp"

#include <fmt/format.h>
#include <unicode/ucsdet.h>

#include <algorithm>
#include <array>
#include <optional>

#include "base/release.hpp"
#include "intake/utf8.hpp"

namespace pli::intake {
namespace {

struct Mark {
    std::string_view bytes, encoding;
};
constexpr std::array marks{Mark{"\xEF\xBB\xBF", "UTF-8"}, Mark{"\xFF\xFE", "UTF-16LE"}, Mark{"\xFE\xFF", "UTF-16BE"}};

struct Magic {
    std::string_view bytes, what;
};
constexpr std::array magics{Magic{"PK\x03\x04", "an Excel workbook or a ZIP archive"},
                            Magic{"\xD0\xCF\x11\xE0", "an old Excel workbook"}, Magic{"%PDF-", "a PDF"},
                            Magic{"\x1F\x8B", "a gzip archive"}, Magic{"\x89PNG", "a picture"}};

tl::unexpected<Error> not_text(const std::string& path, std::string_view what) {
    return failure(Fault::BadInput, path, fmt::format("is {}, expected CSV or JSON Lines", what),
                   "export it as CSV in UTF-8");
}

/// Text in Latin letters has a NUL in every other byte of UTF-16; on which side tells the order.
std::optional<Encoding> unmarked_utf16(std::string_view sample) {
    std::array<std::size_t, 2> nuls{};
    for (std::size_t i = 0; i < sample.size(); ++i)
        if (sample[i] == 0) ++nuls[i % 2];
    const auto pairs = sample.size() / 2;
    if (pairs < 2) return std::nullopt;
    if (nuls[1] * 10 > pairs * 4 && nuls[0] * 20 < pairs) return Encoding{"UTF-16LE"};
    if (nuls[0] * 10 > pairs * 4 && nuls[1] * 20 < pairs) return Encoding{"UTF-16BE"};
    return std::nullopt;
}

bool is_binary(std::string_view sample) {
    const auto odd = std::count_if(sample.begin(), sample.end(), [](char c) {
        const auto byte = static_cast<unsigned char>(c);
        return byte < 0x20 && c != '\t' && c != '\n' && c != '\r' && c != '\f';
    });
    return static_cast<std::size_t>(odd) * 10 > sample.size();
}

/// A few broken bytes in much good UTF-8 are broken rows, not another encoding.
bool is_utf8(std::string_view sample) {
    std::size_t good = 0, bad = 0;
    const auto length = static_cast<std::int32_t>(sample.size());
    for (std::int32_t i = 0; i < length;) {
        const auto start = i;
        const auto c = next_character(sample, i);
        const bool cut_off = c < 0 && length - start < 4;  // the sample ends within a character
        if (c >= 0x80) ++good;
        if (c < 0 && !cut_off) ++bad;
    }
    return good >= bad * 2;
}

bool is_letter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || static_cast<std::uint8_t>(c) >= 0xC0;
}

/// The eight places where ISO-8859-15 differs from Latin-1: € for ¤, and letters for signs. A sign stands alone, a
/// letter among letters: "cœur", "Škoda".
bool is_latin9(std::string_view sample) {
    for (std::size_t i = 0; i < sample.size(); ++i) {
        const auto byte = static_cast<std::uint8_t>(sample[i]);
        if (byte >= 0x80 && byte < 0xA0) return false;  // controls there, letters in windows-1252
    }
    for (std::size_t i = 0; i < sample.size(); ++i) {
        const auto byte = static_cast<std::uint8_t>(sample[i]);
        if (byte == 0xA4) return true;
        const bool letter_there =
            byte == 0xA6 || byte == 0xA8 || byte == 0xB4 || byte == 0xB8 || (byte >= 0xBC && byte <= 0xBE);
        const bool before = i > 0 && is_letter(sample[i - 1]),
                   behind = i + 1 < sample.size() && is_letter(sample[i + 1]);
        if (letter_there && behind && (before || byte == 0xA6 || byte == 0xB4)) return true;
    }
    return false;
}

using Detector = Handle<UCharsetDetector, ucsdet_close>;

bool is_western(std::string_view name) {
    constexpr std::array western{"ISO-8859-1", "windows-1252", "UTF-8", "ISO-8859-9", "windows-1254"};
    return std::find(western.begin(), western.end(), name) != western.end();
}

/// The words with a character beyond ASCII, up to 64 KiB: the plain ones say nothing and drown the others.
std::string foreign_words(std::string_view sample) {
    std::string words;
    for (std::size_t begin = 0; begin < sample.size() && words.size() < (1u << 16);) {
        const auto end = std::min(sample.find_first_of(" ,;|\t\r\n\"", begin), sample.size());
        const auto word = sample.substr(begin, end - begin);
        if (std::any_of(word.begin(), word.end(), [](char c) { return static_cast<signed char>(c) < 0; }))
            words.append(word).append(" ");
        begin = end + 1;
    }
    return words;
}

/// ICU's statistics have one say: against taking Polish, Greek, Russian or Japanese for Western European. Names and
/// streets are no prose, so its confidence is low at best; what counts is that nothing Western comes near.
std::optional<std::string> other_script(std::string_view sample) {
    UErrorCode status = U_ZERO_ERROR;
    const Detector detector(ucsdet_open(&status));
    const auto words = foreign_words(sample);
    ucsdet_setText(detector.get(), words.data(), static_cast<std::int32_t>(words.size()), &status);
    std::int32_t count = 0, western = 0;
    const auto* const* matches = ucsdet_detectAll(detector.get(), &count, &status);
    if (U_FAILURE(status) || count == 0) return std::nullopt;
    for (std::int32_t i = count; i-- > 0;)
        if (is_western(ucsdet_getName(matches[i], &status))) western = ucsdet_getConfidence(matches[i], &status);
    const std::string best = ucsdet_getName(matches[0], &status);
    const auto confidence = ucsdet_getConfidence(matches[0], &status);
    return !is_western(best) && confidence >= 25 && confidence >= 2 * western ? std::optional(best) : std::nullopt;
}

Result<Encoding> single_byte(std::string_view sample, const std::string& path) {
    if (const auto other = other_script(sample))
        return failure(Fault::BadInput, path, fmt::format("the encoding seems to be {}, which is not certain", *other),
                       "save the file as UTF-8");
    return Encoding{is_latin9(sample) ? "ISO-8859-15" : "windows-1252"};
}

}  // namespace

Result<Encoding> recognise_encoding(std::string_view sample, std::string_view foreign, const std::string& path) {
    for (const auto& mark : marks)
        if (sample.starts_with(mark.bytes)) return Encoding{std::string(mark.encoding), mark.bytes.size()};
    for (const auto& magic : magics)
        if (sample.starts_with(magic.bytes)) return not_text(path, magic.what);
    if (const auto utf16 = unmarked_utf16(sample)) return *utf16;
    if (is_binary(sample)) return not_text(path, "not text");
    if (foreign.empty()) foreign = sample;
    if (is_utf8(foreign)) return Encoding{"UTF-8"};
    return single_byte(foreign, path);
}

}  // namespace pli::intake
