#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "content/lexer.hpp"
#include "preflight/content_inspector.hpp"
#include "preflight/paint.hpp"

namespace pli::preflight {

using content::Lexer;
using content::Token;
using content::TokenKind;

/// One way through one content stream, operator by operator, with the graphics state that is judged.
/// Source   ISO 32000-1 §8.4 (graphics state), Annex A (operators and their operands)
class ContentRun {
public:
    enum class Kind : std::uint8_t {
        Page,
        Part,        // a form, a tile, a glyph: starts in the state of whoever draws it
        Uncoloured,  // a tile or glyph that may not say a colour
    };
    struct Setting {
        std::uint32_t object = 0;
        Overprint overprint{};
        Kind kind = Kind::Page;
    };
    ContentRun(ContentInspector& inspector, Names& names, const Setting& setting);

    void read(std::string_view content);
    const Drawn& drawn() const { return drawn_; }

private:
    struct Operator;
    struct State {
        Matrix matrix = identity;
        Paint fill{}, stroke{};
        Overprint overprint{};
        double line_width = 1;
        bool width_known = true;
        Font* font = nullptr;
        std::int64_t render_mode = 0;
    };

    static const Operator* operator_named(std::string_view word);
    void take(const Token& token, Lexer& lexer);
    void run(std::string_view word, Lexer& lexer);
    bool operands_fit(std::string_view shape) const;
    std::vector<char> shape_of_operands() const;
    void finish();
    void find(RuleId rule, std::string found) const;

    double number(std::size_t i) const { return operands_[i].number; }
    std::string_view last_name() const { return operands_.back().text; }

    void nothing() {}
    void save();
    void restore();
    void concatenate();
    void set_line_width();
    void set_intent();
    void set_state();
    void begin_text();
    void end_text();
    void begin_marked();
    void begin_marked_with();
    void point_with();
    void end_marked();
    void select_font();
    void set_render_mode();
    void show_text();
    void add_rectangle();
    void end_path();
    void paint_fill();
    void paint_stroke();
    void paint_both();
    void draw_xobject();
    void draw_shading();
    void postscript();
    void glyph_width() {}
    void glyph_box();
    void begin_ignoring() { ++ignoring_; }
    void end_ignoring() { --ignoring_; }
    void fill_space();
    void stroke_space();
    void fill_colour();
    void stroke_colour();
    void fill_grey();
    void stroke_grey();
    void fill_rgb();
    void stroke_rgb();
    void fill_cmyk();
    void stroke_cmyk();

    bool may_colour();
    void set_space(Paint& paint);
    void set_colour(Paint& paint);
    void set_pattern(Paint& paint);
    void set_device(Paint& paint, ColourSpace::Kind kind);
    void check_ink(const Paint& paint) const;
    void check_text(const Paint& paint, bool overprints) const;
    void check_overprint_of_white(const Paint& paint, bool overprints) const;
    void note_line(double width);
    void inline_image(Lexer& lexer);
    void place(const Picture& picture);

    ContentInspector& inspector_;
    Names& names_;
    Setting setting_;
    State state_;
    std::vector<State> saved_;
    std::vector<Token> operands_;
    bool nested_operands_ = false, has_bad_token_ = false;
    int depth_ = 0;  // of arrays and dictionaries among the operands
    int text_depth_ = 0, marked_depth_ = 0, ignoring_ = 0;
    double thinnest_rectangle_ = std::numeric_limits<double>::infinity();
    std::string codes_;
    Drawn drawn_;
};

}  // namespace pli::preflight
