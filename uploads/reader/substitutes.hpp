#pragma once
#include <hb.h>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/release.hpp"
#include "base/result.hpp"
#include "uploads/reader/cff_font.hpp"
#include "uploads/reader/free_faces.hpp"

namespace pli::uploads::reader {

/// A face that stands in for a font which an upload names and does not bring.
class SubstituteFace {
public:
    /// Errors   Environment: the file is not there
    static Result<SubstituteFace> open(const std::string& file) { return open(FaceFile{file}); }
    static Result<SubstituteFace> open(const FaceFile& file);

    const std::string& name() const { return name_; }  // its PostScript name
    bool is_cff() const { return cff_; }
    std::optional<std::uint16_t> glyph_of(char32_t character) const;
    std::optional<std::uint16_t> glyph_named(std::string_view name) const;
    std::string name_of_glyph(std::uint16_t glyph) const;
    double width(std::uint16_t glyph) const;  // in thousandths of the size
    bool draws(std::uint16_t glyph) const;    // false: a space

    /// What a FontDescriptor asks for, in thousandths of the size.
    struct Metrics {
        double left = 0, bottom = 0, right = 0, top = 0;
        double ascent = 0, descent = 0, cap_height = 0, italic_angle = 0;
    };
    Metrics metrics() const;
    /// False: its licence bits forbid embedding, or cutting down to what is used.
    /// Source   OpenType 1.9, OS/2 fsType
    bool may_be_embedded() const;

    /// Adds what a glyph draws, stretched horizontally and moved to the right.
    struct Setting {
        double stretch = 1, from = 0;  // from: in thousandths
    };
    void draw(std::uint16_t glyph, const Setting& setting, std::vector<OutlineStep>& steps) const;

    /// The glyphs alone, hints kept: a bare CFF font, its glyphs found by name, or TrueType with a table of characters.
    Result<std::string> subset(const std::vector<std::uint16_t>& glyphs, const std::vector<char32_t>& characters) const;

private:
    using Blob = Handle<hb_blob_t, hb_blob_destroy>;
    using Face = Handle<hb_face_t, hb_face_destroy>;
    using Font = Handle<hb_font_t, hb_font_destroy>;
    double thousandths(double units) const;
    std::string name_;
    bool cff_ = false;
    Face face_;
    Font font_;
};

/// What is known of a font by its name.
struct FontFamily {
    std::vector<std::string> files;  // of the faces that may stand in, the likeliest first
    bool serif = false, fixed = false, symbolic = false, bold = false, italic = false;
    std::string_view encoding;  // its own, "/Symbol"; empty: as its kind has it
};

/// "ABCDEF+Arial,BoldItalic", "TimesNewRomanPS-BoldMT", "Helvetica-Oblique", "Symbol": the standard 14 and what Windows
/// calls them. Nothing for any other font, "Helvetica Neue" and "Arial Black" among them.
/// Source   ISO 32000-1 §9.6.2.2; docs/decisions/014 has the comparison of widths
std::optional<FontFamily> family_named(std::string_view font);

}  // namespace pli::uploads::reader
