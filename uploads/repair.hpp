#pragma once
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/length.hpp"
#include "base/result.hpp"
#include "uploads/import.hpp"

namespace pli::uploads {

/// Annotations and form fields that print become content; hidden layers go, the others stay for good.
struct Flatten {};
/// Takes off empty pages at the end.
struct DropBlankPages {};
/// Turns pages clockwise: by quarters of a circle, or, with 0, a quarter where a page lies otherwise than the sheet.
struct Rotate {
    int degrees = 0;
};
/// Brings pages to the sheet's size, proportions kept, in the middle of it.
struct Scale {
    enum class To : std::uint8_t {
        Fit,    // all of the page is on the sheet; what is left over stays white
        Fill,   // the sheet is covered; what is left over is cut
        Bleed,  // the sheet and 3 mm around it are covered, by the bleed that is there or by a larger scale
    };
    To to = To::Fit;
};
/// Puts pages in the middle of the sheet in their own size.
struct Centre {};
/// Embeds free faces for fonts that are not embedded: of the same widths where there are such, else the likest, each
/// character stretched to the width it had.
struct EmbedFonts {
    bool exact = false;  // refuses what has no face of the same widths
};
/// Text in RGB black, grey black or in black of several inks becomes black alone, overprinting.
struct BlackText {};
/// Turns RGB into inks of the press.
struct ConvertRgb {};
/// Says what device RGB means: sRGB.
struct TagRgb {};
/// Takes out what stands in a zone and clips away what reaches into it. What was text there is no text any more.
struct ClearZone {
    static constexpr int every_page = 0;
    std::string name{};  // of the zone; whoever knows the profile puts the rectangle in
    Rect zone{};         // on the page as it is after turning and scaling
    int page = 1;
};
/// A sheet in front for the address.
struct CoverPage {
    bool empty_back = false;
};

/// In the order in which they are carried out, whatever the order of a list.
using Repair = std::variant<Flatten, DropBlankPages, Rotate, Scale, Centre, EmbedFonts, BlackText, ConvertRgb, TagRgb,
                            ClearZone, CoverPage>;

/// "scale", "scale=fill", "rotate=90", "clear-zone=address", "clear-zone=20:45:85:27@2" (x, y, width, height in mm).
/// Errors   BadInput: no such repair, or a value it does not take
Result<Repair> parse_repair(std::string_view words);
std::string text_of(const Repair& repair);
std::string_view name_of(const Repair& repair);  // "clear-zone"

struct RepairPlan {
    std::vector<Repair> repairs;
    Size sheet;                                        // what rotate, scale, centre and cover-page work towards
    std::shared_ptr<const std::string> press_profile;  // ICC, what convert-rgb converts to
    std::string fonts_folder{};                        // faces that embed-fonts may take beside the system's
};

/// One thing that was done, in words for the merchant.
struct Deed {
    std::string repair;  // its name
    int page = 0;        // from 1, of the upload; 0: the document
    std::string what;    // "turned a quarter clockwise"
};
struct Repaired {
    std::string bytes;  // the PDF
    std::vector<Deed> deeds;
};

/// A PDF in, a PDF out. Done by the same kind of child as the import; nothing is done that `deeds` does not tell, and
/// the same upload and plan give the same bytes. The result is an upload like any other and goes through the same
/// checks.
/// Errors   as import_pdf; BadInput: what a repair cannot mend, with its name; Unsupported: a font that has no
///          substitute; NotFound: a clear-zone on a page that is not there
/// Threads  any
Result<Repaired> repair(const std::string& bytes, const RepairPlan& plan, std::string_view where,
                        const Limits& limits = {});

}  // namespace pli::uploads
