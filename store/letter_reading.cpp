#include "store/letter_reading.hpp"

#include <fmt/format.h>

#include <cstring>
#include <nlohmann/json.hpp>

#include "store/letter_body.hpp"

namespace pli::store {
namespace {

constexpr std::size_t schemas_kept = 1000;  // JSON Lines may bring a new shape with every line

/// Copies `text` behind what the letter's storage holds so far.
std::string_view put(char*& end, std::string_view text) {
    if (!text.empty()) std::memcpy(end, text.data(), text.size());
    const std::string_view copy(end, text.size());
    end += text.size();
    return copy;
}

}  // namespace

Result<FieldSchemas> FieldSchemas::prepare(Connection& db) {
    FieldSchemas schemas;
    schemas.find_ = TRY(Statement::prepare(db, "SELECT names FROM field_schemas WHERE id = ?"));
    return schemas;
}

Result<std::shared_ptr<const FieldNames>> FieldSchemas::names_of(std::int64_t schema) {
    if (const auto found = known_.find(schema); found != known_.end()) return found->second;
    find_.reset();
    const bool there = TRY(find_.bind(schema).step());
    const auto list = nlohmann::json::parse(there ? find_.text(0) : "", nullptr, false);
    find_.reset();
    auto names = std::make_shared<FieldNames>();
    for (const auto& name : list) {
        if (!name.is_string()) break;
        names->names.push_back(name.get<std::string>());
    }
    if (!list.is_array() || names->names.size() != list.size())
        return failure(Fault::Environment, "queue", fmt::format("the field names {} are damaged", schema),
                       "restore the queue file from a backup");
    if (known_.size() >= schemas_kept) known_.clear();
    return known_[schema] = std::move(names);
}

Result<Letter> letter_in(const Statement& row, FieldSchemas& schemas) {
    const auto key = row.bytes(1), locale = row.bytes(2), body = row.bytes(4);
    Letter letter;
    letter.id = {row.number(0)};
    letter.storage.reset(new char[key.size() + locale.size() + body.size() + 1]);
    char* end = letter.storage.get();
    letter.key = put(end, key);
    letter.locale = put(end, locale);
    auto own_body = put(end, body);
    letter.fields.names = TRY(schemas.names_of(row.number(3)));
    TRY(read_recipient(own_body, letter.recipient));
    TRY(read_values(own_body, letter.fields));
    return letter;
}

}  // namespace pli::store
