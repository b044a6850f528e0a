#include "service/delivery_setup.hpp"

#include <fmt/format.h>

#include <toml++/toml.h>
#include <algorithm>
#include <array>
#include <filesystem>
#include <optional>

#include "pipeline/production_class.hpp"

namespace pli::service {
namespace {

namespace fs = std::filesystem;

/// The table read key by key; the first thing that is wrong stays, with its place.
class DeliveryTable {
public:
    DeliveryTable(const toml::table& table, std::string file) : table_(table), file_(std::move(file)) {}

    std::string text(std::string_view key) {
        const auto* node = table_.get(key);
        if (node == nullptr) return {};
        if (const auto found = node->value<std::string>(); found && !found->empty()) return *found;
        complain(*node, fmt::format("delivery.{}: expected a text in quotes", key));
        return {};
    }
    /// One text or a list of them.
    std::vector<std::string> texts(std::string_view key) {
        const auto* list = table_[key].as_array();
        if (list == nullptr) {
            auto one = text(key);
            return one.empty() ? std::vector<std::string>{} : std::vector{std::move(one)};
        }
        std::vector<std::string> all;
        for (const auto& item : *list)
            if (const auto found = item.value<std::string>())
                all.push_back(*found);
            else
                complain(item, fmt::format("delivery.{}: expected texts in quotes", key));
        return all;
    }
    void refuse_unknown() {
        constexpr std::array<std::string_view, 6> known{"url", "user", "key", "password_file", "host_key", "naming"};
        for (const auto& [key, node] : table_)
            if (std::find(known.begin(), known.end(), key.str()) == known.end())
                complain(node, fmt::format("delivery.{}: is not a setting Pli knows", key.str()));
    }
    void complain(std::string_view key, std::string message) {
        const auto* node = table_.get(key);
        complain(node != nullptr ? *node : static_cast<const toml::node&>(table_), std::move(message));
    }
    Done finish() const { return error_ ? Done{tl::unexpected(*error_)} : Done{}; }

private:
    void complain(const toml::node& node, std::string message) {
        const auto at = node.source().begin;
        if (!error_)
            error_ = Error{Fault::BadInput, fmt::format("{}:{}:{}", file_, at.line, at.column), std::move(message), {}};
    }
    const toml::table& table_;
    std::string file_;
    std::optional<Error> error_;
};

/// Keys lie in the workspace, unless they are named from the root on.
std::string in_workspace(const Workspace& workspace, const std::string& file) {
    return file.empty() ? file : (fs::path(workspace.folder) / file).lexically_normal().string();
}

void check_host_keys(DeliveryTable& table, const std::vector<std::string>& keys) {
    for (const auto& key : keys)
        if (!key.starts_with("SHA256:"))
            table.complain("host_key",
                           fmt::format("delivery.host_key: \"{}\" is not a fingerprint, expected SHA256:… as "
                                       "ssh-keygen -l prints it",
                                       key));
}

Result<DeliverySetup> read_delivery(const toml::table& settings, const std::string& file, const Workspace& workspace) {
    DeliveryTable table(settings, file);
    DeliverySetup setup;
    table.refuse_unknown();
    const auto url = table.text("url");
    if (url.empty()) table.complain("url", "delivery.url: is missing, expected sftp://HOST/FOLDER or a folder");
    TRY(table.finish());
    auto place = delivery::Place::parse(url);
    if (!place) return failure(Fault::BadInput, file, "delivery.url: " + place.error().message, place.error().remedy);
    setup.place = std::move(*place);
    if (setup.place.is_folder()) setup.place.folder = in_workspace(workspace, setup.place.folder);
    if (auto user = table.text("user"); !user.empty()) setup.place.user = std::move(user);
    setup.place.key_file = in_workspace(workspace, table.text("key"));
    setup.place.password_file = in_workspace(workspace, table.text("password_file"));
    setup.place.host_keys = table.texts("host_key");
    check_host_keys(table, setup.place.host_keys);
    if (auto naming = table.text("naming"); !naming.empty()) setup.naming = std::move(naming);
    TRY(table.finish());
    return setup;
}

void replace(std::string& text, std::string_view word, std::string_view by) {
    for (auto at = text.find(word); at != std::string::npos; at = text.find(word, at + by.size()))
        text.replace(at, word.size(), by);
}

}  // namespace

Result<DeliverySetup> open_delivery(const Workspace& workspace, const std::string& print_house) {
    const auto file =
        (fs::path(workspace.folder) / "print-houses" / (print_house + ".toml")).lexically_normal().string();
    if (print_house.find('/') != std::string::npos || !fs::is_regular_file(file))
        return failure(Fault::NotFound, file, fmt::format("there is no print house {}", print_house),
                       "write its file, see docs/print-house.md");
    try {
        const auto settings = toml::parse_file(file);
        if (const auto* table = settings["delivery"].as_table()) return read_delivery(*table, file, workspace);
    } catch (const toml::parse_error& error) {
        const auto at = error.source().begin;
        return failure(Fault::BadInput, fmt::format("{}:{}:{}", file, at.line, at.column),
                       std::string(error.description()));
    }
    return failure(Fault::NotFound, file, "has no table [delivery]", "add one with url, user, key and host_key");
}

Result<std::string> far_name(const DeliverySetup& setup, const Workspace& workspace, const std::string& batch,
                             const std::string& run) {
    auto name = setup.naming;
    replace(name, "{sender}", pipeline::name_part(workspace.name));
    replace(name, "{run}", run);
    replace(name, "{batch}", batch);
    if (name.empty() || name[0] == '.' || name.find_first_of("/{}") != std::string::npos ||
        setup.naming.find("{batch}") == std::string::npos)
        return failure(Fault::BadInput, "delivery.naming",
                       fmt::format("\"{}\" names no folder of each batch", setup.naming),
                       "write a name with {batch} in it; {sender} and {run} may stand there too");
    return name;
}

}  // namespace pli::service
