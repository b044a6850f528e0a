#include <algorithm>

#include "layouts/compiler.hpp"

namespace pli::layouts {
namespace {

template <class Visit>
void each_paragraph(std::vector<FlowItem>& items, const Visit& visit) {
    for (FlowItem& item : items) {
        if (auto* paragraph = std::get_if<Paragraph>(&item.content)) visit(*paragraph);
        if (auto* columns = std::get_if<Columns>(&item.content))
            for (FlowColumn& column : columns->columns) each_paragraph(column.items, visit);
    }
}

template <class Visit>
void each_paragraph(PageDress& page, const Visit& visit) {
    for (FixedItem& item : page.varying)
        if (auto* text = std::get_if<TextStack>(&item.content))
            for (Paragraph& paragraph : text->paragraphs) visit(paragraph);
}

template <class Visit>
void each_paragraph(CompiledTemplate::State& state, const Visit& visit) {
    each_paragraph(state.body, visit);
    each_paragraph(state.backs.body, visit);
    for (PageDress& page : state.pages) each_paragraph(page, visit);
    if (state.backs.dress) each_paragraph(*state.backs.dress, visit);
}

Length label_width(Desk& desk, const Paragraph& paragraph) {
    Paragraph label;
    label.passage = static_cast<PassageId>(paragraph.label);
    const bool set = compose(desk, label, endless) && !desk.prose.lines.empty();
    return set ? desk.prose.lines.front().width : Length{};
}

}  // namespace

void fit_lists(Compilation& shop, Desk& desk) {
    auto& rooms = shop.state.list_rooms;
    each_paragraph(shop.state, [&](const Paragraph& paragraph) {
        if (paragraph.label < 0) return;
        Length& room = rooms[paragraph.lists.back()];
        room = std::max(room, label_width(desk, paragraph) + label_distance);
    });
    each_paragraph(shop.state, [&](Paragraph& paragraph) {
        for (const std::uint16_t list : paragraph.lists) paragraph.indent += rooms[list];
        if (!paragraph.lists.empty()) paragraph.label_room = rooms[paragraph.lists.back()];
    });
}

}  // namespace pli::layouts
