#pragma once
#include "layouts/desk.hpp"

namespace pli::layouts {

/// Sets a template's body block after block, adding pages as they fill up. Every new page gets its dress first.
/// `{page}` of `{pages}` has its place after `run`: then the number of pages is known and all of them are still open.
/// Errors   Overflow: more pages than the template allows, or a row taller than a page; those of the blocks
/// Threads  one object per letter
class Flow {
public:
    /// Dresses a page that was just added: what stands on it beside the flow.
    using Dress = Done (*)(Desk& desk, const PageDress& dress, Frame& frame);

    Flow(Desk& desk, TypesetLetter& out, Dress dress) : desk_(desk), out_(out), dress_(dress) {}

    Done run();

private:
    Done next_page();
    Done place(const FlowItem& item);
    Done place_content(const Paragraph& paragraph);
    Done place_content(const Table& table);
    Done place_content(const Picture& picture);
    Done place_content(const QrMark& mark);
    Done place_content(const RuleMark& rule);
    Done place_content(const Spacer& spacer);

    Done place_drawn(const Paragraph& paragraph);
    std::size_t lines_that_fit(std::size_t left, bool first, Length leading) const;
    Done make_room(Length height, std::string_view what);

    Done list_rows(const Table& table);
    Done place_head(const Table& table);
    Done place_row(const Table& table, const std::vector<Cell>& row);
    void set_row(const Table& table, const std::vector<Cell>& row);
    Result<Length> compose_row(const Table& table, const std::vector<Cell>& row);
    bool row_is_empty(const std::vector<Cell>& row);

    Frame& frame() { return out_.pages[out_.page_count - 1]; }
    bool fits(Length height) const { return y_ + height <= body_.bottom(); }
    bool fresh() const { return y_ == body_.top(); }

    Desk& desk_;
    TypesetLetter& out_;
    Dress dress_;
    Rect body_;
    Length y_;
    bool headed_ = false;  // the table at hand has its head on this page
};

}  // namespace pli::layouts
