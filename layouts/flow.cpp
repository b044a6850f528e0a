#include "layouts/flow.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace pli::layouts {

Done Flow::next_page() {
    const auto& state = *desk_.state;
    if (out_.page_count == static_cast<std::size_t>(state.max_pages))
        return failure(Fault::Overflow, "body", fmt::format("the letter runs to more than {} pages", state.max_pages),
                       "shorten it or raise \"max_pages\"");
    const PageDress& dress = state.pages[std::min(out_.page_count, state.pages.size() - 1)];
    body_ = dress.body;
    y_ = body_.top();
    headed_ = false;
    return dress_(desk_, dress, out_.add_page(dress.size));
}

Done Flow::run() {
    TRY(next_page());
    for (const FlowItem& item : desk_.state->body) {
        if (!desk_.values.holds(item.when)) continue;
        TRY(place(item));
        y_ += item.gap;
    }
    return {};
}

Done Flow::place(const FlowItem& item) {
    return std::visit([this](const auto& content) { return place_content(content); }, item.content);
}

/// Goes to the next page unless the height is there. What is taller than a whole page can stand nowhere.
Done Flow::make_room(Length height, std::string_view what) {
    if (fits(height)) return {};
    if (!fresh()) TRY(next_page());
    if (fits(height)) return {};
    return failure(Fault::Overflow, "body",
                   fmt::format("{} is {:.1f} mm tall, a page's body has {:.1f} mm", what, height.to_mm(),
                               body_.size.height.to_mm()));
}

/// No line of a paragraph stands alone at the foot or the head of a page.
std::size_t Flow::lines_that_fit(std::size_t left, bool first, Length leading) const {
    const auto room = static_cast<std::size_t>(std::max<std::int64_t>(0, (body_.bottom() - y_).nm() / leading.nm()));
    if (room >= left) return left;
    std::size_t take = room;
    if (left - take == 1 && take > 0) --take;
    if (first && take == 1) take = 0;
    return take == 0 && fresh() ? std::min<std::size_t>(std::max<std::size_t>(room, 1), left) : take;
}

Done Flow::place_drawn(const Paragraph& paragraph) {
    frame().items.emplace_back(Placed{*paragraph.drawn, {{body_.left(), y_}, {body_.size.width, paragraph.height}}});
    y_ += paragraph.height;
    return {};
}

Done Flow::place_content(const Paragraph& paragraph) {
    if (paragraph.drawn && !paragraph.keeps_next && fits(paragraph.height)) return place_drawn(paragraph);
    TRY(compose(desk_, paragraph, body_.size.width));
    const std::size_t count = desk_.prose.lines.size();
    if (paragraph.keeps_next && !fresh() && !fits(paragraph.leading * static_cast<std::int64_t>(count + 3)))
        TRY(next_page());
    for (std::size_t done = 0; done < count;) {
        const std::size_t take = lines_that_fit(count - done, done == 0, paragraph.leading);
        if (take > 0) {
            const Length height = paragraph.leading * static_cast<std::int64_t>(take);
            TRY(make_room(height, "a line"));
            TRY(set_lines(desk_, paragraph, {done, take}, {{body_.left(), y_}, {body_.size.width, height}}, frame()));
            y_ += height;
            done += take;
        }
        // Dressing the next page needs the tray the rest of the paragraph lies in.
        if (done == count) break;
        Prose rest = std::move(desk_.prose);
        TRY(next_page());
        desk_.prose = std::move(rest);
    }
    return {};
}

Done Flow::place_content(const Picture& picture) {
    TRY(make_room(picture.size.height, "a picture"));
    frame().items.emplace_back(Placed{picture.asset, {{body_.left(), y_}, picture.size}});
    y_ += picture.size.height;
    return {};
}

Done Flow::place_content(const QrMark& mark) {
    TRY(make_room(height_of(mark), "a QR code"));
    TRY(draw_code(desk_, mark, {body_.left(), y_}, frame()));
    y_ += height_of(mark);
    return {};
}

Done Flow::place_content(const RuleMark& rule) {
    const Point from{body_.left(), y_};
    const Length length = rule.length == 0_mm ? body_.size.width : rule.length;
    frame().items.emplace_back(Rule{from, from + Point{length, 0_mm}, rule.stroke.thickness, rule.stroke.colour});
    return {};
}

Done Flow::place_content(const Spacer& spacer) {
    // Space at a page's foot is lost, not carried over: nobody wants a page that begins with a hole.
    y_ = std::min(y_ + spacer.height, body_.bottom());
    return {};
}

}  // namespace pli::layouts
