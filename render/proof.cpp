#include "render/proof.hpp"

#include <cairo.h>
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <unordered_map>
#include <utility>

#include "base/release.hpp"
#include "fonts/outlines.hpp"
#include "render/asset_objects.hpp"
#include "render/codes.hpp"
#include "render/jpeg.hpp"
#include "render/orientation.hpp"

namespace pli::render {
namespace {

using Surface = Handle<cairo_surface_t, cairo_surface_destroy>;
using Context = Handle<cairo_t, cairo_destroy>;

struct Rgb {
    double r = 0, g = 0, b = 0;
};

/// Inks as a screen shows them: each takes away its complement. A proof is for reading, not for judging colour.
Rgb on_screen(const Colour& colour, const Assets& assets) {
    auto parts = colour.parts;
    if (colour.space == Colour::Space::Spot) {
        parts = assets.spots[colour.spot].alternate.parts;
        for (auto& part : parts) part = static_cast<std::uint16_t>(part * colour.parts[0] / 1000);
    }
    const double paper = 1 - parts[3] / 1000.0;
    if (colour.space == Colour::Space::K) return {paper, paper, paper};
    return {(1 - parts[0] / 1000.0) * paper, (1 - parts[1] / 1000.0) * paper, (1 - parts[2] / 1000.0) * paper};
}

/// Pixels in Cairo's order: 32 bits each, blue lowest, colour multiplied by its coverage.
Surface surface_of(std::uint32_t columns, std::uint32_t rows, const auto& pixel) {
    Surface surface(cairo_image_surface_create(CAIRO_FORMAT_ARGB32, static_cast<int>(columns), static_cast<int>(rows)));
    auto* line = cairo_image_surface_get_data(surface.get());
    const int stride = cairo_image_surface_get_stride(surface.get());
    cairo_surface_flush(surface.get());
    for (std::size_t row = 0; line != nullptr && row < rows; ++row, line += stride)
        for (std::size_t column = 0; column < columns; ++column)
            reinterpret_cast<std::uint32_t*>(line)[column] = pixel(row * columns + column);
    cairo_surface_mark_dirty(surface.get());
    return surface;
}

std::uint32_t argb(std::uint32_t a, std::uint32_t r, std::uint32_t g, std::uint32_t b) {
    return a << 24 | (r * a / 255) << 16 | (g * a / 255) << 8 | b * a / 255;
}

Surface surface_of(const Image& image) {
    const auto* data = reinterpret_cast<const std::uint8_t*>(image.data.data());
    const auto* alpha = reinterpret_cast<const std::uint8_t*>(image.alpha.data());
    return surface_of(image.stored_columns(), image.stored_rows(), [&](std::size_t i) {
        const std::uint32_t a = image.alpha.empty() ? 255 : alpha[i];
        if (image.space == Image::Space::Gray) return argb(a, data[i], data[i], data[i]);
        if (image.space == Image::Space::Rgb) return argb(a, data[3 * i], data[3 * i + 1], data[3 * i + 2]);
        const std::uint32_t paper = 255 - data[4 * i + 3];
        const auto light = [&](std::size_t part) { return (255u - data[4 * i + part]) * paper / 255; };
        return argb(a, light(0), light(1), light(2));
    });
}

Surface surface_of(const Picture& picture) {
    return surface_of(picture.columns, picture.rows, [&](std::size_t i) {
        return argb(255, picture.rgb[3 * i], picture.rgb[3 * i + 1], picture.rgb[3 * i + 2]);
    });
}

/// Draws one Frame and the layers placed in it. Cairo's user space is points from the top left.
class Proof {
public:
    Proof(cairo_t* cairo, const fonts::FontSet& fonts, const Assets& assets, const ProofOptions& options)
        : cr_(cairo), fonts_(fonts), assets_(assets), options_(options) {}

    Done draw(const Frame& frame) {
        const auto* outer = std::exchange(frame_, &frame);
        for (const Item& item : frame.items) TRY(std::visit([this](const auto& it) { return draw_item(it); }, item));
        frame_ = outer;
        return {};
    }

private:
    void ink(const Colour& colour) {
        const auto [r, g, b] = on_screen(colour, assets_);
        cairo_set_source_rgb(cr_, r, g, b);
    }
    void rectangle(const Rect& box) {
        cairo_rectangle(cr_, box.left().to_pt(), box.top().to_pt(), box.size.width.to_pt(), box.size.height.to_pt());
    }

