#include "render/proof.hpp"

#include <cairo.h>
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

#include "render/asset_objects.hpp"
#include "render/codes.hpp"
#include "render/glyph_masks.hpp"
#include "render/screen_picture.hpp"

namespace pli::render {
namespace {

constexpr double most_pixels = 100e6;

/// Inks as a screen shows them: each takes away its complement. A proof is for reading, not for judging colour.
ScreenInk on_screen(const Colour& colour, const Assets& assets) {
    auto parts = colour.parts;
    if (colour.space == Colour::Space::Spot) {
        parts = assets.spots[colour.spot].alternate.parts;
        for (auto& part : parts) part = static_cast<std::uint16_t>(part * colour.parts[0] / 1000);
    }
    if (colour.space == Colour::Space::K) parts[0] = parts[1] = parts[2] = 0;
    std::uint32_t rgb = 0;
    for (std::size_t i = 0; i < 3; ++i) {
        const double light = (1 - parts[i] / 1000.0) * (1 - parts[3] / 1000.0);
        rgb = rgb << 8 | static_cast<std::uint32_t>(std::lround(light * 255));
    }
    return {rgb};
}

/// Codes are crisp, because a camera may read them from the screen: a pixel is what its middle lies on.
void ink_code(const Target& target, const Modules& modules, const FineBox& box) {
    const double across = modules.columns / (box.right - box.left), down = modules.rows / (box.bottom - box.top);
    const PixelBox pixels{int(std::lround(box.left)), int(std::lround(box.top)), int(std::lround(box.right)),
                          int(std::lround(box.bottom))};
    const auto touched = target.clip.within(pixels);
    for (int y = touched.top; y < touched.bottom; ++y) {
        const int row = std::clamp(int((y + 0.5 - box.top) * down), 0, modules.rows - 1);
        for (int x = touched.left; x < touched.right; ++x) {
            const int column = std::clamp(int((x + 0.5 - box.left) * across), 0, modules.columns - 1);
            if (modules.dark(column, row)) target.canvas.row(y)[x] = 0xFF000000;
        }
    }
}

/// A line that stands askew: Cairo draws it.
void ink_line(Canvas& canvas, const std::array<double, 4>& at, double width, ScreenInk ink) {
    const ScreenSurface surface(cairo_image_surface_create_for_data(reinterpret_cast<unsigned char*>(canvas.row(0)),
                                                                    CAIRO_FORMAT_RGB24, canvas.columns, canvas.rows,
                                                                    canvas.columns * 4));
    const ScreenContext context(cairo_create(surface.get()));
    cairo_set_source_rgb(context.get(), (ink.rgb >> 16) / 255.0, (ink.rgb >> 8 & 255) / 255.0, (ink.rgb & 255) / 255.0);
    cairo_set_line_width(context.get(), width);
    cairo_move_to(context.get(), at[0], at[1]);
    cairo_line_to(context.get(), at[2], at[3]);
    cairo_stroke(context.get());
    cairo_surface_flush(surface.get());
}

}  // namespace

struct Proofer::State {
    explicit State(ProofSource from) : source(std::move(from)), masks(source.fonts) {}

    Done page(const Frame& frame, int wanted_dpi, Canvas& on) {
        canvas_ = &on;
        dpi = wanted_dpi;
        scale = dpi / 72.0;
        origin = {};
        masks.trim();
        const double columns = std::round(px(frame.size.width)), rows = std::round(px(frame.size.height));
        if (columns < 1 || rows < 1 || columns > 32'767 || rows > 32'767 || columns * rows > most_pixels)
            return failure(Fault::Environment, "preview", fmt::format("cannot be drawn at {} dpi", dpi),
                           "ask for fewer dpi");
        const auto rest = TRY(lay_ground(frame, {int(columns), int(rows)}));
        return draw(frame, rest);
    }

private:
    struct PageSize {
        int columns, rows;
    };

    double px(Length length) const { return length.to_pt() * scale; }
    FineBox px(const Rect& box) const {
        return {px(origin.x + box.left()), px(origin.y + box.top()), px(origin.x + box.right()),
                px(origin.y + box.bottom())};
    }
    Target target() { return {*canvas_, clip}; }
    ScreenInk ink_of(const Colour& colour) const { return on_screen(colour, source.assets); }

