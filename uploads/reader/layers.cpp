#include "uploads/reader/layers.hpp"

#include <algorithm>
#include <string>
#include <vector>

namespace pli::uploads::reader {
namespace {

std::vector<QPDFObjectHandle> items_of(const QPDFObjectHandle& list) {
    auto copy = list;
    return copy.isArray() ? copy.getArrayAsVector() : std::vector<QPDFObjectHandle>{};
}

bool is_name(const QPDFObjectHandle& value, const char* name) {
    auto copy = value;
    return copy.isName() && copy.getName() == name;
}

QPDFObjectHandle entry(const QPDFObjectHandle& dictionary, const char* key) {
    auto copy = dictionary;
    return copy.isDictionary() ? copy.getKey(key) : QPDFObjectHandle::newNull();
}

}  // namespace

Layers::Layers(QPDF& pdf) {
    const QPDFObjectHandle properties = pdf.getRoot().getKey("/OCProperties");
    any_ = QPDFObjectHandle(properties).isDictionary();
    if (any_) read_configuration(properties);
}

void Layers::read_configuration(QPDFObjectHandle properties) {
    const QPDFObjectHandle groups = properties.getKey("/OCGs");
    const QPDFObjectHandle configuration = properties.getKey("/D");
    if (is_name(entry(configuration, "/BaseState"), "/OFF"))
        for (const auto& group : items_of(groups)) set_visible(group, false);
    for (const auto& group : items_of(entry(configuration, "/ON"))) set_visible(group, true);
    for (const auto& group : items_of(entry(configuration, "/OFF"))) set_visible(group, false);
    hidden_on_screen_ = hidden_;
    for (const auto& usage : items_of(entry(configuration, "/AS")))
        if (is_name(entry(usage, "/Event"), "/Print")) apply_print_usage(entry(usage, "/OCGs"));
}

void Layers::apply_print_usage(QPDFObjectHandle groups) {
    for (const auto& group : items_of(groups)) {
        const QPDFObjectHandle state = entry(entry(entry(group, "/Usage"), "/Print"), "/PrintState");
        if (is_name(state, "/ON")) set_visible(group, true);
        if (is_name(state, "/OFF")) set_visible(group, false);
    }
}

void Layers::set_visible(const QPDFObjectHandle& group, bool visible) {
    if (visible)
        hidden_.erase(group.getObjGen());
    else
        hidden_.insert(group.getObjGen());
}

bool Layers::hides(const QPDFObjectHandle& content) const {
    if (!any_ || !QPDFObjectHandle(content).isDictionary()) return false;
    return !(is_name(entry(content, "/Type"), "/OCMD") ? shows_membership(content) : shows_group(content));
}

bool Layers::shows_group(const QPDFObjectHandle& group) const { return !hidden_.contains(group.getObjGen()); }

bool Layers::shows_membership(QPDFObjectHandle membership) const {
    if (const auto expression = membership.getKey("/VE"); QPDFObjectHandle(expression).isArray())
        return shows_expression(expression, 0);
    const QPDFObjectHandle listed = membership.getKey("/OCGs");
    auto groups = items_of(listed);
    if (QPDFObjectHandle(listed).isDictionary()) groups.push_back(listed);
    std::erase_if(groups, [](QPDFObjectHandle group) { return !group.isDictionary(); });
    if (groups.empty()) return true;  // "no effect on visibility"
    const auto shown = [this](const QPDFObjectHandle& group) { return shows_group(group); };
    const QPDFObjectHandle policy = membership.getKey("/P");
    if (is_name(policy, "/AllOn")) return std::ranges::all_of(groups, shown);
    if (is_name(policy, "/AnyOff")) return !std::ranges::all_of(groups, shown);
    if (is_name(policy, "/AllOff")) return std::ranges::none_of(groups, shown);
    return std::ranges::any_of(groups, shown);
}

bool Layers::shows_expression(const QPDFObjectHandle& expression, int depth) const {
    const auto terms = items_of(expression);
    if (terms.empty()) return shows_group(expression);
    if (depth > 32) return true;
    const auto shown = [&](const QPDFObjectHandle& term) { return shows_expression(term, depth + 1); };
    const auto operands = std::vector(terms.begin() + 1, terms.end());
    if (is_name(terms[0], "/Not")) return operands.empty() || !shown(operands[0]);
    if (is_name(terms[0], "/Or")) return std::ranges::any_of(operands, shown);
    return std::ranges::all_of(operands, shown);
}

}  // namespace pli::uploads::reader
