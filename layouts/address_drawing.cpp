#include <fmt/format.h>

#include <algorithm>

#include "layouts/desk.hpp"

namespace pli::layouts {
namespace {

constexpr double smallest_share = 0.8;  // of the type size the profile or the template asks for

struct Widest {
    std::size_t line = 0;
    Length width;
};

/// Weaves every line into a tray of its own and finds the widest.
Result<Widest> weave_all(Desk& desk, const AddressBlock& block, const std::vector<std::string_view>& lines) {
    if (desk.cells.size() < lines.size()) desk.cells.resize(lines.size());
    Widest widest;
    for (std::size_t i = 0; i < lines.size(); ++i) {
        TRY(desk.weaver.weave_text(lines[i], block.style, desk.cells[i]));
        break_lines(desk.cells[i], 100'000_mm);
        for (const SetLine& line : desk.cells[i].lines)
            if (line.width > widest.width) widest = {i, line.width};
    }
    return widest;
}

Done too_wide(const Widest& widest, const AddressBlock& block, std::string_view text) {
    const double smallest = widest.width.to_mm() * smallest_share;
    return failure(
        Fault::AddressTooLong, "address",
        fmt::format("line {} \"{}\" is {:.1f} mm wide, {:.1f} mm in the smallest type; the window shows {:.1f} mm",
                    widest.line + 1, text, widest.width.to_mm(), smallest, block.width.to_mm()),
        "shorten the line");
}

/// The lines at a smaller size: glyphs keep their design units, so only lengths change.
void shrink(Prose& prose, double factor) {
    for (Box& box : prose.boxes) {
        box.width = box.width.scaled(factor);
        box.space = box.space.scaled(factor);
    }
    for (SetLine& line : prose.lines) line.width = line.width.scaled(factor);
}

}  // namespace

Done draw_address(Desk& desk, const AddressBlock& block, const std::vector<std::string_view>& lines, Frame& frame) {
    const Widest widest = TRY(weave_all(desk, block, lines));
    const double factor =
        widest.width > block.width ? static_cast<double>(block.width.nm()) / static_cast<double>(widest.width.nm()) : 1;
    if (factor < smallest_share) return too_wide(widest, block, lines[widest.line]);
    const std::size_t first_item = frame.items.size();
    Point pen = block.origin;
    auto setter = desk.setter();
    for (std::size_t i = 0; i < lines.size(); ++i) {
        if (factor < 1) shrink(desk.cells[i], factor);
        for (const SetLine& line : desk.cells[i].lines)
            setter.set(desk.cells[i], line, {pen, 0_mm, Align::Left}, frame);
        pen.y += block.leading;
    }
    for (std::size_t i = first_item; factor < 1 && i < frame.items.size(); ++i)
        if (auto* run = std::get_if<TextRun>(&frame.items[i])) run->size = run->size.scaled(factor);
    return {};
}

}  // namespace pli::layouts
