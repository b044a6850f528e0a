#pragma once
#include <map>
#include <memory>
#include <optional>
#include <qpdf/QPDFObjectHandle.hh>
#include <string>
#include <string_view>
#include <vector>

#include "content/lexer.hpp"
#include "uploads/reader/colour_spaces.hpp"
#include "uploads/reader/layers.hpp"
#include "uploads/reader/page_font.hpp"
#include "uploads/reader/page_marks.hpp"

namespace pli::uploads::reader {

/// How much of a document is walked before the survey says `truncated`.
struct WalkLimits {
    std::uint32_t operators = 3'000'000;
    std::uint32_t marks = 400'000;
    std::uint32_t forms = 100'000;  // drawn, not defined: forms of forms of forms double with each step
    std::uint64_t content_bytes = 128u << 20;
};

/// What the pages of one document share while they are walked.
struct WalkBooks {
    FontBook& fonts;
    ColourSpaces& spaces;
    const Layers& layers;
    WalkLimits left;  // counts down
    std::map<QPDFObjGen, std::shared_ptr<const std::string>> contents{};
};

struct PaintColour {
    ColourSpace space{};
    QPDFObjectHandle space_object{};
    PageColour colour{};
    QPDFObjectHandle pattern{};
    std::string operators = "0 g";  // that set it, for fills
};

struct TextState {
    const PageFont* font = nullptr;
    double size = 0, character_space = 0, word_space = 0, scale = 1, leading = 0, rise = 0;
    int mode = 0;
};

struct GraphicsState {
    Matrix matrix;
    Extent clip;
    PaintColour fill, stroke;
    double line_width = 1;
    float fill_opacity = 1, stroke_opacity = 1;
    bool plain = true, fill_overprints = false, stroke_overprints = false;
    QPDFObjectHandle extended;  // the last ExtGState
    TextState text;
};

/// Follows the operators of a page: forms within forms, patterns, pictures within the content. Marks of hidden layers
/// are passed over, their changes of state are not.
/// Source   ISO 32000-1 §8.2 (operators), §8.4 to §8.11, §9
class PageWalk {
public:
    PageWalk(WalkBooks& books, PageMarks& marks) : books_(books), marks_(marks) {}
    /// `form` as form_of_page made it; `to_paper` maps its space to points from the top left corner of the page.
    void walk(const QPDFObjectHandle& form, const Matrix& to_paper, const Extent& clip);

private:
    using Token = content::Token;
    struct Operator;
    struct Content {
        QPDFObjectHandle resources;
        std::shared_ptr<const std::string> bytes;
        std::uint32_t stream = 0;
        Matrix base;  // of the form or pattern: patterns stand in it
        std::map<std::string, const PageFont*, std::less<>> fonts{};
    };
    static const std::vector<Operator> operators;

    // page_walk.cpp: the loop, states, forms, layers
    void walk_stream(const QPDFObjectHandle& stream, const Matrix& matrix, const QPDFObjectHandle& lent);
    void run(Content& content);
    void perform(std::string_view name);
    bool spend_operator();
    bool spend_mark();
    std::shared_ptr<const std::string> content_of(const QPDFObjectHandle& stream);
    double number(std::size_t from_end) const;
    std::string name() const;
    QPDFObjectHandle resource(const char* kind, const std::string& name) const;
    void save();
    void restore();
    void concatenate();
    void extended_state();
    void blend_mode(const QPDFObjectHandle& state);
    void draw_object();
    void begin_marked();
    void begin_marked_with();
    void end_marked();
    bool hidden() const { return hidden_ > 0; }

    // paint_walk.cpp: colours, paths, pictures
    void device_colour(const char* space, bool stroke);
    void fill_space();
    void stroke_space();
    void fill_components();
    void stroke_components();
    void set_space(PaintColour& paint);
    void set_components(PaintColour& paint);
    void move_to();
    void line_to();
    void curve_to();
    void shorter_curve_to();
    void rectangle();
    void add_point(double x, double y);
    void paint_path(bool fill, bool stroke);
    void end_path();
    void add_path(const Extent& part, bool fill, bool stroke);
    void shading();
    void picture(const QPDFObjectHandle& image);
    void inline_picture();
    void add_picture(PictureMark mark);
    void walk_pattern(const Extent& painted);
    void note_bleed(const Extent& extent);
    bool place(Mark& mark, const Extent& extent);

    // text_walk.cpp
    void begin_text();
    void end_text();
    void set_font();
    void move_line();
    void move_line_and_lead();
    void text_matrix();
    void next_line();
    void show();
    void show_on_next_line();
    void show_with_spacing();
    void show_pieces();
    void show_string(const Token& token);
    void show_character(const Character& character, const Origin& source);
    std::uint32_t paint_index();
    void advance(double x, double y);

    WalkBooks& books_;
    PageMarks& marks_;
    GraphicsState state_;
    std::vector<GraphicsState> saved_;
    std::vector<Token> operands_;
    std::vector<bool> layer_marks_;  // of each open marked content: a hidden layer
    int hidden_ = 0, depth_ = 0;
    Content* content_ = nullptr;
    content::Lexer* lexer_ = nullptr;
    std::vector<Extent> parts_;  // of the path
    Place start_, pen_;
    bool clips_ = false;
    Matrix line_matrix_, text_matrix_;
    Extent text_clip_;
    std::vector<QPDFObjGen> open_forms_;  // around the content at hand
    std::vector<QPDFObjGen> patterns_;    // whose cells were walked
    std::optional<Extent> cell_;          // what a pattern's marks cover together
    std::uint32_t order_ = 0;
    std::string string_bytes_;
};

}  // namespace pli::uploads::reader
