#include "layouts/page_dress.hpp"

#include <algorithm>

namespace pli::layouts {
namespace {

Done draw_item(Desk& desk, const FixedItem& item, const PageDress& dress, Frame& frame) {
    if (!desk.values.holds(item.when)) return {};
    if (!item.drawn) return draw_fixed(desk, item, frame);
    frame.items.emplace_back(Placed{*item.drawn, {{}, dress.size}});
    return {};
}

}  // namespace

bool stands_on(PageScope scope, std::size_t page, std::size_t pages) {
    switch (scope) {
        case PageScope::Every: return true;
        case PageScope::First: return page == 1;
        case PageScope::FollowOn: return page > 1;
        case PageScope::Last: return page == pages;
        case PageScope::NotLast: return page != pages;
        case PageScope::Several: return pages > 1;
    }
    return true;
}

Done dress_page(Desk& desk, const PageDress& dress, Frame& frame) {
    if (dress.layer) frame.items.emplace_back(Placed{*dress.layer, {{}, dress.size}});
    if (dress.address) TRY(draw_address(desk, *dress.address, frame));
    for (const FixedItem& item : dress.varying) TRY(draw_item(desk, item, dress, frame));
    return {};
}

Done complete_pages(Desk& desk, TypesetLetter& out, std::size_t step) {
    const auto& dresses = desk.state->pages;
    const std::size_t pages = (out.page_count + step - 1) / step;
    for (std::size_t page = 1; page <= pages; ++page) {
        const PageDress& dress = dresses[std::min(page, dresses.size()) - 1];
        if (dress.late.empty()) continue;
        desk.values.set_page(page, pages);
        for (const FixedItem& item : dress.late)
            if (stands_on(item.pages, page, pages)) TRY(draw_item(desk, item, dress, out.pages[(page - 1) * step]));
    }
    return {};
}

}  // namespace pli::layouts
