#include "fonts/glyf_check.hpp"

#include <fmt/format.h>

#include <cstdint>
#include <vector>

#include "fonts/font_table.hpp"

namespace pli::fonts {
namespace {

/// One glyph's bytes; `broken` once something was read behind them.
class GlyphBytes {
public:
    explicit GlyphBytes(std::string_view bytes) : bytes_(bytes) {}
    bool empty() const { return bytes_.empty(); }
    bool broken() const { return broken_; }
    void skip(std::size_t count) {
        at_ += count;
        broken_ |= at_ > bytes_.size();
    }
    unsigned u8() {
        skip(1);
        return broken_ ? 0 : static_cast<std::uint8_t>(bytes_[at_ - 1]);
    }
    unsigned u16() {
        const unsigned high = u8();
        return high << 8 | u8();
    }
    int i16() { return static_cast<std::int16_t>(u16()); }

private:
    std::string_view bytes_;
    std::size_t at_ = 0;
    bool broken_ = false;
};

/// Flags repeat; coordinates take 0, 1 or 2 bytes as the flags say.
void skip_points(GlyphBytes& in, std::size_t points) {
    std::size_t coordinates = 0;
    for (std::size_t seen = 0; seen < points && !in.broken();) {
        const unsigned flag = in.u8();
        const std::size_t times = (flag & 8) != 0 ? in.u8() + 1 : 1;
        const std::size_t x = (flag & 2) != 0 ? 1 : (flag & 16) != 0 ? 0 : 2;
        const std::size_t y = (flag & 4) != 0 ? 1 : (flag & 32) != 0 ? 0 : 2;
        coordinates += times * (x + y);
        seen += times;
    }
    in.skip(coordinates);
}

bool simple_glyph_ends_well(GlyphBytes in, int contours) {
    std::size_t points = 0;
    for (int i = 0; i < contours; ++i) {
        const std::size_t end = std::size_t{in.u16()} + 1;
        if (end < points) return false;
        points = end;
    }
    in.skip(in.u16());  // instructions
    skip_points(in, points);
    return !in.broken();
}

/// The glyphs a composite is made of.
bool read_components(GlyphBytes in, std::vector<unsigned>& components) {
    constexpr unsigned words = 1, scale = 8, more = 32, two_scales = 64, matrix = 128;
    for (unsigned flags = more; (flags & more) != 0 && !in.broken();) {
        flags = in.u16();
        components.push_back(in.u16());
        in.skip((flags & words) != 0 ? 4 : 2);
        in.skip((flags & scale) != 0 ? 2 : (flags & two_scales) != 0 ? 4 : (flags & matrix) != 0 ? 8 : 0);
    }
    return !in.broken();
}

class GlyfCheck {
public:
    explicit GlyfCheck(hb_face_t* face)
        : loca_(face, table_tag("loca")),
          glyf_(face, table_tag("glyf")),
          long_offsets_(FontTable(face, table_tag("head")).u16(50) != 0),
          depths_(hb_face_get_glyph_count(face)) {}

    std::string run() {
        if (loca_.size() < (depths_.size() + 1) * (long_offsets_ ? 4 : 2)) return "its table loca ends early";
        for (std::size_t i = 0; i < depths_.size(); ++i)
            if (offset(i) > offset(i + 1) || offset(i + 1) > glyf_.size())
                return fmt::format("glyph {} lies outside its table", i);
        for (std::size_t i = 0; i < depths_.size(); ++i)
            if (depth_of(i, 0) == bad) return fmt::format("the outline of glyph {} is broken", i);
        return {};
    }

private:
    static constexpr std::uint8_t unknown = 0, deepest = 16, bad = 0xFF;

    std::size_t offset(std::size_t glyph) const {
        return long_offsets_ ? loca_.u32(4 * glyph) : std::size_t{2} * static_cast<std::size_t>(loca_.u16(2 * glyph));
    }
    /// How many composites stand one in the other, from 1; a glyph that contains itself has no end and is bad.
    std::uint8_t depth_of(std::size_t glyph, int level) {
        if (glyph >= depths_.size() || level > deepest) return bad;
        if (depths_[glyph] == unknown) depths_[glyph] = measure(glyph, level);
        return depths_[glyph];
    }
    std::uint8_t measure(std::size_t glyph, int level) {
        GlyphBytes in(glyf_.bytes().substr(offset(glyph), offset(glyph + 1) - offset(glyph)));
        if (in.empty()) return 1;
        const int contours = in.i16();
        in.skip(8);
        if (contours >= 0) return contours == 0 || simple_glyph_ends_well(in, contours) ? 1 : bad;
        std::vector<unsigned> components;
        if (in.broken() || !read_components(in, components)) return bad;
        std::uint8_t depth = 1;
        for (const unsigned component : components) {
            const std::uint8_t below = depth_of(component, level + 1);
            if (below == bad || below >= deepest) return bad;
            depth = std::max<std::uint8_t>(depth, static_cast<std::uint8_t>(below + 1));
        }
        return depth;
    }

    FontTable loca_, glyf_;
    bool long_offsets_;
    std::vector<std::uint8_t> depths_;
};

}  // namespace

std::string check_glyf(hb_face_t* face) { return GlyfCheck(face).run(); }

}  // namespace pli::fonts
