#include "preflight/manifest_rows.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>

#include "preflight/csv.hpp"

namespace pli::preflight {
namespace {

constexpr std::array columns{
    "piece", "sheets",    "pages", "sides", "first_page", "last_page", "cell", "first_press_sheet", "last_press_sheet",
    "pile",  "imposition"};
constexpr std::size_t sides_column = 3, imposition_column = columns.size() - 1;
/// Those that may be missing.
constexpr std::array proof_columns{"batch_id", "template", "postal_code", "page_sums", "qr"};

/// Where each column stands in a row.
struct Order {
    std::array<std::size_t, columns.size()> needed{};
    std::array<std::size_t, proof_columns.size()> for_proof{};
};

std::size_t place_in(const std::vector<std::string>& header, std::string_view column) {
    return static_cast<std::size_t>(std::find(header.begin(), header.end(), column) - header.begin());
}

Result<Order> order_of(const std::vector<std::string>& header) {
    Order order;
    for (std::size_t i = 0; i < columns.size(); ++i) {
        order.needed[i] = place_in(header, columns[i]);
        if (order.needed[i] == header.size())
            return failure(Fault::BadInput, "line 1", fmt::format("no column {}", columns[i]));
    }
    for (std::size_t i = 0; i < proof_columns.size(); ++i) order.for_proof[i] = place_in(header, proof_columns[i]);
    return order;
}

std::optional<std::uint32_t> count_of(std::string_view text) {
    std::uint32_t count = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), count);
    if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
    return count;
}

void take_proof_columns(const std::vector<std::string>& fields, const Order& order, ManifestPiece& piece) {
    const std::array<std::string*, proof_columns.size()> targets{&piece.batch_id, &piece.template_name,
                                                                 &piece.postal_code, &piece.page_sums, &piece.qr};
    for (std::size_t i = 0; i < targets.size(); ++i)
        if (order.for_proof[i] < fields.size()) *targets[i] = fields[order.for_proof[i]];
}

Result<ManifestPiece> piece_of(const std::vector<std::string>& fields, const Order& order) {
    ManifestPiece piece;
    const std::array<std::uint32_t*, imposition_column> targets{
        &piece.piece,     &piece.sheets, &piece.pages,       &piece.sides,      &piece.first_page,
        &piece.last_page, &piece.cell,   &piece.first_sheet, &piece.last_sheet, &piece.pile};
    for (std::size_t i = 0; i < targets.size(); ++i) {
        const std::string text = order.needed[i] < fields.size() ? fields[order.needed[i]] : "";
        auto count = count_of(text);
        if (i == sides_column)
            count = text == "duplex" ? std::optional(2U) : text == "simplex" ? std::optional(1U) : std::nullopt;
        if (!count) return failure(Fault::BadInput, "", fmt::format("{} is \"{}\"", columns[i], text));
        *targets[i] = *count;
    }
    take_proof_columns(fields, order, piece);
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
    const Order order = TRY(order_of(fields));
    // Manifests written before there were reprints have no such column.
    const auto generation =
        static_cast<std::size_t>(std::find(fields.begin(), fields.end(), "generation") - fields.begin());
    ManifestFacts facts;
    std::string imposition;
    while (!csv.empty()) {
        const std::string where = fmt::format("row {}", facts.pieces.size() + 2);
        if (!take_record(csv, fields)) return failure(Fault::BadInput, where, "an open quote");
        auto piece = piece_of(fields, order);
        if (!piece) return failure(Fault::BadInput, where, piece.error().message);
        if (generation < fields.size()) piece->generation = count_of(fields[generation]).value_or(1);
        facts.pieces.push_back(std::move(*piece));
        const std::size_t column = order.needed.back();
        const std::string words = column < fields.size() ? fields[column] : "";
        if (facts.pieces.size() > 1 && words == imposition) continue;
        const auto grid = facts.pieces.size() == 1 ? grid_of(words) : std::nullopt;
        if (!grid) return failure(Fault::BadInput, where, fmt::format("imposition is \"{}\"", words));
        facts.grid = *grid;
        imposition = words;
    }
    return facts;
}

}  // namespace pli::preflight
