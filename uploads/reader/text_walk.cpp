// The text operators of a PageWalk.
#include <algorithm>

#include "uploads/reader/page_walk.hpp"
#include "uploads/reader/pdf_values.hpp"

namespace pli::uploads::reader {

void PageWalk::begin_text() {
    line_matrix_ = text_matrix_ = {};
    text_clip_ = {};
}

/// Modes 4 to 7 clip what follows by the glyphs, which reach no further than their boxes.
void PageWalk::end_text() {
    if (!text_clip_.empty()) state_.clip = state_.clip.common(text_clip_);
    text_clip_ = {};
}

void PageWalk::set_font() {
    state_.text.size = number(0);
    if (operands_.size() < 2) return;
    operands_.pop_back();
    const std::string named = name();
    const auto known = content_->fonts.find(named);
    const PageFont* font = known != content_->fonts.end() ? known->second : books_.fonts.font(resource("/Font", named));
    if (known == content_->fonts.end()) content_->fonts[named] = font;
    state_.text.font = font;
}

void PageWalk::advance(double x, double y) {
    line_matrix_ = Matrix{1, 0, 0, 1, x, y}.then(line_matrix_);
    text_matrix_ = line_matrix_;
}
void PageWalk::move_line() { advance(number(1), number(0)); }
void PageWalk::move_line_and_lead() {
    state_.text.leading = -number(0);
    move_line();
}
void PageWalk::next_line() { advance(0, -state_.text.leading); }
void PageWalk::text_matrix() {
    line_matrix_ = text_matrix_ = {number(5), number(4), number(3), number(2), number(1), number(0)};
}

void PageWalk::show() {
    if (!operands_.empty()) show_string(operands_.back());
}
void PageWalk::show_on_next_line() {
    next_line();
    show();
}
void PageWalk::show_with_spacing() {
    state_.text.word_space = number(2);
    state_.text.character_space = number(1);
    show_on_next_line();
}

void PageWalk::show_pieces() {
    for (const Token& token : operands_) {
        if (token.kind != content::TokenKind::Number) {
            show_string(token);
            continue;
        }
        const double shift = -std::clamp(token.number, -1e7, 1e7) / 1000 * state_.text.size;
        const bool vertical = state_.text.font != nullptr && state_.text.font->vertical();
        text_matrix_ =
            Matrix{1, 0, 0, 1, vertical ? 0 : shift * state_.text.scale, vertical ? shift : 0}.then(text_matrix_);
    }
}

void PageWalk::show_string(const Token& token) {
    const bool is_string = token.kind == content::TokenKind::String || token.kind == content::TokenKind::HexString;
    if (!is_string || state_.text.font == nullptr) return;
    string_bytes_.clear();
    content::append_string_bytes(token, string_bytes_);
    const auto at = static_cast<std::uint32_t>(token.text.data() - content_->bytes->data() - 1);
    const std::string_view bytes(string_bytes_);
    for (std::size_t done = 0; done < bytes.size();) {
        const Character character = state_.text.font->first_of(bytes.substr(done));
        show_character(character, {content_->stream, at, static_cast<std::uint32_t>(done), character.bytes});
        done += character.bytes;
    }
}

void PageWalk::show_character(const Character& character, const Origin& source) {
    const TextState& text = state_.text;
    const bool vertical = text.font->vertical();
    const double spacing = text.character_space + (character.word_space ? text.word_space : 0);
    const double across = vertical ? 0 : (character.width * text.size + spacing) * text.scale;
    const double down = vertical ? -text.size + spacing : 0;
    const Matrix em =
        Matrix{text.size * text.scale, 0, 0, text.size, 0, text.rise}.then(text_matrix_).then(state_.matrix);
    text_matrix_ = Matrix{1, 0, 0, 1, across, down}.then(text_matrix_);
    if (!spend_mark()) return;
    const Matrix next = Matrix{1, 0, 0, 1, 0, text.rise}.then(text_matrix_).then(state_.matrix);
    PageGlyph glyph;
    const double left = vertical ? -character.width / 2 : 0, up = vertical ? -0.88 : 0;
    glyph.origin = em.at(0, 0);
    glyph.end = next.at(0, 0);
    glyph.along = {em.a, em.b};
    glyph.up = {em.c, em.d};
    glyph.width = vertical ? 1 : character.width;
    glyph.advance = text.size == 0 ? 0 : (character.width + spacing / text.size) * 1000;
    glyph.size = em.y_scale() * text.font->em_height();
    glyph.font = text.font;
    glyph.paint = paint_index();
    glyph.order = order_++;
    glyph.code = character.code;
    glyph.source = source;
    glyph.known = character.known;
    glyph.text = character.text;
    glyph.movable = !cell_ && !vertical && text.mode == 0 && text.size != 0;
    const double bottom = text.font->descent() + up, top = text.font->ascent() + up;
    const Extent whole = extent_of(em, left, bottom, character.width, top - bottom);
    if (text.mode >= 4) text_clip_.include({whole.left, whole.top}), text_clip_.include({whole.right, whole.bottom});
    const Extent shown = cell_ ? *cell_ : whole.common(state_.clip).common(marks_.trim);
    const bool inkless = text.mode == 3 || text.mode == 7 || state_.fill_opacity == 0;
    glyph.visible = !shown.empty() && !inkless;
    glyph.box = shown.empty() ? whole : shown;
    marks_.glyphs.push_back(std::move(glyph));
}

std::uint32_t PageWalk::paint_index() {
    const int mode = state_.text.mode & 3;
    const PaintColour& colour = mode == 1 ? state_.stroke : state_.fill;
    TextPaint paint{colour.colour, {state_.fill_opacity, state_.plain, state_.fill_overprints}};
    paint.outlined = mode == 1 || mode == 2;
    paint.invisible = mode == 3;
    paint.colour_operators = colour.operators;
    paint.space = colour.space_object;
    paint.state = state_.extended;
    // Text alternates between few paints: the last ones are looked at first.
    const auto& paints = marks_.paints;
    for (std::size_t back = 1; back <= std::min<std::size_t>(paints.size(), 8); ++back)
        if (paints[paints.size() - back] == paint) return static_cast<std::uint32_t>(paints.size() - back);
    marks_.paints.push_back(std::move(paint));
    return static_cast<std::uint32_t>(marks_.paints.size() - 1);
}

}  // namespace pli::uploads::reader
