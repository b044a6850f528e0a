#pragma once
#include <array>
#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "base/letter.hpp"
#include "base/result.hpp"
#include "intake/column_names.hpp"

namespace pli::intake {

/// What each column of a file (or member of a JSON object) is for. Every named column is a merge field under its own
/// name; some are parts of the address as well.
struct Columns {
    std::vector<std::string> headers;
    std::vector<int> field_of;              // by column: index into `fields`, -1 where the column is left out
    std::array<int, part_count> column_of;  // by Part, -1 where the file has none
    std::shared_ptr<const FieldNames> fields;
    std::vector<std::pair<std::string, std::string>> mapped;  // for the report

    int of(Part part) const { return column_of[static_cast<std::size_t>(part)]; }
    bool has_address() const;
};

/// `map`: column → part, field name, or "-" to leave it out; over the names Pli knows.
/// `key_column`: empty, or the column that holds the idempotency key.
struct Wishes {
    std::map<std::string, std::string> map;
    std::string key_column;
};

/// Errors   BadInput: two fields of one name
Result<Columns> columns_of(std::vector<std::string> headers, const Wishes& wishes);

/// The column a wish names, exactly or as people would spell it; -1 where there is none.
int find_column(const std::vector<std::string>& headers, const std::string& name);

}  // namespace pli::intake
