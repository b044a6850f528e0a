#include "postage/post_office.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace pli::postage {
namespace {

bool holds(const std::vector<std::string>& list, const std::string& word) {
    return std::find(list.begin(), list.end(), word) != list.end();
}

/// A product named in pli.toml that the price list does not have is a slip of the pen, and would cost money in silence.
Done known_products(const Settings& settings, const Edition& edition) {
    for (const auto* list : {&settings.products, &settings.without})
        for (const auto& id : *list) {
            if (edition.product(id)) continue;
            std::string ids;
            for (const auto& product : edition.products) ids += (ids.empty() ? "" : ", ") + product.id;
            return failure(Fault::BadInput, "pli.toml, [postage] products",
                           fmt::format("tariff {} has no product \"{}\"", edition.name, id), "it has " + ids);
        }
    return {};
}

std::string doubts_of(const Makeup& makeup) {
    std::string doubts;
    for (const auto& insert : makeup.inserts)
        if (!insert.source.confirmed()) doubts += fmt::format("insert {} ({})", insert.name, insert.source.text);
    return doubts;
}

}  // namespace

Result<PostOffice> PostOffice::open(const Folders& folders, Settings settings, Day day) {
    PostOffice office;
    const auto& own = folders.workspace;
    office.stocks_ = TRY(Stocks::load(folders.built_in + "/stocks", folders.print_house, own + "/paper"));
    office.tariffs_ = std::make_unique<Tariffs>(TRY(Tariffs::load(folders.built_in + "/tariffs", own + "/tariffs")));
    office.sorting_ = std::make_unique<Sorting>(TRY(Sorting::load(folders.built_in + "/sorting", own + "/sorting")));
    office.rules_ = &office.sorting_->rules_for(settings.country, day);
    office.settings_ = std::move(settings);
    office.day_ = day;
    if (auto edition = office.tariffs_->find(office.settings_.country, office.settings_.tariff, day)) {
        office.edition_ = *edition;
        TRY(known_products(office.settings_, **edition));
        office.settle_volume();
    } else {
        office.closed_ = std::move(edition).error();
    }
    return office;
}

bool PostOffice::may_be_used(const Product& product) const {
    return !holds(settings_.without, product.id) && (product.needs.empty() || holds(settings_.products, product.id));
}

void PostOffice::settle_volume() {
    for (const auto& product : edition_->products) {
        const bool asks = product.minimum > 1 && may_be_used(product);
        asks_for_volume_ = asks_for_volume_ || asks;
        asks_for_region_ = asks_for_region_ || (asks && product.region_digits > 0);
    }
}

Result<Makeup> PostOffice::make_up(const Described& letter) const {
    Makeup makeup;
    makeup.sheets = letter.sheets;
    makeup.sheet = letter.sheet;
    makeup.paper = TRY(stocks_.paper(letter.paper));
    makeup.envelope = TRY(stocks_.envelope(letter.envelope));
    makeup.inserts = stocks_.inserts_for(letter.template_name);
    return makeup;
}

Assessment PostOffice::assess(const Described& letter, std::string_view destination, const Volume& volume) const {
    const auto makeup = make_up(letter);
    if (makeup) return assess(*makeup, destination, volume);
    Assessment assessment;
    assessment.choice.reason = makeup.error().text();
    return assessment;
}

Assessment PostOffice::assess(const Makeup& makeup, std::string_view destination, const Volume& volume) const {
    Assessment assessment;
    assessment.weighed = weigh(makeup);
    assessment.paper_source = doubts_of(makeup);
    if (edition_)
        assessment.choice =
            choose(*edition_, settings_, day_, {destination, makeup.envelope.size, assessment.weighed}, volume);
    else
        assessment.choice.reason = closed_->text();
    return assessment;
}

std::string PostOffice::sort_key(std::string_view country, std::string_view postal_code) const {
    if (country != settings_.country) return abroad + std::string(country);
    return postal_key(rules_->shape, rules_->code_length, postal_code);
}

std::string_view PostOffice::finest_part(std::string_view sort_key) const {
    if (sort_key.starts_with(abroad) || rules_->levels.empty()) return sort_key;
    return rules_->levels.front().part_of(sort_key);
}

}  // namespace pli::postage
