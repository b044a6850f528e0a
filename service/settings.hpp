#pragma once
#include <array>
#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <fmt/format.h>
#include <toml++/toml.h>

#include "base/length.hpp"
#include "base/result.hpp"

namespace pli::service {

/// The tables of a settings file; a table without a name is the file's own top. Reads values and remembers the first that is not what it should be, and every key that
/// was asked for: what is left over at the end is a misspelling. A value that is not there leaves its default.
/// Errors   refuse_unknown: BadInput with file, line and column
/// Threads  one at a time
class Settings {
public:
    Settings(const toml::table& root, std::string file) : root_(root), file_(std::move(file)) {}

    void text(std::string_view table, std::string_view key, std::string& value);
    void flag(std::string_view table, std::string_view key, bool& value);
    void count(std::string_view table, std::string_view key, std::uint32_t& value, std::int64_t most = 1'000'000,
               std::int64_t least = 1);
    /// Grams or millimetres, whole or not.
    std::optional<double> measure(std::string_view table, std::string_view key);
    void texts(std::string_view table, std::string_view key, std::vector<std::string>& values);
    /// Millimetres from least to most.
    using Limits = std::pair<double, double>;
    void length(std::string_view table, std::string_view key, Length& value, Limits limits);
    void lengths(std::string_view table, std::string_view key, std::vector<Length>& values, Limits limits);
    bool has(std::string_view table, std::string_view key) const { return node_of(root_, table, key) != nullptr; }
    template <class T, std::size_t n>
    void choice(std::string_view table, std::string_view key, T& value,
                const std::array<std::pair<std::string_view, T>, n>& choices) {
        std::string given;
        text(table, key, given);
        if (given.empty()) return;
        for (const auto& [name, meaning] : choices)
            if (name == given) {
                value = meaning;
                return;
            }
        std::string names;
        for (const auto& entry : choices) names += fmt::format("{}\"{}\"", names.empty() ? "" : " or ", entry.first);
        complain(table, key, fmt::format("\"{}\" is not known, expected {}", given, names));
    }

    /// What only the caller can tell is wrong. The place is the key's, or its table's where the key is not there.
    void complain(std::string_view table, std::string_view key, const std::string& message, std::string remedy = {});

    /// A table that another reader looks after.
    void leave(std::string_view table) { left_.emplace(table); }
    /// The first complaint, or the first key that nobody asked for.
    Done refuse_unknown();

private:
    static const toml::node* node_of(const toml::table& root, std::string_view table, std::string_view key);
    toml::node_view<const toml::node> ask(std::string_view table, std::string_view key);

    const toml::table& root_;
    std::string file_;
    std::set<std::string> asked_;
    std::set<std::string, std::less<>> left_;
    std::optional<Error> error_;
};

}  // namespace pli::service
