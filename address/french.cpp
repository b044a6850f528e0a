#include <fmt/format.h>

#include <array>

#include "address/capitals.hpp"
#include "address/manners.hpp"
#include "address/parts.hpp"
#include "address/places.hpp"

namespace pli::address {
namespace {

/// Source   kinds of streets: INSEE, doc.ril-recensement.insee.fr, La voie (after NF Z10-011); M: titles, buildings, firms
struct Short {
    std::string_view word, brief;
};
constexpr std::array abbreviations{
    Short{"ALLEE", "ALL"},
    Short{"ALLEES", "ALL"},
    Short{"AVENUE", "AV"},
    Short{"BOULEVARD", "BD"},
    Short{"CARREFOUR", "CAR"},
    Short{"CHEMIN", "CHE"},
    Short{"CITE", "CITE"},
    Short{"FAUBOURG", "FG"},
    Short{"IMPASSE", "IMP"},
    Short{"LOTISSEMENT", "LOT"},
    Short{"MONTEE", "MTE"},
    Short{"PASSAGE", "PAS"},
    Short{"PLACE", "PL"},
    Short{"PROMENADE", "PROM"},
    Short{"QUARTIER", "QUA"},
    Short{"RESIDENCE", "RES"},
    Short{"ROND", "RD"},
    Short{"ROUTE", "RTE"},
    Short{"SENTIER", "SEN"},
    Short{"SQUARE", "SQ"},
    Short{"TRAVERSE", "TRA"},
    Short{"ANCIEN", "ANC"},
    Short{"ANCIENNE", "ANC"},
    Short{"GRANDE", "GDE"},
    Short{"GRAND", "GD"},
    Short{"APPARTEMENT", "APP"},
    Short{"BATIMENT", "BAT"},
    Short{"ENTREE", "ENT"},
    Short{"ESCALIER", "ESC"},
    Short{"ETAGE", "ETG"},
    Short{"IMMEUBLE", "IMM"},
    Short{"CENTRE", "CTRE"},
    Short{"COMMERCIAL", "CIAL"},
    Short{"INDUSTRIELLE", "IND"},
    Short{"ZONE", "Z"},
    Short{"BIS", "B"},
    Short{"GENERAL", "GAL"},
    Short{"MARECHAL", "MAL"},
    Short{"COLONEL", "COL"},
    Short{"COMMANDANT", "CDT"},
    Short{"CAPITAINE", "CNE"},
    Short{"LIEUTENANT", "LT"},
    Short{"DOCTEUR", "DR"},
    Short{"PROFESSEUR", "PR"},
    Short{"PRESIDENT", "PDT"},
    Short{"SAINT", "ST"},
    Short{"SAINTE", "STE"},
    Short{"NOTRE", "N"},
    Short{"DAME", "D"},
    Short{"MONSIEUR", "M"},
    Short{"MADAME", "MME"},
    Short{"MADEMOISELLE", "MLLE"},
    Short{"MAITRE", "ME"},
    Short{"SOCIETE", "STE"},
    Short{"ETABLISSEMENT", "ETS"},
    Short{"ETABLISSEMENTS", "ETS"},
    Short{"ASSOCIATION", "ASS"},
    Short{"COMPAGNIE", "CIE"},
    Short{"DEPARTEMENTALE", "DEP"},
    Short{"DEPARTEMENTAL", "DEP"},
    Short{"NATIONALE", "NAT"},
    Short{"NATIONAL", "NAT"},
    Short{"REGIONALE", "REG"},
    Short{"MUNICIPALE", "MUN"},
    Short{"REGIMENT", "RGT"},
    Short{"DIVISION", "DIV"},
    Short{"UNIVERSITE", "UNIV"},
};

std::string_view short_form(std::string_view bare) {
    for (const auto& [word, brief] : abbreviations)
        if (word == bare) return brief;
    return {};
}

/// Words from the left, until the line fits. `keep_last`: not the last word of a street.
bool abbreviate(std::string& line, std::size_t most, bool keep_last, std::string& scratch) {
    bool changed = false;
    for (std::size_t start = 0; start < line.size() && length_of(line) > most;) {
        const std::size_t end = std::min(line.find(' ', start), line.size());
        if (keep_last && end == line.size()) break;
        scratch.clear();
        append_bare_capitals(std::string_view(line).substr(start, end - start), scratch);
        const auto brief = short_form(scratch);
        if (!brief.empty() && brief.size() < end - start) {
            const bool capitals = scratch == std::string_view(line).substr(start, end - start);
            line.replace(start, end - start, brief);
            for (std::size_t i = start + 1; !capitals && i < start + brief.size(); ++i)
                line[i] = static_cast<char>(line[i] | 32);  // "Société" is "Ste" in a name
            start += brief.size() + 1;
            changed = true;
        } else {
            start = end + 1;
        }
    }
    return changed;
}

/// "12 BIS " in "12 BIS RUE DES LILAS": the number does not count among the 32 characters of a street.
std::size_t number_length(std::string_view street) {
    if (street.empty() || !has_digit(street.substr(0, 1))) return 0;
    std::size_t end = std::min(street.find(' '), street.size());
    for (const std::string_view more : {" BIS ", " TER ", " QUATER ", " B ", " T ", " A "})
        if (street.substr(end).starts_with(more)) end += more.size() - 1;
    return end;
}

/// "15/17 rue" is asked to be "15 rue": the numbers of one house are a series, and its first is the address.
void keep_first_number(Lines& lines, std::string& street) {
    std::size_t end = 0;
    while (end < street.size() && has_digit(std::string_view(street).substr(end, 1))) ++end;
    if (end == 0 || end == street.size() || (street[end] != '/' && street[end] != '-')) return;
    std::size_t more = end + 1;
    while (more < street.size() && has_digit(std::string_view(street).substr(more, 1))) ++more;
    if (more == end + 1 || more == street.size() || (street[more] != ' ' && street[more] != ',')) return;
    street.erase(end, more - end);
    lines.note(Remark::NumbersReduced);
}

bool names_somebody(Part part) {
    return part == Part::Name || part == Part::Company || part == Part::Department || part == Part::CareOf;
}

void put_place_below_street(Lines& lines) {
    for (std::size_t i = 0; i + 1 < lines.count; ++i)
        if (lines.parts[i] == Part::Extra && lines.parts[i + 1] == Part::Street && is_lieu_dit(lines.lines[i]))
            return lines.swap(i, i + 1);
}

void write_capitals(Lines& lines, std::string& scratch) {
    const std::size_t last_three = lines.count - std::min<std::size_t>(3, lines.count);
    bool from_street = false;
    for (std::size_t i = 0; i < lines.count; ++i) {
        const Part part = lines.parts[i];
        if (part == Part::Street) keep_first_number(lines, lines.lines[i]);
        from_street = from_street || part == Part::Street || part == Part::Box || part == Part::Code;
        if (!from_street && (i < last_three || i == 0 || names_somebody(part))) continue;
        scratch.clear();
        append_bare_capitals(lines.lines[i], scratch);
        lines.lines[i].swap(scratch);
    }
}

bool is_too_long(const Lines& lines, std::size_t i) {
    const std::string& line = lines.lines[i];
    if (line.size() <= french_street) return false;
    const std::size_t length = length_of(line);
    return length > french_line || (lines.parts[i] == Part::Street && length - number_length(line) > french_street);
}

/// A long name goes on in the next line, while the window has one.
void divide(Lines& lines, std::size_t i, std::size_t room) {
    std::string& line = lines.lines[i];
    std::size_t bytes = 0;
    for (std::size_t seen = 0; bytes < line.size() && seen <= french_line; ++bytes)
        if ((line[bytes] & 0xC0) != 0x80) ++seen;
    const std::size_t blank = line.rfind(' ', bytes - 1);
    if (blank == line.npos || blank == 0 || lines.count >= room) return;
    lines.insert_after(i);
    lines.lines[i + 1].assign(lines.lines[i], blank + 1);
    lines.lines[i].resize(blank);
    lines.note(Remark::LineDivided);
}

/// La Poste's own short name of a town that is too long for line 6: "BEAUJEU ET QUITTEUR". It has the town's first word, and
/// its last one too, though perhaps cut.
bool take_short_town(std::string& line) {
    const std::size_t code = line.find(' ');
    if (code == line.npos) return false;
    const std::string town = line.substr(code + 1);
    const auto first_word = town.substr(0, town.find(' '));
    for (const auto known : look_up("FR", line.substr(0, code), town).towns) {
        const auto last_word = known.substr(known.rfind(' ') + 1);
        const bool same = known.starts_with(first_word + " ") && town.find(" " + std::string(last_word)) != town.npos;
        if (!same || known.size() > french_street) continue;
        line.replace(code + 1, line.npos, known);
        return true;
    }
    return false;
}

void shorten(Lines& lines, std::size_t i, std::size_t room, std::string& scratch) {
    const Part part = lines.parts[i];
    if (part == Part::Code && take_short_town(lines.lines[i])) return lines.note(Remark::Abbreviated);
    const std::size_t most =
        part == Part::Street ? std::min(french_line, french_street + number_length(lines.lines[i])) : french_line;
    if (abbreviate(lines.lines[i], most, part == Part::Street, scratch)) lines.note(Remark::Abbreviated);
    if (length_of(lines.lines[i]) > french_line && names_somebody(part)) divide(lines, i, room);
}

}  // namespace

Done finish_french(Lines& lines, std::size_t room, std::string& scratch) {
    put_place_below_street(lines);
    write_capitals(lines, scratch);
    for (std::size_t i = 0; i < lines.count; ++i) {
        if (!is_too_long(lines, i)) continue;
        shorten(lines, i, room, scratch);
        const std::size_t length = length_of(lines.lines[i]);
        if (length > french_line)
            return failure(Fault::AddressTooLong, "recipient, line",
                           fmt::format("line {} \"{}\" has {} characters, NF Z10-011 has room for {}", i + 1,
                                       lines.lines[i], length, french_line),
                           "shorten it, or move a part of it to the extra line");
    }
    return {};
}

}  // namespace pli::address
