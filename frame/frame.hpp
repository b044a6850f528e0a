#pragma once
#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <type_traits>
#include <variant>
#include <vector>

#include "base/length.hpp"

namespace pli {

/// Index of a face in the run's FontSet; the same number for the same workspace, whatever the thread or the letters.
struct FaceId {
    std::uint16_t value = 0;
    constexpr auto operator<=>(const FaceId&) const = default;
};
/// Index of a shared thing (layer, image, imported page) in the run's Assets.
struct AssetId {
    std::uint32_t value = 0;
    constexpr auto operator<=>(const AssetId&) const = default;
};

/// Ink on paper. K and CMYK in thousandths of full ink; a spot is named once in Assets and has a tint. Registration is
/// full ink on every plate there is, for marks outside the trim.
struct Colour {
    enum class Space : std::uint8_t { K, Cmyk, Spot, Registration };
    Space space = Space::K;
    std::array<std::uint16_t, 4> parts{0, 0, 0, 1000};  // c m y k; K uses [3]; Spot uses [0] as its tint
    std::uint16_t spot = 0;                             // index into Assets::spots
    constexpr bool operator==(const Colour&) const = default;

    static constexpr Colour black() { return {}; }
    static constexpr Colour registration() { return {Space::Registration, {1000, 1000, 1000, 1000}, 0}; }
    static constexpr Colour grey(std::uint16_t ink) { return {Space::K, {0, 0, 0, ink}, 0}; }
    static constexpr Colour cmyk(std::uint16_t c, std::uint16_t m, std::uint16_t y, std::uint16_t k) {
        return {Space::Cmyk, {c, m, y, k}, 0};
    }
    /// Full ink on the black plate and none on the others, however it was said.
    constexpr bool is_black() const {
        return space == Space::K ? parts[3] == 1000 : *this == Colour{Space::Cmyk, {0, 0, 0, 1000}, 0};
    }
};

/// One glyph in the design units of its face (`units_per_em` to the em), in visual order from left to right. Without
/// defaults it is trivial: a line of them is copied as one block of memory.
struct Glyph {
    std::uint16_t id;
    std::int16_t dx, dy;   // displacement from the pen, y upwards as fonts have it
    std::int32_t advance;  // to the next glyph: kerning, tracking and justification included
};
static_assert(std::is_trivial_v<Glyph>);

/// `count` entries of one of the frame's flat arrays.
struct Slice {
    std::uint32_t first = 0, count = 0;
};

/// Glyphs of one face and size on one baseline. `text` is set only where glyphs alone do not give the text back
/// (ligated, reordered or right-to-left scripts): it becomes the run's ActualText, in reading order.
struct TextRun {
    Point baseline;
    Length size;
    FaceId face;
    Colour colour;
    Slice glyphs;
    Slice text;
};
struct Rule {
    Point from, to;
    Length width;
    Colour colour;
};
struct Fill {
    Rect box;
    Colour colour;
};
enum class Symbology : std::uint8_t { Qr, DataMatrix };
enum class Correction : std::uint8_t { L, M, Q, H };
/// Modules across and down; zeros: the smallest square that holds the payload.
struct MatrixSize {
    std::uint8_t columns = 0, rows = 0;
    constexpr bool operator==(const MatrixSize&) const = default;
};
/// A two-dimensional code filling `box` without its quiet zone; always pure K. `payload` is a slice of Frame::text.
struct Code {
    Symbology symbology = Symbology::Qr;
    Correction correction = Correction::M;  // QR only
    Rect box;
    Slice payload;
    MatrixSize matrix{};  // DataMatrix only
};
/// What the bars of a four-state code measure. Full bars have the whole height; ascenders end where the tracker ends
/// below, descenders begin where it begins above; the tracker stands in the middle.
struct BarSize {
    Length pitch;  // from bar to bar, centre to centre
    Length width;  // of a bar
    Length full, tracker;
    constexpr bool operator==(const BarSize&) const = default;
};
/// A row of upright bars, always pure K. `states` is a slice of Frame::text, a letter for each bar: F full, A ascender,
/// D descender, T tracker. `origin` is the top left corner of the row.
struct Bars {
    Point origin;
    BarSize size;
    Slice states;

    constexpr Size extent() const { return {size.pitch * (std::int64_t{states.count} - 1) + size.width, size.full}; }
};
/// Where a bar of this state begins and ends below the top of its row.
struct BarSpan {
    Length top, bottom;
};
constexpr BarSpan span_of(char state, const BarSize& size) {
    const Length end = (size.full - size.tracker) / 2;
    return {state == 'F' || state == 'A' ? Length{} : end, state == 'F' || state == 'D' ? size.full : size.full - end};
}
/// A shared asset: a layer keeps its own size with its top left corner at `box.origin`; an image or page fills `box`.
struct Placed {
    AssetId asset;
    Rect box;
};

/// Closed: a new kind of item fails to compile until every visitor draws it.
using Item = std::variant<TextRun, Rule, Fill, Code, Bars, Placed>;

/// One finished side of one sheet: no decision left to take. Items are drawn in order. Flat arrays, so that a
/// worker can clear and refill one Frame for letter after letter without allocating.
/// Units    Length from the sheet's top left corner, y downwards
/// Threads  a value
struct Frame {
    Size size;
    std::vector<Item> items;
    std::vector<Glyph> glyphs;
    std::string text;

    void clear() {
        items.clear();
        glyphs.clear();
        text.clear();
    }
    Slice add_text(std::string_view s) {
        const Slice slice{static_cast<std::uint32_t>(text.size()), static_cast<std::uint32_t>(s.size())};
        text.append(s);
        return slice;
    }
    std::string_view text_of(Slice s) const { return std::string_view(text).substr(s.first, s.count); }
};

}  // namespace pli
