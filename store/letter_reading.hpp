#pragma once
#include <memory>
#include <unordered_map>

#include "base/letter.hpp"
#include "store/database.hpp"

namespace pli::store {

/// Field names by schema number, read once and then shared by all their letters.
class FieldSchemas {
public:
    static Result<FieldSchemas> prepare(Connection& db);
    Result<std::shared_ptr<const FieldNames>> names_of(std::int64_t schema);

private:
    Statement find_;
    std::unordered_map<std::int64_t, std::shared_ptr<const FieldNames>> known_;
};

/// Start of every query whose rows become letters: the columns `letter_in` expects.
inline constexpr const char* letter_columns = "SELECT letter, key, locale, schema, body ";
Result<Letter> letter_in(const Statement& row, FieldSchemas& schemas);

}  // namespace pli::store
