#include <fmt/format.h>

#include <algorithm>

#include "layouts/compiler.hpp"
#include "layouts/flow.hpp"

namespace pli::layouts {
namespace {

bool varies(const CompiledTemplate::State& state, const FixedItem& item) {
    if (const auto* text = std::get_if<TextStack>(&item.content))
        return std::any_of(text->paragraphs.begin(), text->paragraphs.end(),
                           [&](const Paragraph& p) { return state.passages[p.passage].varies; });
    // A code is drawn by each page itself: layers hold text, rules and pictures.
    return std::holds_alternative<QrMark>(item.content) || std::holds_alternative<UploadLine>(item.content);
}

void add_marks(const Profile& profile, Frame& frame) {
    const auto mark = [&](Length y, Length length) {
        frame.items.emplace_back(Rule{{profile.mark_x, y}, {profile.mark_x + length, y}, 0.25_pt, Colour::black()});
    };
    for (const Length fold : profile.folds) mark(fold, profile.mark_length);
    if (profile.punch) mark(*profile.punch, profile.punch_length);
}

/// Whether the item can be drawn before the number of pages is known.
bool is_late(const CompiledTemplate::State& state, const FixedItem& item) {
    if (item.pages == PageScope::Last || item.pages == PageScope::NotLast || item.pages == PageScope::Several)
        return true;
    if (const auto* text = std::get_if<TextStack>(&item.content))
        return std::any_of(text->paragraphs.begin(), text->paragraphs.end(),
                           [&](const Paragraph& p) { return state.passages[p.passage].paged; });
    if (const auto* line = std::get_if<UploadLine>(&item.content))
        return std::any_of(line->parts.begin(), line->parts.end(),
                           [&](const SetPart& part) { return part.value && state.passages[*part.value].paged; });
    const auto* code = std::get_if<QrMark>(&item.content);
    if (!code) return false;
    return state.passages[code->data].paged || (code->caption && state.passages[code->caption->passage].paged);
}

void add_layer(Compilation& shop, Frame frame, std::optional<AssetId>& layer) {
    if (!frame.items.empty()) layer = shop.workshop.assets.add(Layer{std::move(frame)});
}

/// A static item that does not stand on every letter or page, as a layer of its own.
void draw_apart(Compilation& shop, Desk& desk, Size page, FixedItem& item) {
    const bool is_static = !varies(shop.state, item);
    if (!is_static) return;
    Frame frame;
    frame.size = page;
    const auto done = draw_fixed(desk, item, frame);
    if (!done) shop.findings.failed("does-not-fit", item.pointer, done.error());
    add_layer(shop, std::move(frame), item.drawn);
}

/// Moves what never varies from the page's list into one layer, and what must know all pages into a list of its own.
void draw_page(Compilation& shop, Desk& desk, PageDress& page, Frame layer) {
    std::vector<FixedItem> varying;
    layer.size = page.size;
    for (auto& item : page.varying) {
        const bool late = is_late(shop.state, item), conditional = item.when.placeholder >= 0;
        if (late || conditional || varies(shop.state, item)) {
            draw_apart(shop, desk, page.size, item);
            (late ? page.late : varying).push_back(std::move(item));
            continue;
        }
        const auto done = draw_fixed(desk, item, layer);
        if (!done) shop.findings.failed("does-not-fit", item.pointer, done.error());
    }
    page.varying = std::move(varying);
    add_layer(shop, std::move(layer), page.layer);
}

/// A compositor would have the author change a word. Letters differ, so only static paragraphs are judged.
void check_lines_of(Compilation& shop, const Desk& desk, const Paragraph& paragraph, Length measure) {
    const Prose& prose = desk.prose;
    const auto& pointer = shop.state.passages[paragraph.passage].pointer;
    for (std::size_t i = 0; i < prose.lines.size(); ++i) {
        const SetLine& line = prose.lines[i];
        const Length spaces = spaces_of(prose, line), rest = measure - line.width;
        const Hang hang = hang_of(prose, line);
        const bool full = paragraph.align == Align::Justify && !line.ends_paragraph;
        const auto place = fmt::format("line {} of {}", i + 1, prose.lines.size());
        if (-rest > (prose.manner.justified ? shrink_of_space(spaces) : Length{}) + hang.left + hang.right + 0.01_mm)
            shop.findings.warning("overfull-line", pointer,
                                  fmt::format("{} is {:.1f} mm too wide", place, (-rest).to_mm()),
                                  "allow hyphens, put a soft hyphen (U+00AD), or change a word");
        else if (full && rest > spaces)
            shop.findings.warning("loose-line", pointer,
                                  fmt::format("the spaces of {} are more than twice as wide as they should be", place),
                                  "allow hyphens (\"hyphenate\": true), set it ragged, or change a word");
    }
}

void draw_paragraph(Compilation& shop, Desk& desk, Paragraph& paragraph, Length measure) {
    if (shop.state.passages[paragraph.passage].varies) return;
    const auto same = [&](const DrawnText& d) { return d.measure == measure; };
    if (std::any_of(paragraph.drawn.begin(), paragraph.drawn.end(), same)) return;
    const auto composed = compose(desk, paragraph, measure);
    if (!composed)
        return shop.findings.failed("does-not-fit", shop.state.passages[paragraph.passage].pointer, composed.error());
    if (paragraph.drawn.empty()) check_lines_of(shop, desk, paragraph, measure - paragraph.indent);
    Layer layer;
    const auto lines = desk.prose.lines.size();
    const Length height = paragraph.leading * static_cast<std::int64_t>(lines);
    layer.frame.size = {measure, height};
    if (!set_lines(desk, paragraph, {0, lines}, {{}, layer.frame.size}, layer.frame)) return;
    paragraph.drawn.push_back({measure, shop.workshop.assets.add(std::move(layer)), height});
}

void draw_head(Compilation& shop, Desk& desk, Table& table) {
    const auto changes = [&](const Cell& cell) { return shop.state.passages[cell.passage].varies; };
    if (table.titles.empty()) return;
    table.head_height = table.row_height;
    if (std::any_of(table.titles.begin(), table.titles.end(), changes)) return;
    Layer layer;
    Frame& frame = layer.frame;
    std::size_t lines = 1;
    for (const Cell& cell : table.titles) {
        Paragraph title;
        title.passage = cell.passage;
        const auto composed = compose(desk, title, cell.width);
        if (!composed)
            return shop.findings.failed("does-not-fit", shop.state.passages[cell.passage].pointer, composed.error());
        Point pen{cell.x, table.row_height.scaled(0.68)};
        for (const SetLine& line : desk.prose.lines) {
            desk.setter().set(desk.prose, line, {pen, cell.width, cell.align}, frame);
            pen.y += table.leading;
        }
        lines = std::max(lines, desk.prose.lines.size());
    }
    table.head_height = table.row_height + table.leading * static_cast<std::int64_t>(lines - 1);
    frame.size = {table.width, table.head_height};
    if (table.head_rule)
        frame.items.emplace_back(Rule{{0_mm, table.head_height},
                                      {table.width, table.head_height},
                                      table.head_rule->thickness,
                                      table.head_rule->colour});
    table.head = shop.workshop.assets.add(std::move(layer));
}

bool is_static(const CompiledTemplate::State& state, const FlowItem& item) {
    if (item.when.placeholder >= 0 || item.within.placeholder >= 0) return false;
    const auto fixed_text = [&](const Paragraph& p) { return !state.passages[p.passage].varies; };
    if (const auto* paragraph = std::get_if<Paragraph>(&item.content)) return fixed_text(*paragraph);
    if (const auto* picture = std::get_if<Picture>(&item.content))
        return !picture->caption || fixed_text(*picture->caption);
    if (const auto* columns = std::get_if<Columns>(&item.content))
        return std::all_of(columns->columns.begin(), columns->columns.end(), [&](const FlowColumn& column) {
            return std::all_of(column.items.begin(), column.items.end(),
                               [&](const FlowItem& inner) { return is_static(state, inner); });
        });
    return !std::holds_alternative<Table>(item.content) && !std::holds_alternative<QrMark>(item.content);
}

/// The back's text never varies: one layer holds all of it.
void draw_back(Compilation& shop, Desk& desk, std::optional<AssetId> behind) {
    PageDress& back = *shop.state.backs.dress;
    Frame layer;
    if (behind) layer.items.emplace_back(pli::Placed{*behind, {{}, back.size}});
    auto& items = shop.state.backs.body;
    for (const FlowItem& item : items)
        if (!is_static(shop.state, item))
            return shop.findings.error("back-varies", item.pointer, "what flows on the back is the same on all letters",
                                       R"(leave out its fields, or give it a place in the back's "fixed")");
    if (!items.empty()) {
        TypesetLetter side;
        desk.flat = true;
        const auto done = Flow(desk, side, Sides::Duplex).set_alone({{{0_mm, back.body.size.width, items}}}, back);
        desk.flat = false;
        if (!done) return shop.findings.failed("does-not-fit", "/back/body", done.error());
        Frame& set = side.pages.front();
        set.items.insert(set.items.begin(), layer.items.begin(), layer.items.end());
        layer = std::move(set);
    }
    draw_page(shop, desk, back, std::move(layer));
}

void draw_items(Compilation& shop, Desk& desk, std::vector<FlowItem>& items, Length measure) {
    for (FlowItem& item : items) {
        if (auto* paragraph = std::get_if<Paragraph>(&item.content)) draw_paragraph(shop, desk, *paragraph, measure);
        if (auto* table = std::get_if<Table>(&item.content); table && !table->head) draw_head(shop, desk, *table);
        if (auto* columns = std::get_if<Columns>(&item.content))
            for (FlowColumn& column : columns->columns) draw_items(shop, desk, column.items, column.width);
    }
}

}  // namespace

void draw_static_parts(Compilation& shop, Desk& desk, const std::vector<AssetId>& behind) {
    for (std::size_t i = 0; i < shop.state.pages.size(); ++i) {
        PageDress& page = shop.state.pages[i];
        Frame layer;
        if (i < behind.size()) layer.items.emplace_back(pli::Placed{behind[i], {{}, page.size}});
        if (shop.state.flows && i == 0 && shop.design.marks) add_marks(shop.profile, layer);
        draw_page(shop, desk, page, std::move(layer));
    }
    if (shop.state.backs.dress) draw_back(shop, desk, shop.state.backs.behind);
    for (const PageDress& page : shop.state.pages) draw_items(shop, desk, shop.state.body, page.body.size.width);
}

}  // namespace pli::layouts
