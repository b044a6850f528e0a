#include <fmt/format.h>

#include <algorithm>

#include "layouts/compiler.hpp"

namespace pli::layouts {
namespace {

bool varies(const CompiledTemplate::State& state, const FixedItem& item) {
    if (item.when.placeholder >= 0) return true;
    if (const auto* text = std::get_if<TextStack>(&item.content))
        return std::any_of(text->paragraphs.begin(), text->paragraphs.end(),
                           [&](const Paragraph& p) { return state.passages[p.passage].varies; });
    // A code is drawn by each page itself: layers hold text, rules and pictures.
    return std::holds_alternative<QrMark>(item.content);
}

/// Where the template says what a fixed item shows.
std::string pointer_of(const CompiledTemplate::State& state, const FixedItem& item) {
    const auto* text = std::get_if<TextStack>(&item.content);
    return text ? state.passages[text->paragraphs.front().passage].pointer : std::string();
}

void add_marks(const Profile& profile, Frame& frame) {
    const auto mark = [&](Length y, Length length) {
        frame.items.emplace_back(Rule{{profile.mark_x, y}, {profile.mark_x + length, y}, 0.25_pt, Colour::black()});
    };
    for (const Length fold : profile.folds) mark(fold, profile.mark_length);
    if (profile.punch) mark(*profile.punch, profile.punch_length);
}

/// Moves what never varies from the page's list into one layer.
void draw_page(Compilation& shop, Desk& desk, PageDress& page, Frame layer) {
    std::vector<FixedItem> varying;
    for (auto& item : page.varying) {
        if (varies(shop.state, item)) {
            varying.push_back(std::move(item));
            continue;
        }
        const auto done = draw_fixed(desk, item, layer);
        if (!done) shop.findings.failed("does-not-fit", pointer_of(shop.state, item), done.error());
    }
    page.varying = std::move(varying);
    layer.size = page.size;
    if (!layer.items.empty()) page.layer = shop.workshop.assets.add(Layer{std::move(layer)});
}

void draw_paragraph(Compilation& shop, Desk& desk, Paragraph& paragraph, Length measure) {
    if (shop.state.passages[paragraph.passage].varies) return;
    if (!compose(desk, paragraph, measure)) return;
    Layer layer;
    const auto lines = desk.prose.lines.size();
    paragraph.height = paragraph.leading * static_cast<std::int64_t>(lines);
    layer.frame.size = {measure, paragraph.height};
    if (!set_lines(desk, paragraph, {0, lines}, {{}, layer.frame.size}, layer.frame)) return;
    paragraph.drawn = shop.workshop.assets.add(std::move(layer));
}

void draw_head(Compilation& shop, Desk& desk, Table& table) {
    if (table.titles.empty()) return;
    Layer layer;
    Frame& frame = layer.frame;
    table.head_height = table.row_height;
    frame.size = {table.width, table.head_height};
    for (const Cell& cell : table.titles) {
        Paragraph title;
        title.passage = cell.passage;
        if (!compose(desk, title, cell.width)) continue;
        const LinePlace place{{cell.x, table.row_height.scaled(0.68)}, cell.width, cell.align};
        for (const SetLine& line : desk.prose.lines) desk.setter().set(desk.prose, line, place, frame);
    }
    if (table.head_rule)
        frame.items.emplace_back(Rule{{0_mm, table.head_height},
                                      {table.width, table.head_height},
                                      table.head_rule->thickness,
                                      table.head_rule->colour});
    table.head = shop.workshop.assets.add(std::move(layer));
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
    const Length measure = shop.state.pages.empty() ? 0_mm : shop.state.pages.front().body.size.width;
    for (FlowItem& item : shop.state.body) {
        if (auto* paragraph = std::get_if<Paragraph>(&item.content)) draw_paragraph(shop, desk, *paragraph, measure);
        if (auto* table = std::get_if<Table>(&item.content)) draw_head(shop, desk, *table);
    }
}

}  // namespace pli::layouts
