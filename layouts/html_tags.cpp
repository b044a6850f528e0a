#include "layouts/html_tags.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <optional>

namespace pli::layouts {
namespace {

constexpr std::size_t deepest = 60;
constexpr std::array<std::string_view, 14> allowed{"p", "br",   "b",  "strong", "i",  "em", "u",
                                                   "a", "span", "h1", "h2",     "h3", "ul", "ol"};

bool is_letter(char c) { return (c | 32) >= 'a' && (c | 32) <= 'z'; }
bool is_allowed(std::string_view name) {
    return name == "li" || std::find(allowed.begin(), allowed.end(), name) != allowed.end();
}
/// HTML lets these end where the next one starts.
bool may_stay_open(std::string_view name) { return name == "p" || name == "li" || name == "br"; }

struct Tag {
    std::string name;
    std::size_t offset = 0, end = 0;  // from '<' to behind '>'
    bool closing = false;
};

/// Behind the '>' of a tag, which may hold quoted '>'; the text's end if there is none.
std::size_t tag_end(std::string_view html, std::size_t at) {
    char quote = 0;
    for (; at < html.size(); ++at) {
        if (quote != 0) {
            if (html[at] == quote) quote = 0;
        } else if (html[at] == '"' || html[at] == '\'') {
            quote = html[at];
        } else if (html[at] == '>') {
            return at + 1;
        }
    }
    return html.size();
}

std::optional<Tag> next_tag(std::string_view html, std::size_t at) {
    for (; (at = html.find('<', at)) != html.npos; ++at) {
        if (html.substr(at).starts_with("<!--")) {
            const std::size_t end = html.find("-->", at + 4);
            if (end == html.npos) return std::nullopt;
            at = end;
            continue;
        }
        Tag tag{{}, at, 0, html.substr(at).starts_with("</")};
        std::size_t name = at + (tag.closing ? 2 : 1);
        if (name >= html.size() || !(is_letter(html[name]) || html[name] == '!' || html[name] == '?')) continue;
        for (; name < html.size() && html.find_first_of(" \t\r\n\f/>", name) != name; ++name) {
            tag.name += static_cast<char>(is_letter(html[name]) ? html[name] | 32 : html[name]);
        }
        tag.end = tag_end(html, name);
        return tag;
    }
    return std::nullopt;
}

class TagChecker {
public:
    explicit TagChecker(std::vector<TextFinding>& findings) : findings_(findings) {}

    bool check(std::string_view html) {
        std::size_t at = 0;
        while (const auto tag = next_tag(html, at)) {
            at = tag->end;
            if (html[at - 1] != '>') {
                report(tag->offset, fmt::format("the tag <{} has no end", tag->name), "write &lt; for a printed <");
            } else if (!is_allowed(tag->name)) {
                report_unknown(*tag);
            } else if (tag->closing) {
                close(*tag);
            } else if (tag->name != "br") {
                open_.push_back(*tag);
            }
            if (open_.size() > deepest) {
                report(tag->offset, fmt::format("more than {} tags are open at once", deepest));
                return false;
            }
        }
        for (const Tag& left : open_) report_open(left);
        return true;
    }

private:
    void report(std::size_t offset, std::string message, std::string remedy = {}) {
        findings_.push_back({offset, "html", std::move(message), std::move(remedy)});
    }
    void report_unknown(const Tag& tag) {
        if (tag.closing) return;  // its opening tag was reported
        report(tag.offset, fmt::format("<{}> is not allowed in a letter's text", tag.name.substr(0, 40)),
               "allowed are p br b strong i em u a span h1 h2 h3 ul ol li; write &lt; for a printed <");
    }
    void report_open(const Tag& tag) {
        if (!may_stay_open(tag.name))
            report(tag.offset, fmt::format("<{0}> is never closed", tag.name), fmt::format("add </{}>", tag.name));
    }

    void close(const Tag& tag) {
        const auto same = [&](const Tag& open) { return open.name == tag.name; };
        const auto found = std::find_if(open_.rbegin(), open_.rend(), same);
        if (found == open_.rend()) {
            return report(tag.offset, fmt::format("</{}> closes nothing", tag.name), "remove it");
        }
        std::for_each(open_.rbegin(), found, [&](const Tag& inner) { report_open(inner); });
        open_.erase(std::prev(found.base()), open_.end());
    }

    std::vector<TextFinding>& findings_;
    std::vector<Tag> open_;
};

/// Length of the entity that starts at '&', 0 if none does.
std::size_t entity_length(std::string_view source) {
    std::size_t end = 1;
    while (end < source.size() && end < 40 &&
           (is_letter(source[end]) || (source[end] >= '0' && source[end] <= '9') || source[end] == '#'))
        ++end;
    if (end == 1) return 0;
    return end + (end < source.size() && source[end] == ';' ? 1 : 0);
}

std::size_t character_length(char lead) {
    const auto c = static_cast<unsigned char>(lead);
    return c < 0x80 ? 1 : c < 0xE0 ? 2 : c < 0xF0 ? 3 : 4;
}

}  // namespace

bool check_tags(std::string_view html, std::vector<TextFinding>& findings) {
    for (std::size_t i = 0; i < html.size(); ++i) {
        const auto c = static_cast<unsigned char>(html[i]);
        if (c >= 0x20 || c == '\t' || c == '\n' || c == '\r' || c == '\f') continue;
        findings.push_back({i, "html", fmt::format("control character U+{:04X}", c), "remove it"});
    }
    return TagChecker(findings).check(html);
}

std::vector<std::size_t> origins_of(std::string_view text, std::string_view source) {
    std::vector<std::size_t> origins;
    origins.reserve(text.size());
    for (std::size_t at = 0, from = 0; at < text.size();) {
        const std::size_t length = std::min(character_length(text[at]), text.size() - at);
        const bool entity = from < source.size() && source[from] == '&';
        const std::size_t written = entity ? entity_length(source.substr(from)) : length;
        origins.insert(origins.end(), length, std::min(from, source.size()));
        at += length;
        from += written == 0 ? 1 : written;
    }
    return origins;
}

}  // namespace pli::layouts
