#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "layouts/flow.hpp"

namespace pli::layouts {

Done Flow::place(const FlowItem& item) {
    began_on_ = 0;
    return std::visit([this](const auto& content) { return place_content(content); }, item.content);
}

/// Goes to the next page unless the height is there. What is taller than a whole page can stand nowhere.
Done Flow::make_room(Length height, std::string_view what) {
    if (!fits(height) && !fresh()) TRY(next_page());
    if (fits(height)) return {};
    return failure(Fault::Overflow, fmt::format("body, {}", item_ ? item_->pointer : ""),
                   fmt::format("{} is {:.1f} mm tall, a page's body has {:.1f} mm", what, height.to_mm(),
                               body_.size.height.to_mm()),
                   "make it smaller, or the body box taller");
}

Length Flow::aligned(Align align, Length width) const {
    const Length rest = body_.size.width - width;
    if (align == Align::Right) return body_.left() + rest;
    if (align == Align::Centre) return body_.left() + rest / 2;
    return body_.left();
}

bool Flow::place_drawn(const Paragraph& paragraph) {
    if (scale_ != 1000 || desk_.flat) return false;
    for (const DrawnText& drawn : paragraph.drawn) {
        if (drawn.measure != body_.size.width || !fits(drawn.height)) continue;
        began();
        frame().items.emplace_back(Placed{drawn.layer, {{body_.left(), y_}, {drawn.measure, drawn.height}}});
        y_ += drawn.height;
        return true;
    }
    return false;
}

/// How many of `left` lines go on this page: all, or as many as leave none alone at its foot or at the head of the
/// next.
std::size_t Flow::lines_that_fit(const Paragraph& paragraph, std::size_t left, bool begun) const {
    const auto space = (body_.bottom() - y_).nm() / std::max<std::int64_t>(scaled(paragraph.leading).nm(), 1);
    const auto room = static_cast<std::size_t>(std::max<std::int64_t>(0, space));
    if (room >= left) return left;
    std::size_t take = std::min(room, left - std::min<std::size_t>(paragraph.widows, left));
    if (!begun && take < paragraph.orphans) take = 0;
    // At a page's head there is no better place: the lines go as far as they fit.
    return take == 0 && fresh() ? std::min(std::max<std::size_t>(room, 1), left) : take;
}

Done Flow::place_lines(const Paragraph& paragraph, LineRange lines) {
    const Length height = scaled(paragraph.leading) * static_cast<std::int64_t>(lines.count);
    TRY(make_room(height, "a line"));
    began();
    const std::size_t items = frame().items.size();
    const Rect place{{body_.left(), y_}, {enlarged(body_.size.width), height}};
    TRY(set_lines(desk_, paragraph, lines, place, frame()));
    if (scale_ != 1000) reduce(frame(), items, place.origin, scale_);
    y_ += height;
    return {};
}

/// Turns the page within a paragraph. Where the next page is wider or narrower, the rest is broken anew.
Done Flow::turn_within(const Paragraph& paragraph, std::size_t& done) {
    const Length measure = body_.size.width;
    // Dressing the page needs the tray in which the rest of the paragraph lies.
    std::swap(desk_.prose, desk_.waiting);
    const Done turned = next_page();
    std::swap(desk_.prose, desk_.waiting);
    if (!turned || body_.size.width == measure) return turned;
    const std::size_t broken = std::exchange(done, 0);
    return rebreak_from(desk_, paragraph, broken, enlarged(body_.size.width));
}

Done Flow::place_content(const Paragraph& paragraph) {
    if (place_drawn(paragraph)) return {};
    TRY(compose(desk_, paragraph, enlarged(body_.size.width)));
    bool begun = false;
    for (std::size_t done = 0; done < desk_.prose.lines.size();) {
        const std::size_t take = lines_that_fit(paragraph, desk_.prose.lines.size() - done, begun);
        if (take > 0) TRY(place_lines(paragraph, {done, take, !begun}));
        begun = begun || take > 0;
        done += take;
        if (done < desk_.prose.lines.size()) TRY(turn_within(paragraph, done));
    }
    return {};
}

Done Flow::place_content(const Picture& picture) {
    Length height = picture.size.height;
    if (picture.caption) height += caption_gap + TRY(compose_caption(desk_, *picture.caption, body_.size.width));
    const std::size_t page = out_.page_count;
    TRY(make_room(height, picture.caption ? "a picture with its caption" : "a picture"));
    began();
    const Point corner{aligned(picture.align, picture.size.width), y_};
    frame().items.emplace_back(Placed{picture.asset, {corner, picture.size}});
    y_ += height;
    if (!picture.caption) return {};
    if (page != out_.page_count) TRY(compose_caption(desk_, *picture.caption, body_.size.width));
    const Point below{body_.left(), corner.y + picture.size.height + caption_gap};
    return set_caption(desk_, *picture.caption, {below, {body_.size.width, height}}, frame());
}

Done Flow::place_content(const QrMark& mark) {
    const Length left = aligned(mark.align, mark.size);
    const Length measure = caption_measure(left, mark.size, frame().size.width);
    Length height = mark.size;
    if (mark.caption) height += TRY(compose_caption(desk_, *mark.caption, measure));
    TRY(make_room(height, "a QR code"));
    began();
    TRY(draw_code(desk_, mark, {aligned(mark.align, mark.size), y_}, frame()));
    y_ += height;
    return {};
}

Done Flow::place_content(const RuleMark& rule) {
    TRY(make_room(rule.stroke.thickness, "a rule"));
    const Length length = rule.length == 0_mm ? body_.size.width : rule.length;
    const Point from{body_.left(), y_};
    frame().items.emplace_back(Rule{from, from + Point{length, 0_mm}, rule.stroke.thickness, rule.stroke.colour});
    return {};
}

Done Flow::place_content(const Spacer& spacer) {
    // Space at a page's foot is lost, not carried over: nobody wants a page that begins with a hole.
    y_ = std::min(y_ + scaled(spacer.height), body_.bottom());
    return {};
}

/// Sets each column as though the page had no end, then looks whether it was long enough.
Done Flow::place_content(const Columns& columns) {
    const Rect body = body_;
    const Mark mark = here();
    const bool was_open = kept_.open;
    const FlowItem* const whole = item_;
    Length bottom = y_;
    for (const FlowColumn& column : columns.columns) {
        body_ = {{body.left() + column.x, mark.y}, {column.width, endless}};
        y_ = mark.y;
        for (const FlowItem& item : column.items) {
            item_ = &item;
            if (!visible(item)) continue;
            bottom = std::max(bottom, y_);
            TRY(place(item));
            bottom = std::max(bottom, y_);
            y_ += scaled(item.gap);
        }
    }
    item_ = whole;
    body_ = body;
    y_ = bottom;
    began();
    if (bottom <= body.bottom()) return {};
    if (mark.fresh) {
        y_ = mark.y;
        return make_room(bottom - mark.y, "what stands side by side");
    }
    back_to(mark);
    kept_.open = was_open;
    TRY(next_page());
    return place_content(columns);
}

}  // namespace pli::layouts
