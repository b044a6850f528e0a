#include "layouts/flow.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "layouts/page_dress.hpp"

namespace pli::layouts {
namespace {

/// A letter that grows beyond its limit is set on, so that its author learns how long it is; but not for ever.
constexpr std::size_t pages_looked_beyond = 20;

bool is_between(const FlowItem& item) {
    return std::holds_alternative<Spacer>(item.content) || std::holds_alternative<RuleMark>(item.content);
}

std::size_t sheets_of(std::size_t sides, Sides printed) { return printed == Sides::Duplex ? (sides + 1) / 2 : sides; }

}  // namespace

Done Flow::run() {
    const Limits& limits = desk_.state->limits;
    while (true) {
        TRY(set_body());
        if (!too_long()) break;
        if (limits.overflow != Overflow::Shrink || scale_ <= limits.shrink_to) return outgrown();
        scale_ = std::max(scale_ - shrink_step, limits.shrink_to);
        out_.clear();
    }
    TRY(turn_sheets());
    return complete_pages(desk_, out_, desk_.state->backs.left && sides_ == Sides::Duplex ? 2 : 1);
}

Done Flow::set_body() {
    text_pages_ = 0;
    beyond_ = nullptr;
    kept_ = {};
    turn_first_ = false;
    TRY(next_page());
    const std::size_t blocks = desk_.state->body.size();
    for (std::size_t i = 0; i < blocks;) i = TRY(place_kept(i));
    return {};
}

Done Flow::set_alone(const Columns& columns, const PageDress& page) {
    out_.clear();
    out_.add_page(page.size);
    body_ = page.body;
    y_ = body_.top();
    return place_content(columns);
}

Done Flow::next_page() {
    const auto& state = *desk_.state;
    const auto limit = static_cast<std::size_t>(state.limits.pages);
    if (text_pages_ == limit * 2 + pages_looked_beyond)
        return failure(Fault::Overflow, "body",
                       fmt::format("the letter runs to more than {} pages, {} are allowed", text_pages_, limit),
                       R"(shorten it or raise "max_pages")");
    if (text_pages_ == limit) beyond_ = item_;
    const PageDress& dress = state.pages[std::min(text_pages_, state.pages.size() - 1)];
    if (text_pages_ > 0 && state.backs.left && sides_ == Sides::Duplex) out_.add_page(dress.size);
    ++text_pages_;
    body_ = dress.body;
    y_ = body_.top();
    headed_ = false;
    return dress_page(desk_, dress, out_.add_page(dress.size));
}

bool Flow::visible(const FlowItem& item) { return desk_.values.holds(item.when) && desk_.values.holds(item.within); }

Flow::Mark Flow::here() const {
    const Frame& frame = out_.pages[out_.page_count - 1];
    return {out_.page_count,   text_pages_, frame.items.size(), frame.glyphs.size(),
            frame.text.size(), y_,          y_ == body_.top()};
}

void Flow::back_to(const Mark& mark) {
    const auto& pages = desk_.state->pages;
    out_.page_count = mark.pages;
    text_pages_ = mark.text_pages;
    frame().items.erase(frame().items.begin() + static_cast<std::ptrdiff_t>(mark.items), frame().items.end());
    frame().glyphs.resize(mark.glyphs);
    frame().text.resize(mark.text);
    body_ = pages[std::min(text_pages_ - 1, pages.size() - 1)].body;
    y_ = mark.y;
    headed_ = false;
    kept_.open = false;
    kept_.group_end = 0;
}

/// Sets one block. Gives the block to go on with: the next, or the first of a stretch that has to be moved.
Result<std::size_t> Flow::place_kept(std::size_t index) {
    const FlowItem& item = desk_.state->body[index];
    item_ = &item;
    if (item.group_end > kept_.released) kept_.group_end = std::max<std::size_t>(kept_.group_end, item.group_end);
    if (!visible(item)) return index + 1;
    if (std::exchange(turn_first_, false)) TRY(next_page());
    const bool on_its_own = !kept_.open && !item.keeps_next && !item.keeps_together && index >= kept_.group_end;
    if (!on_its_own) return place_bound(item, index);
    TRY(place(item));
    y_ += scaled(item.gap);
    return index + 1;
}

/// A block that page breaks must not part, from itself or from its neighbours.
Result<std::size_t> Flow::place_bound(const FlowItem& item, std::size_t index) {
    const bool bound = kept_.open, in_group = index < kept_.group_end;
    if (!bound) {
        kept_.mark = here();
        kept_.first = index;
    }
    const std::size_t page = out_.page_count;
    TRY(place(item));
    const bool parted = out_.page_count != page && (item.keeps_together || in_group);
    const bool left_behind = bound && began_on_ != page && began_on_ != 0;
    if ((parted || left_behind) && (!kept_.mark.fresh || in_group)) return again_from(index);
    y_ += scaled(item.gap);
    // A block that went to the next page as a whole begins there; one that goes over pages cannot be moved as a whole.
    const bool hopped = out_.page_count != page && began_on_ == out_.page_count;
    if (hopped) kept_.mark.fresh = true;
    // A space or a rule below a heading belongs to it.
    const bool keeps = item.keeps_next || (bound && is_between(item));
    kept_.open = (keeps && (out_.page_count == page || hopped)) || index + 1 < kept_.group_end;
    return index + 1;
}

/// Takes the stretch off again that a page break has parted, and turns the page before it.
std::size_t Flow::again_from(std::size_t index) {
    const Mark mark = kept_.mark;
    const bool too_tall = mark.fresh && index < kept_.group_end;
    if (too_tall) kept_.released = kept_.group_end;
    back_to(mark);
    turn_first_ = !mark.fresh;
    return kept_.first;
}

bool Flow::too_long() const {
    const Limits& limits = desk_.state->limits;
    const std::size_t sides = desk_.state->backs.left && sides_ == Sides::Duplex ? text_pages_ * 2 - 1 : text_pages_;
    if (text_pages_ > static_cast<std::size_t>(limits.pages)) return true;
    return limits.sheets && sheets_of(sides, sides_) > static_cast<std::size_t>(*limits.sheets);
}

/// Says what went beyond which limit, and by how much.
Done Flow::outgrown() const {
    const Limits& limits = desk_.state->limits;
    const std::string where = beyond_ ? fmt::format("body, {}", beyond_->pointer) : std::string("body");
    std::string message;
    const auto allowed = static_cast<std::size_t>(limits.pages);
    if (text_pages_ > allowed)
        message = fmt::format("the letter runs to more than {} page{}: it takes {}", allowed, allowed == 1 ? "" : "s",
                              text_pages_);
    else
        message = fmt::format("the letter's {} pages take more than {} sheet{}", text_pages_, *limits.sheets,
                              *limits.sheets == 1 ? "" : "s");
    if (text_pages_ == allowed + 1)
        message += fmt::format("; {:.1f} mm stand on the last", (std::min(y_, body_.bottom()) - body_.top()).to_mm());
    if (scale_ < 1000) message += fmt::format("; the type is at {:.1f} % already", scale_ / 10.0);
    return failure(Fault::Overflow, where, message, R"(shorten it, or raise "max_pages" or "max_sheets")");
}

/// What stands on backs instead of text.
Done Flow::turn_sheets() {
    const Backs& backs = desk_.state->backs;
    if (!backs.dress) return {};
    if (sides_ == Sides::Simplex)
        return failure(Fault::BadInput, "back", "the letter asks for one side, its template prints on the back",
                       R"(leave out the letter's option "sides")");
    const Size size = backs.dress->size;
    if (backs.every_sheet ? out_.page_count % 2 == 1 : out_.page_count == 1) out_.add_page(size);
    for (std::size_t i = 1; i < out_.page_count; i += 2) {
        TRY(dress_page(desk_, *backs.dress, out_.pages[i]));
        if (!backs.every_sheet) break;
    }
    return {};
}

}  // namespace pli::layouts
