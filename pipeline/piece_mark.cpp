#include "pipeline/piece_mark.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "base/digest.hpp"

namespace pli::pipeline {
namespace {

// ECC 200 asks for one module of quiet zone; this is more than one at the largest size and also survives a smeared
// edge.
constexpr Length quiet = Length::mm(0.8);
constexpr Length largest_code = 9_mm;  // 0.5 mm a module: every inserter camera reads it, more would only cost ink
constexpr Length largest_text = 5_pt;
constexpr double readable_id_ems = 6.5;  // "0000123 1/2" in any text face

struct MarkPlaces {
    Rect code;
    Point text;
    Length text_size;
};

/// The code at the top of the area, the readable id on one line right below it.
MarkPlaces places_in(const Rect& area) {
    const auto text_size = std::min(largest_text, area.size.width.scaled(1 / readable_id_ems));
    const auto room = std::min(area.size.width, area.size.height - text_size) - 2 * quiet;
    const auto side = std::min(room, largest_code);
    const Rect code{{area.left() + (area.size.width - side) / 2, area.top() + quiet}, {side, side}};
    return {code, {area.left(), code.bottom() + quiet + text_size.scaled(0.75)}, text_size};
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
    const auto rest = fmt::format("{}{:07}{:03}{:03}", sheet.batch_id, sheet.piece, sheet.sheet, sheet.sheets);
    return sheet.generation == 1 ? "1" + rest : fmt::format("3{}{:02}", rest, sheet.generation);
}
std::string readable_id(const SheetIdentity& sheet) {
    const auto id = fmt::format("{:07} {}/{}", sheet.piece, sheet.sheet, sheet.sheets);
    return sheet.generation == 1 ? id : fmt::format("{} R{}", id, sheet.generation);
}

Rect sheet_code_in(const Rect& area) {
    const Rect code = places_in(area).code;
    return {{code.left() - quiet, code.top() - quiet}, {code.size.width + 2 * quiet, code.size.height + 2 * quiet}};
}

Done mark_sheet(Frame& front, const Rect& area, const SheetIdentity& sheet, PlainText& text) {
    const auto places = places_in(area);
    const auto payload = front.add_text(code_payload(sheet));
    front.items.emplace_back(Code{Symbology::DataMatrix, Correction::M, places.code, payload});
    TRY(text.set(front, places.text, {places.text_size, Colour::black()}, readable_id(sheet)));
    return {};
}

}  // namespace pli::pipeline
