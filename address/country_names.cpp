#include "address/country_names.hpp"

#include <unicode/locdspnm.h>
#include <unicode/locid.h>

#include <map>
#include <memory>
#include <mutex>
#include <string>

#include "address/capitals.hpp"
#include "address/forms.hpp"

namespace pli::address {
namespace {

struct Languages {
    std::string_view countries, languages;
};
constexpr std::array post_languages_by_country{
    Languages{"DE AT LI", "de"},
    Languages{"CH", "de fr it"},
    Languages{"FR MC GP MQ GF RE YT PM BL MF NC PF WF", "fr"},
    Languages{"BE", "fr nl de"},
    Languages{"LU", "fr de"},
    Languages{"NL CW SX AW BQ SR", "nl"},
    Languages{"IT SM VA", "it"},
    Languages{"ES AD MX AR CL CO PE UY PY BO EC VE CR CU DO GT HN NI PA SV", "es"},
    Languages{"PT BR AO MZ CV", "pt"},
    Languages{"CA", "en fr"},
    Languages{"DK FO GL", "da"},
    Languages{"SE", "sv"},
    Languages{"NO SJ", "nb"},
    Languages{"FI", "fi sv"},
    Languages{"AX", "sv"},
    Languages{"IS", "is"},
    Languages{"PL", "pl"},
    Languages{"CZ", "cs"},
    Languages{"SK", "sk"},
    Languages{"HU", "hu"},
    Languages{"SI", "sl"},
    Languages{"HR BA", "hr"},
    Languages{"RO MD", "ro"},
    Languages{"EE", "et"},
    Languages{"LV", "lv"},
    Languages{"LT", "lt"},
    Languages{"TR", "tr"},
    Languages{"MA DZ TN SN CI CM BJ BF ML NE TG GA CG CD MG", "fr"},
};

using Names = std::unique_ptr<icu::LocaleDisplayNames>;

Names names_in(const std::string& language, UDisplayContext length) {
    UDisplayContext contexts[] = {length, UDISPCTX_NO_SUBSTITUTE};
    return Names(icu::LocaleDisplayNames::createInstance(icu::Locale(language.c_str()), contexts, 2));
}

std::string name_of(const Names& names, const std::string& country) {
    icu::UnicodeString name;
    names->regionDisplayName(country.c_str(), name);
    std::string text;
    name.toUTF8String(text);
    return text;
}

bool is_abbreviated(std::string_view name) {
    return name.size() <= 2 || (name.size() < 8 && name.find('.') != name.npos);
}

/// "Myanmar (Birmanie)" is Myanmar, "Congo - Kinshasa" is Congo-Kinshasa, "Cocos (Keeling) Islands" keeps all its words.
std::string tidy(std::string name) {
    if (const auto note = name.find(" ("); note != name.npos && name.back() == ')') name.erase(note);
    std::erase_if(name, [](char c) { return c == '(' || c == ')'; });
    if (const auto dash = name.find(" - "); dash != name.npos) name.replace(dash, 3, "-");
    return name;
}

void fill(const std::string& language, CountryNames& all) {
    const auto brief = names_in(language, UDISPCTX_LENGTH_SHORT), full = names_in(language, UDISPCTX_LENGTH_FULL);
    for (const auto& country : countries()) {
        auto name = name_of(brief, country);
        if (is_abbreviated(name)) name = name_of(full, country);
        append_capitals(tidy(std::move(name)), language == "tr" ? Accents::Turkish : Accents::Kept,
                        all.lines[place_of(country)]);
    }
}

}  // namespace

std::vector<std::string_view> post_languages(std::string_view sender_country) {
    for (const auto& row : post_languages_by_country)
        if (sender_country.size() == 2 && row.countries.find(sender_country) != row.countries.npos)
            return split(row.languages, ' ');
    return {"en"};
}

const CountryNames& country_names(std::string_view language) {
    static std::mutex door;
    static std::map<std::string, std::unique_ptr<CountryNames>> by_language;
    const std::lock_guard lock(door);
    auto& names = by_language[std::string(language)];
    if (!names) {
        names = std::make_unique<CountryNames>();
        fill(std::string(language), *names);
    }
    return *names;
}

}  // namespace pli::address
