#pragma once
#include <array>
#include <string_view>

namespace pli::store {

/// A table of the newest schema, the same in every database: what it holds is copied in this order. Columns by kind: whole
/// numbers, texts, blobs.
struct Table {
    std::string_view name, columns, kinds;  // "id, name", "nt"
    std::string_view counter;               // the column that numbers new rows; empty: none
};

inline constexpr std::array tables{
    Table{"templates", "id, name", "nt", "id"},
    Table{"field_schemas", "id, names", "nt", "id"},
    Table{"letters", "id, digest, state, test, priority, template, due, deadline, country, postal_code, place",
          "nbnnnnnnttn", "id"},
    Table{"contents", "letter, schema, key, locale, body", "nnttb", ""},
    Table{"runs", "id, name, day, first, letters, finished", "ntnnnn", "id"},
    Table{"units", "run, unit, first, letters, fence, holder, until, finished", "nnnnntnn", ""},
    Table{"batches",
          "id, run, name, production_class, folder, pieces, sheets, pages, reprint_of, delivered_to, delivered_at,"
          " first_place, last_place, unit",
          "nntttnnnntnnnn", "id"},
    Table{"places", "position, run, letter, template, batch, piece, reason, reason_code, standing, generation",
          "nnnnnntnnn", ""},
    Table{"postal_numbers", "batch, system, before, count", "ttnn", ""},
    Table{"reprinted", "batch, place, generation", "nnn", ""},
    Table{"reports", "batch, piece, generation, report, at, reason, event", "nnnnttn", ""},
    Table{"returned_addresses", "digest, country, postal_code, letter, reason", "bttnt", ""},
    Table{"events", "number, at, event, first, last, run, batch, letters, reason, words", "nnnnnnnnnt", "number"},
};

}  // namespace pli::store
