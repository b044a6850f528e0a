#include "address/examiner.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "address/capitals.hpp"
#include "address/forms.hpp"
#include "address/latin.hpp"
#include "address/parts.hpp"
#include "address/places.hpp"
#include "address/postal_code.hpp"
#include "address/regions.hpp"
#include "base/full_name.hpp"

namespace pli::address {
namespace {

/// Names and streets of people who do not exist, in capitals. A real bearer of one is told, not refused.
constexpr std::array test_names{"TEST",
                                "TEST TEST",
                                "TESTER",
                                "TEST TESTER",
                                "MAX MUSTERMANN",
                                "ERIKA MUSTERMANN",
                                "MAX MUSTER",
                                "MUSTERMANN",
                                "MUSTERFIRMA",
                                "MUSTER GMBH",
                                "JOHN DOE",
                                "JANE DOE",
                                "JOHN Q PUBLIC",
                                "ASDF",
                                "ASDF ASDF",
                                "QWERTZ",
                                "QWERTY",
                                "AZERTY",
                                "FOO BAR",
                                "FOO",
                                "DUMMY",
                                "DUMMY DUMMY",
                                "XXX",
                                "XXX XXX",
                                "N N",
                                "TESTKUNDE",
                                "TEST KUNDE",
                                "TEST USER",
                                "CLIENT TEST",
                                "TEST CLIENT",
                                "NOM PRENOM",
                                "PRENOM NOM",
                                "VORNAME NACHNAME",
                                "FIRSTNAME LASTNAME",
                                "N A",
                                "UNKNOWN",
                                "UNBEKANNT",
                                "INCONNU",
                                "KEIN NAME",
                                "NULL"};
constexpr std::array test_streets{"TESTSTRASSE", "MUSTERSTRASSE", "TEST STREET", "RUE DU TEST",
                                  "RUE TEST",    "MUSTERWEG",     "TESTWEG",     "EXAMPLE STREET"};
constexpr std::array street_words{"STRASSE", "STR",    "GASSE",     "PLATZ",  "WEG",    "ALLEE",
                                  "RUE",     "AVENUE", "BOULEVARD", "CHEMIN", "STREET", "ROAD",
                                  "VIA",     "PIAZZA", "CALLE",     "STRAAT", "LAAN"};

struct Case {
    const Recipient& to;
    const Form& form;
    bool home, romanised;
    std::string name, code;  // the code without prefix; as printed where it is one
    bool code_good = false;
    std::vector<Finding>& findings;

