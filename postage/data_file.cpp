#include "postage/data_file.hpp"

#include <filesystem>

namespace pli::postage {
namespace fs = std::filesystem;

namespace {

constexpr double longest_mm = 5000, heaviest_g = 100'000;

bool is_source(std::string_view text) {
    return text.size() > 3 && (text[0] == 'S' || text[0] == 'D' || text[0] == 'M') && text[1] == ':';
}

}  // namespace

const toml::node* DataTable::find(std::string_view key) {
    known_.push_back(key);
    return table_->get(key);
}

Result<const toml::node*> DataTable::need(std::string_view key) {
    if (const toml::node* node = find(key)) return node;
    return failure(Fault::BadInput, place(*table_), fmt::format("{} lacks the key {}", name_, key));
}

std::string DataTable::place(const toml::node& node) const {
    const auto at = node.source().begin;
    return fmt::format("{}:{}:{}", *file_, at.line, at.column);
}

tl::unexpected<Error> DataTable::wrong(std::string_view key, std::string_view wanted) const {
    const auto* node = table_->get(key);
    return failure(Fault::BadInput, place(node ? *node : *table_), fmt::format("{}.{} must be {}", name_, key, wanted));
}

Result<std::string> DataTable::text(std::string_view key) {
    const auto value = TRY(need(key))->value<std::string>();
    if (!value || value->empty()) return wrong(key, "text");
    return *value;
}

std::string DataTable::text_or(std::string_view key, std::string otherwise) {
    const auto* node = find(key);
    return node ? node->value_or(std::move(otherwise)) : otherwise;
}

Result<bool> DataTable::flag_or(std::string_view key, bool otherwise) {
    const auto* node = find(key);
    if (!node) return otherwise;
    const auto value = node->value_exact<bool>();
    if (!value) return wrong(key, "true or false");
    return *value;
}

Result<std::int64_t> DataTable::count(std::string_view key) {
    const auto value = TRY(need(key))->value_exact<std::int64_t>();
    if (!value || *value < 1 || *value > 10'000'000) return wrong(key, "a whole number from 1 to 10000000");
    return *value;
}

Result<std::int64_t> DataTable::count_or(std::string_view key, std::int64_t otherwise) {
    return has(key) ? count(key) : otherwise;
}

Result<double> DataTable::number(std::string_view key) {
    const auto value = TRY(need(key))->value<double>();
    if (!value || !(*value >= 0) || *value > 1e6) return wrong(key, "a number, not negative");
    return *value;
}

Result<Length> DataTable::millimetres(std::string_view key) {
    const auto value = TRY(number(key));
    if (value > longest_mm) return wrong(key, "millimetres up to 5000");
    return Length::mm(value);
}

Result<Length> DataTable::millimetres_or(std::string_view key, Length otherwise) {
    return has(key) ? millimetres(key) : otherwise;
}

Result<Mass> DataTable::grams(std::string_view key) {
    const auto value = TRY(number(key));
    if (value > heaviest_g) return wrong(key, "grams up to 100000");
    return Mass::g(value);
}

Result<Mass> DataTable::grams_or(std::string_view key, Mass otherwise) { return has(key) ? grams(key) : otherwise; }

Result<Day> DataTable::day(std::string_view key) {
    const auto value = TRY(need(key))->value_exact<toml::date>();
    if (!value) return wrong(key, "a date as 2026-01-01");
    return Day::of(value->year, value->month, value->day);
}

Result<Money> DataTable::money(std::string_view key, Currency currency) {
    auto money = Money::parse(TRY(text(key)), currency);
    if (!money) return wrong(key, "an amount in quotes as \"0.95\"");
    return money;
}

Result<std::vector<std::string>> DataTable::texts(std::string_view key) {
    std::vector<std::string> all;
    if (!has(key)) return all;
    const auto* list = table_->get(key)->as_array();
    if (!list) return wrong(key, "a list of texts");
    for (const auto& item : *list) {
        const auto value = item.value<std::string>();
        if (!value || value->empty()) return wrong(key, "a list of texts");
        all.push_back(*value);
    }
    return all;
}

Result<std::vector<std::int64_t>> DataTable::numbers(std::string_view key) {
    std::vector<std::int64_t> all;
    if (!has(key)) return all;
    const auto* list = table_->get(key)->as_array();
    if (!list) return wrong(key, "a list of whole numbers");
    for (const auto& item : *list) {
        const auto value = item.value_exact<std::int64_t>();
        if (!value || *value < 0) return wrong(key, "a list of whole numbers");
        all.push_back(*value);
    }
    return all;
}

Result<std::vector<Length>> DataTable::numbers_mm(std::string_view key) {
    const auto* list = TRY(need(key))->as_array();
    if (!list) return wrong(key, "a list of millimetres");
    std::vector<Length> all;
    for (const auto& item : *list) {
        const auto value = item.value<double>();
        if (!value || *value < 0 || *value > longest_mm) return wrong(key, "a list of millimetres");
        all.push_back(Length::mm(*value));
    }
    return all;
}

Result<std::pair<Length, Length>> DataTable::span(std::string_view key) {
    const auto ends = TRY(numbers_mm(key));
    if (ends.size() != 2 || ends[1] < ends[0]) return wrong(key, "[least, most] in millimetres");
    return std::pair(ends[0], ends[1]);
}

Result<Source> DataTable::source(std::string_view key) {
    auto text = TRY(this->text(key));
    if (!is_source(text)) return wrong(key, "\"S: …\" (read there), \"D: …\" (derived) or \"M: …\" (not confirmed)");
    return Source{std::move(text)};
}

Result<DataTable> DataTable::table(std::string_view key) {
    const auto* node = TRY(need(key));
    if (!node->is_table()) return wrong(key, "a table");
    return DataTable(*file_, *node->as_table(), std::string(key));
}

Done DataTable::each(std::string_view key, const std::function<Done(DataTable&)>& read) {
    const auto* node = find(key);
    if (!node) return {};
    if (!node->is_array()) return wrong(key, "a list of tables");
    for (const auto& item : *node->as_array()) {
        if (!item.is_table()) return wrong(key, "a list of tables");
        DataTable table(*file_, *item.as_table(), std::string(key));
        TRY(read(table));
        TRY(table.finish());
    }
    return {};
}

Done DataTable::finish() const {
    for (const auto& [key, node] : *table_) {
        if (std::find(known_.begin(), known_.end(), key.str()) != known_.end()) continue;
        return failure(Fault::BadInput, place(node), fmt::format("{} has no key {}", name_, key.str()),
                       "remove it, or correct its spelling");
    }
    return {};
}

namespace {

Done read_file(const std::string& file, const std::function<Done(DataTable&)>& read) {
    try {
        const toml::table root = toml::parse_file(file);
        DataTable table(file, root, fs::path(file).stem().string());
        return read(table);
    } catch (const toml::parse_error& error) {
        const auto at = error.source().begin;
        return failure(Fault::BadInput, fmt::format("{}:{}:{}", file, at.line, at.column),
                       std::string(error.description()));
    }
}

}  // namespace

Done each_data_file(const std::string& folder, const std::function<Done(DataTable&)>& read) {
    std::error_code none;
    std::vector<std::string> files;
    for (const auto& entry : fs::directory_iterator(folder, none))
        if (entry.path().extension() == ".toml") files.push_back(entry.path().string());
    std::sort(files.begin(), files.end());
    for (const auto& file : files)
        TRY(read_file(file, [&read](DataTable& table) -> Done {
            TRY(read(table));
            return table.finish();
        }));
    return {};
}

Done part_of_file(const std::string& file, const std::function<Done(DataTable&)>& read) {
    return file.empty() ? Done{} : read_file(file, read);
}

}  // namespace pli::postage
