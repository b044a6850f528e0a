#include "render/frame_operators.hpp"

#include "render/orientation.hpp"
#include "render/pdf_text.hpp"

namespace pli::render {

namespace {

/// What no colour equals: the first one is always written.
constexpr Colour unset{Colour::Space::K, {0, 0, 0, UINT16_MAX}, 0};
constexpr Length first_line_width = Length::pt(1);
constexpr std::string_view first_state = "/O0 gs 0 g 0 G 1 w\n";  // as every page begins
constexpr unsigned fills = 1, strokes = 2;                        // bits of the digit of /O0 to /O3

void write_colour(Operators& out, const Colour& colour, bool stroking) {
    if (colour.is_black()) {
        out.text(stroking ? "0 0 0 1 K\n" : "0 0 0 1 k\n");
        return;
    }
    switch (colour.space) {
        case Colour::Space::K: out.thousandths(1000 - colour.parts[3]).text(stroking ? "G\n" : "g\n"); break;
        case Colour::Space::Cmyk:
            for (const auto part : colour.parts) out.thousandths(part);
            out.text(stroking ? "K\n" : "k\n");
            break;
        case Colour::Space::Spot:
            out.text("/S").integer(colour.spot).text(stroking ? "CS " : "cs ");
            out.thousandths(colour.parts[0]).text(stroking ? "SCN\n" : "scn\n");
            break;
        case Colour::Space::Registration: out.text(stroking ? "/All CS 1 SCN\n" : "/All cs 1 scn\n"); break;
    }
}

void note(std::vector<bool>& used, std::size_t id) {
    if (id >= used.size()) used.resize(id + 1);
    used[id] = true;
}

}  // namespace

Result<std::string_view> FrameOperators::write(const Frame& frame, ResourceUse& use) {
    begin(frame, use);
    return write_items();
}

Result<std::string_view> FrameOperators::write_form(const Frame& frame, ResourceUse& use) {
    begin(frame, use);
    out_.text(first_state);
    return write_items();
}

void FrameOperators::begin(const Frame& frame, ResourceUse& use) {
    frame_ = &frame;
    use_ = &use;
    if (use.glyphs.size() < fonts_.face_count()) use.glyphs.resize(fonts_.face_count());
    out_.clear();
    height_ = frame.size.height.to_centipoints();
    in_text_ = false;
    font_.reset();
    fill_ = stroke_ = unset;
    overprint_ = 0;
    line_width_ = first_line_width;
}

Result<std::string_view> FrameOperators::write_items() {
    for (const Item& item : frame_->items) {
        TRY(std::visit([this](const auto& drawn) { return draw(drawn); }, item));
    }
    end_text();
    return out_.view();
}

void FrameOperators::begin_text() {
    if (in_text_) return;
    out_.text("BT\n");
    in_text_ = true;
    line_ = {};
}

void FrameOperators::end_text() {
    if (!in_text_) return;
    out_.text("ET\n");
    in_text_ = false;
}

void FrameOperators::note_ink(const Colour& colour) {
    if (colour.space == Colour::Space::Spot) note(use_->spots, colour.spot);
    if (colour.space == Colour::Space::Registration) use_->registration = true;
}

void FrameOperators::set_fill(const Colour& colour, Below below) {
    if (colour != fill_) {
        note_ink(colour);
        write_colour(out_, colour, false);
        fill_ = colour;
    }
    set_overprint(fills, below == Below::KeptUnderBlack && colour.is_black());
}

void FrameOperators::set_stroke(const Colour& colour) {
    if (colour != stroke_) {
        note_ink(colour);
        write_colour(out_, colour, true);
        stroke_ = colour;
    }
    set_overprint(strokes, colour.is_black());
}

void FrameOperators::set_line_width(Length width) {
    if (width != line_width_) out_.hundredths(width.to_centipoints()).text("w\n");
    line_width_ = width;
}

/// One graphics state parameter dictionary for each of the four cases, because "OP" alone would set both.
void FrameOperators::set_overprint(unsigned which, bool on) {
    const unsigned wanted = on ? overprint_ | which : overprint_ & ~which;
    if (wanted == overprint_) return;
    out_.text("/O").integer(wanted).text("gs\n");
    overprint_ = wanted;
}

/// Whether nothing has changed the state that a foreign page expects to begin in.
bool FrameOperators::pristine() const {
    return fill_ == unset && stroke_ == unset && overprint_ == 0 && line_width_ == first_line_width;
}

Done FrameOperators::draw(const Rule& rule) {
    end_text();
    set_stroke(rule.colour);
    set_line_width(rule.width);
    out_.hundredths(rule.from.x.to_centipoints()).hundredths(flipped(rule.from.y)).text("m ");
    out_.hundredths(rule.to.x.to_centipoints()).hundredths(flipped(rule.to.y)).text("l S\n");
    return {};
}

Done FrameOperators::draw(const Fill& fill) {
    end_text();
    set_fill(fill.colour, Below::KnockedOut);
    const std::int64_t left = fill.box.left().to_centipoints(), bottom = flipped(fill.box.bottom());
    // The far edges are rounded like any other coordinate, so that neighbouring fills meet.
    out_.hundredths(left).hundredths(bottom);
    out_.hundredths(fill.box.right().to_centipoints() - left).hundredths(flipped(fill.box.top()) - bottom);
    out_.text("re f\n");
    return {};
}

Done FrameOperators::draw(const Code& code) {
    const Modules* modules = TRY(codes_.encode(code, frame_->text_of(code.payload)));
    end_text();
    set_fill(Colour::black(), Below::KeptUnderBlack);
    out_.text("q ").hundredths(code.box.size.width.to_centipoints()).text("0 0 ");
    out_.hundredths(code.box.size.height.to_centipoints()).hundredths(code.box.left().to_centipoints());
    out_.hundredths(flipped(code.box.bottom())).text("cm\n");
    write_image_mask(*modules);
    out_.text("Q\n");
    return {};
}

/// Strokes of one path: the press sees lines of one width, whatever its pixels are, and the whole code costs one paint.
Done FrameOperators::draw(const Bars& bars) {
    end_text();
    set_stroke(Colour::black());
    set_line_width(bars.size.width);
    Length x = bars.origin.x + bars.size.width / 2;
    for (const char state : frame_->text_of(bars.states)) {
        const auto [top, bottom] = span_of(state, bars.size);
        const std::int64_t across = x.to_centipoints();
        out_.hundredths(across).hundredths(flipped(bars.origin.y + top)).text("m ");
        out_.hundredths(across).hundredths(flipped(bars.origin.y + bottom)).text("l\n");
        x += bars.size.pitch;
    }
    out_.text("S\n");
    return {};
}

/// A 1-bit mask prints without the gain that filled rectangles have (every touched pixel is painted). Raw data that
/// happens to hold "EI" would end the image early in readers that search for it: those few codes are written in hex.
void FrameOperators::write_image_mask(const Modules& modules) {
    const std::string_view data(reinterpret_cast<const char*>(modules.bits.data()), modules.bits.size());
    out_.text("BI/IM true/D[1 0]/W ").integer(modules.columns).text("/H ").integer(modules.rows);
    if (data.find("EI") == std::string_view::npos) {
        out_.text("ID ").text(data);
    } else {
        out_.text("/F/AHx ID ").text(ascii_hex(data)).text(">");
    }
    out_.text("\nEI ");
}

Done FrameOperators::draw(const Placed& placed) {
    end_text();
    note(use_->assets, placed.asset.value);
    std::visit([&](const auto& asset) { place(placed.box, asset, placed.asset); }, assets_[placed.asset]);
    return {};
}

void FrameOperators::do_asset(AssetId id) { out_.text("/X").integer(id.value).text("Do\n"); }

void FrameOperators::place(const Rect& box, const Layer& layer, AssetId id) {
    const std::int64_t x = box.left().to_centipoints();
    const std::int64_t y = flipped(box.top()) - layer.frame.size.height.to_centipoints();
    if (x == 0 && y == 0) return do_asset(id);
    out_.text("q 1 0 0 1 ").hundredths(x).hundredths(y).text("cm ");
    do_asset(id);
    out_.text("Q\n");
}

void FrameOperators::place(const Rect& box, const Image& image, AssetId id) {
    const Turn turn = turn_of(image);
    const std::int64_t width = box.size.width.to_centipoints(), height = box.size.height.to_centipoints();
    out_.text("q ").hundredths(turn.a * width).hundredths(turn.b * height).hundredths(turn.c * width);
    out_.hundredths(turn.d * height).hundredths(box.left().to_centipoints() + turn.e * width);
    out_.hundredths(flipped(box.bottom()) + turn.f * height).text("cm ");
    do_asset(id);
    out_.text("Q\n");
}

void FrameOperators::place(const Rect& box, const ForeignPage& page, AssetId id) {
    const std::int64_t x = box.left().to_centipoints(), y = flipped(box.bottom());
    if (pristine() && box.size == page.size && x == 0 && y == 0) return do_asset(id);
    constexpr int places = 6;  // a metre of paper stays exact to a hundredth of a point
    const auto scale = [](Length to, Length from) { return to.nm() * 1'000'000 / from.nm(); };
    out_.text("q ");
    if (!pristine()) out_.text(first_state);
    out_.decimal(scale(box.size.width, page.size.width), places).text("0 0 ");
    out_.decimal(scale(box.size.height, page.size.height), places).hundredths(x).hundredths(y).text("cm ");
    do_asset(id);
    out_.text("Q\n");
}

}  // namespace pli::render
