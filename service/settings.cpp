#include "service/settings.hpp"

namespace pli::service {

toml::node_view<const toml::node> Settings::ask(std::string_view table, std::string_view key) {
    asked_.insert(fmt::format("{}.{}", table, key));
    return root_[table][key];
}

void Settings::text(std::string_view table, std::string_view key, std::string& value) {
    const auto node = ask(table, key);
    if (!node) return;
    if (const auto found = node.value<std::string>(); found && !found->empty())
        value = *found;
    else
        complain(*node.node(), table, key, "expected a text in quotes");
}

void Settings::flag(std::string_view table, std::string_view key, bool& value) {
    const auto node = ask(table, key);
    if (!node) return;
    if (const auto found = node.value_exact<bool>())
        value = *found;
    else
        complain(*node.node(), table, key, "expected true or false");
}

void Settings::count(std::string_view table, std::string_view key, std::uint32_t& value, std::int64_t most) {
    const auto node = ask(table, key);
    if (!node) return;
    const auto found = node.value_exact<std::int64_t>();
    if (found && *found >= 1 && *found <= most)
        value = static_cast<std::uint32_t>(*found);
    else
        complain(*node.node(), table, key, fmt::format("expected a whole number from 1 to {}", most));
}

std::optional<double> Settings::measure(std::string_view table, std::string_view key) {
    const auto node = ask(table, key);
    if (!node) return std::nullopt;
    const auto found = node.value<double>();
    if (found && *found >= 0 && *found <= 100) return found;
    complain(*node.node(), table, key, "expected a number from 0 to 100");
    return std::nullopt;
}

void Settings::texts(std::string_view table, std::string_view key, std::vector<std::string>& values) {
    const auto* list = ask(table, key).as_array();
    if (list == nullptr) return;
    for (const auto& item : *list)
        if (const auto found = item.value<std::string>())
            values.push_back(*found);
        else
            complain(item, table, key, "expected a list of texts");
}

Done Settings::refuse_unknown() {
    for (const auto& [table, content] : root_) {
        if (!content.is_table()) {
            complain(content, table.str(), "", "does not stand in a table such as [workspace]");
            continue;
        }
        for (const auto& [key, node] : *content.as_table())
            if (!asked_.contains(fmt::format("{}.{}", table.str(), key.str())))
                complain(node, table.str(), key.str(), "is not a setting Pli knows");
    }
    if (error_) return tl::unexpected(*error_);
    return {};
}

void Settings::complain(const toml::node& node, std::string_view table, std::string_view key,
                        const std::string& message) {
    const auto at = node.source().begin;
    if (!error_)
        error_ = Error{Fault::BadInput,
                       fmt::format("{}:{}:{}", file_, at.line, at.column),
                       fmt::format("{}{}{}: {}", table, key.empty() ? "" : ".", key, message),
                       {}};
}

}  // namespace pli::service