    bool has(std::string_view code_name) const {
        return std::any_of(findings.begin(), findings.end(), [&](const Finding& f) { return f.code == code_name; });
    }
    void note(std::string_view code_name, Severity severity, std::string_view part, std::string message,
              std::string remedy = {}) {
        findings.push_back({code_name, severity, part, std::move(message), std::move(remedy)});
    }
    void warn(std::string_view code_name, std::string_view part, std::string message, std::string remedy = {}) {
        note(code_name, Severity::Warning, part, std::move(message), std::move(remedy));
    }
};

std::string bare(std::string_view text) {
    std::string capitals;
    append_bare_capitals(text, capitals);
    return capitals;
}

/// "aaaa", "...", "-": typed to get past a form.
bool is_filler(std::string_view text) { return text.size() > 2 && text.find_first_not_of(text.front()) == text.npos; }

bool is_test_name(std::string_view text) {
    const auto name = bare(text);
    if (!text.empty() && name.empty() && !is_foreign_script(text)) return true;
    return is_filler(name) || std::find(test_names.begin(), test_names.end(), name) != test_names.end();
}

void check_test_address(Case& c) {
    for (const auto text : {std::string_view(c.name), c.to.company})
        if (is_test_name(text))
            c.warn("test-address", "name", fmt::format("\"{}\" is a name for tests", text),
                   "hold the letter, or drop it");
    const auto street = bare(c.to.street);
    for (const std::string_view word : test_streets)
        if (street.starts_with(word))
            c.warn("test-address", "street", fmt::format("\"{}\" is a street for tests", c.to.street),
                   "hold the letter, or drop it");
}

bool has_street_word(std::string_view text) {
    const auto capitals = bare(text);
    for (std::size_t start = 0; start < capitals.size();) {
        const std::size_t end = std::min(capitals.find(' ', start), capitals.size());
        const auto word = std::string_view(capitals).substr(start, end - start);
        for (const std::string_view known : street_words)
            if (word == known || (known.size() > 4 && word.ends_with(known))) return true;
        start = end + 1;
    }
    return false;
}

void check_swaps(Case& c) {
    std::string ignored;
    const auto city = trimmed(c.to.city);
    const bool city_is_code = append_code(without_prefix(city, c.form), c.form.codes, ignored);
    if (city_is_code && !c.to.postal_code.empty() && !has_digit(c.to.postal_code))
        return c.warn("swapped", "city",
                      fmt::format("the town is \"{}\" and the postal code \"{}\"", city, c.to.postal_code),
                      "exchange the two columns");
    const auto blank = city.find(' ');
    if (c.to.postal_code.empty() && has_digit(city) && !c.form.codes.empty() &&
        (city_is_code || (blank != city.npos && append_code(city.substr(0, blank), c.form.codes, ignored))))
        c.warn("code-in-town", "city", fmt::format("\"{}\" holds the postal code", city),
               "give it in a column of its own: sorting and postage go by it");
    if (c.to.street.empty() && has_digit(c.name) && has_street_word(c.name))
        c.warn("street-in-name", "name", fmt::format("\"{}\" looks like a street, and there is none", c.name),
               "look at the columns of this row");
}

bool says_no_number(std::string_view street) {
    const auto capitals = bare(street);
    return capitals.ends_with(" S N") || capitals.ends_with(" SN") || capitals.ends_with(" SNC");
}

void check_street(Case& c) {
    const auto& to = c.to;
    if (to.street.empty() && to.po_box.empty() && to.extra.empty()) {
        if (c.form.needs_street())
            c.warn("no-street", "street", "neither a street nor a post office box",
                   "fine only for large receivers that have a postal code of their own");
        return;
    }
    const bool numbered = has_digit(to.street) || has_digit(to.extra) || !to.po_box.empty();
    const bool needless =
        is_box(to.street) || is_lieu_dit(to.street) || is_lieu_dit(to.extra) || says_no_number(to.street);
    if (c.form.number && !to.street.empty() && !numbered && !needless)
        c.warn("no-house-number", "street", fmt::format("\"{}\" has no house number", to.street),
               "add it where the house has one");
}

/// Lockers of parcels: Deutsche Post brings no letters there.
void check_lockers(Case& c) {
    if (c.form.country != "DE") return;
    for (const auto text : {c.to.street, c.to.extra, c.to.care_of, c.to.department})
        for (const std::string_view word : {"Packstation", "Paketshop", "Postfiliale"})
            if (starts_with_word(text, word))
                return c.warn("packstation", "street", fmt::format("\"{}\" takes parcels, not letters", text),
                              "write to the home address");
}

bool lost_a_zero(const Case& c) {
    const auto all_digits = [](std::string_view text, std::string_view digits) {
        return !text.empty() && text.find_first_not_of(digits) == text.npos;
    };
    return !c.form.codes.empty() && all_digits(c.form.codes.front(), "#") && all_digits(c.code, "0123456789") &&
           c.code.size() + 1 == c.form.codes.front().size();
}

std::string example_of(const Form& form) {
    std::string example;
    if (append_code(form.example, form.codes, example)) return fmt::format("expected a form like {}", example);
    return "look it up";
}

void check_code(Case& c) {
    if (c.code.empty()) {
        if (c.form.needs_code() && !c.has("code-in-town"))
            c.warn("no-postal-code", "postal_code", "the address has no postal code", example_of(c.form));
        return;
    }
    if (c.code.find_first_not_of("0-. ") == c.code.npos)
        return c.warn("postal-code-form", "postal_code",
                      fmt::format("\"{}\" stands for a postal code nobody knew", c.code), example_of(c.form));
    if (c.code_good || c.form.codes.empty()) return;
    if (lost_a_zero(c))
        return c.warn("leading-zero", "postal_code", fmt::format("\"{}\" lacks a digit", c.code),
                      fmt::format("a spreadsheet took the zero away: 0{}", c.code));
    c.warn("postal-code-form", "postal_code", fmt::format("\"{}\" is no postal code of {}", c.code, c.form.country),
           example_of(c.form));
}

std::string listed(const std::vector<std::string_view>& towns) {
    return fmt::format(
        "{}",
        fmt::join(towns.begin(), towns.begin() + static_cast<long>(std::min<std::size_t>(3, towns.size())), ", "));
}

bool is_cedex(std::string_view town) { return bare(town).find("CEDEX") != std::string::npos; }

/// Boxes, large receivers and CEDEX have codes of their own, which the free tables lack.
bool has_own_code(const Case& c) { return c.to.street.empty() || is_box(c.to.street) || is_cedex(c.to.city); }

void check_town(Case& c) {
    if (!c.code_good || c.to.city.empty()) return;
    const std::string_view table = c.form.manner == Manner::French ? std::string_view("FR") : c.form.country;
    const auto answer = look_up(table, c.code, without_code(c.to.city, c.code));
    if (answer.fit == PlaceFit::UnknownCode && !has_own_code(c))
        c.warn("unknown-postal-code", "postal_code", fmt::format("there is no postal code {} in {}", c.code, table),
               table == "FR" ? "look it up; the town of a CEDEX code ends in CEDEX" : "look it up");
    if (answer.fit == PlaceFit::Elsewhere)
        c.warn("town-elsewhere", "city", fmt::format("{} is {}, not {}", c.code, listed(answer.towns), c.to.city),
               "one of the two is wrong");
    if (answer.fit == PlaceFit::Fits && is_cedex(c.to.city))
        c.warn("cedex-code", "postal_code", fmt::format("{} is the town's own postal code, not one of a CEDEX", c.code),
               "take the CEDEX code, or leave CEDEX out");
}

void check_region(Case& c) {
    if (!c.form.needs_region() && c.to.region.empty()) return;
    if (c.to.region.empty())
        return c.warn("no-region", "region", "the address has no state or province", "add its two letters");
    const Region* region = region_named(c.form.country, c.to.region);
    if (region == nullptr) {
        if (c.form.needs_region() && !regions_of(c.form.country).empty())
            c.warn("unknown-region", "region",
                   fmt::format("\"{}\" is no state or province of {}", c.to.region, c.form.country),
                   "write its two letters");
        return;
    }
    const auto begins = [&](std::string_view prefix) { return c.code.starts_with(prefix); };
    if (c.code_good && !region->codes.empty() && std::none_of(region->codes.begin(), region->codes.end(), begins))
        c.warn("region-elsewhere", "region",
               fmt::format("{} is not in {}, whose codes begin with {}", c.code, region->written,
                           fmt::join(region->codes, " ")),
               "one of the two is wrong");
}

void check_letters(Case& c) {
    if (!c.home && !c.romanised && is_foreign_script(c.to.city))
        c.warn("not-latin", "city",
               fmt::format("\"{}\" is not in Latin letters, which a sorter abroad needs", c.to.city),
               "give the town as it is spelled in Latin letters");
}

struct Told {
    Remark remark;
    std::string_view code, message;
};
constexpr std::array told{
    Told{Remark::PrefixDropped, "prefix-dropped", "the country's letters before the postal code are left out"},
    Told{Remark::CodeRewritten, "code-rewritten", "the postal code is printed as its country writes it"},
    Told{Remark::PartDoubled, "doubled", "a part that says again what another says is printed once"},
    Told{Remark::Abbreviated, "abbreviated", "words are abbreviated to 32 or 38 characters, NF Z10-011"},
    Told{Remark::LineDivided, "line-divided", "a long name goes on in the next line"},
    Told{Remark::NumbersReduced, "numbers-reduced", "of a series of house numbers the first is printed"},
    Told{Remark::CountryDropped, "country-dropped", "the country is left out at home"},
    Told{Remark::TownRomanised, "town-romanised", "the town is printed in Latin letters"},
};

void tell_remarks(const Lines& lines, std::vector<Finding>& findings) {
    for (const auto& [remark, code, message] : told)
        if (lines.has(remark)) findings.push_back({code, Severity::Note, {}, std::string(message), {}});
}

Finding refusal(const Error& error) {
    std::string_view code = "too-many-lines", part;
    if (error.where == "recipient, name") code = "no-name", part = "name";
    if (error.where == "recipient, city") code = "no-town", part = "city";
    if (error.where == "recipient, country") code = "unknown-country", part = "country";
    if (error.where == "recipient, line") code = "line-too-long";
    return {code, Severity::Refused, part, error.message, error.remedy};
}

void check_lines(const Case& c, const Lines& lines, std::vector<Finding>& findings) {
    const auto end = lines.parts.begin() + static_cast<long>(lines.count);
    const bool found = std::find(lines.parts.begin(), end, Part::Code) != end;
    if (c.form.needs_code() && !c.form.codes.empty() && !found)
        findings.push_back({"no-town-line", Severity::Warning, "lines",
                            fmt::format("no line has a postal code of {}", c.form.country), example_of(c.form)});
    if (lines.count > 0 && is_test_name(lines.lines[0]))
        findings.push_back({"test-address", Severity::Warning, "lines",
                            fmt::format("\"{}\" is a name for tests", lines.lines[0]), "hold the letter, or drop it"});
}

}  // namespace

Examiner::Examiner(std::string sender_country) : sender_(sender_country), writer_(std::move(sender_country)) {}

void Examiner::examine(const Recipient& recipient, Limits limits, Lines& lines, std::vector<Finding>& findings) {
    findings.clear();
    const auto written = writer_.write(recipient, limits, lines);
    if (!written) findings.push_back(refusal(written.error()));
    const Form* form = form_of(recipient.country.empty() ? std::string_view(sender_) : recipient.country);
    if (form == nullptr) return;
    if (written) tell_remarks(lines, findings);
    std::string scratch;
    Case c{recipient,
           *form,
           writer_.is_home(form->country),
           lines.has(Remark::TownRomanised),
           std::string(full_name(recipient, scratch)),
           {},
           false,
           findings};
    if (!written) lines.clear();
    if (!recipient.lines.empty()) return check_lines(c, lines, findings);
    const auto given = without_prefix(trimmed(recipient.postal_code), *form);
    c.code_good = append_code(given, form->codes, c.code);
    if (!c.code_good) c.code = given;
    for (const auto check : {check_letters, check_swaps, check_code, check_town, check_region, check_street,
                             check_lockers, check_test_address})
        check(c);
}

}  // namespace pli::address
