#include "postage/stock.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "postage/data_file.hpp"

namespace pli::postage {
namespace {

constexpr double offset_bulk_mm = 0.00125;  // a leaf's thickness for each g/m²: 0.10 mm at 80 g/m²
constexpr double walls = 2.3;               // an envelope's paper in areas of its front: two walls, flap, seams
constexpr double square_nm = 1e18;          // in a square metre

/// A later entry of the same name replaces the earlier one.
template <class Stock>
void put(std::vector<Stock>& all, Stock stock) {
    const auto same = std::find_if(all.begin(), all.end(), [&](const Stock& s) { return s.name == stock.name; });
    if (same != all.end())
        *same = std::move(stock);
    else
        all.push_back(std::move(stock));
}

Mass paper_mass(Size size, double grammage, double areas) {
    const double area = static_cast<double>(size.width.nm()) * static_cast<double>(size.height.nm()) / square_nm;
    return Mass::g(area * areas * grammage);
}

Result<Paper> read_paper(DataTable& table) {
    Paper paper;
    paper.name = TRY(table.text("name"));
    paper.grammage = TRY(table.number("grammage"));
    paper.caliper = TRY(table.millimetres_or("caliper_mm", Length::mm(paper.grammage * offset_bulk_mm)));
    paper.source = TRY(table.source());
    if (paper.grammage < 20 || paper.grammage > 1000) return table.wrong("grammage", "g/m² from 20 to 1000");
    return paper;
}

Result<Envelope> read_envelope(DataTable& table) {
    Envelope envelope;
    envelope.name = TRY(table.text("name"));
    const auto size = TRY(table.numbers_mm("size"));
    if (size.size() != 2) return table.wrong("size", "[width, height] in millimetres");
    envelope.size = {size[0], size[1]};
    if (table.has("weight_g"))
        envelope.mass = TRY(table.grams("weight_g"));
    else
        envelope.mass = paper_mass(envelope.size, TRY(table.number("grammage")), walls);
    if (table.has("grammage")) TRY(table.number("grammage"));
    envelope.thickness = TRY(table.millimetres("thickness_mm"));
    envelope.filling = TRY(table.millimetres("fill_mm"));
    envelope.source = TRY(table.source());
    return envelope;
}

Result<Insert> read_insert(DataTable& table) {
    Insert insert;
    insert.name = TRY(table.text("name"));
    insert.mass = TRY(table.grams("weight_g"));
    insert.thickness = TRY(table.millimetres("thickness_mm"));
    insert.templates = TRY(table.texts("templates"));
    insert.source = TRY(table.source());
    return insert;
}

/// "A4-115-matt" → 115.
std::optional<double> grammage_in(std::string_view name) {
    const auto dash = name.find('-');
    if (dash == std::string_view::npos) return std::nullopt;
    const auto digits = name.substr(dash + 1);
    int grammage = 0;
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), grammage);
    const bool whole = end == digits.data() + digits.size() || *end == '-';
    if (error != std::errc{} || !whole || grammage < 20 || grammage > 1000) return std::nullopt;
    return grammage;
}

template <class Stock>
std::string names_of(const std::vector<Stock>& all) {
    std::string names;
    for (const auto& stock : all) names += (names.empty() ? "" : ", ") + stock.name;
    return names;
}

}  // namespace

Done Stocks::read(DataTable& file) {
    TRY(file.each("paper", [this](DataTable& table) -> Done {
        put(papers_, TRY(read_paper(table)));
        return {};
    }));
    TRY(file.each("envelope", [this](DataTable& table) -> Done {
        auto envelope = TRY(read_envelope(table));
        auto other_names = TRY(table.texts("also"));
        put(envelopes_, envelope);
        for (auto& name : other_names) {
            envelope.name = std::move(name);
            put(envelopes_, envelope);
        }
        return {};
    }));
    return file.each("insert", [this](DataTable& table) -> Done {
        put(inserts_, TRY(read_insert(table)));
        return {};
    });
}

Result<Stocks> Stocks::load(const std::string& folder, const std::string& print_house, const std::string& extra) {
    Stocks stocks;
    const auto read = [&stocks](DataTable& file) { return stocks.read(file); };
    const auto read_dated = [&stocks](DataTable& file) -> Done {
        if (file.has("valid_from")) TRY(file.day("valid_from"));
        return stocks.read(file);
    };
    TRY(each_data_file(folder, read_dated));
    TRY(part_of_file(print_house, read));
    TRY(each_data_file(extra, read_dated));
    return stocks;
}

Result<Paper> Stocks::paper(std::string_view name) const {
    for (const auto& paper : papers_)
        if (paper.name == name) return paper;
    if (const auto grammage = grammage_in(name))
        return Paper{std::string(name), *grammage, Length::mm(*grammage * offset_bulk_mm),
                     Source{"D: grammage from the name, thickness as offset paper"}};
    return failure(Fault::NotFound, fmt::format("paper \"{}\"", name),
                   fmt::format("is not known, and its name tells no grammage; there are {}", names_of(papers_)),
                   "describe it in paper/*.toml of the workspace, or name it as A4-80");
}

Result<Envelope> Stocks::envelope(std::string_view name) const {
    for (const auto& envelope : envelopes_)
        if (envelope.name == name) return envelope;
    return failure(Fault::NotFound, fmt::format("envelope \"{}\"", name),
                   fmt::format("is not known; there are {}", names_of(envelopes_)),
                   "describe it in paper/*.toml of the workspace");
}

std::vector<Insert> Stocks::inserts_for(std::string_view template_name) const {
    std::vector<Insert> all;
    for (const auto& insert : inserts_)
        if (insert.templates.empty() ||
            std::find(insert.templates.begin(), insert.templates.end(), template_name) != insert.templates.end())
            all.push_back(insert);
    return all;
}

}  // namespace pli::postage
