#include "layouts/rich_text.hpp"

#include <fmt/format.h>
#include <gumbo.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <memory>

#include "layouts/html_tags.hpp"

namespace pli::layouts {
namespace {

/// A stretch of text in one style while it grows; `origin` tells for each byte where in the source it came from.
struct OpenSpan {
    SpanStyle style;
    std::string text;
    std::vector<std::size_t> origin;
};

std::string_view trimmed(std::string_view s) {
    const auto first = s.find_first_not_of(" \t\r\n");
    if (first == s.npos) return {};
    return s.substr(first, s.find_last_not_of(" \t\r\n") - first + 1);
}

std::vector<std::string> words_of(std::string_view text) {
    std::vector<std::string> words;
    for (std::size_t at = 0; (at = text.find_first_not_of(" \t\r\n\f", at)) != text.npos;) {
        const std::size_t end = std::min(text.find_first_of(" \t\r\n\f", at), text.size());
        words.emplace_back(text.substr(at, end - at));
        at = end;
    }
    return words;
}

std::optional<Length> font_size(std::string_view value) {
    double number = 0;
    const auto [end, problem] = std::from_chars(value.data(), value.data() + value.size(), number);
    const std::string_view unit = trimmed(value.substr(static_cast<std::size_t>(end - value.data())));
    if (problem != std::errc{} || number < 1 || number > 500) return std::nullopt;
    if (unit == "pt") return Length::pt(number);
    if (unit == "mm") return Length::mm(number);
    return std::nullopt;
}

std::optional<bool> is_bold(std::string_view value) {
    if (value == "bold" || value == "600" || value == "700") return true;
    if (value == "normal" || value == "400") return false;
    return std::nullopt;
}

/// What a node stands in: handed down the tree by value, so that nothing need be undone on the way back.
struct Surroundings {
    SpanStyle style;
    RichBlock block;            // what a paragraph that starts here will be
    bool* item_open = nullptr;  // set where the next paragraph carries the item's bullet
};

class TreeReader {
public:
    explicit TreeReader(RichText& result) : result_(result) {}

    void read(const GumboNode& root) {
        read_children(root, {});
        end_block();
    }

private:
    void report(std::size_t offset, std::string message, std::string remedy = {}) {
        result_.findings.push_back({offset, "html", std::move(message), std::move(remedy)});
    }

    void read_children(const GumboNode& node, const Surroundings& around) {
        const GumboVector& children = node.v.element.children;
        for (unsigned i = 0; i < children.length; ++i) read_node(*static_cast<GumboNode*>(children.data[i]), around);
    }

    void read_node(const GumboNode& node, const Surroundings& around) {
        if (node.type == GUMBO_NODE_ELEMENT) {
            read_element(node, around);
        } else if (node.type == GUMBO_NODE_TEXT || node.type == GUMBO_NODE_WHITESPACE) {
            const GumboText& text = node.v.text;
            add_text(text.text, {text.original_text.data, text.original_text.length}, text.start_pos.offset, around);
        }
    }

    void read_element(const GumboNode& node, Surroundings around) {
        switch (node.v.element.tag) {
            case GUMBO_TAG_HTML: return read_children(node, around);
            case GUMBO_TAG_BR: return add_break(around);
            case GUMBO_TAG_P: return read_block(node, around);
            case GUMBO_TAG_H1: return read_heading(node, around, RichBlock::Kind::Heading1);
            case GUMBO_TAG_H2: return read_heading(node, around, RichBlock::Kind::Heading2);
            case GUMBO_TAG_H3: return read_heading(node, around, RichBlock::Kind::Heading3);
            case GUMBO_TAG_UL: return read_list(node, around, RichBlock::Kind::Bullet);
            case GUMBO_TAG_OL: return read_list(node, around, RichBlock::Kind::Numbered);
            case GUMBO_TAG_LI: return report(node.v.element.start_pos.offset, "<li> stands outside of <ul> and <ol>");
            case GUMBO_TAG_A: return read_link(node, around);
            default: return read_inline(node, around);
        }
    }

    void read_heading(const GumboNode& node, Surroundings around, RichBlock::Kind kind) {
        if (around.item_open) report(place_of(node), "a heading stands in a list item", "end the list before it");
        around.block.kind = kind;
        read_block(node, around);
    }

    void read_block(const GumboNode& node, Surroundings around) {
        end_block();
        read_attributes(node, around.style, around.block.classes);
        read_children(node, around);
        end_block();
    }

