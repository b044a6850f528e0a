#include "postage/tariff_reading.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "postage/data_file.hpp"

namespace pli::postage {
namespace {

constexpr Length any_size = 5000_mm;

Done read_zone(DataTable& table, Edition& edition) {
    Zone zone;
    zone.name = TRY(table.text("name"));
    zone.countries = TRY(table.texts("countries"));
    zone.rest = TRY(table.flag_or("rest", false));
    TRY(table.source());
    for (const auto& country : zone.countries)
        if (!is_country(country)) return table.wrong("countries", fmt::format("ISO 3166-1 codes; {} is none", country));
    edition.zones.push_back(std::move(zone));
    return {};
}

Done read_step(DataTable& table, Currency currency, Product& product) {
    PriceStep step;
    step.up_to = TRY(table.grams("to_g"));
    if (table.has("price")) step.price = TRY(table.money("price", currency));
    step.source = TRY(table.source());
    if (!product.steps.empty() && step.up_to <= product.steps.back().up_to)
        return table.wrong("to_g", "more than the step before it");
    product.steps.push_back(std::move(step));
    return {};
}

Done read_season(DataTable& table, Currency currency, Product& product) {
    Season season;
    season.months = TRY(table.numbers("months"));
    season.add = TRY(table.money("add", currency));
    season.source = TRY(table.source());
    product.seasons.push_back(std::move(season));
    return {};
}

Done read_refund(DataTable& table, Product& product) {
    Refund refund;
    refund.from_pieces = TRY(table.count("from_pieces"));
    refund.percent = TRY(table.number("percent"));
    refund.source = TRY(table.source());
    if (refund.percent > 100) return table.wrong("percent", "at most 100");
    product.refunds.push_back(std::move(refund));
    return {};
}

Done read_limits(DataTable& table, Product& product) {
    product.length = TRY(table.span("length"));
    product.width = TRY(table.span("width"));
    product.thickness = {Length{}, any_size};
    if (table.has("thickness")) product.thickness = TRY(table.span("thickness"));
    if (table.has("oblong")) product.oblong = TRY(table.number("oblong"));
    product.limits = TRY(table.source("limits_source"));
    return {};
}

Done read_conditions(DataTable& table, Product& product) {
    product.minimum = TRY(table.count_or("minimum", 0));
    product.region_digits = static_cast<int>(TRY(table.count_or("region_digits", 0)));
    product.needs = table.text_or("needs", "");
    product.presort = table.text_or("presort", "");
    product.carrier_key = table.text_or("carrier_key", "");
    product.note = table.text_or("note", "");
    product.separate = TRY(table.flag_or("separate", product.minimum > 1));
    return {};
}

Done read_prices(DataTable& table, Currency currency, Product& product) {
    TRY(table.each("price", [&](DataTable& step) { return read_step(step, currency, product); }));
    TRY(table.each("season", [&](DataTable& season) { return read_season(season, currency, product); }));
    TRY(table.each("refund", [&](DataTable& refund) { return read_refund(refund, product); }));
    if (product.steps.empty()) return table.wrong("price", "a list with at least one weight step");
    return {};
}

Done read_product(DataTable& table, Edition& edition) {
    Product product;
    product.id = TRY(table.text("id"));
    product.name = TRY(table.text("name"));
    product.zones = TRY(table.texts("zones"));
    product.service = table.text_or("service", "");
    TRY(read_limits(table, product));
    TRY(read_conditions(table, product));
    TRY(read_prices(table, edition.currency, product));
    for (const auto& name : product.zones)
        if (std::none_of(edition.zones.begin(), edition.zones.end(), [&](const Zone& z) { return z.name == name; }))
            return table.wrong("zones", fmt::format("names of this file's zones; {} is none", name));
    if (edition.product(product.id)) return table.wrong("id", fmt::format("unique; {} is there twice", product.id));
    edition.products.push_back(std::move(product));
    return {};
}

Result<Edition> read_edition(DataTable& file) {
    Edition edition;
    edition.name = TRY(file.text("name"));
    edition.country = TRY(file.text("country"));
    edition.carrier = TRY(file.text("carrier"));
    const auto currency = Currency::parse(TRY(file.text("currency")));
    if (!currency) return file.wrong("currency", "an ISO 4217 code such as EUR");
    edition.currency = *currency;
    edition.valid_from = TRY(file.day("valid_from"));
    if (file.has("valid_until")) edition.valid_until = TRY(file.day("valid_until"));
    TRY(file.each("zone", [&](DataTable& table) { return read_zone(table, edition); }));
    TRY(file.each("product", [&](DataTable& table) { return read_product(table, edition); }));
    return edition;
}

}  // namespace

Result<std::vector<Edition>> read_editions(const std::string& folder) {
    std::vector<Edition> editions;
    TRY(each_data_file(folder, [&](DataTable& file) -> Done {
        auto edition = TRY(read_edition(file));
        edition.file = file.file();
        editions.push_back(std::move(edition));
        return {};
    }));
    return editions;
}

}  // namespace pli::postage
