#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "fonts/font_set.hpp"
#include "frame/assets.hpp"
#include "frame/frame.hpp"
#include "render/codes.hpp"
#include "render/operators.hpp"
#include "render/page_content.hpp"

namespace pli::render {

/// What an item does to inks that lie below it. Only text, rules and codes in full black overprint: misregister then
/// shows no white edge, and the colour below stays whole. Tints, white and fills knock out.
enum class Below : std::uint8_t { KnockedOut, KeptUnderBlack };

/// How a string names its glyphs: by codes of one or two bytes (font /L<face>, fonts/mixed_codes.hpp), or by glyph ids,
/// always two bytes (font /F<face>).
enum class Coding : std::uint8_t { Mixed, GlyphId };

/// A Frame as PDF operators in clear. Only changes of state are written. It starts from, and leaves, the graphics state
/// every content stream begins with, except colours, overprint and line width. Full black is "0 0 0 1 k": overprint
/// mode 1 leaves plates alone for zeros said in DeviceCMYK, never for DeviceGray (§8.6.7).
/// Source   ISO 32000-1 §8.4 (graphics state), §8.9.7 (inline images), §9.4 (text), §14.9.4 (ActualText)
/// Errors   Overflow, from a code's payload
/// Threads  one object per thread
class FrameOperators {
public:
    FrameOperators(const fonts::FontSet& fonts, const Assets& assets) : fonts_(fonts), assets_(assets) {}

    /// The view is good until the next call. `use` is added to.
    Result<std::string_view> write(const Frame& frame, ResourceUse& use);
    /// The same for a Form XObject, which begins in whatever state its page is in and so sets its own.
    Result<std::string_view> write_form(const Frame& frame, ResourceUse& use);

private:
    struct TextPosition {
        std::int64_t x = 0, y = 0;
    };
    struct Lettering {
        FaceId face;
        Length size;
        Coding coding;
        bool operator==(const Lettering&) const = default;
    };

    Result<std::string_view> write_items();
    void begin(const Frame& frame, ResourceUse& use);
    Done draw(const TextRun& run);
    Done draw(const Rule& rule);
    Done draw(const Fill& fill);
    Done draw(const Code& code);
    Done draw(const Bars& bars);
    Done draw(const Placed& placed);

    void begin_text();
    void end_text();
    void set_fill(const Colour& colour, Below below);
    void set_stroke(const Colour& colour);
    void set_line_width(Length width);
    void note_ink(const Colour& colour);
    void set_overprint(unsigned which, bool on);
    bool pristine() const;
    void set_font(const Lettering& font);
    void move_to(Point baseline);
    void show(const TextRun& run);
    bool spelt_from_the_right(const TextRun& run);
    void place(const Rect& box, const Layer& layer, AssetId id);
    void place(const Rect& box, const Image& image, AssetId id);
    void place(const Rect& box, const ForeignPage& page, AssetId id);
    void do_asset(AssetId id);
    void write_image_mask(const Modules& modules);
    std::int64_t flipped(Length y) const { return height_ - y.to_centipoints(); }

    const fonts::FontSet& fonts_;
    const Assets& assets_;
    Operators out_;
    CodeEncoder codes_;
    std::string actual_text_;
    std::vector<Glyph> reversed_;

    // The state the reader of the stream is in.
    const Frame* frame_ = nullptr;
    ResourceUse* use_ = nullptr;
    std::int64_t height_ = 0;
    bool in_text_ = false;
    TextPosition line_;
    std::optional<Lettering> font_;
    Colour fill_, stroke_;
    unsigned overprint_ = 0;  // the digit of /O0 to /O3
    Length line_width_;
};

}  // namespace pli::render
