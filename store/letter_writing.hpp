#pragma once
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/digest.hpp"
#include "jobs/queued_letter.hpp"
#include "store/database.hpp"

namespace pli::store {

/// What stands for a key in the index. 128 bits: no two keys of a queue meet.
class KeyDigest {
public:
    /// Good until the next call.
    std::string_view operator()(std::string_view key) {
        digest_.add(key);
        bytes_ = digest_.finish();
        return {reinterpret_cast<const char*>(bytes_.data()), 16};
    }

private:
    Digest digest_;
    Digest::Bytes bytes_{};
};

/// A name's number in one of the tables (id, name): found, or entered.
class Names {
public:
    static Result<Names> prepare(Connection& db, const std::string& table, const std::string& column);
    Result<std::int64_t> id_of(std::string_view name);

private:
    Statement find_, insert_;
    std::string last_;
    std::int64_t last_id_ = 0;
};

/// The numbers of a letter's template and of its field names.
class LetterNames {
public:
    static Result<LetterNames> prepare(Connection& db);
    Result<std::int64_t> template_of(std::string_view name) { return templates_.id_of(name); }
    Result<std::int64_t> schema_of(const std::shared_ptr<const FieldNames>& names);

private:
    Names templates_, schemas_;
    std::shared_ptr<const FieldNames> last_names_;
    std::int64_t last_schema_ = 0;
};

/// Writes letters within the transaction at hand, in the way that is quick for its database.
class LetterWriter {
public:
    virtual ~LetterWriter() = default;
    struct Written {
        std::int64_t id = 0;
        bool fresh = true;  // else its key was known
        bool held = false;
    };
    virtual Done write(const jobs::NewLetter& letter) = 0;
    /// What became of those written since the last time, in their order.
    virtual Result<std::vector<Written>> finish() = 0;
};
Result<std::unique_ptr<LetterWriter>> letter_writer(Connection& db);

inline constexpr const char* letter_by_digest = "SELECT id FROM letters WHERE digest = ?";

}  // namespace pli::store
