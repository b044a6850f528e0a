#include <fmt/format.h>

#include <algorithm>

#include "layouts/compiler.hpp"
#include "layouts/list_labels.hpp"

namespace pli::layouts {
namespace {

std::string replaced(std::string text, std::string_view what, const std::string& with) {
    const auto at = text.find(what);
    return at == std::string::npos ? text : text.replace(at, what.size(), with);
}

std::string column_name(const TextCompiler::RowScope& scope, const std::string& field) {
    return replaced(replaced(scope.pattern, "{row}", std::to_string(scope.row)), "{field}", field);
}

bool among(const std::vector<std::string>& names, const std::string& name) {
    return std::find(names.begin(), names.end(), name) != names.end();
}

constexpr std::array heading_names{"h1", "h2", "h3"};
constexpr std::array heading_sizes{1.4, 1.2, 1.0};

}  // namespace

void TextCompiler::check_known(const Placeholder& wanted, const std::string& pointer) {
    const FieldNames declared{shop_.design.fields};
    if (layouts::bind(wanted.path, declared).from != FieldBinding::From::Missing) return;
    const auto near = closest_name(wanted.path, declared);
    const TextFinding finding{wanted.offset, "unknown-placeholder",
                              fmt::format("no field is named \"{}\"", wanted.path),
                              near.empty() ? R"(declare it in "fields")" : fmt::format("did you mean \"{}\"?", near)};
    if (shop_.design.declares_fields) return shop_.findings.inside(pointer, finding);
    shop_.findings.add(Finding::Severity::Warning, finding.code, shop_.findings.source().error_at(pointer, finding));
}

std::int32_t TextCompiler::placeholder(const Placeholder& wanted, const std::string& pointer) {
    if (swap_ && wanted.path == swap_->path) return swap_->slot;
    Placeholder own = wanted;
    const bool page_number = numbers_page(wanted, pointer);
    if (page_number && own.format.kind == Format::Kind::Text) own.format.kind = Format::Kind::Number;
    bool in_row = scope_ && !scope_->list.empty();
    const FieldNames declared{shop_.design.fields};
    if (scope_ && !scope_->pattern.empty()) {
        const auto column = column_name(*scope_, wanted.path);
        if (!shop_.design.declares_fields || declared.index_of(column) >= 0 || declared.index_of(wanted.path) < 0)
            own.path = column;
    }
    if (in_row && !scope_->members.empty()) in_row = among(scope_->members, wanted.path);
    if (!in_row && !page_number) check_known(own, pointer);
    auto& all = shop_.state.placeholders;
    std::size_t at = 0;
    const auto same = [&](std::size_t i) {
        return all[i].path == own.path && all[i].format == own.format && all[i].fallback == own.fallback &&
               shop_.state.row_scoped[i] == in_row;
    };
    while (at < all.size() && !same(at)) ++at;
    if (at == all.size()) {
        all.push_back(own);
        shop_.state.row_scoped.push_back(in_row);
    }
    const auto slot = static_cast<std::uint16_t>(at);
    if (page_number) note_page_slot(wanted.path, slot);
    if (in_row && std::find(scope_->slots.begin(), scope_->slots.end(), slot) == scope_->slots.end())
        scope_->slots.push_back(slot);
    return slot;
}

/// {page} and {pages}, unless the template declares fields of these names.
bool TextCompiler::numbers_page(const Placeholder& wanted, const std::string& pointer) {
    const FieldNames declared{shop_.design.fields};
    const bool named = wanted.path == "page" || wanted.path == "pages";
    if (!named || scope_ || declared.index_of(wanted.path) >= 0) return false;
    if (!paging_)
        shop_.findings.inside(pointer, {wanted.offset, "page-number",
                                        fmt::format("{{{}}} is known only when the whole letter is set", wanted.path),
                                        R"(it has its place in "fixed", "footer", "next" and "back")"});
    return true;
}

void TextCompiler::note_page_slot(const std::string& path, std::uint16_t slot) {
    auto& slots = path == "page" ? shop_.state.page_slots : shop_.state.pages_slots;
    if (std::find(slots.begin(), slots.end(), slot) == slots.end()) slots.push_back(slot);
}

std::uint16_t TextCompiler::sum_of(const Placeholder& amount) {
    Placeholder sum = amount;
    sum.path = fmt::format("sum of {}", amount.path);
    shop_.state.placeholders.push_back(sum);
    shop_.state.row_scoped.push_back(true);
    shop_.state.sum_slots.push_back(static_cast<std::uint16_t>(shop_.state.placeholders.size() - 1));
    return shop_.state.sum_slots.back();
}

PassageId TextCompiler::passage_with(const TextSpec& text, const TypeSpec& type, const Swap& swap) {
    swap_ = &swap;
    const PassageId id = passage(text, type);
    swap_ = nullptr;
    return id;
}

Condition TextCompiler::condition(const BlockSpec& block) {
    if (block.condition.empty()) return {};
    Placeholder field;
    field.path = block.condition;
    return {placeholder(field, pointer_to(block.pointer, block.unless ? "unless" : "if")), block.unless};
}

TypeSpec TextCompiler::span_type(const SpanStyle& span, const TypeSpec& type, const std::string& pointer) const {
    TypeSpec result = type;
    for (const auto& name : span.classes) result = types_.named(name, pointer).over(result);
    if (span.bold) result.bold = true, result.wishes.weight.reset();
    if (span.italic) result.italic = true;
    if (span.underline) result.underline = true;
    if (span.size) result.size = span.size;
    if (!span.colour.empty()) result.colour = span.colour;
    return result;
}

bool TextCompiler::is_page_slot(std::uint16_t slot) const {
    const auto& one = shop_.state.page_slots;
    const auto& all = shop_.state.pages_slots;
    return std::find(one.begin(), one.end(), slot) != one.end() || std::find(all.begin(), all.end(), slot) != all.end();
}

PassageId TextCompiler::add_passage(const std::vector<Span>& spans, const TypeSpec& type, const std::string& pointer) {
    Passage passage;
    passage.pointer = pointer;
    passage.locale = type.locale.value_or("");
    passage.manner = manner_of(type);
    if (passage.manner.hyphenated) passage.hyphenator = hyphenator_for(type);
    if (!passage.hyphenator) passage.manner.hyphenated = passage.manner.divides_fields = false;
    for (const Span& span : spans) {
        const auto style = types_.style(span_type(span.style, type, pointer));
        for (const Piece& piece : span.pieces) {
            Strand strand{style, -1, {}};
            if (const auto* text = std::get_if<std::string>(&piece)) {
                strand.text = {static_cast<std::uint32_t>(passage.text.size()),
                               static_cast<std::uint32_t>(text->size())};
                passage.text += *text;
            } else {
                strand.placeholder = placeholder(std::get<Placeholder>(piece), pointer);
                passage.varies = true;
                passage.paged = passage.paged || is_page_slot(static_cast<std::uint16_t>(strand.placeholder));
            }
            passage.strands.push_back(strand);
        }
    }
    if (for_people_) check_words(passage, pointer);
    shop_.state.passages.push_back(std::move(passage));
    return static_cast<PassageId>(shop_.state.passages.size() - 1);
}

PassageId TextCompiler::passage(const TextSpec& text, const TypeSpec& type) {
    std::vector<TextFinding> findings;
    Span span;
    span.pieces = parse_placeholders(text.text, findings);
    for (const auto& finding : findings) shop_.findings.inside(text.pointer, finding);
    TypeSpec own = type;  // cells, address lines and codes are aligned by where they stand, not by their type
    own.align = Align::Start;
    return add_passage({span}, own, text.pointer);
}

/// The style of a heading or class where the template defines one, else a modest default.
TypeSpec TextCompiler::block_type(const RichBlock& block, const TypeSpec& type, const std::string& pointer) const {
    TypeSpec result = type;
    const auto heading = static_cast<std::size_t>(block.kind) - static_cast<std::size_t>(RichBlock::Kind::Heading1);
    if (heading < heading_names.size()) {
        TypeSpec plain;
        plain.bold = true;
        plain.size = type.size->scaled(heading_sizes[heading]);
        const std::string name = heading_names[heading];
        result = (types_.has(name) ? types_.named(name, pointer) : plain).over(result);
    }
    for (const auto& name : block.classes) result = types_.named(name, pointer).over(result);
    return result;
}

/// What the type says about lines and pages.
Paragraph TextCompiler::typed(PassageId passage, const TypeSpec& type, const std::string& pointer) {
    Paragraph paragraph;
    paragraph.passage = passage;
    paragraph.align = type.align.value_or(Align::Start);
    paragraph.leading = TypeBook::leading(type);
    paragraph.widows = static_cast<std::uint8_t>(type.widows.value_or(2));
    paragraph.orphans = static_cast<std::uint8_t>(type.orphans.value_or(2));
    paragraph.keeps_next = type.keep_next.value_or(false);
    paragraph.keeps_together = type.keep_together.value_or(false);
    if (!type.tabs) return paragraph;
    for (const TabSpec& tab : *type.tabs) {
        TabStop stop{tab.at, tab.align, {}};
        if (!tab.leader.empty()) stop.leader = this->passage({tab.leader, false, pointer}, type);
        paragraph.tabs.push_back(stop);
    }
    return paragraph;
}

Paragraph TextCompiler::rich_paragraph(const RichBlock& block, const TextSpec& text, const TypeSpec& type) {
    TypeSpec own = block_type(block, type, text.pointer);
    const bool heading = block.kind >= RichBlock::Kind::Heading1 && block.kind <= RichBlock::Kind::Heading3;
    if (heading) {
        own.keep_next = own.keep_next.value_or(true);
        own.keep_together = own.keep_together.value_or(true);
    }
    Paragraph paragraph = typed(add_passage(block.spans, own, text.pointer), own, text.pointer);
    const bool item = block.kind == RichBlock::Kind::Bullet || block.kind == RichBlock::Kind::Numbered;
    if (!item || block.continued) return paragraph;
    ListSpec list;
    list.ordered = block.kind == RichBlock::Kind::Numbered;
    add_label(paragraph, label_of(list, list.ordered ? 0 : block.depth - 1, block.number), own, text.pointer);
    paragraph.label_ends = list.ordered;
    return paragraph;
}

void TextCompiler::add_label(Paragraph& paragraph, const std::string& label, const TypeSpec& type,
                             const std::string& pointer) {
    Span span;
    span.pieces.emplace_back(label);
    paragraph.label = static_cast<std::int32_t>(add_passage({span}, type, pointer));
}

std::uint16_t TextCompiler::open_list(Length room) {
    shop_.state.list_rooms.push_back(room);
    return static_cast<std::uint16_t>(shop_.state.list_rooms.size() - 1);
}

std::vector<Paragraph> TextCompiler::list(const ListSpec& list, const TypeSpec& type, int depth) {
    std::vector<Paragraph> result;
    const std::uint16_t id = open_list(list.indent.value_or(label_room));
    int number = list.start;
    for (const ListItemSpec& item : list.items) {
        auto own = paragraphs(item.text, type);
        if (!own.empty()) {
            const std::string& pointer = list.marker ? list.marker->pointer : item.text.pointer;
            add_label(own.front(), label_of(list, depth, number++), type, pointer);
            own.front().label_ends = list.ordered;
        }
        for (const ListSpec& below : item.lists) {
            const auto nested = this->list(below, type, depth + 1);
            own.insert(own.end(), nested.begin(), nested.end());
        }
        for (Paragraph& paragraph : own) paragraph.lists.insert(paragraph.lists.begin(), id);
        result.insert(result.end(), own.begin(), own.end());
    }
    return result;
}

std::vector<Paragraph> TextCompiler::paragraphs(const TextSpec& text, const TypeSpec& type) {
    if (!text.html) return {paragraph(text, type)};
    const RichText rich = parse_rich_text(text.text);
    for (const auto& finding : rich.findings) shop_.findings.inside(text.pointer, finding);
    std::vector<Paragraph> result;
    std::vector<std::uint16_t> lists;  // open around the block at hand
    for (const RichBlock& block : rich.blocks) {
        lists.resize(std::min(lists.size(), static_cast<std::size_t>(block.depth)));
        while (lists.size() < static_cast<std::size_t>(block.depth)) lists.push_back(open_list(label_room));
        result.push_back(rich_paragraph(block, text, type));
        result.back().lists = lists;
    }
    return result;
}

PassageId TextCompiler::data(const TextSpec& text, const TypeSpec& type) {
    for_people_ = false;
    const PassageId id = passage(text, type);
    for_people_ = true;
    return id;
}

Paragraph TextCompiler::paragraph(const TextSpec& text, const TypeSpec& type) {
    std::vector<TextFinding> findings;
    Span span;
    span.pieces = parse_placeholders(text.text, findings);
    for (const auto& finding : findings) shop_.findings.inside(text.pointer, finding);
    return typed(add_passage({span}, type, text.pointer), type, text.pointer);
}

}  // namespace pli::layouts
