#include <fmt/format.h>

#include <algorithm>

#include "layouts/address_gauge.hpp"
#include "layouts/desk.hpp"

namespace pli::layouts {
namespace {

constexpr double smallest_share = 0.8;  // of the type size the profile or the template asks for

/// One line of the template; empty if its fields are. Blanks at its ends come from fields that are.
Done fill_line(Desk& desk, const Passage& passage, std::string& line) {
    line.clear();
    for (const Strand& strand : passage.strands) {
        if (strand.placeholder < 0)
            line.append(passage.text, strand.text.first, strand.text.count);
        else
            line += TRY(desk.values.of(static_cast<std::size_t>(strand.placeholder), Emptiness::Allowed))->text;
    }
    line.erase(line.find_last_not_of(' ') + 1);
    line.erase(0, line.find_first_not_of(' '));
    return {};
}

/// The template's own address lines; a line that has nothing to say is left out.
Done fill_lines(Desk& desk, const AddressBlock& block) {
    desk.address.clear();
    for (const PassageId id : block.lines) {
        std::string& line = desk.address.add(address::Part::Fixed);
        TRY(fill_line(desk, desk.state->passages[id], line));
        if (line.empty()) --desk.address.count;
    }
    const auto most = static_cast<std::size_t>(std::max(block.max_lines, block.max_lines_abroad));
    if (desk.address.count == 0)
        return failure(Fault::BadInput, "address", "all its lines are empty", "give the letter an address");
    if (desk.address.count <= most) return {};
    return failure(Fault::AddressTooLong, "address",
                   fmt::format("{} lines, the field holds {}", desk.address.count, most), "merge or drop a line");
}

Done check_depth(const AddressBlock& block, std::size_t count) {
    const Length last = block.origin.y + block.leading * (static_cast<std::int64_t>(count) - 1);
    if (last <= block.bottom) return {};
    return failure(Fault::AddressTooLong, "address",
                   fmt::format("{} lines reach down to {:.1f} mm, the window shows {:.1f} mm", count, last.to_mm(),
                               block.bottom.to_mm()),
                   "merge or drop a line");
}

struct Widest {
    std::size_t line = 0;
    Length width;
};

/// Weaves every line into a tray of its own and finds the widest.
Result<Widest> weave_all(Desk& desk, const AddressBlock& block) {
    if (desk.cells.size() < desk.address.count) desk.cells.resize(desk.address.count);
    Widest widest;
    for (std::size_t i = 0; i < desk.address.count; ++i) {
        TRY(desk.weaver.weave_text(desk.address.lines[i], block.style, desk.cells[i]));
        break_lines(desk.cells[i], 100'000_mm);
        for (const SetLine& line : desk.cells[i].lines)
            if (line.width > widest.width) widest = {i, line.width};
    }
    return widest;
}

tl::unexpected<Error> too_wide(const Widest& widest, const AddressBlock& block, std::string_view text) {
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

void set_all(Desk& desk, const AddressBlock& block, double factor, Frame& frame) {
    const std::size_t first_item = frame.items.size();
    Point pen = block.origin;
    auto setter = desk.setter();
    for (std::size_t i = 0; i < desk.address.count; ++i) {
        Prose& prose = desk.cells[i];
        if (factor < 1) shrink(prose, factor);
        for (const SetLine& line : prose.lines) setter.set(prose, line, {pen, 0_mm, Align::Left}, frame);
        pen.y += block.leading;
    }
    for (std::size_t i = first_item; factor < 1 && i < frame.items.size(); ++i)
        if (auto* run = std::get_if<TextRun>(&frame.items[i])) run->size = run->size.scaled(factor);
}

}  // namespace

Result<AddressFit> fit_address(Desk& desk, const AddressBlock& block) {
    if (block.lines.empty())
        TRY(desk.writer.write(desk.letter->recipient, {block.max_lines, block.max_lines_abroad}, desk.address));
    else
        TRY(fill_lines(desk, block));
    TRY(check_depth(block, desk.address.count));
    const Widest widest = TRY(weave_all(desk, block));
    AddressFit fit{desk.address.count, widest.line, widest.width, block.width, 1, {}, block.smallest_read};
    if (widest.width > block.width)
        fit.scale = static_cast<double>(block.width.nm()) / static_cast<double>(widest.width.nm());
    if (fit.scale < smallest_share) return too_wide(widest, block, desk.address.lines[widest.line]);
    fit.size = desk.state->styles[block.style].size.scaled(fit.scale);
    return fit;
}

Done draw_address(Desk& desk, const AddressBlock& block, Frame& frame) {
    const AddressFit fit = TRY(fit_address(desk, block));
    set_all(desk, block, fit.scale, frame);
    return {};
}

}  // namespace pli::layouts
