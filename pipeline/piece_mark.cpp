#include "pipeline/piece_mark.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "base/digest.hpp"

namespace pli::pipeline {
namespace {

// ECC 200 asks for one module of quiet zone; two (0.8 mm at 0.4 mm a module) also survive a smeared edge.
constexpr Length quiet = Length::mm(0.8);
constexpr Length largest_text = 5_pt;
constexpr Length text_band = Length::mm(2.2);

struct MarkPlaces {
    Rect code;
    Point text;
    Length text_size;
};

/// "0000123 1/2" is about 6.5 em wide in any text face: the size that keeps it inside.
Length text_size_within(Length width) { return std::min(largest_text, width.scaled(1 / 6.5)); }

/// The id stands to the right of the code in a wide area, below it in any other.
MarkPlaces places_in(const Rect& area) {
    const bool wide = area.size.width >= area.size.height.scaled(1.8);
    const auto room = wide ? area.size.height : std::min(area.size.width, area.size.height - text_band);
    const auto side = room - 2 * quiet;
    const Rect code{{area.left() + quiet, area.top() + quiet}, {side, side}};
    if (!wide) {
        const Point baseline{code.left(), area.bottom() - text_band.scaled(0.3)};
        return {code, baseline, text_size_within(area.right() - baseline.x)};
    }
    const Point beside{code.right() + 2 * quiet, code.bottom()};
    return {code, beside, text_size_within(area.right() - beside.x)};
}

}  // namespace

std::string batch_id(std::string_view sender, std::string_view batch) {
    Digest digest;
    digest.add(sender);
    digest.add("\n");
    digest.add(batch);
    const auto bytes = digest.finish();
    std::uint64_t number = 0;
    for (std::size_t i = 0; i < sizeof number; ++i) number = number << 8 | bytes[i];
    return fmt::format("{:014}", number % 100'000'000'000'000u);
}

std::string code_payload(const SheetIdentity& sheet) {
    return fmt::format("1{}{:07}{:03}{:03}", sheet.batch_id, sheet.piece, sheet.sheet, sheet.sheets);
}
std::string readable_id(const SheetIdentity& sheet) {
    return fmt::format("{:07} {}/{}", sheet.piece, sheet.sheet, sheet.sheets);
}

Done mark_sheet(Frame& front, const Rect& area, const SheetIdentity& sheet, PlainText& text) {
    const auto places = places_in(area);
    const auto payload = front.add_text(code_payload(sheet));
    front.items.emplace_back(Code{Symbology::DataMatrix, Correction::M, places.code, payload});
    TRY(text.set(front, places.text, {places.text_size, Colour::black()}, readable_id(sheet)));
    return {};
}

}  // namespace pli::pipeline