    void read_list(const GumboNode& node, Surroundings around, RichBlock::Kind kind) {
        end_block();
        read_attributes(node, around.style, around.block.classes);
        around.block.kind = kind;
        around.block.continued = false;
        ++around.block.depth;
        int number = start_of(node);
        const GumboVector& children = node.v.element.children;
        for (unsigned i = 0; i < children.length; ++i) {
            const GumboNode& child = *static_cast<GumboNode*>(children.data[i]);
            if (child.type == GUMBO_NODE_ELEMENT && child.v.element.tag == GUMBO_TAG_LI) {
                around.block.number = kind == RichBlock::Kind::Numbered ? number++ : 0;
                read_item(child, around);
            } else if (child.type == GUMBO_NODE_ELEMENT || child.type == GUMBO_NODE_TEXT) {
                report(place_of(child), "a list holds <li> only", "put the text into an <li>");
            }
        }
    }

    void read_item(const GumboNode& node, Surroundings around) {
        bool open = true;
        around.item_open = &open;
        read_attributes(node, around.style, around.block.classes);
        read_children(node, around);
        end_block();
        if (open) report(node.v.element.start_pos.offset, "an empty <li> would print a bullet alone", "remove it");
    }

    /// Paper cannot be clicked: the target follows the text in parentheses, unless the text says it already.
    void read_link(const GumboNode& node, Surroundings around) {
        read_attributes(node, around.style, around.style.classes);
        const GumboAttribute* href = gumbo_get_attribute(&node.v.element.attributes, "href");
        const std::size_t before = block_text_.size();
        const std::size_t blocks_before = result_.blocks.size();
        read_children(node, around);
        if (!href || trimmed(href->value).empty()) return;
        if (result_.blocks.size() != blocks_before) {
            return report(place_of(node), "a link holds whole paragraphs", "put the <a> inside of them");
        }
        std::string_view target = trimmed(href->value);
        const std::string_view shown =
            trimmed(std::string_view(block_text_).substr(std::min(before, block_text_.size())));
        for (const std::string_view scheme : {"https://", "http://", "mailto:", "tel:"}) {
            if (shown == target) return;
            if (target.starts_with(scheme)) target.remove_prefix(scheme.size());
        }
        if (shown == target || (target.ends_with('/') && shown == target.substr(0, target.size() - 1))) return;
        const std::string written = fmt::format(" ({})", target);
        add_text(written, written, href->value_start.offset, around);
    }

    void read_inline(const GumboNode& node, Surroundings around) {
        switch (node.v.element.tag) {
            case GUMBO_TAG_B:
            case GUMBO_TAG_STRONG: around.style.bold = true; break;
            case GUMBO_TAG_I:
            case GUMBO_TAG_EM: around.style.italic = true; break;
            case GUMBO_TAG_U: around.style.underline = true; break;
            case GUMBO_TAG_SPAN: break;
            default: return;  // reported by check_tags already
        }
        read_attributes(node, around.style, around.style.classes);
        read_children(node, around);
    }

    void read_attributes(const GumboNode& node, SpanStyle& style, std::vector<std::string>& classes) {
        const GumboElement& element = node.v.element;
        const std::string_view tag = gumbo_normalized_tagname(element.tag);
        for (unsigned i = 0; i < element.attributes.length; ++i) {
            const auto& attribute = *static_cast<GumboAttribute*>(element.attributes.data[i]);
            const std::string_view name = attribute.name;
            if (name == "class") {
                for (std::string& word : words_of(attribute.value)) classes.push_back(std::move(word));
            } else if (name == "style") {
                read_style(attribute, style);
            } else if (!(name == "href" && tag == "a") && !(name == "start" && tag == "ol")) {
                report(attribute.name_start.offset, fmt::format("<{}> takes no attribute {}", tag, name),
                       "class and style are allowed everywhere, href on <a>, start on <ol>");
            }
        }
    }

    void read_style(const GumboAttribute& attribute, SpanStyle& style) {
        const std::string_view all = attribute.value;
        for (std::size_t at = 0; at < all.size();) {
            const std::size_t end = std::min(all.find(';', at), all.size());
            const std::string_view declaration = trimmed(all.substr(at, end - at));
            at = end + 1;
            if (declaration.empty()) continue;
            const std::size_t colon = std::min(declaration.find(':'), declaration.size() - 1);
            const std::string_view name = trimmed(declaration.substr(0, colon));
            if (!set_style(name, trimmed(declaration.substr(colon + 1)), style)) {
                report(attribute.value_start.offset, fmt::format("the style '{}' is not understood", declaration),
                       "use color, font-size in pt or mm, font-weight normal or bold; or a class");
            }
        }
    }

