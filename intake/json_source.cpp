#include <fmt/format.h>

#include <algorithm>

#include "intake/row_sources.hpp"
#include "intake/text_check.hpp"

namespace pli::intake {
namespace {

constexpr std::size_t shapes_kept = 1000;  // memory stays constant though every line may differ

RowError refused_line(std::uint64_t line, std::string_view text, Error why) {
    return {line, why.where, shown(text), std::move(why)};
}

}  // namespace

/// Without its line end; in `line_`, up to the limit. False at the end of the file.
Result<bool> JsonSource::next_line() {
    line_.clear();
    too_long_ = false;
    for (bool any = false;; any = true) {
        if (rest_.empty()) rest_ = TRY(source_());
        if (rest_.empty()) return any;
        const auto end = rest_.find('\n');
        const auto piece = rest_.substr(0, end);
        too_long_ = too_long_ || line_.size() + piece.size() > max_line_bytes_;
        if (!too_long_) line_ += piece;
        rest_.remove_prefix(end == std::string_view::npos ? rest_.size() : end + 1);
        if (end != std::string_view::npos) return true;
    }
}

Result<Step> JsonSource::next(RawRow& row, RowError& refused) {
    std::string_view text;
    do {
        if (!TRY(next_line())) return Step::End;
        ++line_number_;
        text = trimmed(line_);
    } while (text.empty() && !too_long_);
    row.line = line_number_;
    auto read =
        too_long_ ? Done(failure(Fault::BadInput, "", fmt::format("the line is longer than {} bytes", max_line_bytes_),
                                 "one object a line, each ended by a line feed"))
                  : read_json_object(text, object_);
    if (read) read = choose_columns();
    if (!read) {
        refused = refused_line(line_number_, text, std::move(read.error()));
        return Step::Refused;
    }
    row.values.clear();
    for (std::size_t i = 0; i < object_.count; ++i)
        row.values.push_back({object_.members[i].text, object_.members[i].list ? FieldKind::List : FieldKind::Text});
    return Step::Row;
}

Done JsonSource::choose_columns() {
    shape_.clear();
    for (std::size_t i = 0; i < object_.count; ++i) {
        shape_ += object_.members[i].name;
        shape_ += '\0';
    }
    if (shape_ == last_shape_ && line_number_ > 1) return {};
    if (known_.size() >= shapes_kept) known_.clear();
    auto& columns = known_[shape_];
    if (!columns) {
        std::vector<std::string> names;
        for (std::size_t i = 0; i < object_.count; ++i) names.push_back(object_.members[i].name);
        auto chosen = columns_of(std::move(names), wishes_);
        if (!chosen) known_.erase(shape_);
        columns = std::make_shared<const Columns>(TRY(chosen));
    }
    columns_ = columns;
    last_shape_ = shape_;
    return {};
}

}  // namespace pli::intake
