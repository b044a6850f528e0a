#pragma once
#include <optional>
#include <string>
#include <vector>

#include "layouts/address_block.hpp"
#include "layouts/compiled_template.hpp"
#include "layouts/letter_values.hpp"
#include "layouts/line_setting.hpp"
#include "layouts/weaver.hpp"

namespace pli::layouts {

/// What one thread sets letters with: the tools, and the trays it uses again and again.
struct Desk {
    Desk(const fonts::FontSet& all_fonts, fonts::Shaper& shaper, Day day, std::string sender_country)
        : fonts(all_fonts), weaver(all_fonts, shaper), values(day), writer(std::move(sender_country)) {}

    const fonts::FontSet& fonts;
    Weaver weaver;
    LetterValues values;
    AddressWriter writer;
    const CompiledTemplate::State* state = nullptr;
    const Letter* letter = nullptr;
    Prose prose;
    std::vector<Prose> cells;
    std::vector<std::optional<std::string>> row;
    std::string payload;
    AddressLines address;

    /// Takes up a template whose text is static so far: while it is being compiled.
    void take(const CompiledTemplate::State& letterform) {
        state = &letterform;
        weaver.use(letterform.styles, letterform.locale);
    }
    Done take(const CompiledTemplate::State& letterform, const Letter& own_letter) {
        state = &letterform;
        letter = &own_letter;
        TRY(values.start(letterform, own_letter));
        weaver.use(letterform.styles, values.locale());
        return {};
    }
    LineSetter setter() const { return {fonts, state->styles}; }
};

/// The room between the first line's top and its baseline, as a share of the leading.
inline constexpr double baseline_share = 0.78;
/// How far a list item's bullet or number stands before its text.
inline constexpr Length label_room = 5_mm;

/// Weaves a paragraph into desk.prose and breaks it.
Done compose(Desk& desk, const Paragraph& paragraph, Length measure);
/// Sets `count` of its lines, `top_left` being the corner of the first; a label stands before line 0.
struct LineRange {
    std::size_t first, count;
};
Done set_lines(Desk& desk, const Paragraph& paragraph, LineRange lines, const Rect& place, Frame& frame);

Done draw_fixed(Desk& desk, const FixedItem& item, Frame& frame);
Done draw_code(Desk& desk, const QrMark& mark, Point corner, Frame& frame);
/// The code and its caption.
Length height_of(const QrMark& mark);

/// The letter's address, written from the recipient or from the template's own lines. One size for the whole block: it
/// shrinks to four fifths before an address is refused as too wide.
/// Errors   AddressTooLong: too many lines, too wide, too deep, with the figures
Done draw_address(Desk& desk, const AddressBlock& block, Frame& frame);

}  // namespace pli::layouts