    /// The layer that a page begins with is the same on every letter: it is copied from the shelf. Returns from which
    /// item on the page is still to be drawn.
    Result<std::size_t> lay_ground(const Frame& frame, PageSize size) {
        const auto* first = frame.items.empty() ? nullptr : std::get_if<Placed>(&frame.items.front());
        const bool keeps = source.shelf != nullptr && first != nullptr && first->box.origin == Point{} &&
                           std::holds_alternative<Layer>(source.assets[first->asset]);
        const auto name =
            keeps ? fmt::format("{}/ground/{}/{}/{}x{}", source.name, first->asset.value, dpi, size.columns, size.rows)
                  : std::string();
        if (const auto kept = keeps ? source.shelf->find(name) : nullptr) {
            *canvas_ = kept->canvas;  // into the memory that it has
            clip = canvas_->all();
            return 1;
        }
        canvas_->reset(size.columns, size.rows, Canvas::paper);
        clip = canvas_->all();
        if (!keeps) return 0;
        frame_ = &frame;
        TRY(draw_item(*first));
        source.shelf->keep(name, {0, 0, *canvas_});
        return 1;
    }

    Done draw(const Frame& frame, std::size_t from = 0) {
        const auto* outer = std::exchange(frame_, &frame);
        for (; from < frame.items.size(); ++from)
            TRY(std::visit([this](const auto& it) { return draw_item(it); }, frame.items[from]));
        frame_ = outer;
        return {};
    }

    Done draw_item(const TextRun& run) {
        const double per_unit = px(run.size) / source.fonts.face(run.face).units_per_em;
        const double y = px(origin.y + run.baseline.y);
        double x = px(origin.x + run.baseline.x);
        const ScreenType type{run.face, per_unit};
        const auto ink = ink_of(run.colour);
        for (std::uint32_t i = 0; i < run.glyphs.count; ++i) {
            const Glyph& glyph = frame_->glyphs[run.glyphs.first + i];
            masks.ink(target(), type, glyph.id, {x + glyph.dx * per_unit, y - glyph.dy * per_unit}, ink);
            x += glyph.advance * per_unit;
        }
        return {};
    }
    Done draw_item(const Rule& rule) {
        const Length half = rule.width / 2;
        const auto [left, right] = std::minmax(rule.from.x, rule.to.x);
        const auto [top, bottom] = std::minmax(rule.from.y, rule.to.y);
        if (top == bottom) {
            ink_box(target(), px(Rect{{left, top - half}, {right - left, rule.width}}), ink_of(rule.colour));
        } else if (left == right) {
            ink_box(target(), px(Rect{{left - half, top}, {rule.width, bottom - top}}), ink_of(rule.colour));
        } else {
            const std::array at{px(origin.x + rule.from.x), px(origin.y + rule.from.y), px(origin.x + rule.to.x),
                                px(origin.y + rule.to.y)};
            ink_line(*canvas_, at, px(rule.width), ink_of(rule.colour));
        }
        return {};
    }
    Done draw_item(const Fill& fill) {
        ink_box(target(), px(fill.box), ink_of(fill.colour));
        return {};
    }
    Done draw_item(const Code& code) {
        const Modules& modules = *TRY(codes.encode(code, frame_->text_of(code.payload)));
        ink_code(target(), modules, px(code.box));
        return {};
    }
    Done draw_item(const Bars& bars) {
        Length x = bars.origin.x;
        for (const char state : frame_->text_of(bars.states)) {
            const auto [top, bottom] = span_of(state, bars.size);
            ink_box(target(), px(Rect{{x, bars.origin.y + top}, {bars.size.width, bottom - top}}), ScreenInk{});
            x += bars.size.pitch;
        }
        return {};
    }
    Done draw_item(const Placed& placed) {
        return std::visit([&](const auto& asset) { return place(asset, placed); }, source.assets[placed.asset]);
    }