    static bool set_style(std::string_view name, std::string_view value, SpanStyle& style) {
        if (name == "color" && !value.empty()) {
            style.colour = value;
            return true;
        }
        if (name == "font-size") {
            const auto size = font_size(value);
            if (size) style.size = size;
            return size.has_value();
        }
        const auto bold = name == "font-weight" ? is_bold(value) : std::nullopt;
        if (bold) style.bold = *bold;
        return bold.has_value();
    }

    int start_of(const GumboNode& list) {
        const GumboAttribute* start = gumbo_get_attribute(&list.v.element.attributes, "start");
        if (!start || list.v.element.tag != GUMBO_TAG_OL) return 1;
        const std::string_view value = trimmed(start->value);
        int number = 1;
        const auto [end, problem] = std::from_chars(value.data(), value.data() + value.size(), number);
        if (problem != std::errc{} || end != value.data() + value.size() || number < 0 || number > 9999) {
            report(start->value_start.offset, fmt::format("start=\"{}\" is not a number from 0 to 9999", value));
        }
        return number;
    }

    static std::size_t place_of(const GumboNode& node) {
        return node.type == GUMBO_NODE_ELEMENT ? node.v.element.start_pos.offset : node.v.text.start_pos.offset;
    }

    // ── text ──────────────────────────────────────────────────────────────────────────────────────────────────────

    OpenSpan& span_for(const Surroundings& around) {
        if (spans_.empty()) {
            block_ = around.block;
            block_.continued = around.item_open && !*around.item_open;
            if (around.item_open) *around.item_open = false;
        }
        if (spans_.empty() || spans_.back().style != around.style) spans_.push_back({around.style, {}, {}});
        return spans_.back();
    }

    void put(OpenSpan& span, std::string_view bytes, std::size_t origin) {
        span.text += bytes;
        span.origin.insert(span.origin.end(), bytes.size(), origin);
        block_text_ += bytes;
    }

    /// `source` is the text as written, entities included, so that places can be told.
    void add_text(std::string_view text, std::string_view source, std::size_t offset, const Surroundings& around) {
        const std::vector<std::size_t> origins = origins_of(text, source);
        for (std::size_t i = 0; i < text.size(); ++i) {
            const char c = text[i];
            if (c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f') {
                const bool needed = !block_text_.empty() && block_text_.back() != ' ' && block_text_.back() != '\n';
                if (needed) put(span_for(around), " ", offset + origins[i]);
            } else {
                put(span_for(around), {&c, 1}, offset + origins[i]);
            }
        }
    }

    void add_break(const Surroundings& around) {
        drop_last(' ');
        put(span_for(around), "\n", 0);
    }

    /// White space at the end of a line is not printed.
    void drop_last(char c) {
        if (block_text_.empty() || block_text_.back() != c) return;
        block_text_.pop_back();
        spans_.back().text.pop_back();
        if (spans_.back().text.empty()) spans_.pop_back();
    }

    void end_block() {
        drop_last(' ');
        // As in a browser, a break that ends a block adds no line, unless the block is nothing but that break.
        if (block_text_.size() > 1) drop_last('\n');
        block_text_.clear();
        if (spans_.empty()) return;
        for (OpenSpan& open : spans_) close_span(open);
        spans_.clear();
        result_.blocks.push_back(std::move(block_));
        block_ = {};
    }

    void close_span(OpenSpan& open) {
        std::vector<TextFinding> findings;
        Span span{std::move(open.style), parse_placeholders(open.text, findings)};
        const auto source_of = [&](std::size_t at) { return at < open.origin.size() ? open.origin[at] : 0; };
        for (Piece& piece : span.pieces) {
            if (auto* placeholder = std::get_if<Placeholder>(&piece))
                placeholder->offset = source_of(placeholder->offset);
        }
        for (TextFinding& finding : findings) {
            finding.offset = source_of(finding.offset);
            result_.findings.push_back(std::move(finding));
        }
        block_.spans.push_back(std::move(span));
    }

    RichText& result_;
    RichBlock block_;
    std::vector<OpenSpan> spans_;
    std::string block_text_;  // all text of the block so far
};

struct FreeOutput {
    void operator()(GumboOutput* output) const { gumbo_destroy_output(&kGumboDefaultOptions, output); }
};

}  // namespace

RichText parse_rich_text(std::string_view html) {
    RichText result;
    if (!check_tags(html, result.findings)) return result;
    GumboOptions options = kGumboDefaultOptions;
    options.fragment_context = GUMBO_TAG_BODY;
    const std::unique_ptr<GumboOutput, FreeOutput> output(gumbo_parse_with_options(&options, html.data(), html.size()));
    TreeReader(result).read(*output->root);
    std::stable_sort(result.findings.begin(), result.findings.end(),
                     [](const TextFinding& a, const TextFinding& b) { return a.offset < b.offset; });
    return result;
}

}  // namespace pli::layouts
