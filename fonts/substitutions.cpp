#include "fonts/substitutions.hpp"

#include <algorithm>
#include <vector>

#include "fonts/font_table.hpp"

namespace pli::fonts {
namespace {

using Glyphs = std::vector<std::uint16_t>;

class Substitutions {
public:
    using Found = std::function<void(std::span<const std::uint16_t>, std::uint16_t)>;
    Substitutions(hb_face_t* face, const Found& found) : gsub_(face, table_tag("GSUB")), found_(found) {}

    void read() {
        const std::size_t lookups = place(8);
        for (std::size_t i = 0; i < count(lookups) && lookups != 0; ++i)
            read_lookup(lookups + place(lookups + 2 + 2 * i));
    }

private:
    std::size_t place(std::size_t at) const { return static_cast<std::size_t>(gsub_.u16(at)); }
    std::size_t count(std::size_t at) const { return place(at); }
    std::uint16_t glyph(std::size_t at) const { return static_cast<std::uint16_t>(gsub_.u16(at)); }

    void read_lookup(std::size_t lookup) {
        constexpr int extension = 7;
        for (std::size_t i = 0; i < count(lookup + 4); ++i) {
            std::size_t table = lookup + place(lookup + 6 + 2 * i);
            int type = gsub_.u16(lookup);
            if (type == extension) {
                type = gsub_.u16(table + 2);
                table += gsub_.u32(table + 4);
            }
            if (table >= gsub_.size()) return;
            if (type == 1) read_singles(table);
            if (type == 3) read_alternates(table);
            if (type == 4) read_ligatures(table);
        }
    }

    /// The glyphs a table is about, in its order.
    Glyphs coverage(std::size_t at) const {
        Glyphs glyphs;
        const int format = gsub_.u16(at);
        for (std::size_t i = 0; i < count(at + 2) && at + 4 + 2 * i < gsub_.size(); ++i) {
            if (format == 1) glyphs.push_back(glyph(at + 4 + 2 * i));
            if (format != 2) continue;
            const std::size_t range = at + 4 + 6 * i;
            for (unsigned id = glyph(range); id <= glyph(range + 2) && glyphs.size() < 0xFFFF; ++id)
                glyphs.push_back(static_cast<std::uint16_t>(id));
        }
        return glyphs;
    }

    void read_singles(std::size_t table) {
        const Glyphs covered = coverage(table + place(table + 2));
        const bool shifted = gsub_.u16(table) == 1;  // all by the same step
        const std::size_t known = shifted ? covered.size() : std::min(covered.size(), count(table + 4));
        for (std::size_t i = 0; i < known; ++i) {
            const int by = shifted ? covered[i] + gsub_.i16(table + 4) : gsub_.u16(table + 6 + 2 * i);
            found_({&covered[i], 1}, static_cast<std::uint16_t>(by & 0xFFFF));
        }
    }

    void read_alternates(std::size_t table) {
        const Glyphs covered = coverage(table + place(table + 2));
        for (std::size_t i = 0; i < std::min(covered.size(), count(table + 4)); ++i) {
            const std::size_t set = table + place(table + 6 + 2 * i);
            for (std::size_t n = 0; n < count(set) && set + 2 + 2 * n < gsub_.size(); ++n)
                found_({&covered[i], 1}, glyph(set + 2 + 2 * n));
        }
    }

    void read_ligatures(std::size_t table) {
        const Glyphs covered = coverage(table + place(table + 2));
        for (std::size_t i = 0; i < std::min(covered.size(), count(table + 4)); ++i) {
            const std::size_t set = table + place(table + 6 + 2 * i);
            for (std::size_t n = 0; n < count(set) && set + 2 + 2 * n < gsub_.size(); ++n)
                read_ligature(covered[i], set + place(set + 2 + 2 * n));
        }
    }

    void read_ligature(std::uint16_t first, std::size_t at) {
        constexpr std::size_t longest = 16;
        const std::size_t parts = count(at + 2);
        if (parts == 0 || parts > longest) return;
        Glyphs glyphs{first};
        for (std::size_t i = 1; i < parts; ++i) glyphs.push_back(glyph(at + 2 + 2 * i));
        found_(glyphs, glyph(at));
    }

    FontTable gsub_;
    const Found& found_;
};

}  // namespace

void read_substitutions(hb_face_t* face,
                        const std::function<void(std::span<const std::uint16_t>, std::uint16_t)>& found) {
    Substitutions(face, found).read();
}

}  // namespace pli::fonts
