#include <algorithm>
#include <array>
#include <cmath>

#include "uploads/reader/cff_font.hpp"

namespace pli::uploads::reader {
namespace {

using Kind = OutlineStep::Kind;

constexpr int standard_strings = 391;  // strings that every CFF font has without listing them

void append_16(std::string& bytes, std::uint32_t value) {
    bytes += static_cast<char>(value >> 8 & 0xFF);
    bytes += static_cast<char>(value & 0xFF);
}
void append_32(std::string& bytes, std::uint32_t value) {
    append_16(bytes, value >> 16);
    append_16(bytes, value & 0xFFFF);
}

/// Of charstrings and of dictionaries alike (5176 §4, 5177 §3.2).
void append_number(std::string& bytes, int value) {
    if (value >= -107 && value <= 107) {
        bytes += static_cast<char>(value + 139);
    } else if (value >= 108 && value <= 1131) {
        append_16(bytes, static_cast<std::uint32_t>(value - 108 + (247 << 8)));
    } else if (value >= -1131 && value <= -108) {
        append_16(bytes, static_cast<std::uint32_t>(-value - 108 + (251 << 8)));
    } else {
        bytes += '\x1C';
        append_16(bytes, static_cast<std::uint32_t>(value));
    }
}

/// Always five bytes long, so that a place can be written before it is known.
void append_offset(std::string& dictionary, std::size_t offset) {
    dictionary += '\x1D';
    append_32(dictionary, static_cast<std::uint32_t>(offset));
}

std::string index_of(const std::vector<std::string>& items) {
    std::string bytes;
    append_16(bytes, static_cast<std::uint32_t>(items.size()));
    if (items.empty()) return bytes;
    bytes += '\x04';
    std::uint32_t at = 1;
    append_32(bytes, at);
    for (const auto& item : items) append_32(bytes, at += static_cast<std::uint32_t>(item.size()));
    for (const auto& item : items) bytes += item;
    return bytes;
}

/// Steps are told from where the last one ended, in whole thousandths: rounding never adds up.
class Charstring {
public:
    explicit Charstring(const DrawnGlyph& glyph) {
        append_number(bytes_, clamped(glyph.width));
        for (const OutlineStep& step : glyph.steps) add(step);
        bytes_ += '\x0E';  // endchar
    }
    std::string take() && { return std::move(bytes_); }

private:
    static int clamped(double value) { return static_cast<int>(std::lround(std::clamp(value, -16000.0, 16000.0))); }
    void go_to(const OutlineStep::Spot& spot) {
        const int x = clamped(spot.x), y = clamped(spot.y);
        append_number(bytes_, x - x_);
        append_number(bytes_, y - y_);
        x_ = x, y_ = y;
    }
    void add(const OutlineStep& step) {
        static constexpr std::array<char, 3> operators{'\x15', '\x05', '\x08'};  // rmoveto, rlineto, rrcurveto
        const int spots = step.kind == Kind::Curve ? 3 : 1;
        for (int i = 0; i < spots; ++i) go_to(step.spots[i]);
        bytes_ += operators[static_cast<std::size_t>(step.kind)];
    }
    std::string bytes_;
    int x_ = 0, y_ = 0;
};

std::string charstrings_of(const std::vector<DrawnGlyph>& glyphs) {
    std::vector<std::string> strings;
    for (const auto& glyph : glyphs) strings.push_back(Charstring(glyph).take());
    return index_of(strings);
}

std::string strings_of(const std::vector<DrawnGlyph>& glyphs, const CffOrdering& ordering) {
    std::vector<std::string> strings{ordering.registry, ordering.ordering};
    if (ordering.by_name()) strings.clear();
    for (std::size_t i = 1; ordering.by_name() && i < glyphs.size(); ++i) strings.push_back(glyphs[i].name);
    return index_of(strings);
}

/// Names are the font's own strings, in the order of its glyphs; CIDs stand for themselves.
std::string charset_of(const std::vector<DrawnGlyph>& glyphs, const CffOrdering& ordering) {
    std::string bytes(1, '\0');
    for (std::size_t i = 1; i < glyphs.size(); ++i)
        append_16(bytes, ordering.by_name() ? standard_strings + static_cast<std::uint32_t>(i) - 1 : glyphs[i].cid);
    return bytes;
}

void append_operator(std::string& dictionary, int first, int second = -1) {
    dictionary += static_cast<char>(first);
    if (second >= 0) dictionary += static_cast<char>(second);
}

/// Where the parts of a font begin, from its first byte.
struct Places {
    std::size_t charset = 0, select = 0, charstrings = 0, fonts = 0, own = 0;
};

std::string top_dictionary(const CffOrdering& ordering, const Places& places, std::uint16_t cids) {
    std::string top;
    if (!ordering.by_name()) {
        append_number(top, standard_strings);
        append_number(top, standard_strings + 1);
        append_number(top, ordering.supplement);
        append_operator(top, 12, 30);  // ROS, which must come first
        append_number(top, cids);
        append_operator(top, 12, 34);  // CIDCount
    }
    append_offset(top, places.charset);
    append_operator(top, 15);
    append_offset(top, places.charstrings);
    append_operator(top, 17);
    if (ordering.by_name()) {
        append_number(top, 0);
        append_offset(top, places.own);
        append_operator(top, 18);  // Private: empty
    } else {
        append_offset(top, places.fonts);
        append_operator(top, 12, 36);  // FDArray
        append_offset(top, places.select);
        append_operator(top, 12, 37);  // FDSelect
    }
    return top;
}

std::string font_dictionaries(const Places& places) {
    std::string one;
    append_number(one, 0);
    append_offset(one, places.own);
    append_operator(one, 18);
    return index_of({one});
}

/// All glyphs go with the one dictionary there is.
std::string select_of(std::size_t glyphs) {
    std::string bytes{'\x03', '\0', '\x01', '\0', '\0', '\0'};
    append_16(bytes, static_cast<std::uint32_t>(glyphs));
    return bytes;
}

}  // namespace

std::string cff_font(const std::string& name, const std::vector<DrawnGlyph>& glyphs, const CffOrdering& ordering) {
    const std::string head = std::string("\x01\x00\x04\x04", 4) + index_of({name});
    const std::string strings = strings_of(glyphs, ordering) + index_of({});  // and no subroutines
    const std::string charset = charset_of(glyphs, ordering), charstrings = charstrings_of(glyphs);
    const std::string select = ordering.by_name() ? "" : select_of(glyphs.size());
    const auto cids = static_cast<std::uint16_t>(std::min(65535, glyphs.back().cid + 1));
    Places places;
    places.charset = head.size() + index_of({top_dictionary(ordering, places, cids)}).size() + strings.size();
    places.select = places.charset + charset.size();
    places.charstrings = places.select + select.size();
    places.fonts = places.charstrings + charstrings.size();
    const std::size_t fonts_size = ordering.by_name() ? 0 : font_dictionaries(places).size();
    places.own = places.fonts + fonts_size;
    return head + index_of({top_dictionary(ordering, places, cids)}) + strings + charset + select + charstrings +
           (ordering.by_name() ? "" : font_dictionaries(places));
}

}  // namespace pli::uploads::reader
