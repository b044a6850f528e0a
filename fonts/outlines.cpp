#include "fonts/outlines.hpp"

#include <hb-ot.h>
#include <hb.h>

#include <memory>

#include "base/release.hpp"

namespace pli::fonts {
namespace {

using Steps = std::vector<OutlineStep>;
using DrawFuncs = Handle<hb_draw_funcs_t, hb_draw_funcs_destroy>;
using Font = Handle<hb_font_t, hb_font_destroy>;

void move_to(hb_draw_funcs_t*, void* steps, hb_draw_state_t*, float x, float y, void*) {
    static_cast<Steps*>(steps)->push_back({OutlineStep::Kind::Move, {x, y}});
}
void line_to(hb_draw_funcs_t*, void* steps, hb_draw_state_t*, float x, float y, void*) {
    static_cast<Steps*>(steps)->push_back({OutlineStep::Kind::Line, {x, y}});
}
// A quadratic curve is left to HarfBuzz, which raises it to a cubic one where no function for it is set.
void curve_to(hb_draw_funcs_t*, void* steps, hb_draw_state_t*, float ax, float ay, float bx, float by, float x, float y,
              void*) {
    static_cast<Steps*>(steps)->push_back({OutlineStep::Kind::Curve, {ax, ay, bx, by, x, y}});
}
void close_path(hb_draw_funcs_t*, void* steps, hb_draw_state_t*, void*) {
    static_cast<Steps*>(steps)->push_back({OutlineStep::Kind::Close, {}});
}

hb_draw_funcs_t* drawing() {
    static const DrawFuncs funcs = [] {
        DrawFuncs made(hb_draw_funcs_create());
        hb_draw_funcs_set_move_to_func(made.get(), move_to, nullptr, nullptr);
        hb_draw_funcs_set_line_to_func(made.get(), line_to, nullptr, nullptr);
        hb_draw_funcs_set_cubic_to_func(made.get(), curve_to, nullptr, nullptr);
        hb_draw_funcs_set_close_path_func(made.get(), close_path, nullptr, nullptr);
        hb_draw_funcs_make_immutable(made.get());
        return made;
    }();
    return funcs.get();
}

}  // namespace

std::vector<OutlineStep> outline_of(const Face& face, std::uint16_t glyph) {
    const Font font(hb_font_create(face.hb));
    hb_font_set_scale(font.get(), face.units_per_em, face.units_per_em);
    hb_ot_font_set_funcs(font.get());
    Steps steps;
    hb_font_get_glyph_shape(font.get(), glyph, drawing(), &steps);
    return steps;
}

}  // namespace pli::fonts
