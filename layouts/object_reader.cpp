#include "layouts/object_reader.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>

#include "layouts/field_binding.hpp"

namespace pli::layouts {

void FindingList::add(Finding::Severity severity, std::string_view code, Error error) {
    findings_.push_back({severity, std::string(code), std::move(error)});
}

void FindingList::error(std::string_view code, std::string_view pointer, std::string message, std::string remedy) {
    add(Finding::Severity::Error, code,
        {Fault::BadInput, source_.where(pointer), std::move(message), std::move(remedy)});
}

void FindingList::warning(std::string_view code, std::string_view pointer, std::string message, std::string remedy) {
    add(Finding::Severity::Warning, code,
        {Fault::BadInput, source_.where(pointer), std::move(message), std::move(remedy)});
}

void FindingList::note(std::string_view code, std::string_view pointer, std::string message) {
    add(Finding::Severity::Note, code, {Fault::BadInput, source_.where(pointer), std::move(message)});
}

void FindingList::inside(std::string_view pointer, const TextFinding& finding) {
    add(Finding::Severity::Error, finding.code, source_.error_at(pointer, finding));
}

void FindingList::failed(std::string_view code, std::string_view pointer, const Error& cause) {
    std::string message = cause.where.empty() ? cause.message : cause.where + ": " + cause.message;
    add(Finding::Severity::Error, code, {cause.fault, source_.where(pointer), std::move(message), cause.remedy});
}

bool FindingList::has_error() const {
    return std::any_of(findings_.begin(), findings_.end(),
                       [](const Finding& f) { return f.severity == Finding::Severity::Error; });
}

ObjectReader::ObjectReader(FindingList& findings, std::string pointer)
    : findings_(findings),
      pointer_(std::move(pointer)),
      value_(&findings.source().value().at(nlohmann::json::json_pointer(pointer_))) {
    if (!value_->is_object()) findings_.error("wrong-kind", pointer_, "expected an object { … }");
}

const nlohmann::json* ObjectReader::find(std::string_view key) {
    asked_.emplace_back(key);
    if (!value_->is_object()) return nullptr;
    const auto member = value_->find(std::string(key));
    return member == value_->end() ? nullptr : &*member;
}

void ObjectReader::wrong_kind(std::string_view key, std::string_view wanted) {
    findings_.error("wrong-kind", pointer(key), fmt::format("\"{}\" must be {}", key, wanted));
}

bool ObjectReader::has(std::string_view key) { return find(key) != nullptr; }

std::optional<double> ObjectReader::number(std::string_view key) {
    const auto* found = find(key);
    if (!found) return {};
    // Beyond this a length in nanometres would lose its meaning, and nothing on paper is ten metres long.
    if (found->is_number() && std::abs(found->get<double>()) <= 10'000) return found->get<double>();
    wrong_kind(key, "a number between -10000 and 10000");
    return {};
}

std::optional<int> ObjectReader::whole(std::string_view key, int low, int high) {
    const auto* found = find(key);
    if (!found) return {};
    if (found->is_number_integer() && *found >= low && *found <= high) return found->get<int>();
    wrong_kind(key, fmt::format("a whole number from {} to {}", low, high));
    return {};
}

std::optional<bool> ObjectReader::flag(std::string_view key) {
    const auto* found = find(key);
    if (!found) return {};
    if (found->is_boolean()) return found->get<bool>();
    wrong_kind(key, "true or false");
    return {};
}

std::optional<std::string> ObjectReader::text(std::string_view key) {
    const auto* found = find(key);
    if (!found) return {};
    if (found->is_string()) return found->get<std::string>();
    wrong_kind(key, "text in quotes");
    return {};
}

std::optional<Length> ObjectReader::mm(std::string_view key) {
    const auto value = number(key);
    return value ? std::optional(Length::mm(*value)) : std::nullopt;
}

std::optional<Length> ObjectReader::pt(std::string_view key) {
    const auto value = number(key);
    return value ? std::optional(Length::pt(*value)) : std::nullopt;
}

std::optional<ObjectReader> ObjectReader::object(std::string_view key) {
    const auto* found = find(key);
    if (!found) return {};
    if (found->is_object()) return ObjectReader(findings_, pointer(key));
    wrong_kind(key, "an object { … }");
    return {};
}

std::vector<std::string> ObjectReader::list(std::string_view key) {
    std::vector<std::string> pointers;
    const auto* found = find(key);
    if (!found) return pointers;
    if (!found->is_array()) wrong_kind(key, "a list [ … ]");
    for (std::size_t i = 0; found->is_array() && i < found->size(); ++i)
        pointers.push_back(pointer_to(pointer(key), i));
    return pointers;
}

std::vector<std::pair<std::string, std::string>> ObjectReader::members(std::string_view key) {
    std::vector<std::pair<std::string, std::string>> found;
    const auto* object = find(key);
    if (!object) return found;
    if (!object->is_object()) {
        wrong_kind(key, "an object { … }");
        return found;
    }
    for (const auto& [name, _] : object->items()) found.emplace_back(name, pointer_to(pointer(key), name));
    return found;
}

std::optional<int> ObjectReader::choice(std::string_view key, const std::vector<std::string_view>& choices) {
    const auto* found = find(key);
    if (!found) return {};
    if (found->is_string()) {
        const auto at = std::find(choices.begin(), choices.end(), found->get_ref<const std::string&>());
        if (at != choices.end()) return static_cast<int>(at - choices.begin());
    }
    wrong_kind(key, fmt::format("one of \"{}\"", fmt::join(choices, "\", \"")));
    return {};
}

void ObjectReader::missing(std::string_view key, std::string_view what) {
    findings_.error("missing-key", pointer_, fmt::format("\"{}\" is missing", key), fmt::format("give {}", what));
}

void ObjectReader::finish() {
    if (!value_->is_object()) return;
    const FieldNames known{asked_};
    for (const auto& [key, _] : value_->items()) {
        if (known.index_of(key) >= 0) continue;
        auto near = closest_name(key, known);
        if (known.index_of(near) < 0) near = {};
        findings_.add(
            Finding::Severity::Error, "unknown-key",
            {Fault::BadInput, findings_.source().where_key(pointer(key)), fmt::format("\"{}\" means nothing here", key),
             near.empty() ? "remove it" : fmt::format("did you mean \"{}\"?", near)});
    }
}

}  // namespace pli::layouts
