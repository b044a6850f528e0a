#pragma once
#include <array>
#include <optional>
#include <string>
#include <vector>

#include "address/writer.hpp"
#include "layouts/compiled_template.hpp"
#include "layouts/letter_values.hpp"
#include "layouts/line_setting.hpp"
#include "layouts/weaver.hpp"

namespace pli::layouts {

/// How a style draws digits and the decimal sign of a locale.
struct NumberGlyphs {
    const CompiledTemplate::State* state = nullptr;
    std::uint16_t style = 0, sign = 0;
    std::string sign_text;
    std::array<std::uint16_t, 10> digits{};
};

/// What one thread sets letters with: the tools, and the trays it uses again and again.
struct Desk {
    Desk(const fonts::FontSet& all_fonts, fonts::Shaper& shaper, Day day, std::string sender_country)
        : fonts(all_fonts), weaver(all_fonts, shaper), values(day), writer(std::move(sender_country)) {}

    const fonts::FontSet& fonts;
    Weaver weaver;
    LetterValues values;
    address::Writer writer;
    const CompiledTemplate::State* state = nullptr;
    const Letter* letter = nullptr;
    Prose prose;
    Prose waiting;  // the rest of a paragraph while a page is dressed, or while its label is set
    Prose part;     // boxes that are looked at apart
    std::vector<NumberGlyphs> numbers;
    RunningSums sums;           // of the table at hand
    std::vector<Length> tails;  //   and of each column the widest text behind a decimal sign
    bool flat = false;          // layers are being drawn: they hold no other layers
    std::vector<Prose> cells;
    std::vector<std::optional<std::string>> row;
    /// A value of an upload's line: its items of the frame, and how wide they are.
    struct SetValue {
        std::size_t first = 0, last = 0;
        Length width;
    };
    std::vector<SetValue> set_values;  // of the line at hand, by part
    std::string payload;
    address::Lines address;

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
        writer.use_language(values.locale());
        return {};
    }
    LineSetter setter() const { return {fonts, state->styles}; }
};

/// The room between the first line's top and its baseline, as a share of the leading.
inline constexpr double baseline_share = 0.78;
/// How far a list item's bullet or number stands before its text.
inline constexpr Length label_room = 5_mm;
/// Between a number that ends before the text and the text.
inline constexpr Length label_distance = 1.5_mm;

/// Longer than any line: text without a measure breaks only where its author broke it.
inline constexpr Length endless = 100'000_mm;
/// How far a caption stands below its picture.
inline constexpr Length caption_gap = 1.5_mm;
/// Text that does not fit shrinks by so much at a time, in thousandths of its size, and is tried again.
inline constexpr int shrink_step = 25;

/// Weaves a paragraph into desk.prose and breaks it.
/// Errors   Overflow: something that no line may divide is wider than the measure
Done compose(Desk& desk, const Paragraph& paragraph, Length measure);
/// Breaks what follows the first `done` lines anew, for a page of another width.
Done rebreak_from(Desk& desk, const Paragraph& paragraph, std::size_t done, Length measure);
/// Whether the line sticks out of its measure by more than its spaces can give.
bool sticks_out(const Prose& prose, const SetLine& line, Length measure);
/// Sets `count` of its lines, `place` being theirs; their room.
struct LineRange {
    std::size_t first, count;
    bool begins = true;  // the paragraph: its label stands before the first
};
Done set_lines(Desk& desk, const Paragraph& paragraph, LineRange lines, const Rect& place, Frame& frame);
/// Makes text that was set in an enlarged measure smaller about a corner: `scale` in thousandths.
void reduce(Frame& frame, std::size_t first_item, Point corner, int scale);

Done draw_fixed(Desk& desk, const FixedItem& item, Frame& frame);
Done draw_upload_line(Desk& desk, const UploadLine& line, Frame& frame);
Done draw_code(Desk& desk, const QrMark& mark, Point corner, Frame& frame);

/// Composes a caption; gives its height.
Result<Length> compose_caption(Desk& desk, const Paragraph& caption, Length measure);
Done set_caption(Desk& desk, const Paragraph& caption, const Rect& place, Frame& frame);
/// The room a code's caption has, centred below it, without coming near the sheet's edges.
Length caption_measure(Length left, Length width, Length sheet);

/// The letter's address, written from the recipient or from the template's own lines. One size for the whole block: it
/// shrinks to four fifths before an address is refused as too wide.
/// Errors   AddressTooLong: too many lines, too wide, too deep, with the figures
Done draw_address(Desk& desk, const AddressBlock& block, Frame& frame);

/// The same, measured and not set.
struct AddressFit;
Result<AddressFit> fit_address(Desk& desk, const AddressBlock& block);

}  // namespace pli::layouts
