#include "preflight/manifest_rows.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>

namespace pli::preflight {
namespace {

/// Takes one record off the front of `csv`; false where a quote is left open.
bool take_record(std::string_view& csv, std::vector<std::string>& fields) {
    fields.assign(1, {});
    bool quoted = false;
    std::size_t i = 0;
    for (; i < csv.size(); ++i) {
        const char c = csv[i];
        if (c == '"') {
            const bool doubled = quoted && i + 1 < csv.size() && csv[i + 1] == '"';
            if (doubled)
                fields.back() += csv[i++];
            else
                quoted = !quoted;
        } else if (quoted) {
            fields.back() += c;
        } else if (c == ',') {
            fields.emplace_back();
        } else if (c == '\n') {
            ++i;
            break;
        } else if (c != '\r') {
            fields.back() += c;
        }
    }
    csv.remove_prefix(i);
    return !quoted;
}

constexpr std::array columns{
    "piece", "sheets",    "pages", "sides", "first_page", "last_page", "cell", "first_press_sheet", "last_press_sheet",
    "pile",  "imposition"};
constexpr std::size_t sides_column = 3, imposition_column = columns.size() - 1;
using Places = std::array<std::size_t, columns.size()>;

Result<Places> places_of(const std::vector<std::string>& header) {
    Places places{};
    for (std::size_t i = 0; i < columns.size(); ++i) {
        const auto at = std::find(header.begin(), header.end(), columns[i]);
        if (at == header.end()) return failure(Fault::BadInput, "line 1", fmt::format("no column {}", columns[i]));
        places[i] = static_cast<std::size_t>(at - header.begin());
    }
    return places;
}

std::optional<std::uint32_t> count_of(std::string_view text) {
    std::uint32_t count = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), count);
    if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
    return count;
}

Result<ManifestPiece> piece_of(const std::vector<std::string>& fields, const Places& places) {
    ManifestPiece piece;
    const std::array<std::uint32_t*, imposition_column> targets{
        &piece.piece,     &piece.sheets, &piece.pages,       &piece.sides,      &piece.first_page,
        &piece.last_page, &piece.cell,   &piece.first_sheet, &piece.last_sheet, &piece.pile};
    for (std::size_t i = 0; i < targets.size(); ++i) {
        const std::string text = places[i] < fields.size() ? fields[places[i]] : "";
        auto count = count_of(text);
        if (i == sides_column)
            count = text == "duplex" ? std::optional(2U) : text == "simplex" ? std::optional(1U) : std::nullopt;
        if (!count) return failure(Fault::BadInput, "", fmt::format("{} is \"{}\"", columns[i], text));
        *targets[i] = *count;
    }
    return piece;
}

/// "2x1 cut-and-stack": the words of pipeline::name_of.
std::optional<ManifestGrid> grid_of(std::string_view words) {
    if (words == "1-up") return ManifestGrid{};
    const auto space = words.find(' '), cross = words.find('x');
    if (space == std::string_view::npos || cross >= space) return std::nullopt;
    const auto across = count_of(words.substr(0, cross)), down = count_of(words.substr(cross + 1, space - cross - 1));
    const auto method = words.substr(space + 1);
    const bool known = method == "cut-and-stack" || method == "in-sequence";
    if (!known || !across || !down || *across == 0 || *down == 0 || *across > 1000 || *down > 1000) return std::nullopt;
    return ManifestGrid{*across, *down, method == "in-sequence"};
}

}  // namespace

Result<ManifestFacts> read_manifest(std::string_view csv) {
    std::vector<std::string> fields;
    if (!take_record(csv, fields)) return failure(Fault::BadInput, "line 1", "an open quote");
    const Places places = TRY(places_of(fields));
    // Manifests written before there were reprints have no such column.
    const auto generation =
        static_cast<std::size_t>(std::find(fields.begin(), fields.end(), "generation") - fields.begin());
    ManifestFacts facts;
    std::string imposition;
    while (!csv.empty()) {
        const std::string where = fmt::format("row {}", facts.pieces.size() + 2);
        if (!take_record(csv, fields)) return failure(Fault::BadInput, where, "an open quote");
        auto piece = piece_of(fields, places);
        if (!piece) return failure(Fault::BadInput, where, piece.error().message);
        if (generation < fields.size()) piece->generation = count_of(fields[generation]).value_or(1);
        facts.pieces.push_back(*piece);
        const std::string words = places.back() < fields.size() ? fields[places.back()] : "";
        if (facts.pieces.size() > 1 && words == imposition) continue;
        const auto grid = facts.pieces.size() == 1 ? grid_of(words) : std::nullopt;
        if (!grid) return failure(Fault::BadInput, where, fmt::format("imposition is \"{}\"", words));
        facts.grid = *grid;
        imposition = words;
    }
    return facts;
}

}  // namespace pli::preflight
