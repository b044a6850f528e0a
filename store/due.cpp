#include <fmt/format.h>

#include <algorithm>

#include "store/letter_reading.hpp"
#include "store/sql_store.hpp"

namespace pli::store {
namespace {

/// Letters waiting for a run, on a connection of its own, a page of them at a time: see FrozenLetters in runs.cpp.
class WaitingLetters {
public:
    static Result<std::shared_ptr<WaitingLetters>> open(Connection& origin, Day day,
                                                        std::vector<std::string> templates) {
        auto waiting = std::make_shared<WaitingLetters>();
        waiting->day_ = day;
        waiting->templates_ = std::move(templates);
        waiting->db_ = TRY(origin.another(Driver::Access::Read));
        waiting->rows_ = TRY(Statement::prepare(
            waiting->db_, fmt::format("{}, name FROM letters JOIN contents ON contents.letter = letters.id"
                                      " JOIN templates ON templates.id = letters.template"
                                      " WHERE state = 0 AND test = 0 AND due <= ? AND letters.id > ?"
                                      " ORDER BY letters.id LIMIT {}",
                                      letter_columns, page)));
        waiting->schemas_ = TRY(FieldSchemas::prepare(waiting->db_));
        return waiting;
    }

    Result<std::optional<Letter>> next() {
        if (left_on_page_ == 0) begin_page();
        if (!TRY(rows_.step())) {
            left_on_page_ = 0;
            rows_.reset();
            return std::optional<Letter>{};
        }
        --left_on_page_;
        auto letter = TRY(letter_in(rows_, schemas_));
        const auto name = std::find(templates_.begin(), templates_.end(), rows_.bytes(5));
        letter.template_index = static_cast<std::uint32_t>(name - templates_.begin());
        last_ = letter.id.value;
        return std::optional(std::move(letter));
    }

private:
    static constexpr int page = 500;
    void begin_page() {
        rows_.reset();
        rows_.bind(day_.days, last_);
        left_on_page_ = page;
    }

    Connection db_;
    Statement rows_;
    FieldSchemas schemas_;
    Day day_;
    std::vector<std::string> templates_;
    std::int64_t last_ = 0;
    int left_on_page_ = 0;
};

}  // namespace

Result<DueLetters> SqlStore::due(Day day) {
    TRY(write_rejections());
    if (const auto run = TRY(unfinished_run())) {
        const auto record = TRY(record_of(*run));
        auto next = TRY(letters_of(record));
        return DueLetters{record.templates, std::move(next)};
    }
    DueLetters due;
    auto names = TRY(Statement::prepare(db_,
                                        "SELECT DISTINCT name FROM letters JOIN templates ON templates.id = template"
                                        " WHERE state = 0 AND test = 0 AND due <= ? ORDER BY name"));
    names.bind(day.days);
    while (TRY(names.step())) due.templates.push_back(names.text(0));
    const auto waiting = TRY(WaitingLetters::open(db_, day, due.templates));
    due.next = [waiting] { return waiting->next(); };
    return due;
}

}  // namespace pli::store
