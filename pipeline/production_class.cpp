#include "pipeline/production_class.hpp"

#include <fmt/format.h>

#include <algorithm>
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

const NamedSize* named_size(Size sheet) {
    const auto* found =
        std::ranges::find_if(named_sizes, [&](const auto& named) { return same_sheet(named.size, sheet); });
    return found == named_sizes.end() ? nullptr : found;
}

std::string size_name(Size sheet) {
    if (const auto* named = named_size(sheet)) return std::string(named->name);
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
    const bool franked = production.franking.size.width > Length{};
    if (franked) name += "-franked";
    const auto* named = named_size(sheet);
    ProductionClass made;
    made.name = std::move(name);
    made.paper = production.paper;
    made.envelope = production.envelope;
    made.sides = sides;
    made.colour = production.colour;
    made.sheet = named ? named->size : sheet;
    made.franked = franked;
    return made;
}

void add_postage(ProductionClass& production, const std::vector<std::string>& inserts, std::string_view product) {
    production.inserts = inserts;
    production.product = product;
    for (const auto& insert : inserts) production.name += "-with-" + name_part(insert);
    if (!product.empty()) production.name += "-" + name_part(product);
}

}  // namespace pli::pipeline