    Done draw_item(const TextRun& run) {
        const auto& face = fonts_.face(run.face);
        const double scale = run.size.to_pt() / face.units_per_em, y = run.baseline.y.to_pt();
        double x = run.baseline.x.to_pt();
        ink(run.colour);
        cairo_new_path(cr_);
        for (std::uint32_t i = 0; i < run.glyphs.count; ++i) {
            const Glyph& glyph = frame_->glyphs[run.glyphs.first + i];
            add_glyph(run.face, glyph.id, {x + glyph.dx * scale, y - glyph.dy * scale, scale});
            x += glyph.advance * scale;
        }
        cairo_fill(cr_);
        return {};
    }
    struct Pen {
        double x, y, scale;
    };
    void add_glyph(FaceId face, std::uint16_t glyph, Pen pen) {
        const auto px = [&](float v) { return pen.x + static_cast<double>(v) * pen.scale; };
        const auto py = [&](float v) { return pen.y - static_cast<double>(v) * pen.scale; };
        for (const auto& [kind, at] : outline(face, glyph)) switch (kind) {
                case fonts::OutlineStep::Kind::Move: cairo_move_to(cr_, px(at[0]), py(at[1])); break;
                case fonts::OutlineStep::Kind::Line: cairo_line_to(cr_, px(at[0]), py(at[1])); break;
                case fonts::OutlineStep::Kind::Curve:
                    cairo_curve_to(cr_, px(at[0]), py(at[1]), px(at[2]), py(at[3]), px(at[4]), py(at[5]));
                    break;
                case fonts::OutlineStep::Kind::Close: cairo_close_path(cr_); break;
            }
    }
    const std::vector<fonts::OutlineStep>& outline(FaceId face, std::uint16_t glyph) {
        const auto [found, is_new] = outlines_.try_emplace(std::uint32_t{face.value} << 16 | glyph);
        if (is_new) found->second = fonts::outline_of(fonts_.face(face), glyph);
        return found->second;
    }

    Done draw_item(const Rule& rule) {
        ink(rule.colour);
        cairo_set_line_width(cr_, rule.width.to_pt());
        cairo_move_to(cr_, rule.from.x.to_pt(), rule.from.y.to_pt());
        cairo_line_to(cr_, rule.to.x.to_pt(), rule.to.y.to_pt());
        cairo_stroke(cr_);
        return {};
    }
    Done draw_item(const Fill& fill) {
        ink(fill.colour);
        rectangle(fill.box);
        cairo_fill(cr_);
        return {};
    }
    Done draw_item(const Code& code) {
        const Modules& modules = *TRY(codes_.encode(code, frame_->text_of(code.payload)));
        const double width = code.box.size.width.to_pt() / modules.columns,
                     height = code.box.size.height.to_pt() / modules.rows;
        cairo_save(cr_);
        cairo_set_antialias(cr_, CAIRO_ANTIALIAS_NONE);  // crisp: a camera may read it from the screen
        cairo_set_source_rgb(cr_, 0, 0, 0);
        for (int row = 0; row < modules.rows; ++row)
            for (int column = 0; column < modules.columns; ++column)
                if (modules.dark(column, row))
                    cairo_rectangle(cr_, code.box.left().to_pt() + column * width,
                                    code.box.top().to_pt() + row * height, width, height);
        cairo_fill(cr_);
        cairo_restore(cr_);
        return {};
    }
    Done draw_item(const Bars& bars) {
        cairo_set_source_rgb(cr_, 0, 0, 0);
        Length x = bars.origin.x;
        for (const char state : frame_->text_of(bars.states)) {
            const auto [top, bottom] = span_of(state, bars.size);
            rectangle({{x, bars.origin.y + top}, {bars.size.width, bottom - top}});
            x += bars.size.pitch;
        }
        cairo_fill(cr_);
        return {};
    }
    Done draw_item(const Placed& placed) {
        return std::visit([&](const auto& asset) { return place(asset, placed.box); }, assets_[placed.asset]);
    }

