#include "pipeline/press_scheme.hpp"

#include <fmt/format.h>

#include <array>

#include "pipeline/production_class.hpp"

namespace pli::pipeline {
namespace {

struct NamedSheet {
    std::string_view name;
    Size size;  // landscape
};
constexpr std::array named_sheets{
    NamedSheet{"A5", {210_mm, 148_mm}},
    NamedSheet{"A4", {297_mm, 210_mm}},
    NamedSheet{"SRA4", {320_mm, 225_mm}},
    NamedSheet{"A3", a3},
    NamedSheet{"SRA3", sra3},
    NamedSheet{"A2", {594_mm, 420_mm}},
    NamedSheet{"SRA2", {640_mm, 450_mm}},
    NamedSheet{"B3", {500_mm, 353_mm}},
    NamedSheet{"B2", {707_mm, 500_mm}},
    NamedSheet{"B1", {1000_mm, 707_mm}},
    NamedSheet{"A1", {841_mm, 594_mm}},
};

}  // namespace

std::string name_of(const Arrangement& arrangement) {
    if (arrangement.cells() == 1) return "1-up";
    constexpr std::array methods{"cut-and-stack", "in-sequence", "step-and-repeat"};
    return fmt::format("{}x{} {}", arrangement.columns, arrangement.rows,
                       methods[static_cast<std::size_t>(arrangement.method)]);
}

std::uint32_t behind(const Arrangement& arrangement, std::uint32_t cell) {
    const auto column = cell % arrangement.columns, row = cell / arrangement.columns;
    if (arrangement.turn == Turn::SideToSide) return row * arrangement.columns + arrangement.columns - 1 - column;
    return (arrangement.rows - 1 - row) * arrangement.columns + column;
}

PressScheme two_up_on(Size sheet) {
    PressScheme scheme;
    scheme.paper = PressScheme::Paper::Sheet;
    scheme.sheet = sheet;
    scheme.arrangement.columns = 2;
    return scheme;
}

std::string sheet_name(Size sheet) {
    for (const auto& named : named_sheets)
        if (same_sheet(named.size, sheet) || same_sheet(named.size, {sheet.height, sheet.width}))
            return std::string(named.name);
    return fmt::format("{:.4g} x {:.4g} mm", sheet.width.to_mm(), sheet.height.to_mm());
}

std::optional<Size> named_sheet(std::string_view name) {
    for (const auto& named : named_sheets)
        if (name_part(named.name) == name_part(name)) return named.size;
    return std::nullopt;
}

Size settled_size(Size size) {
    for (const auto& named : named_sheets) {
        if (same_sheet(named.size, size)) return named.size;
        const Size upright{named.size.height, named.size.width};
        if (same_sheet(upright, size)) return upright;
    }
    return size;
}

}  // namespace pli::pipeline