    /// In print a layer is a form, which ends a little outside its box.
    Done place(const Layer& layer, const Placed& placed) {
        const auto outer_origin = std::exchange(origin, origin + placed.box.origin);
        const Size size = layer.frame.size;
        const auto box =
            px(Rect{{-around_layer, -around_layer}, {size.width + around_layer * 2, size.height + around_layer * 2}});
        const PixelBox pixels{int(std::floor(box.left)), int(std::floor(box.top)), int(std::ceil(box.right)),
                              int(std::ceil(box.bottom))};
        const auto outer_clip = std::exchange(clip, clip.within(pixels));
        TRY(draw(layer.frame));
        origin = outer_origin;
        clip = outer_clip;
        return {};
    }
    Done place(const Image& image, const Placed& placed) {
        const auto pixels = TRY(kept("image", placed, [&](const ScreenPlace& at) { return draw_image(image, at); }));
        lay_over(target(), pixels->canvas, pixels->x, pixels->y);
        return {};
    }
    /// The raster knows no transparency. Multiplied, its white lets through what was drawn before, as paper does.
    Done place(const ForeignPage& page, const Placed& placed) {
        if (!source.rasterise)
            return failure(Fault::Unsupported, "preview", "holds an uploaded page, which cannot be drawn here");
        const auto pixels = TRY(kept("page", placed, [&](const ScreenPlace& at) -> Result<Cutting> {
            const double enlarged = placed.box.size.width.to_pt() / page.size.width.to_pt();
            const int needed = std::max(1, static_cast<int>(std::ceil(dpi * enlarged - 1e-6)));
            return draw_page(canvas_of(TRY(source.rasterise(page, needed))), at, needed == dpi && enlarged > 0.9999);
        }));
        multiply(target(), pixels->canvas, pixels->x, pixels->y);
        return {};
    }

    /// Pixels for this place from the shelf, or drawn. A name holds the place within a pixel: the same picture elsewhere
    /// on the sheet has other edges.
    Result<std::shared_ptr<const Cutting>> kept(const char* kind, const Placed& placed, const auto& draw_at) {
        const auto box = px(placed.box);
        const ScreenPlace at{box.left, box.top, box.right - box.left, box.bottom - box.top};
        if (source.shelf == nullptr) return std::make_shared<const Cutting>(TRY(draw_at(at)));
        const auto name = fmt::format("{}/{}/{}/{}/{:.4f},{:.4f},{:.4f},{:.4f}", source.name, kind, placed.asset.value,
                                      dpi, at.x, at.y, at.width, at.height);
        if (auto found = source.shelf->find(name)) return found;
        return source.shelf->keep(name, TRY(draw_at(at)));
    }

public:
    ProofSource source;
    GlyphMasks masks;

private:
    CodeEncoder codes;
    Canvas* canvas_ = nullptr;
    PixelBox clip;
    Point origin;  // of the layer being drawn
    int dpi = 96;
    double scale = 1;  // pixels in a point
    const Frame* frame_ = nullptr;
};

Proofer::Proofer(ProofSource source) : state_(std::make_unique<State>(std::move(source))) {}
Proofer::~Proofer() = default;
Proofer::Proofer(Proofer&&) noexcept = default;

Done Proofer::draw(const Frame& frame, int dpi, Canvas& on) { return state_->page(frame, dpi, on); }

Result<Picture> draw_proof(const Frame& frame, const fonts::FontSet& fonts, const Assets& assets,
                           const ProofOptions& options) {
    Proofer proofer({fonts, assets, options.rasterise});
    Canvas canvas;
    TRY(proofer.draw(frame, options.dpi, canvas));
    return picture_of(canvas);
}

Picture picture_of(const Canvas& canvas) {
    Picture picture{static_cast<std::uint32_t>(canvas.columns), static_cast<std::uint32_t>(canvas.rows), {}};
    picture.rgb.resize(canvas.pixels.size() * 3);
    auto* to = picture.rgb.data();
    for (const std::uint32_t pixel : canvas.pixels)
        for (const int shift : {16, 8, 0}) *to++ = static_cast<std::uint8_t>(pixel >> shift & 0xFF);
    return picture;
}

Canvas canvas_of(const Picture& picture) {
    Canvas canvas;
    canvas.reset(static_cast<int>(picture.columns), static_cast<int>(picture.rows), Canvas::paper);
    const auto* from = picture.rgb.data();
    for (std::uint32_t& pixel : canvas.pixels) {
        pixel = 0xFF000000u | std::uint32_t{from[0]} << 16 | std::uint32_t{from[1]} << 8 | from[2];
        from += 3;
    }
    return canvas;
}

}  // namespace pli::render
