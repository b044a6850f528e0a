#include "intake/country_names.hpp"

#include <unicode/uloc.h>
#include <unicode/ustring.h>

#include <array>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include "intake/fold.hpp"

namespace pli::intake {
namespace {

using Table = std::unordered_map<std::string, std::string_view>;

/// What CLDR does not say: older and longer names, parts of a state, and the letters before a postal code on the
/// continent. Folded.
constexpr std::array<std::pair<std::string_view, std::string_view>, 72> short_forms{{
    {"a", "AT"},
    {"b", "BE"},
    {"d", "DE"},
    {"e", "ES"},
    {"f", "FR"},
    {"i", "IT"},
    {"l", "LU"},
    {"usa", "US"},
    {"unitedstatesofamerica", "US"},
    {"etatsunisdamerique", "US"},
    {"vereinigtestaatenvonamerika", "US"},
    {"america", "US"},
    {"uk", "GB"},
    {"greatbritain", "GB"},
    {"grossbritannien", "GB"},
    {"grandebretagne", "GB"},
    {"granbretagna", "GB"},
    {"granbretana", "GB"},
    {"grootbrittannie", "GB"},
    {"england", "GB"},
    {"angleterre", "GB"},
    {"scotland", "GB"},
    {"wales", "GB"},
    {"northernireland", "GB"},
    {"unitedkingdomofgreatbritainandnorthernireland", "GB"},
    {"holland", "NL"},
    {"hollande", "NL"},
    {"thenetherlands", "NL"},
    {"olanda", "NL"},
    {"holanda", "NL"},
    {"nl", "NL"},
    {"czechrepublic", "CZ"},
    {"republiquetcheque", "CZ"},
    {"tschechischerepublik", "CZ"},
    {"tschechei", "CZ"},
    {"repubblicaceca", "CZ"},
    {"republicacheca", "CZ"},
    {"tsjechischerepubliek", "CZ"},
    {"ceskarepublika", "CZ"},
    {"slovakrepublic", "SK"},
    {"slowakischerepublik", "SK"},
    {"republiqueslovaque", "SK"},
    {"brd", "DE"},
    {"bundesrepublikdeutschland", "DE"},
    {"federalrepublicofgermany", "DE"},
    {"republiquefederaledallemagne", "DE"},
    {"schweizerischeeidgenossenschaft", "CH"},
    {"confederationsuisse", "CH"},
    {"suisse", "CH"},
    {"svizzera", "CH"},
    {"svizra", "CH"},
    {"francemetropolitaine", "FR"},
    {"republicofireland", "IE"},
    {"eire", "IE"},
    {"republiquedirlande", "IE"},
    {"turkey", "TR"},
    {"macedonia", "MK"},
    {"mazedonien", "MK"},
    {"macedoine", "MK"},
    {"southkorea", "KR"},
    {"republicofkorea", "KR"},
    {"russianfederation", "RU"},
    {"vatican", "VA"},
    {"vatikan", "VA"},
    {"luxemburg", "LU"},
    {"grandduchyofluxembourg", "LU"},
    {"belgie", "BE"},
    {"belgique", "BE"},
    {"belgien", "BE"},
    {"weissrussland", "BY"},
    {"moldova", "MD"},
    {"liechtensteinfl", "LI"},
}};

std::string display_name(const std::string& locale, const char* language) {
    std::array<UChar, 128> name{};
    UErrorCode status = U_ZERO_ERROR;
    const auto length = uloc_getDisplayCountry(locale.c_str(), language, name.data(), 128, &status);
    std::array<char, 400> text{};
    std::int32_t bytes = 0;
    u_strToUTF8(text.data(), 400, &bytes, name.data(), length, &status);
    if (U_FAILURE(status)) return {};
    return {text.data(), static_cast<std::size_t>(bytes)};
}

/// German writes ä as ae where the keyboard has none: "Oesterreich".
std::string without_umlauts(std::string name) {
    for (const auto& [umlaut, spelling] :
         {std::pair{"ä", "ae"}, {"ö", "oe"}, {"ü", "ue"}, {"Ä", "Ae"}, {"Ö", "Oe"}, {"Ü", "Ue"}})
        for (auto at = name.find(umlaut); at != std::string::npos; at = name.find(umlaut))
            name.replace(at, std::string_view(umlaut).size(), spelling);
    return name;
}

void add_names(Table& table, std::string_view code, const char* language) {
    const auto name = display_name("und_" + std::string(code), language);
    table.emplace(folded(name), code);
    table.emplace(folded(without_umlauts(name)), code);
}

/// The language most people of a country speak, as a locale of that country.
std::string own_language(std::string_view code) {
    std::array<char, ULOC_FULLNAME_CAPACITY> locale{};
    UErrorCode status = U_ZERO_ERROR;
    uloc_addLikelySubtags(("und_" + std::string(code)).c_str(), locale.data(), ULOC_FULLNAME_CAPACITY, &status);
    return U_SUCCESS(status) ? locale.data() : "en";
}

// First come, first served: codes before names, and the languages of our merchants before the others.
Table all_names() {
    Table table;
    std::vector<std::string_view> codes;
    for (auto code = uloc_getISOCountries(); *code; ++code) codes.emplace_back(*code);
    for (const auto code : codes) table.emplace(folded(code), code);
    for (const auto code : codes)
        table.emplace(folded(uloc_getISO3Country(("und_" + std::string(code)).c_str())), code);
    for (const auto& [name, code] : short_forms) table.emplace(name, code);
    for (const auto* language : {"fr", "de", "en", "it", "es", "nl"})
        for (const auto code : codes) add_names(table, code, language);
    for (const auto code : codes) add_names(table, code, own_language(code).c_str());
    table.erase("");
    return table;
}

}  // namespace

std::optional<std::string_view> country_code(std::string_view text) {
    static const Table table = all_names();
    auto found = table.find(folded(text));
    if (found == table.end()) return std::nullopt;
    return found->second;
}

}  // namespace pli::intake
