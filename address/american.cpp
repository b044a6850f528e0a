#include <algorithm>
#include <array>

#include "address/capitals.hpp"
#include "address/manners.hpp"
#include "address/parts.hpp"

namespace pli::address {
namespace {

constexpr std::size_t longest_street =
    40;  // with its unit: what the window of a #10 envelope shows of the smallest type

struct Short {
    std::string_view word, brief;
};
/// Publication 28, appendix C2.
constexpr std::array units{Short{"APARTMENT", "APT"},
                           Short{"APT", "APT"},
                           Short{"BUILDING", "BLDG"},
                           Short{"BLDG", "BLDG"},
                           Short{"DEPARTMENT", "DEPT"},
                           Short{"DEPT", "DEPT"},
                           Short{"FLOOR", "FL"},
                           Short{"FL", "FL"},
                           Short{"HANGAR", "HNGR"},
                           Short{"LOT", "LOT"},
                           Short{"ROOM", "RM"},
                           Short{"RM", "RM"},
                           Short{"SPACE", "SPC"},
                           Short{"SUITE", "STE"},
                           Short{"STE", "STE"},
                           Short{"TRAILER", "TRLR"},
                           Short{"UNIT", "UNIT"},
                           Short{"PENTHOUSE", "PH"},
                           Short{"#", "#"}};
/// Publication 28, appendix C1, the usual ones.
constexpr std::array suffixes{
    Short{"ALLEY", "ALY"},    Short{"AVENUE", "AVE"},      Short{"BOULEVARD", "BLVD"}, Short{"CIRCLE", "CIR"},
    Short{"COURT", "CT"},     Short{"COVE", "CV"},         Short{"CREEK", "CRK"},      Short{"CROSSING", "XING"},
    Short{"DRIVE", "DR"},     Short{"EXPRESSWAY", "EXPY"}, Short{"FREEWAY", "FWY"},    Short{"HEIGHTS", "HTS"},
    Short{"HIGHWAY", "HWY"},  Short{"HILL", "HL"},         Short{"LANE", "LN"},        Short{"MEADOWS", "MDWS"},
    Short{"PARKWAY", "PKWY"}, Short{"PLACE", "PL"},        Short{"PLAZA", "PLZ"},      Short{"POINT", "PT"},
    Short{"RIDGE", "RDG"},    Short{"ROAD", "RD"},         Short{"SQUARE", "SQ"},      Short{"STREET", "ST"},
    Short{"TERRACE", "TER"},  Short{"TRAIL", "TRL"},       Short{"TURNPIKE", "TPKE"},  Short{"VALLEY", "VLY"},
    Short{"VIEW", "VW"},      Short{"VILLAGE", "VLG"}};

template <std::size_t N>
std::string_view brief_of(const std::array<Short, N>& list, std::string_view word) {
    for (const auto& entry : list)
        if (entry.word == word) return entry.brief;
    return {};
}

bool is_digit_at(std::string_view text, std::size_t i) { return i < text.size() && text[i] >= '0' && text[i] <= '9'; }

bool is_punctuation(char c) {
    return c == '.' || c == ',' || c == ';' || c == ':' || c == '(' || c == ')' || c == '"' || c == '#';
}

/// Punctuation goes, but for hyphens, slashes of fractions, apostrophes of names, points of "39.2 RD".
void drop_punctuation(std::string& line, std::string& scratch) {
    if (std::none_of(line.begin(), line.end(), is_punctuation)) return;
    scratch.clear();
    for (std::size_t i = 0; i < line.size(); ++i) {
        const char c = line[i];
        const bool point = c == '.' && i > 0 && is_digit_at(line, i - 1) && is_digit_at(line, i + 1);
        if (c == '.' && !point) continue;  // "P.O." is PO
        const bool blank = c == ' ' || c == ',' || c == ';' || c == ':' || c == '(' || c == ')' || c == '"';
        if (!blank) scratch += c;
        if (blank && !scratch.empty() && scratch.back() != ' ') scratch += ' ';
        if (c == '#' && is_digit_at(line, i + 1)) scratch += ' ';  // 213: a blank between # and the number
    }
    while (!scratch.empty() && scratch.back() == ' ') scratch.pop_back();
    line.swap(scratch);
}

std::string_view first_word(std::string_view line) { return line.substr(0, std::min(line.find(' '), line.size())); }

/// "SUITE 5" → "STE 5" wherever a unit stands with its number behind it.
void abbreviate_units(std::string& line) {
    for (std::size_t start = 0; start < line.size();) {
        const auto word = first_word(std::string_view(line).substr(start));
        const auto brief = brief_of(units, word);
        if (!brief.empty() && start + word.size() < line.size()) line.replace(start, word.size(), brief);
        start = line.find(' ', start);
        start = start == line.npos ? line.size() : start + 1;
    }
}

/// The last word of the street itself: before a unit, and with a number and a name before it.
void abbreviate_suffix(std::string& line) {
    std::size_t words = 0, begin = 0, start = 0;
    while (start < line.size()) {
        const auto word = first_word(std::string_view(line).substr(start));
        if (words > 1 && !brief_of(units, word).empty()) break;
        begin = start;
        ++words;
        start += word.size() + 1;
    }
    const auto last = first_word(std::string_view(line).substr(begin));
    const auto brief = brief_of(suffixes, last);
    if (words > 2 && !brief.empty()) line.replace(begin, last.size(), brief);
}

bool is_unit(std::string_view line) { return !brief_of(units, first_word(line)).empty(); }

void join_unit(Lines& lines) {
    for (std::size_t i = 0; i + 1 < lines.count; ++i) {
        if (lines.parts[i] != Part::Extra || lines.parts[i + 1] != Part::Street || !is_unit(lines.lines[i])) continue;
        if (lines.lines[i].size() + lines.lines[i + 1].size() >= longest_street) continue;
        lines.lines[i + 1].append(" ").append(lines.lines[i]);
        return lines.remove(i);
    }
}

}  // namespace

void finish_american(Lines& lines, std::string& scratch) {
    for (std::size_t i = 0; i < lines.count; ++i) {
        scratch.clear();
        append_capitals(lines.lines[i], Accents::Dropped, scratch);
        lines.lines[i].swap(scratch);
        drop_punctuation(lines.lines[i], scratch);
        const Part part = lines.parts[i];
        if (part == Part::Extra || part == Part::Street) abbreviate_units(lines.lines[i]);
        if (part == Part::Street) abbreviate_suffix(lines.lines[i]);
    }
    join_unit(lines);
}

}  // namespace pli::address
