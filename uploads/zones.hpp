#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/length.hpp"

namespace pli::uploads {

enum class Sides : std::uint8_t { Simplex, Duplex };

/// What a place on the sheet is kept for.
enum class ZoneKind : std::uint8_t {
    Address,     // where the recipient is set
    Window,      // everything else that the window can show
    ReturnLine,  // the sender's line above the recipient
    Reserved,    // shows in the window when the insert slides, or belongs to the carrier
    Franking,    // the carrier prints its franking there
    SheetCode,   // the inserter's code
    Stamp,       // a stamp of the template
};

struct Zone {
    ZoneKind kind = ZoneKind::Reserved;
    std::string name;  // for people: "address", "QR stamp"
    Rect box;
    int page = 1;  // 0: the front of every sheet
};

struct Margins {
    Length top, right, bottom, left;
};

/// What a carrier takes. Zero: nothing is known, nothing is said.
struct CarrierLimits {
    int sheets = 0;
    int megabytes = 0;
    std::string envelope{};         // "DL"
    std::string larger_envelope{};  // what more sheets go into; empty: nothing
    int larger_sheets = 0;
};

/// What a press cannot print well. Zero: nothing is known, nothing is said.
struct PressLimits {
    std::string condition;       // "FOGRA39"
    double total_ink = 0;        // 3.3: 330 %
    int least_dpi = 0;           // photographs
    int least_dpi_bitmap = 0;    // pictures of one bit
    Length thinnest_line;        // of full ink
    Length smallest_type;        // in one ink
    Length smallest_type_mixed;  // in several inks, or white on a ground
};

/// What an upload has to leave free and keep to, for one carrier and one press. `service` makes it of a profile and of
/// pli.toml; this room knows neither.
/// Source   layouts/profiles/*.toml and service/press_conditions.toml, each figure with its own
/// Units    Length from the sheet's top left corner, y downwards
/// Threads  a value
struct SheetZones {
    std::string profile;  // "DIN5008-B"
    Size sheet;
    Rect window;          // the address field: what the window shows when the insert lies flush
    Rect always_visible;  // what it shows wherever the insert slides
    std::vector<Zone> zones;
    std::optional<Margins> printable;
    std::vector<Length> folds;
    CarrierLimits carrier;
    PressLimits press;
};

/// Whether a page (from 1) has this zone.
bool concerns(const Zone& zone, int page, Sides sides);

/// A page of a design is taken for a sheet when it differs by no more than this in either direction: rounding in a
/// design program, or A4 as 595 x 842 points.
constexpr Length sheet_tolerance = Length::mm(1.0);

/// Whether a page has the sheet's size, so that zones lie on it where they will lie on paper.
bool fits_sheet(const Size& page, const SheetZones& zones);

/// `part` without what `hole` covers, as at most four rectangles that do not overlap.
std::vector<Rect> without(const Rect& part, const Rect& hole);

}  // namespace pli::uploads
