#pragma once
#include "layouts/desk.hpp"
#include "layouts/template.hpp"

namespace pli::layouts {

/// Sets a template's body block after block, adding pages as they fill up. Every new page gets its dress first; what
/// needs the number of pages is added when the last one is set.
/// Keeping together is done by trial: blocks are set as they come, and where a page break then parts what belongs
/// together, everything back to the beginning of it is taken off and set again on the next page. That costs nothing
/// where no page ends. A stretch that begins at a page's head is never moved again, so this comes to an end; one taller
/// than a page is split like any other text.
/// Errors   Overflow: more pages or sheets than the template allows, or a thing taller than a page; those of the blocks
/// Threads  one object per letter
class Flow {
public:
    Flow(Desk& desk, TypesetLetter& out, Sides sides) : desk_(desk), out_(out), sides_(sides) {}

    Done run();
    /// One page that holds these and nothing else: the back of a sheet.
    Done set_alone(const Columns& columns, const PageDress& page);

private:
    /// Where the letter stood: everything set since can be taken off.
    struct Mark {
        std::size_t pages = 0, text_pages = 0, items = 0, glyphs = 0, text = 0;
        Length y;
        bool fresh = false;  // at a page's head
    };
    /// What the block at hand must not be parted from.
    struct Kept {
        Mark mark;              // the beginning of the stretch
        std::size_t first = 0;  //   and its first block
        bool open = false;      // the next block belongs to it
        std::size_t group_end = 0;
        std::size_t released = 0;  // groups before this block are taller than a page: split as though they were none
    };

    // pages, in flow.cpp
    Done set_body();
    Done next_page();
    Result<std::size_t> place_kept(std::size_t index);
    Result<std::size_t> place_bound(const FlowItem& item, std::size_t index);
    std::size_t again_from(std::size_t index);
    bool visible(const FlowItem& item);
    Mark here() const;
    void back_to(const Mark& mark);
    bool too_long() const;
    Done outgrown() const;
    Done turn_sheets();

    // blocks, in flow_blocks.cpp
    Done place(const FlowItem& item);
    Done place_content(const Paragraph& paragraph);
    Done place_content(const Table& table);
    Done place_content(const Picture& picture);
    Done place_content(const QrMark& mark);
    Done place_content(const RuleMark& rule);
    Done place_content(const Spacer& spacer);
    Done place_content(const Columns& columns);
    bool place_drawn(const Paragraph& paragraph);
    Done place_lines(const Paragraph& paragraph, LineRange lines);
    Done turn_within(const Paragraph& paragraph, std::size_t& done);
    std::size_t lines_that_fit(const Paragraph& paragraph, std::size_t left, bool begun) const;
    Done make_room(Length height, std::string_view what);
    Length aligned(Align align, Length width) const;

    // tables, in table.cpp and table_sums.cpp
    Done list_rows(const Table& table);
    Done numbered_rows(const Table& table);
    Done note_tails(const std::vector<Cell>& row);
    Done place_data_row(const Table& table, std::size_t row, bool last);
    Done place_row(const Table& table, const std::vector<Cell>& row, Length below);
    Done place_head(const Table& table);
    Done turn_table(const Table& table);
    Done start_page_of(const Table& table);
    bool head_is_drawn(const Table& table) const { return table.head && scale_ == 1000 && !desk_.flat; }
    Length head_room(const Table& table) const;
    Result<Length> compose_row(const Table& table, const std::vector<Cell>& row);
    LinePlace place_in_cell(const Cell& cell, std::size_t tray, const SetLine& line, Point pen);
    void draw_row(const Table& table, const std::vector<Cell>& row);
    void draw_rule(const Stroke& stroke, Length length);
    bool row_is_empty(const std::vector<Cell>& row);
    Done begin_sums(const Table& table);
    void show_sums(const Table& table);
    Done add_to_sums(const Table& table, std::size_t row);
    Result<Length> height_of_sums(const Table& table, const std::vector<SumRow>& rows);
    Done place_sum_row(const Table& table, const SumRow& row);
    Done place_foot(const Table& table);

    Frame& frame() { return out_.pages[out_.page_count - 1]; }
    bool fits(Length height) const { return y_ + height <= body_.bottom(); }
    bool fresh() const { return y_ == body_.top(); }
    Length scaled(Length length) const { return scale_ == 1000 ? length : length * scale_ / 1000; }
    Length enlarged(Length length) const { return scale_ == 1000 ? length : length * 1000 / scale_; }
    void began() {
        if (began_on_ == 0) began_on_ = out_.page_count;
    }

    Desk& desk_;
    TypesetLetter& out_;
    const Sides sides_;
    Rect body_;
    Length y_;
    int scale_ = 1000;            // thousandths: a body that shrinks to fit
    std::size_t text_pages_ = 0;  // without the backs no text goes to
    std::size_t began_on_ = 0;    // page on which the block at hand has its first part
    const FlowItem* item_ = nullptr;
    const FlowItem* beyond_ = nullptr;  // the first block on a page too many
    Kept kept_;
    bool turn_first_ = false;  // the stretch at hand goes to the next page

    // the table at hand
    bool headed_ = false;   // its head is on this page
    std::size_t rows_ = 0;  // set so far
    Length carry_height_;   // of the row that carries the sum forward
};

}  // namespace pli::layouts
