#include "postage/sorting.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "postage/data_file.hpp"

namespace pli::postage {
namespace {

constexpr std::size_t most_key = 12;
constexpr std::size_t area_places = 2, district_places = 3, inward_places = 3;

constexpr bool is_digit(char c) { return c >= '0' && c <= '9'; }
constexpr bool is_letter(char c) { return c >= 'A' && c <= 'Z'; }
constexpr char capital(char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c; }

/// Letters and digits alone, in capitals.
std::string bare(std::string_view code) {
    std::string text;
    for (const char c : code) {
        const char big = capital(c);
        if ((is_digit(big) || is_letter(big)) && text.size() < most_key) text += big;
    }
    return text;
}

std::string by_hand(std::string_view code) { return "~" + bare(code).substr(0, most_key - 1); }

/// A country's own letters may stand before the digits: "D-53111", "CH-8001".
std::string digits_key(int length, std::string_view code) {
    const auto text = bare(code);
    const auto first = std::find_if(text.begin(), text.end(), is_digit);
    const std::string digits(first, text.end());
    const bool sound = first - text.begin() <= 2 && std::all_of(digits.begin(), digits.end(), is_digit) &&
                       digits.size() >= static_cast<std::size_t>(std::max(length, 1));
    return sound ? digits : by_hand(code);
}

/// "SW1A 1AA" → "SW" "01A" "1AA"; "M1 1AE" → "M-" "01-" "1AE". A hyphen sorts before digits and letters.
std::string outward_key(std::string_view code) {
    const auto text = bare(code);
    if (text.size() < 5 || text.size() > 7) return by_hand(code);
    const auto inward = text.substr(text.size() - inward_places);
    const auto outward = text.substr(0, text.size() - inward_places);
    const auto area_end =
        static_cast<std::size_t>(std::find_if(outward.begin(), outward.end(), is_digit) - outward.begin());
    std::size_t number_end = area_end;
    while (number_end < outward.size() && is_digit(outward[number_end])) ++number_end;
    const auto number = outward.substr(area_end, number_end - area_end), letter = outward.substr(number_end);
    const bool sound = area_end >= 1 && area_end <= area_places && !number.empty() && number.size() <= 2 &&
                       letter.size() <= 1 && is_digit(inward[0]) && is_letter(inward[1]) && is_letter(inward[2]);
    if (!sound) return by_hand(code);
    return fmt::format("{:-<2}{:0>2}{:-<1}{}", outward.substr(0, area_end), number, letter, inward);
}

Result<CodeShape> read_shape(DataTable& file) {
    const auto name = TRY(file.text("shape"));
    if (name == "digits") return CodeShape::Digits;
    if (name == "outward") return CodeShape::Outward;
    if (name == "plain") return CodeShape::Plain;
    return file.wrong("shape", "\"digits\", \"outward\" or \"plain\"");
}

Done read_level(DataTable& table, SortRules& rules) {
    Level level;
    level.name = TRY(table.text("name"));
    level.digits = static_cast<int>(TRY(table.count("digits")));
    TRY(table.each("longer", [&](DataTable& longer) -> Done {
        const auto digits = static_cast<int>(TRY(longer.count("digits")));
        for (auto& prefix : TRY(longer.texts("prefixes"))) level.longer.push_back({std::move(prefix), digits});
        return {};
    }));
    TRY(table.source());
    rules.levels.push_back(std::move(level));
    return {};
}

Result<Unit> read_unit(DataTable& file, std::string_view key, const SortRules& rules) {
    auto table = TRY(file.table(key));
    Unit unit;
    unit.name = TRY(table.text("name"));
    unit.least = TRY(table.count("least"));
    unit.most_pieces = TRY(table.count("most_pieces"));
    unit.most_mass = TRY(table.grams("most_g"));
    unit.most_height = TRY(table.millimetres("most_mm"));
    unit.source = TRY(table.source());
    for (const auto& name : TRY(table.texts("levels"))) {
        const auto level =
            std::find_if(rules.levels.begin(), rules.levels.end(), [&](const Level& l) { return l.name == name; });
        if (level == rules.levels.end()) return table.wrong("levels", fmt::format("of this file; {} is none", name));
        unit.levels.push_back(static_cast<int>(level - rules.levels.begin()));
    }
    TRY(table.finish());
    return unit;
}

Result<SortRules> read_rules(DataTable& file) {
    SortRules rules;
    rules.country = file.text_or("country", "");
    rules.valid_from = TRY(file.day("valid_from"));
    if (file.has("valid_until")) rules.valid_until = TRY(file.day("valid_until"));
    rules.shape = TRY(read_shape(file));
    rules.code_length = static_cast<int>(TRY(file.count_or("code_length", 0)));
    TRY(file.each("level", [&](DataTable& table) { return read_level(table, rules); }));
    if (file.has("bundle")) rules.bundle = TRY(read_unit(file, "bundle", rules));
    rules.container = TRY(read_unit(file, "container", rules));
    return rules;
}

}  // namespace

std::string postal_key(CodeShape shape, int length, std::string_view postal_code) {
    if (shape == CodeShape::Digits) return digits_key(length, postal_code);
    if (shape == CodeShape::Outward) return outward_key(postal_code);
    auto key = bare(postal_code);
    return key.empty() ? by_hand(postal_code) : key;
}

std::string_view Level::part_of(std::string_view key) const {
    if (key.starts_with('~')) return key.substr(0, 1);
    for (const auto& other : longer)
        if (key.starts_with(other.prefix)) return key.substr(0, static_cast<std::size_t>(other.digits));
    return key.substr(0, static_cast<std::size_t>(digits));
}

std::string SortRules::shown(std::string_view part) const {
    if (part.starts_with('~')) return "by hand";
    if (shape != CodeShape::Outward) return std::string(part);
    std::string text;
    for (std::size_t i = 0; i < part.size(); ++i) {
        const bool filled = part[i] == '-' || (i == area_places && part[i] == '0');
        if (i == area_places + district_places) text += ' ';
        if (!filled) text += part[i];
    }
    return text;
}

Result<Sorting> Sorting::load(const std::string& folder, const std::string& extra) {
    Sorting sorting;
    for (const auto& place : {extra, folder})  // the workspace's stand first and win
        TRY(each_data_file(place, [&](DataTable& file) -> Done {
            sorting.rules_.push_back(TRY(read_rules(file)));
            return {};
        }));
    sorting.general_.container = {"tray", 1, 500, Mass::g(10'000), 600_mm, {}, {}};
    return sorting;
}

const SortRules& Sorting::rules_for(std::string_view country, Day on) const {
    const SortRules* general = &general_;
    for (const auto& rules : rules_) {
        if (on < rules.valid_from || (rules.valid_until && *rules.valid_until < on)) continue;
        if (rules.country == country) return rules;
        if (rules.country.empty() && general == &general_) general = &rules;
    }
    return *general;
}

}  // namespace pli::postage
