#include <cairo.h>
#include <fmt/format.h>

#include <catch2/catch.hpp>
#include <cstdlib>
#include <filesystem>
#include <memory>

#include "base/release.hpp"
#include "tests/cli/shell.hpp"

namespace pli::test {
namespace {

namespace fs = std::filesystem;
using Picture = Handle<cairo_surface_t, cairo_surface_destroy>;

Picture picture(const std::string& path) {
    Picture read(cairo_image_surface_create_from_png(path.c_str()));
    INFO(path);
    REQUIRE(cairo_surface_status(read.get()) == CAIRO_STATUS_SUCCESS);
    return read;
}

int columns(const Picture& p) { return cairo_image_surface_get_width(p.get()); }
int rows(const Picture& p) { return cairo_image_surface_get_height(p.get()); }

/// Pixels of which a channel differs by more than a rounding of another version of a library would make.
int pixels_off(const Picture& a, const Picture& b) {
    constexpr int rounding = 40;
    int off = 0;
    for (int y = 0; y < rows(a); ++y) {
        const auto* in_a = cairo_image_surface_get_data(a.get()) + y * cairo_image_surface_get_stride(a.get());
        const auto* in_b = cairo_image_surface_get_data(b.get()) + y * cairo_image_surface_get_stride(b.get());
        for (int x = 0; x < columns(a); ++x, in_a += 4, in_b += 4)
            off += std::abs(in_a[0] - in_b[0]) > rounding || std::abs(in_a[1] - in_b[1]) > rounding ||
                   std::abs(in_a[2] - in_b[2]) > rounding;
    }
    return off;
}

/// PLI_ACCEPT=1 takes what is drawn as the new picture; look at it before you commit it.
void is_as_accepted(const std::string& name, const std::string& drawn) {
    const std::string accepted = "tests/data/cli/" + name;
    if (std::getenv("PLI_ACCEPT") != nullptr) fs::copy_file(drawn, accepted, fs::copy_options::overwrite_existing);
    const Picture now = picture(drawn), before = picture(accepted);
    REQUIRE(columns(now) == columns(before));
    REQUIRE(rows(now) == rows(before));
    CHECK(pixels_off(now, before) * 1000 <= columns(now) * rows(now));
}

}  // namespace

TEST_CASE("accepted: letters of the example workspace look as they did", "[cli][accepted]") {
    const Folder scratch;
    for (const auto& [template_name, page] : {std::pair{"merci", 1}, {"danke", 1}, {"lettre", 1}, {"lettre", 2}}) {
        const std::string name = fmt::format("{}-{}.png", template_name, page);
        CAPTURE(name);
        const auto ran = sh(fmt::format(
            "pli preview --workspace examples/boutique --template {} --page {} --date 2026-11-22 --dpi 50 -o {}",
            template_name, page, scratch / name));
        REQUIRE(ran.status == 0);
        is_as_accepted(name, scratch / name);
    }
}

}  // namespace pli::test
