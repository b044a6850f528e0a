#include "postage/tariff.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "postage/tariff_reading.hpp"

namespace pli::postage {
namespace {

// ISO 3166-1 alpha-2 codes in use, and XK, which posts use for Kosovo.
constexpr std::string_view country_codes =
    "AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT BV BW BY BZ CA "
    "CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE EG EH ER ES ET FI FJ FK FM FO FR GA "
    "GB GD GE GF GG GH GI GL GM GN GP GQ GR GS GT GU GW GY HK HM HN HR HT HU ID IE IL IM IN IO IQ IR IS IT JE JM JO JP "
    "KE KG KH KI KM KN KP KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO MP MQ MR MS "
    "MT MU MV MW MX MY MZ NA NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PN PR PS PT PW PY QA RE RO RS "
    "RU RW SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TF TG TH TJ TK TL TM TN TO TR TT TV TW "
    "TZ UA UG UM US UY UZ VA VC VE VG VI VN VU WF WS XK YE YT ZA ZM ZW";

std::string days_of(const Edition& edition) {
    return fmt::format("{} to {}", edition.valid_from.iso(),
                       edition.valid_until ? edition.valid_until->iso() : "further notice");
}

bool overlap(const Edition& a, const Edition& b) {
    const auto begins_in = [](const Edition& x, const Edition& y) { return y.valid_on(x.valid_from); };
    return a.name == b.name && (begins_in(a, b) || begins_in(b, a));
}

Done refuse_overlap(const std::vector<Edition>& editions) {
    for (std::size_t i = 0; i < editions.size(); ++i)
        for (std::size_t j = i + 1; j < editions.size(); ++j)
            if (overlap(editions[i], editions[j]))
                return failure(Fault::BadInput, editions[j].file,
                               fmt::format("tariff {} is valid {}, but {} has it from {}", editions[j].name,
                                           days_of(editions[j]), editions[i].file, days_of(editions[i])),
                               "end the older edition with valid_until");
    return {};
}

}  // namespace

bool is_country(std::string_view alpha2) {
    return alpha2.size() == 2 && alpha2.find(' ') == std::string_view::npos && country_codes.find(alpha2) % 3 == 0 &&
           country_codes.find(alpha2) != std::string_view::npos;
}

const Zone* Edition::zone_of(std::string_view destination) const {
    const Zone* rest = nullptr;
    for (const auto& zone : zones) {
        if (std::find(zone.countries.begin(), zone.countries.end(), destination) != zone.countries.end()) return &zone;
        if (zone.rest) rest = &zone;
    }
    return rest;
}

const Product* Edition::product(std::string_view id) const {
    for (const auto& product : products)
        if (product.id == id) return &product;
    return nullptr;
}

Result<Tariffs> Tariffs::load(const std::string& folder, const std::string& extra) {
    Tariffs tariffs;
    auto built_in = TRY(read_editions(folder));
    tariffs.editions_ = TRY(read_editions(extra));
    std::set<std::string> own;
    for (const auto& edition : tariffs.editions_) own.insert(edition.name);
    for (auto& edition : built_in)
        if (!own.contains(edition.name)) tariffs.editions_.push_back(std::move(edition));
    TRY(refuse_overlap(tariffs.editions_));
    return tariffs;
}

Result<const Edition*> Tariffs::find(std::string_view country, std::string_view name, Day on) const {
    std::set<std::string> countries;
    std::string editions;
    for (const auto& edition : editions_) {
        countries.insert(edition.country);
        if (edition.country != country || (!name.empty() && edition.name != name)) continue;
        if (edition.valid_on(on)) return &edition;
        editions += fmt::format("{}{} {}", editions.empty() ? "" : ", ", edition.name, days_of(edition));
    }
    const auto which = name.empty() ? fmt::format("postage for {}", country) : fmt::format("tariff {}", name);
    if (!editions.empty())
        return failure(Fault::NotFound, which,
                       fmt::format("no price list is valid on {}; there are {}", on.iso(), editions),
                       "put the new edition into tariffs/ of the workspace");
    return failure(Fault::NotFound, which,
                   fmt::format("there is no price list; there are some of {}", fmt::join(countries, ", ")),
                   "put one into tariffs/ of the workspace, or set [postage] country and tariff in pli.toml");
}

}  // namespace pli::postage
