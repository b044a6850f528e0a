#pragma once
#include <fmt/format.h>
#include <toml++/toml.h>

#include <algorithm>
#include <functional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/day.hpp"
#include "base/length.hpp"
#include "base/mass.hpp"
#include "base/money.hpp"
#include "base/result.hpp"
#include "postage/source.hpp"

namespace pli::postage {

/// One table of a data file of this room. Reading marks keys as known, so that `finish` can refuse the others: a
/// misspelt key would otherwise leave a limit out of force that somebody relied on.
/// Errors   BadInput with file, line and column
class DataTable {
public:
    DataTable(const std::string& file, const toml::table& table, std::string name)
        : file_(&file), table_(&table), name_(std::move(name)) {}

    bool has(std::string_view key) { return find(key) != nullptr; }
    Result<std::string> text(std::string_view key);
    std::string text_or(std::string_view key, std::string otherwise);
    Result<bool> flag_or(std::string_view key, bool otherwise);
    Result<std::int64_t> count(std::string_view key);  // from 1 up
    Result<std::int64_t> count_or(std::string_view key, std::int64_t otherwise);
    Result<double> number(std::string_view key);  // 0 and more
    Result<Length> millimetres(std::string_view key);
    Result<Length> millimetres_or(std::string_view key, Length otherwise);
    Result<Mass> grams(std::string_view key);
    Result<Mass> grams_or(std::string_view key, Mass otherwise);
    Result<Day> day(std::string_view key);
    Result<Money> money(std::string_view key, Currency currency);
    Result<std::vector<std::string>> texts(std::string_view key);
    Result<std::vector<std::int64_t>> numbers(std::string_view key);
    Result<std::vector<Length>> numbers_mm(std::string_view key);
    Result<std::pair<Length, Length>> span(std::string_view key);  // [least, most] in millimetres
    /// Where the table's figures come from; every table of figures must say it.
    Result<Source> source(std::string_view key = "source");
    Result<DataTable> table(std::string_view key);
    /// Each table of a list; none where the key is absent.
    Done each(std::string_view key, const std::function<Done(DataTable&)>& read);

    const std::string& file() const { return *file_; }
    tl::unexpected<Error> wrong(std::string_view key, std::string_view wanted) const;
    Done finish() const;

private:
    const toml::node* find(std::string_view key);
    Result<const toml::node*> need(std::string_view key);
    std::string place(const toml::node& node) const;

    const std::string* file_;
    const toml::table* table_;
    std::string name_;
    std::vector<std::string_view> known_;
};

/// Reads every *.toml of a folder, in the order of their names. A folder that is not there is empty.
/// Errors   BadInput with file, line and column: no TOML, or what `read` says
Done each_data_file(const std::string& folder, const std::function<Done(DataTable&)>& read);

/// Reads what concerns us in a file whose other tables are somebody else's. No name: nothing is read.
Done part_of_file(const std::string& file, const std::function<Done(DataTable&)>& read);

}  // namespace pli::postage
