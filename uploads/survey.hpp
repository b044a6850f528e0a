#pragma once
#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/length.hpp"
#include "base/result.hpp"
#include "frame/field_lines.hpp"
#include "uploads/import.hpp"

namespace pli::uploads {

/// What a colour is made of. A calibrated one (ICC, CalRGB) is given by its components, and says so.
enum class Ink : std::uint8_t { Grey, Rgb, Cmyk, Lab, Spot, Inks, Pattern, Unknown };
constexpr Ink last_of(Ink) { return Ink::Unknown; }
struct PageColour {
    Ink ink = Ink::Grey;
    bool calibrated = false;       // the upload says itself what the components mean
    std::uint8_t count = 1;        // of `parts`; 0: many colours of this ink, as in a picture or a shading
    std::array<float, 4> parts{};  // 0 to 1 as written: 0 is black for Grey and Rgb, no ink for the others
    static constexpr std::uint16_t unnamed = UINT16_MAX;
    std::uint16_t name = unnamed;  // Spot, Inks: into DocumentFacts::inks
    bool operator==(const PageColour&) const = default;
};

/// How a mark is put on what lies below it.
struct Blend {
    float opacity = 1;
    bool plain = true;  // blend mode Normal and no soft mask
    bool overprints = false;
    bool operator==(const Blend&) const = default;
};

/// What every mark has. `box` is what is left of it on the trimmed page; an invisible one keeps the place it would
/// have had.
struct Mark {
    Rect box;
    PageColour colour;
    Blend blend;
    std::uint32_t order = 0;  // of painting, over all kinds of marks of the page
    bool visible = true;      // not clipped away, not beside the page, not in invisible ink
};

/// A word, or what stands between two gaps: glyphs of one font, size and colour that follow each other on one line.
struct TextMark : Mark {
    Point baseline;          // where its first glyph begins
    double degrees = 0;      // its direction, anticlockwise as read; 0 is upright
    Length size;             // of the font, as it stands on the paper
    std::string text;        // UTF-8; empty where the upload does not tell
    bool text_known = true;  // false: some glyph's character is not known
    std::uint16_t font = 0;  // into DocumentFacts::fonts
    bool outlined = false;   // stroked, not filled alone
};
struct PathMark : Mark {
    bool filled = false;
    std::optional<Length> stroke;  // the width of the line, where one is drawn; 0 is the thinnest the device has
    PageColour stroke_colour;
};
struct PictureMark : Mark {
    std::uint32_t columns = 0, rows = 0;
    std::uint8_t bits = 8;                                // of a component
    double pixels_per_inch_x = 0, pixels_per_inch_y = 0;  // on the paper
    bool stencil = false;                                 // one bit, painted in `colour`
    bool masked = false;                                  // by a soft mask, a stencil or a colour key
    bool inlined = false;                                 // stands within the content
    std::string coding;                                   // "DCTDecode"; empty where it is not compressed
};

enum class FontKind : std::uint8_t { Type1, TrueType, Type3, CidType1, CidTrueType, Unknown };
constexpr FontKind last_of(FontKind) { return FontKind::Unknown; }
/// What the repair embed-fonts can put in the place of a font that is not embedded.
enum class StandIn : std::uint8_t {
    None,        // nothing: what its characters are is known to the font alone
    SameWidths,  // a free face made as wide, character by character
    Nearest,     // the likest face there is, stretched to the widths of the upload
};
constexpr StandIn last_of(StandIn) { return StandIn::Nearest; }
struct FontFact {
    std::string name;  // without the six letters of a subset
    FontKind kind = FontKind::Unknown;
    bool embedded = false;
    bool standard_14 = false;  // one of the fonts a reader is expected to have
    StandIn stand_in = StandIn::None;
    bool subset = false;
    bool to_unicode = false;
    bool serif = false, fixed_pitch = false, italic = false;
    std::uint16_t weight = 400;
};

struct AnnotationFact {
    std::string kind;  // "Link", "Widget", "Text"
    Rect box;
    bool prints = false;  // carries the print flag and is not hidden: becomes part of the page
};

struct Edges {
    Length top, right, bottom, left;
};

/// A box as the file has it, in its own units.
struct RawBox {
    std::string name;                 // "MediaBox"
    std::array<double, 4> corners{};  // as written
};

/// Text such as {first_name} or {{order_number}}, which a template may fill for each letter.
struct PlaceholderFact {
    std::string text;  // within its braces
    Rect box;
    Point baseline;
    Length size;
    PageColour colour;
    std::uint16_t font = 0;                           // into DocumentFacts::fonts
    FieldLine::Align align = FieldLine::Align::Left;  // of its line
    Length room_left, room_right;                     // how far the line may reach
    bool fillable = true;                             // false: it stands turned, or in a way that cannot be set again
};

struct PageFacts {
    Size size;  // the trimmed page, upright, in real lengths: as ForeignPage::size
    std::vector<RawBox> boxes;
    int rotation = 0;
    double user_unit = 1;
    Edges bleed_room;  // how far the sheet reaches beyond the trim
    Edges bleed;       // how far ink that crosses the trim reaches
    bool transparency = false;
    std::vector<TextMark> texts;
    std::vector<PathMark> paths;
    std::vector<PictureMark> pictures;
    std::vector<AnnotationFact> annotations;
    std::vector<PlaceholderFact> placeholders;
    bool truncated = false;  // more marks than are listed, or content that goes on beyond the limits
    bool damaged = false;    // content that no reader understands the same way
};

struct LayerFact {
    std::string name;
    bool hidden = false;          // on paper
    bool screen_differs = false;  // shown on screen and hidden on paper, or the other way round
};
struct OutputIntentFact {
    std::string condition, subtype;
    int components = 0;  // of its profile; 0: it has none
};
struct FieldFact {
    std::string name, kind, value;  // "Tx", "Btn", "Ch", "Sig"
};
struct Permissions {
    bool print = true, print_well = true, change = true, copy = true;
};

struct DocumentFacts {
    std::string version;  // "1.7"
    std::string producer, creator;
    int pages = 0;
    bool encrypted = false;
    Permissions permissions;
    int scripts = 0;          // JavaScript
    int launches = 0;         // actions that start a program
    int outside_actions = 0;  // actions that open a place outside: a URL, another file, a form's server
    int external_streams = 0;
    int signatures = 0;
    bool xfa = false;
    bool linearised = false;
    std::vector<std::string> embedded_files;
    std::vector<LayerFact> layers;
    std::vector<OutputIntentFact> output_intents;
    std::vector<FieldFact> fields;
    std::vector<FontFact> fonts;
    std::vector<std::string> inks;  // spot colours by name
    bool truncated = false;
};

/// What is on an upload's pages, as they would be imported: annotations drawn in by their print flag, hidden layers
/// gone, /Rotate, /UserUnit and boxes resolved. Plain data; the PDF itself is opened by the child alone.
/// Source   ISO 32000-1 §8 and §9
/// Units    Length from the top left corner of the trimmed, upright page, y downwards
/// Errors   as import_pdf
/// Threads  a value
struct Survey {
    DocumentFacts document;
    std::vector<PageFacts> pages;
};
Result<Survey> survey(const std::string& bytes, std::string_view where, const Limits& limits = {});

}  // namespace pli::uploads
