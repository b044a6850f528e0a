#include "preflight/findings.hpp"

#include <algorithm>

namespace pli::preflight {
namespace {

/// What a PDF says may be long and binary; a report is one line of text.
void make_printable(std::string& text) {
    constexpr std::size_t longest = 240;
    if (text.size() > longest) {
        text.resize(longest);
        text += "...";
    }
    for (char& c : text)
        if (static_cast<unsigned char>(c) < 0x20 || static_cast<unsigned char>(c) > 0x7E) c = '?';
}

}  // namespace

void Findings::add(RuleId rule, Place place, std::string found) {
    make_printable(found);
    const Key key{rule, place.object, found};
    auto at = noted_.find(key);
    if (at == noted_.end()) {
        if (kept_[rule] == kept_of_a_rule) {
            ++left_out_;
            return;
        }
        ++kept_[rule];
        at = noted_.emplace(key, Noted{{rule, file_, place.page, place.object, 0, std::move(found)}, 0}).first;
    }
    Noted& noted = at->second;
    if (place.page != 0 && place.page != noted.last_page) {
        ++noted.finding.pages;
        noted.last_page = place.page;
    }
}

std::vector<Finding> Findings::take() {
    std::vector<Finding> all;
    all.reserve(noted_.size());
    for (auto& [key, noted] : noted_) all.push_back(std::move(noted.finding));
    std::sort(all.begin(), all.end(), [](const Finding& a, const Finding& b) {
        return std::tie(rule(a.rule).severity, a.rule, a.page, a.object, a.found) <
               std::tie(rule(b.rule).severity, b.rule, b.page, b.object, b.found);
    });
    noted_.clear();
    kept_.clear();
    return all;
}

}  // namespace pli::preflight
