#include <algorithm>
#include <cmath>
#include <optional>

#include "uploads/inspection.hpp"

namespace pli::uploads {
namespace {

bool letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || (c & 0x80) != 0; }

/// `{first_name}`, `{{order}}`, `{amount:money|0}`: braces around what begins like a name. `{ }` and `{a=b}` are text.
std::optional<std::string> placeholder_in(std::string_view text) {
    const auto open = text.find('{');
    if (open == text.npos) return std::nullopt;
    const auto close = text.find('}', open);
    if (close == text.npos) return std::nullopt;
    const auto begin = text.find_first_not_of('{', open);
    const auto inner = text.substr(begin, close - begin);
    if (inner.empty() || !letter(inner.front()) || inner.find('=') != inner.npos || inner.size() > 80)
        return std::nullopt;
    const auto end = text.substr(close, 2) == "}}" ? close + 2 : close + 1;
    return std::string(text.substr(open, end - open));
}

bool same_line(const TextMark& a, const TextMark& b) {
    return std::abs((a.baseline.y - b.baseline.y).nm()) < Length::mm(0.5).nm() && a.degrees == b.degrees;
}

Rect around(const Rect& a, const Rect& b) {
    const Point from{std::min(a.left(), b.left()), std::min(a.top(), b.top())};
    return {from, {std::max(a.right(), b.right()) - from.x, std::max(a.bottom(), b.bottom()) - from.y}};
}

/// A brace that opens at the end of a piece of text is closed in one of the next pieces of its line.
struct Pieces {
    std::string text;
    Rect box;
};
Pieces from_brace(const std::vector<TextMark>& texts, std::size_t at) {
    constexpr std::size_t most = 12;
    const auto open = texts[at].text.find('{');
    Pieces pieces{texts[at].text.substr(open), texts[at].box};
    for (std::size_t next = at + 1; next < std::min(texts.size(), at + most); ++next) {
        if (pieces.text.find('}') != std::string::npos || !same_line(texts[at], texts[next])) break;
        // A gap within the braces is a space, unless the font was changed in the middle of a word.
        const bool apart = texts[next].box.left() - pieces.box.right() > texts[at].size / 8;
        pieces.text += (apart ? " " : "") + texts[next].text;
        pieces.box = around(pieces.box, texts[next].box);
    }
    return pieces;
}

}  // namespace

std::vector<PlaceholderSeen> placeholders_of(const Survey& survey) {
    std::vector<PlaceholderSeen> all;
    for (std::size_t page = 0; page < survey.pages.size(); ++page) {
        const auto& texts = survey.pages[page].texts;
        for (std::size_t at = 0; at < texts.size(); ++at) {
            if (!texts[at].visible || texts[at].text.find('{') == std::string::npos) continue;
            Pieces pieces = from_brace(texts, at);
            while (auto found = placeholder_in(pieces.text)) {
                pieces.text.erase(0, pieces.text.find(*found) + found->size());
                all.push_back({std::move(*found), static_cast<int>(page) + 1, pieces.box});
            }
        }
    }
    return all;
}

void check_placeholders(const Inspection& inspection) {
    for (const PlaceholderSeen& one : placeholders_of(inspection.survey))
        inspection.add(RuleId::Placeholder, one.page, one.where, "the placeholder " + quoted(one.text));
}

}  // namespace pli::uploads
