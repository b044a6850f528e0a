#include "pipeline/production_class.hpp"

#include <fmt/format.h>

#include <array>

namespace pli::pipeline {
namespace {

struct NamedSize {
    std::string_view name;
    Size size;
};
constexpr std::array named_sizes{
    NamedSize{"a4", {210_mm, 297_mm}},
    NamedSize{"a5", {148_mm, 210_mm}},
    NamedSize{"letter", {Length::mm(215.9), Length::mm(279.4)}},
    NamedSize{"legal", {Length::mm(215.9), Length::mm(355.6)}},
};

constexpr bool near(Length a, Length b) {
    const auto apart = a < b ? b - a : a - b;
    return apart < Length::mm(0.5);
}

std::string size_name(Size sheet) {
    for (const auto& named : named_sizes)
        if (same_sheet(named.size, sheet)) return std::string(named.name);
    return fmt::format("{:.0f}x{:.0f}mm", sheet.width.to_mm(), sheet.height.to_mm());
}

std::string stock_name(const std::string& paper, Size sheet) {
    const auto stock = name_part(paper), size = size_name(sheet);
    if (stock.empty()) return size;
    return stock == size || stock.starts_with(size + "-") ? stock : size + "-" + stock;
}

}  // namespace

bool same_sheet(Size a, Size b) { return near(a.width, b.width) && near(a.height, b.height); }
bool is_a4(Size sheet) { return same_sheet(sheet, named_sizes[0].size); }

std::string name_part(std::string_view text) {
    std::string part;
    for (const char c : text) {
        const bool capital = c >= 'A' && c <= 'Z';
        const bool plain = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
        if (capital || plain)
            part += capital ? static_cast<char>(c - 'A' + 'a') : c;
        else if (!part.empty() && part.back() != '-')
            part += '-';
    }
    if (!part.empty() && part.back() == '-') part.pop_back();
    return part;
}

ProductionClass production_class(const layouts::Production& production, Sides sides, Size sheet) {
    std::string name = stock_name(production.paper, sheet);
    const auto envelope = name_part(production.envelope);
    if (!envelope.empty()) name += "-" + envelope;
    name += sides == Sides::Duplex ? "-duplex" : "-simplex";
    name += production.colour ? "-colour" : "-black";
    return {std::move(name), production.paper, production.envelope, sides, production.colour, sheet};
}

}  // namespace pli::pipeline