    Done place(const Layer& layer, const Rect& box) {
        cairo_save(cr_);
        cairo_translate(cr_, box.left().to_pt(), box.top().to_pt());
        const Length around = around_layer;  // in print it is a form, which ends at its box
        rectangle({{-around, -around}, {layer.frame.size.width + around * 2, layer.frame.size.height + around * 2}});
        cairo_clip(cr_);
        auto drawn = draw(layer.frame);
        cairo_restore(cr_);
        return drawn;
    }
    Done place(const Image& image, const Rect& box) {
        if (image.coding == Image::Coding::Raw) return paint(surface_of(image), box, turn_of(image));
        const std::string rgb = TRY(jpeg_to_rgb(image));
        const Picture stored{image.stored_columns(), image.stored_rows(), {rgb.begin(), rgb.end()}};
        return paint(surface_of(stored), box, turn_of(image));
    }
    Done place(const ForeignPage& page, const Rect& box) {
        if (!options_.rasterise)
            return failure(Fault::Unsupported, "preview", "holds an uploaded page, which cannot be drawn here");
        const double enlarged = box.size.width.to_pt() / page.size.width.to_pt();
        const int dpi = std::max(1, static_cast<int>(std::ceil(options_.dpi * enlarged)));
        const Surface picture = surface_of(TRY(options_.rasterise(page, dpi)));
        // The raster knows no transparency. Multiplied, its white lets through what was drawn before, as paper does.
        cairo_save(cr_);
        cairo_set_operator(cr_, CAIRO_OPERATOR_MULTIPLY);
        auto drawn = paint(picture, box);
        cairo_restore(cr_);
        return drawn;
    }
    /// The turn is one of the unit square with y upwards; Cairo's goes down, in the surface and on the page.
    Done paint(const Surface& surface, const Rect& box, const Turn& turn = {1, 0, 0, 1, 0, 0}) {
        const double width = box.size.width.to_pt(), height = box.size.height.to_pt();
        const double columns = cairo_image_surface_get_width(surface.get());
        const double rows = cairo_image_surface_get_height(surface.get());
        cairo_save(cr_);
        const cairo_matrix_t matrix{width * turn.a / columns,
                                    -height * turn.b / columns,
                                    -width * turn.c / rows,
                                    height * turn.d / rows,
                                    box.left().to_pt() + width * (turn.c + turn.e),
                                    box.top().to_pt() + height * (1 - turn.d - turn.f)};
        cairo_transform(cr_, &matrix);
        cairo_set_source_surface(cr_, surface.get(), 0, 0);
        cairo_pattern_set_extend(cairo_get_source(cr_), CAIRO_EXTEND_PAD);
        cairo_rectangle(cr_, 0, 0, cairo_image_surface_get_width(surface.get()),
                        cairo_image_surface_get_height(surface.get()));
        cairo_fill(cr_);
        cairo_restore(cr_);
        return {};
    }

    cairo_t* cr_;
    const fonts::FontSet& fonts_;
    const Assets& assets_;
    const ProofOptions& options_;
    const Frame* frame_ = nullptr;
    CodeEncoder codes_;
    std::unordered_map<std::uint32_t, std::vector<fonts::OutlineStep>> outlines_;  // by face and glyph
};

Picture picture_of(const Surface& surface) {
    cairo_surface_flush(surface.get());
    Picture picture{static_cast<std::uint32_t>(cairo_image_surface_get_width(surface.get())),
                    static_cast<std::uint32_t>(cairo_image_surface_get_height(surface.get())),
                    {}};
    picture.rgb.reserve(std::size_t{picture.columns} * picture.rows * 3);
    const auto* line = cairo_image_surface_get_data(surface.get());
    for (std::size_t row = 0; row < picture.rows; ++row, line += cairo_image_surface_get_stride(surface.get()))
        for (std::size_t column = 0; column < picture.columns; ++column) {
            const auto pixel = reinterpret_cast<const std::uint32_t*>(line)[column];
            for (const int shift : {16, 8, 0}) picture.rgb.push_back(static_cast<std::uint8_t>(pixel >> shift & 0xFF));
        }
    return picture;
}

}  // namespace

Result<Picture> draw_proof(const Frame& frame, const fonts::FontSet& fonts, const Assets& assets,
                           const ProofOptions& options) {
    const double scale = options.dpi / 72.0;
    const auto pixels = [&](Length length) { return static_cast<int>(std::lround(length.to_pt() * scale)); };
    const Surface surface(
        cairo_image_surface_create(CAIRO_FORMAT_RGB24, pixels(frame.size.width), pixels(frame.size.height)));
    const Context context(cairo_create(surface.get()));
    if (const auto status = cairo_status(context.get()); status != CAIRO_STATUS_SUCCESS)
        return failure(Fault::Environment, "preview",
                       fmt::format("cannot be drawn at {} dpi: {}", options.dpi, cairo_status_to_string(status)),
                       "ask for fewer dpi");
    cairo_set_source_rgb(context.get(), 1, 1, 1);
    cairo_paint(context.get());
    cairo_scale(context.get(), scale, scale);
    TRY(Proof(context.get(), fonts, assets, options).draw(frame));
    return picture_of(surface);
}

}  // namespace pli::render
