#include "render/glyph_masks.hpp"

#include <cairo.h>

#include <algorithm>
#include <cmath>

#include "base/release.hpp"

namespace pli::render {
namespace {

using Surface = Handle<cairo_surface_t, cairo_surface_destroy>;
using Context = Handle<cairo_t, cairo_destroy>;
using Outline = std::vector<fonts::OutlineStep>;

constexpr std::size_t most_bytes = 8u << 20;

/// A glyph's outline moved to a place on the screen.
struct Pen {
    double x, y, scale;
    double px(float v) const { return x + double(v) * scale; }
    double py(float v) const { return y - double(v) * scale; }
};

void trace(cairo_t* cr, const Outline& outline, const Pen& pen) {
    using Kind = fonts::OutlineStep::Kind;
    for (const auto& [kind, at] : outline) switch (kind) {
            case Kind::Move: cairo_move_to(cr, pen.px(at[0]), pen.py(at[1])); break;
            case Kind::Line: cairo_line_to(cr, pen.px(at[0]), pen.py(at[1])); break;
            case Kind::Curve:
                cairo_curve_to(cr, pen.px(at[0]), pen.py(at[1]), pen.px(at[2]), pen.py(at[3]), pen.px(at[4]),
                               pen.py(at[5]));
                break;
            case Kind::Close: cairo_close_path(cr); break;
        }
}

/// The pixels that an outline can touch: its control points lie around it.
PixelBox pixels_of(const Outline& outline, const Pen& pen) {
    double left = 1e9, top = 1e9, right = -1e9, bottom = -1e9;
    for (const auto& [kind, at] : outline) {
        if (kind == fonts::OutlineStep::Kind::Close) continue;
        const std::size_t numbers = kind == fonts::OutlineStep::Kind::Curve ? 6 : 2;
        for (std::size_t i = 0; i < numbers; i += 2) {
            left = std::min(left, pen.px(at[i]));
            right = std::max(right, pen.px(at[i]));
            top = std::min(top, pen.py(at[i + 1]));
            bottom = std::max(bottom, pen.py(at[i + 1]));
        }
    }
    if (right < left) return {};
    return {int(std::floor(left)), int(std::floor(top)), int(std::ceil(right)), int(std::ceil(bottom))};
}

}  // namespace

GlyphMasks::Type& GlyphMasks::type_of(const ScreenType& type) {
    const auto same = [&](const Type& one) {
        return one.type.face == type.face && one.type.px_per_unit == type.px_per_unit;
    };
    if (latest_ < types_.size() && same(types_[latest_])) return types_[latest_];
    const auto found = std::ranges::find_if(types_, same);
    latest_ = std::size_t(found - types_.begin());
    if (found == types_.end()) types_.push_back({type, {}});
    return types_[latest_];
}

const Outline& GlyphMasks::outline(FaceId face, std::uint16_t glyph) {
    const auto [found, is_new] = outlines_.try_emplace(std::uint32_t{face.value} << 16 | glyph);
    if (is_new) {
        found->second = fonts::outline_of(fonts_.face(face), glyph);
        bytes_ += found->second.size() * sizeof(fonts::OutlineStep);
    }
    return found->second;
}

Mask GlyphMasks::draw(const ScreenType& type, std::uint16_t glyph, PenPlace at) {
    const Outline& steps = outline(type.face, glyph);
    const auto box = pixels_of(steps, {at.x, at.y, type.px_per_unit});
    Mask mask{box.left, box.top, box.right - box.left, box.bottom - box.top, {}};
    if (box.empty()) return {};
    const Surface surface(cairo_image_surface_create(CAIRO_FORMAT_A8, mask.columns, mask.rows));
    const Context context(cairo_create(surface.get()));
    trace(context.get(), steps, {at.x - box.left, at.y - box.top, type.px_per_unit});
    cairo_fill(context.get());
    cairo_surface_flush(surface.get());
    const auto* line = cairo_image_surface_get_data(surface.get());
    if (line == nullptr) return {};
    const int stride = cairo_image_surface_get_stride(surface.get());
    mask.cover.reserve(std::size_t(mask.columns) * std::size_t(mask.rows));
    for (int row = 0; row < mask.rows; ++row, line += stride)
        mask.cover.insert(mask.cover.end(), line, line + mask.columns);
    return mask;
}

void GlyphMasks::ink(const Target& target, const ScreenType& type, std::uint16_t glyph, PenPlace at, ScreenInk ink) {
    const auto quarters = [](double where) { return std::int64_t(std::floor(where * phases + 0.5)); };
    const std::int64_t across = quarters(at.x), down = quarters(at.y);
    const auto phase_x = std::uint32_t(across & (phases - 1)), phase_y = std::uint32_t(down & (phases - 1));
    auto& masks = type_of(type).masks;
    const auto [found, is_new] = masks.try_emplace(std::uint32_t{glyph} << 4 | phase_x << 2 | phase_y);
    if (is_new) {
        found->second = draw(type, glyph, {double(phase_x) / phases, double(phase_y) / phases});
        bytes_ += found->second.cover.size() + sizeof(Mask) + 32;  // and its place in the table
    }
    ink_mask(target, found->second, int(across >> 2), int(down >> 2), ink);
}

void GlyphMasks::trim() {
    if (bytes_ < most_bytes) return;
    types_.clear();
    outlines_.clear();
    latest_ = bytes_ = 0;
}

}  // namespace pli::render
