#include "uploads/reader/field_lines.hpp"

#include <algorithm>
#include <optional>
#include <string_view>

#include "uploads/reader/colour_spaces.hpp"
#include "uploads/reader/line_geometry.hpp"
#include "uploads/reader/page_font.hpp"
#include "uploads/reader/words.hpp"

namespace pli::uploads::reader {
namespace {

/// A placeholder in the text of a line.
struct Found {
    std::size_t begin = 0, end = 0;  // braces included
    std::string_view inside;
};

bool may_be_named(std::string_view name) {
    const auto first = name.find_first_not_of(' ');
    if (first == name.npos) return false;
    const auto plain = [](char c) {
        return (c >= '0' && c <= '9') || ((c | 32) >= 'a' && (c | 32) <= 'z') || (c & 0x80) != 0;
    };
    return plain(name[first]) &&
           std::ranges::all_of(name, [&](char c) { return plain(c) || c == '_' || c == '-' || c == '.' || c == ' '; });
}

/// `{name}` and `{{name}}`, behind the name a format or a fallback. Anything else in braces is text.
std::optional<Found> next_placeholder(std::string_view text, std::size_t from) {
    constexpr std::size_t longest = 200;
    std::size_t next = 0;
    for (std::size_t open = text.find('{', from); open != text.npos; open = text.find('{', next)) {
        const std::size_t braces = open + 1 < text.size() && text[open + 1] == '{' ? 2 : 1;
        const std::size_t close = text.find_first_of("{}", open + braces);
        next = open + braces;
        if (close == text.npos || text[close] != '}' || close - open > longest) continue;
        if (braces == 2 && (close + 1 >= text.size() || text[close + 1] != '}')) continue;
        const std::string_view inside = text.substr(open + braces, close - open - braces);
        if (may_be_named(inside.substr(0, inside.find_first_of(":|")))) return Found{open, close + braces, inside};
    }
    return std::nullopt;
}

std::uint16_t ink(float part) { return static_cast<std::uint16_t>(std::lround(std::clamp(part, 0.0F, 1.0F) * 1000)); }

/// Grey stays on the black plate, and so does grey said in RGB; other RGB becomes inks by the plain conversion, as in
/// templates.
Colour colour_of(const PageColour& colour) {
    const auto& p = colour.parts;
    if (colour.ink == Ink::Grey) return Colour::grey(ink(1 - p[0]));
    if (colour.ink == Ink::Cmyk)
        return p[0] + p[1] + p[2] == 0 ? Colour::grey(ink(p[3]))
                                       : Colour::cmyk(ink(p[0]), ink(p[1]), ink(p[2]), ink(p[3]));
    if (colour.ink == Ink::Spot) return {Colour::Space::Spot, {ink(p[0]), 0, 0, 0}, 0};
    if (colour.ink != Ink::Rgb) return Colour::black();
    const float most = std::max({p[0], p[1], p[2]});
    if (most <= 0 || (p[0] == p[1] && p[1] == p[2])) return Colour::grey(ink(1 - most));
    return Colour::cmyk(ink((most - p[0]) / most), ink((most - p[1]) / most), ink((most - p[2]) / most), ink(1 - most));
}

bool is_known(const PageColour& colour) {
    return colour.count > 0 &&
           (colour.ink == Ink::Grey || colour.ink == Ink::Rgb || colour.ink == Ink::Cmyk || colour.ink == Ink::Spot);
}

ForeignType type_of(const PageGlyph& glyph, const TextPaint& paint, const DocumentFacts& document) {
    const FontFact& font = glyph.font->fact();
    ForeignType type{font.name, font.weight, font.serif, font.fixed_pitch, font.italic, length_of(glyph.size), {}, {}};
    type.colour = colour_of(paint.colour);
    type.colour_known = is_known(paint.colour) && paint.blend.plain && paint.blend.opacity >= 1;
    if (type.colour.space != Colour::Space::Spot) return type;
    type.spot = paint.colour.name < document.inks.size() ? document.inks[paint.colour.name] : "";
    type.alternate = spot_look(paint.space);
    // PDF keeps two ink names for itself: on all plates, and on none.
    if (!type.spot.empty() && type.spot != "All" && type.spot != "None") return type;
    type.colour_known = false;
    type.colour = Colour::black();
    type.spot.clear();
    return type;
}

/// Works on one line of text.
class LineReader {
public:
    LineReader(const TextLine& text, const PageMarks& marks, const DocumentFacts& document)
        : text_(text), marks_(marks), document_(document) {}

