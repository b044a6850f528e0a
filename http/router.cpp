#include "http/router.hpp"

#include <optional>

namespace pli::http {
namespace {

bool is_value(std::string_view part) { return part.starts_with('{'); }
bool takes_the_rest(std::string_view part) { return part.starts_with("{..."); }

std::vector<std::string_view> parts_of(std::string_view path) {
    std::vector<std::string_view> parts;
    while (path.size() > 1) {
        path.remove_prefix(1);
        parts.push_back(path.substr(0, path.find('/')));
        path.remove_prefix(parts.back().size());
    }
    return parts;
}

std::string joined(const std::vector<std::string>& path, std::size_t from) {
    std::string text;
    for (; from < path.size(); ++from) text += (text.empty() ? "" : "/") + path[from];
    return text;
}

/// The values of the pattern's braces; nullopt: another path.
std::optional<std::vector<std::string>> fit(const std::vector<std::string_view>& parts,
                                            const std::vector<std::string>& path) {
    std::vector<std::string> values;
    for (std::size_t i = 0; i < parts.size(); ++i) {
        if (takes_the_rest(parts[i])) {
            values.push_back(joined(path, i));
            return values;
        }
        if (i >= path.size() || (!is_value(parts[i]) && parts[i] != path[i])) return std::nullopt;
        if (is_value(parts[i])) values.push_back(path[i]);
    }
    if (path.size() != parts.size()) return std::nullopt;
    return values;
}

struct Pattern {
    const Route* route;
    std::vector<std::string_view> parts;
};

std::vector<Pattern> patterns_of(const std::vector<Route>& all) {
    std::vector<Pattern> patterns;
    for (const auto& route : all) patterns.push_back({&route, parts_of(route.path)});
    return patterns;
}

}  // namespace

const std::vector<Route>& routes() {
    static const std::vector<Route> all = [] {
        std::vector<Route> joint;
        for (const auto* table :
             {&status_routes(), &letter_routes(), &template_routes(), &upload_routes(), &batch_routes(),
              &webhook_routes(), &preview_routes(), &sheet_routes(), &page_routes()})
            joint.insert(joint.end(), table->begin(), table->end());
        return joint;
    }();
    return all;
}

Match match(std::string_view method, const std::vector<std::string>& path) {
    static const std::vector<Pattern> patterns = patterns_of(routes());
    Match match;
    for (const auto& [route, parts] : patterns) {
        auto values = fit(parts, path);
        if (!values) continue;
        match.methods.emplace_back(route->method);
        if (match.route != nullptr || (route->method != method && !(method == "HEAD" && route->method == "GET")))
            continue;
        match.route = route;
        match.values = std::move(*values);
    }
    return match;
}

}  // namespace pli::http
