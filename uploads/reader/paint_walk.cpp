// The operators of a PageWalk that set colours and paint paths and pictures.
#include <algorithm>
#include <limits>

#include "uploads/reader/page_walk.hpp"
#include "uploads/reader/pdf_values.hpp"

namespace pli::uploads::reader {
namespace {

constexpr std::size_t most_parts = 100'000;

float component(double value) { return static_cast<float>(std::clamp(value, -1000.0, 1000.0)); }

std::string filter_name(const QPDFObjectHandle& image) {
    auto filter = entry(image, "/Filter");
    if (const auto filters = items_of(filter); !filters.empty()) filter = filters.back();
    return is_name(filter) ? QPDFObjectHandle(filter).getName().substr(1) : std::string();
}

std::uint32_t count_in(const QPDFObjectHandle& dictionary, const char* key) {
    return static_cast<std::uint32_t>(std::clamp(number_in(dictionary, key, 0), 0.0, 1e6));
}

}  // namespace

void PageWalk::device_colour(const char* space, bool stroke) {
    PaintColour& paint = stroke ? state_.stroke : state_.fill;
    paint.space_object = QPDFObjectHandle::newName(space);
    paint.space = books_.spaces.read(paint.space_object, content_->resources);
    paint.pattern = QPDFObjectHandle::newNull();
    set_components(paint);
}

void PageWalk::fill_space() { set_space(state_.fill); }
void PageWalk::stroke_space() { set_space(state_.stroke); }
void PageWalk::fill_components() { set_components(state_.fill); }
void PageWalk::stroke_components() { set_components(state_.stroke); }

void PageWalk::set_space(PaintColour& paint) {
    const std::string named = name();
    if (named.empty()) return;
    const auto own = resource("/ColorSpace", named);
    paint.space_object = QPDFObjectHandle(own).isNull() ? QPDFObjectHandle::newName(named) : own;
    paint.space = books_.spaces.read(paint.space_object, content_->resources);
    paint.colour = paint.space.initial();
    paint.pattern = QPDFObjectHandle::newNull();
    paint.operators.clear();
}

void PageWalk::set_components(PaintColour& paint) {
    const ColourSpace& space = paint.space;
    paint.colour = {space.ink, space.calibrated, std::min<std::uint8_t>(space.components, 4), {}, space.name};
    paint.operators.clear();
    if (space.ink == Ink::Pattern) {
        paint.pattern = resource("/Pattern", name());
        paint.colour.count = 0;
        if (const auto own = entry(entry(paint.pattern, "/Shading"), "/ColorSpace"); !QPDFObjectHandle(own).isNull()) {
            const ColourSpace shaded = books_.spaces.read(own, content_->resources);
            paint.colour = {shaded.ink, shaded.calibrated, 0, {}, shaded.name};
        }
        return;
    }
    if (space.indexed) paint.colour.count = 0;
    std::size_t at = 0;
    for (const Token& token : operands_) {
        if (token.kind != content::TokenKind::Number) continue;
        if (at < 4 && !space.indexed) paint.colour.parts[at] = component(token.number);
        ++at;
        paint.operators.append(token.text).append(" ");
    }
}

void PageWalk::add_point(double x, double y) {
    pen_ = {x, y};
    if (!parts_.empty()) parts_.back().include(state_.matrix.at(x, y));
}

void PageWalk::move_to() {
    start_ = pen_ = {number(1), number(0)};
    // "m" after "m" starts no part of its own.
    if (parts_.empty() || !parts_.back().empty()) {
        if (parts_.size() < most_parts) parts_.emplace_back();
    }
}

void PageWalk::line_to() {
    if (parts_.empty()) return;
    parts_.back().include(state_.matrix.at(pen_.x, pen_.y));
    add_point(number(1), number(0));
}

void PageWalk::curve_to() {
    if (parts_.empty()) return;
    parts_.back().include(state_.matrix.at(pen_.x, pen_.y));
    parts_.back().include(state_.matrix.at(number(5), number(4)));
    shorter_curve_to();
}

void PageWalk::shorter_curve_to() {
    if (parts_.empty()) return;
    parts_.back().include(state_.matrix.at(pen_.x, pen_.y));
    parts_.back().include(state_.matrix.at(number(3), number(2)));
    add_point(number(1), number(0));
}

void PageWalk::rectangle() {
    const double x = number(3), y = number(2), width = number(1), height = number(0);
    if (parts_.size() < most_parts) parts_.push_back(extent_of(state_.matrix, x, y, width, height));
    start_ = pen_ = {x, y};
}

void PageWalk::paint_path(bool fill, bool stroke) {
    for (const Extent& part : parts_)
        if (!part.empty()) add_path(part, fill, stroke);
    end_path();
}

void PageWalk::end_path() {
    if (clips_) {
        Extent all;
        for (const Extent& part : parts_)
            if (!part.empty()) all.include({part.left, part.top}), all.include({part.right, part.bottom});
        state_.clip = state_.clip.common(all);
    }
    clips_ = false;
    parts_.clear();
}

/// What the clip and the trim leave of `extent`; false where nothing is left, and the box is then where it would be.
bool PageWalk::place(Mark& mark, const Extent& extent) {
    mark.order = order_++;
    const Extent shown = cell_ ? *cell_ : extent.common(state_.clip).common(marks_.trim);
    mark.visible = !shown.empty() && mark.blend.opacity > 0;
    mark.box = rect_of(shown.empty() ? extent : shown);
    return mark.visible;
}

/// Ink that crosses the trim is meant to bleed; crop marks beside the page are not.
void PageWalk::note_bleed(const Extent& extent) {
    const Extent shown = extent.common(state_.clip), inside = shown.common(marks_.trim);
    if (shown.empty() || inside.empty() || inside.width() <= 0 || inside.height() <= 0) return;
    const auto keep = [](Length& most, double points) { most = std::max(most, length_of(points)); };
    keep(marks_.bleed.left, marks_.trim.left - shown.left);
    keep(marks_.bleed.top, marks_.trim.top - shown.top);
    keep(marks_.bleed.right, shown.right - marks_.trim.right);
    keep(marks_.bleed.bottom, shown.bottom - marks_.trim.bottom);
}

void PageWalk::add_path(const Extent& part, bool fill, bool stroke) {
    if (!spend_mark()) return;
    PathMark mark;
    mark.filled = fill;
    mark.colour = fill ? state_.fill.colour : state_.stroke.colour;
    mark.blend = fill ? Blend{state_.fill_opacity, state_.plain, state_.fill_overprints}
                      : Blend{state_.stroke_opacity, state_.plain, state_.stroke_overprints};
    Extent extent = part;
    if (stroke) {
        const double width = state_.line_width * state_.matrix.scale();
        mark.stroke = length_of(width);
        mark.stroke_colour = state_.stroke.colour;
        extent = extent.grown(width / 2);
    }
    note_bleed(extent);
    const bool visible = place(mark, extent);
    marks_.paths.push_back(std::move(mark));
    if (visible && fill && state_.fill.space.ink == Ink::Pattern)
        walk_pattern(extent.common(state_.clip).common(marks_.trim));
}

void PageWalk::shading() {
    if (!spend_mark()) return;
    PathMark mark;
    mark.filled = true;
    mark.colour.ink = Ink::Pattern;
    mark.colour.count = 0;
    const auto shade = resource("/Shading", name());
    if (const auto space = entry(shade, "/ColorSpace"); !QPDFObjectHandle(space).isNull()) {
        const ColourSpace read = books_.spaces.read(space, content_->resources);
        mark.colour = {read.ink, read.calibrated, 0, {}, read.name};
    }
    mark.blend = {state_.fill_opacity, state_.plain, state_.fill_overprints};
    note_bleed(state_.clip);
    place(mark, state_.clip);
    marks_.paths.push_back(std::move(mark));
}

void PageWalk::picture(const QPDFObjectHandle& image) {
    PictureMark mark;
    mark.columns = count_in(image, "/Width");
    mark.rows = count_in(image, "/Height");
    mark.stencil = flag_in(image, "/ImageMask");
    mark.bits = static_cast<std::uint8_t>(std::min(count_in(image, "/BitsPerComponent"), 32u));
    mark.coding = utf8_or_escaped(filter_name(image));
    const auto mask = entry(image, "/Mask"), soft = entry(image, "/SMask");
    mark.masked = is_stream(soft) || is_stream(mask) || !items_of(mask).empty();
    if (is_stream(soft)) marks_.transparency = true;
    if (mark.stencil) {
        mark.bits = 1;
        mark.colour = state_.fill.colour;
    } else {
        const ColourSpace space = books_.spaces.read(entry(image, "/ColorSpace"), content_->resources);
        mark.colour = {space.ink, space.calibrated, 0, {}, space.name};
    }
    add_picture(std::move(mark));
}

void PageWalk::add_picture(PictureMark mark) {
    if (!spend_mark()) return;
    const double width = state_.matrix.x_scale() / 72, height = state_.matrix.y_scale() / 72;  // inches
    if (width > 1e-6) mark.pixels_per_inch_x = mark.columns / width;
    if (height > 1e-6) mark.pixels_per_inch_y = mark.rows / height;
    mark.blend = {state_.fill_opacity, state_.plain, state_.fill_overprints};
    const Extent extent = extent_of(state_.matrix, 0, 0, 1, 1);
    note_bleed(extent);
    place(mark, extent);
    marks_.pictures.push_back(std::move(mark));
}

/// At ID: the operands are the keys and values since BI.
void PageWalk::inline_picture() {
    PictureMark mark;
    mark.inlined = true;
    QPDFObjectHandle space = QPDFObjectHandle::newNull();
    for (std::size_t i = 0; i + 1 < operands_.size(); ++i) {
        const Token &key = operands_[i], &value = operands_[i + 1];
        if (key.kind != content::TokenKind::Name) continue;
        const auto count = static_cast<std::uint32_t>(std::clamp(value.number, 0.0, 1e6));
        if (key.text == "W" || key.text == "Width") mark.columns = count;
        if (key.text == "H" || key.text == "Height") mark.rows = count;
        if (key.text == "BPC" || key.text == "BitsPerComponent")
            mark.bits = static_cast<std::uint8_t>(std::min(count, 32u));
        if (key.text == "IM" || key.text == "ImageMask") mark.stencil = value.text == "true";
        if ((key.text == "CS" || key.text == "ColorSpace") && value.kind == content::TokenKind::Name)
            space = QPDFObjectHandle::newName("/" + content::decoded_name(value.text));
        if ((key.text == "F" || key.text == "Filter") && value.kind == content::TokenKind::Name)
            mark.coding = utf8_or_escaped(std::string(value.text));
    }
    const ColourSpace read = books_.spaces.read(space, content_->resources);
    if (mark.stencil) mark.bits = 1;
    mark.colour = mark.stencil ? state_.fill.colour : PageColour{read.ink, read.calibrated, 0, {}, read.name};
    const std::size_t row = (std::size_t{mark.columns} * mark.bits *
                                 (mark.stencil   ? 1
                                  : read.indexed ? 1
                                                 : read.components) +
                             7) /
                            8;
    std::optional<std::size_t> length;
    if (mark.coding.empty()) length = row * mark.rows;
    content::Lexer before = *lexer_;
    if (!lexer_->inline_image(length)) {
        *lexer_ = before;
        if (!lexer_->inline_image(std::nullopt)) marks_.damaged = true;
    }
    add_picture(std::move(mark));
}

/// The cell is walked once: what is in it stands, somewhere, all over what was painted with it.
void PageWalk::walk_pattern(const Extent& painted) {
    const QPDFObjectHandle pattern = state_.fill.pattern;
    if (!is_stream(pattern) || depth_ >= 8 || painted.empty()) return;
    if (std::ranges::find(patterns_, pattern.getObjGen()) != patterns_.end()) return;
    patterns_.push_back(pattern.getObjGen());
    const GraphicsState outer = state_;
    const auto outer_cell = std::exchange(cell_, painted);
    auto outer_parts = std::exchange(parts_, {});
    const bool outer_clips = std::exchange(clips_, false);
    const Matrix matrix = matrix_from(entry(pattern, "/Matrix")).then(content_->base);
    state_ = {};
    state_.clip = outer.clip;
    if (static_cast<int>(number_in(pattern, "/PaintType", 1)) == 2)
        state_.fill.colour = state_.stroke.colour = outer.fill.colour;
    walk_stream(pattern, matrix, content_->resources);
    parts_ = std::move(outer_parts);
    clips_ = outer_clips;
    cell_ = outer_cell;
    state_ = outer;
}

}  // namespace pli::uploads::reader