    /// All parts, the text between the placeholders included; empty without placeholders.
    std::vector<FoundPart> parts() {
        std::vector<FoundPart> parts;
        std::size_t done = 0;
        for (auto found = next_placeholder(text_.text, 0); found; found = next_placeholder(text_.text, found->end)) {
            add_text(parts, done, found->begin);
            FoundPart part = part_of(found->begin, found->end);
            done = found->end;
            if (part.glyphs.empty()) continue;
            describe(part, *found);
            parts.push_back(std::move(part));
        }
        if (done > 0) add_text(parts, done, text_.text.size());
        return parts;
    }

private:
    /// The glyphs whose text begins within [begin, end).
    FoundPart part_of(std::size_t begin, std::size_t end) const {
        FoundPart part;
        Extent box;
        for (std::size_t i = 0; i < text_.glyphs.size(); ++i) {
            if (text_.starts[i] < begin || text_.starts[i] >= end) continue;
            const std::uint32_t index = text_.glyphs[i];
            const PageGlyph& glyph = marks_.glyphs[index];
            if (!is_space(glyph))
                box.include({glyph.origin.x, glyph.box.top}),
                    box.include({glyph.origin.x + glyph.along.x * glyph.width, glyph.box.bottom});
            part.glyphs.push_back(index);
            for (const auto& [shown, shadow] : text_.shadows)
                if (shown == index) part.glyphs.push_back(shadow);
        }
        part.part.left = length_of(box.left);
        part.part.right = length_of(box.right);
        part.fact.box = rect_of(box);
        if (box.empty()) part.glyphs.clear();
        return part;
    }
    void add_text(std::vector<FoundPart>& parts, std::size_t begin, std::size_t end) const {
        FoundPart part = part_of(begin, end);
        if (!part.glyphs.empty()) parts.push_back(std::move(part));
    }
    void describe(FoundPart& part, const Found& found) const {
        // The name's own look counts, not that of its braces.
        const PageGlyph& glyph = marks_.glyphs[part.glyphs[std::min<std::size_t>(2, part.glyphs.size() - 1)]];
        const TextPaint& paint = marks_.paints[glyph.paint];
        part.part.placeholder = std::string(found.inside);
        part.part.type = type_of(glyph, paint, document_);
        part.fact.text = part.part.placeholder;
        part.fact.baseline = {part.part.left, length_of(glyph.origin.y)};
        part.fact.size = part.part.type.size;
        part.fact.colour = paint.colour;
        part.fact.font = glyph.font->index;
    }

    const TextLine& text_;
    const PageMarks& marks_;
    const DocumentFacts& document_;
};

/// What is set in front of the first value of a line that begins where it did, or behind the last of one that ends
/// there, stays where it is.
void drop_standing(std::vector<FoundPart>& parts, FieldLine::Align align) {
    const auto is_text = [](const FoundPart& part) { return part.part.placeholder.empty(); };
    if (align == FieldLine::Align::Left && is_text(parts.front())) parts.erase(parts.begin());
    if (align == FieldLine::Align::Right && is_text(parts.back())) parts.pop_back();
}

bool can_be_set_again(const std::vector<FoundPart>& parts, const PageMarks& marks) {
    return std::ranges::all_of(parts, [&](const FoundPart& part) {
        return std::ranges::all_of(part.glyphs, [&](std::uint32_t index) {
            const PageGlyph& glyph = marks.glyphs[index];
            return glyph.movable && glyph.size > 0.5 && !marks.paints[glyph.paint].colour_operators.empty();
        });
    });
}

FoundLine found_line(const TextLine& text, std::vector<FoundPart> parts, const std::vector<TextLine>& lines,
                     const PageMarks& marks) {
    FoundLine found;
    found.line.align = align_of(text, lines, marks);
    found.line.baseline = length_of(text.baseline);
    const Reach reach = reach_of(text, lines, marks);
    found.line.room_left = length_of(reach.left);
    found.line.room_right = length_of(reach.right);
    drop_standing(parts, found.line.align);
    found.line.kept = !can_be_set_again(parts, marks);
    found.parts = std::move(parts);
    for (FoundPart& part : found.parts) {
        part.fact.align = found.line.align;
        part.fact.room_left = found.line.room_left;
        part.fact.room_right = found.line.room_right;
        part.fact.fillable = !found.line.kept;
    }
    return found;
}

/// Text that does not stand upright is told, and stays.
void add_turned(const PageMarks& marks, const DocumentFacts& document, std::vector<FoundLine>& found) {
    TextLine text;
    for (std::uint32_t i = 0; i < marks.glyphs.size(); ++i) {
        const PageGlyph& glyph = marks.glyphs[i];
        if (!glyph.visible || std::abs(degrees_of(glyph)) < 0.6) continue;
        text.starts.push_back(static_cast<std::uint32_t>(text.text.size()));
        text.text += is_space(glyph) ? " " : glyph.text;
        text.glyphs.push_back(i);
    }
    for (FoundPart& part : LineReader(text, marks, document).parts()) {
        if (part.part.placeholder.empty()) continue;
        FoundLine line;
        line.line.kept = true;
        line.line.baseline = part.fact.baseline.y;
        part.fact.fillable = false;
        line.parts.push_back(std::move(part));
        found.push_back(std::move(line));
    }
}

}  // namespace

std::vector<FoundLine> field_lines_of(const PageMarks& marks, const DocumentFacts& document) {
    const bool braces =
        std::ranges::any_of(marks.glyphs, [](const PageGlyph& glyph) { return glyph.text.starts_with('{'); });
    if (!braces) return {};
    const auto lines = lines_of(marks);
    std::vector<FoundLine> found;
    for (const TextLine& line : lines) {
        auto parts = LineReader(line, marks, document).parts();
        if (!parts.empty()) found.push_back(found_line(line, std::move(parts), lines, marks));
    }
    add_turned(marks, document, found);
    return found;
}

}  // namespace pli::uploads::reader
