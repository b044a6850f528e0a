#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/length.hpp"
#include "layouts/json_source.hpp"
#include "layouts/template.hpp"

namespace pli::layouts {

/// Collects what is wrong with a template, each finding with its line and column.
class FindingList {
public:
    explicit FindingList(const JsonSource& source) : source_(source) {}
    const JsonSource& source() const { return source_; }

    void error(std::string_view code, std::string_view pointer, std::string message, std::string remedy = {});
    void warning(std::string_view code, std::string_view pointer, std::string message, std::string remedy = {});
    void note(std::string_view code, std::string_view pointer, std::string message);
    void add(Finding::Severity severity, std::string_view code, Error error);
    /// Something inside the string at `pointer`.
    void inside(std::string_view pointer, const TextFinding& finding);
    /// A failure met while resolving what stands at `pointer`: its own place goes into the message.
    void failed(std::string_view code, std::string_view pointer, const Error& cause);

    bool has_error() const;
    std::vector<Finding> take() { return std::move(findings_); }

private:
    const JsonSource& source_;
    std::vector<Finding> findings_;
};

/// One object of the template while it is read: each getter says whether the key is there and of the right kind;
/// `finish` reports the keys nobody asked for.
class ObjectReader {
public:
    ObjectReader(FindingList& findings, std::string pointer);

    bool has(std::string_view key);
    std::optional<double> number(std::string_view key);
    std::optional<int> whole(std::string_view key, int low, int high);
    std::optional<bool> flag(std::string_view key);
    std::optional<std::string> text(std::string_view key);
    std::optional<Length> mm(std::string_view key);
    std::optional<Length> pt(std::string_view key);
    std::optional<ObjectReader> object(std::string_view key);
    /// Pointers to the elements of a list; empty if the key is missing or no list.
    std::vector<std::string> list(std::string_view key);
    /// Pointers to the members of an object that maps free names to things.
    std::vector<std::pair<std::string, std::string>> members(std::string_view key);
    /// Index of the value among `choices`; an unknown one is a finding that lists them.
    std::optional<int> choice(std::string_view key, const std::vector<std::string_view>& choices);

    std::string pointer(std::string_view key) const { return pointer_to(pointer_, key); }
    const std::string& pointer() const { return pointer_; }
    const nlohmann::json& value() const { return *value_; }
    FindingList& findings() { return findings_; }
    void missing(std::string_view key, std::string_view what);
    void finish();

private:
    const nlohmann::json* find(std::string_view key);
    void wrong_kind(std::string_view key, std::string_view wanted);

    FindingList& findings_;
    std::string pointer_;
    const nlohmann::json* value_;
    std::vector<std::string> asked_;
};

}  // namespace pli::layouts
