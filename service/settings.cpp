#include "service/settings.hpp"

namespace pli::service {

toml::node_view<const toml::node> Settings::ask(std::string_view table, std::string_view key) {
    asked_.insert(fmt::format("{}.{}", table, key));
    return toml::node_view<const toml::node>(node_of(root_, table, key));
}

const toml::node* Settings::node_of(const toml::table& root, std::string_view table, std::string_view key) {
    return table.empty() ? root.get(key) : root[table][key].node();
}

void Settings::text(std::string_view table, std::string_view key, std::string& value) {
    const auto node = ask(table, key);
    if (!node) return;
    if (const auto found = node.value<std::string>(); found && !found->empty())
        value = *found;
    else
        complain(table, key, "expected a text in quotes");
}

void Settings::flag(std::string_view table, std::string_view key, bool& value) {
    const auto node = ask(table, key);
    if (!node) return;
    if (const auto found = node.value_exact<bool>())
        value = *found;
    else
        complain(table, key, "expected true or false");
}

void Settings::count(std::string_view table, std::string_view key, std::uint32_t& value, std::int64_t most,
                     std::int64_t least) {
    const auto node = ask(table, key);
    if (!node) return;
    const auto found = node.value_exact<std::int64_t>();
    if (found && *found >= least && *found <= most)
        value = static_cast<std::uint32_t>(*found);
    else
        complain(table, key, fmt::format("expected a whole number from {} to {}", least, most));
}

std::optional<double> Settings::measure(std::string_view table, std::string_view key) {
    const auto node = ask(table, key);
    if (!node) return std::nullopt;
    const auto found = node.value<double>();
    if (found && *found >= 0 && *found <= 100) return found;
    complain(table, key, "expected a number from 0 to 100");
    return std::nullopt;
}

void Settings::texts(std::string_view table, std::string_view key, std::vector<std::string>& values) {
    const auto node = ask(table, key);
    if (!node) return;
    const auto* list = node.as_array();
    if (list == nullptr) return complain(table, key, "expected a list of texts");
    for (const auto& item : *list)
        if (const auto found = item.value<std::string>())
            values.push_back(*found);
        else
            complain(table, key, "expected a list of texts");
}

void Settings::length(std::string_view table, std::string_view key, Length& value, Limits limits) {
    const auto node = ask(table, key);
    if (!node) return;
    const auto found = node.is_number() ? node.value<double>() : std::nullopt;
    if (found && *found >= limits.first && *found <= limits.second)
        value = Length::mm(*found);
    else
        complain(table, key, fmt::format("expected millimetres from {:.4g} to {:.4g}", limits.first, limits.second));
}

void Settings::lengths(std::string_view table, std::string_view key, std::vector<Length>& values, Limits limits) {
    const auto node = ask(table, key);
    if (!node) return;
    values.clear();
    bool good = node.is_array();
    for (std::size_t i = 0; good && i < node.as_array()->size(); ++i) {
        const auto& item = *node.as_array()->get(i);
        const auto found = item.is_number() ? item.value<double>() : std::nullopt;
        good = found && *found >= limits.first && *found <= limits.second;
        if (good) values.push_back(Length::mm(*found));
    }
    if (!good)
        complain(table, key,
                 fmt::format("expected a list of millimetres from {:.4g} to {:.4g}", limits.first, limits.second));
}

Done Settings::refuse_unknown() {
    for (const auto& [table, content] : root_) {
        if (left_.contains(table.str())) continue;
        if (asked_.contains(fmt::format(".{}", table.str()))) continue;
        if (!content.is_table()) {
            complain(table.str(), "", "does not stand in a table such as [workspace]");
            continue;
        }
        for (const auto& [key, node] : *content.as_table())
            if (!asked_.contains(fmt::format("{}.{}", table.str(), key.str())))
                complain(table.str(), key.str(), "is not a setting Pli knows");
    }
    if (error_) return tl::unexpected(*error_);
    return {};
}

void Settings::complain(std::string_view table, std::string_view key, const std::string& message, std::string remedy) {
    if (error_) return;
    const auto* node = node_of(root_, table, key);
    if (node == nullptr) node = root_.get(table);
    if (node == nullptr) node = &root_;
    const auto at = node->source().begin;
    // Settings of a command line stand in no line of a file.
    error_ = Error{Fault::BadInput, at.line == 0 ? file_ : fmt::format("{}:{}:{}", file_, at.line, at.column),
                   fmt::format("{}{}{}: {}", table, key.empty() || table.empty() ? "" : ".", key, message),
                   std::move(remedy)};
}

}  // namespace pli::service
