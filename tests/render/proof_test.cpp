#include "render/proof.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <catch2/catch.hpp>
#include <cstdlib>
#include <fstream>
#include <iterator>

#include "press.hpp"
#include "render/pictures.hpp"
#include "tests/outside/outside.hpp"

namespace pli::render {
namespace {

using test::add_code;
using test::add_line;
using test::card;
using test::type;

ProofOptions at(int dpi) {
    ProofOptions options;
    options.dpi = dpi;
    return options;
}

Picture proof_of(const Frame& frame, const Assets& assets = {}, const ProofOptions& options = at(96)) {
    auto picture = draw_proof(frame, type().fonts, assets, options);
    if (!picture) FAIL(picture.error().text());
    return *std::move(picture);
}

/// Red, green, blue at a place given in millimetres from the top left.
std::array<int, 3> colour_at(const Picture& picture, double x_mm, double y_mm, int dpi = 96) {
    const auto column = static_cast<std::size_t>(x_mm / 25.4 * dpi), row = static_cast<std::size_t>(y_mm / 25.4 * dpi);
    const auto* pixel = picture.rgb.data() + (row * picture.columns + column) * 3;
    return {pixel[0], pixel[1], pixel[2]};
}

constexpr std::array<int, 3> white{255, 255, 255}, black{0, 0, 0};

/// A page as pdftoppm draws it.
Picture drawn_by_poppler(const std::string& pdf, int dpi) {
    const test::Folder folder;
    const auto drawn = test::run(fmt::format("pdftoppm -singlefile -r {} '{}' '{}'", dpi, pdf, folder / "page"));
    REQUIRE(drawn.status == 0);
    std::ifstream ppm(folder / "page.ppm", std::ios::binary);
    std::string magic;
    int depth = 0;
    Picture picture;
    ppm >> magic >> picture.columns >> picture.rows >> depth;
    ppm.get();
    picture.rgb.assign(std::istreambuf_iterator<char>(ppm), {});
    return picture;
}

double mean_difference(const Picture& a, const Picture& b) {
    REQUIRE(a.columns == b.columns);
    REQUIRE(std::abs(static_cast<int>(a.rows) - static_cast<int>(b.rows)) <= 1);  // poppler rounds up
    const std::size_t common = std::min(a.rgb.size(), b.rgb.size());
    double sum = 0;
    for (std::size_t i = 0; i < common; ++i) sum += std::abs(a.rgb[i] - b.rgb[i]);
    return sum / static_cast<double>(common);
}

}  // namespace

TEST_CASE("a proof shows what is printed: text of all scripts, rules, fills, codes", "[render]") {
    Frame frame = card();
    add_line(frame, {8_mm, 12_mm}, "Grüße aus Łódź, office of Αθήνα");
    add_line(frame, {8_mm, 20_mm}, "CFF outlines as well", type().nimbus);
    add_line(frame, {8_mm, 28_mm}, "السلام عليكم");
    frame.items.emplace_back(Rule{{8_mm, 32_mm}, {92_mm, 32_mm}, 0.5_mm, Colour::black()});
    frame.items.emplace_back(Fill{{{8_mm, 36_mm}, {20_mm, 20_mm}}, Colour::grey(500)});
    add_code(frame, {{40_mm, 36_mm}, {25_mm, 25_mm}}, Symbology::Qr, "https://example.org/1");
    const test::Folder folder;
    test::press(folder / "print.pdf", {}, {frame});
    constexpr int dpi = 254;  // a whole number of pixels a millimetre: both pictures have the same size
    const Picture printed = drawn_by_poppler(folder / "print.pdf", dpi), proof = proof_of(frame, {}, at(dpi));
    REQUIRE(proof.columns == 1000);
    REQUIRE(printed.columns == 1000);
    const double all_there_is = mean_difference(proof, proof_of(card(), {}, at(dpi)));
    // Edges, as poppler begins at a fraction of a pixel; and it shows the black plate alone as a very dark grey.
    CHECK(mean_difference(proof, printed) < all_there_is / 5);
    CHECK(all_there_is > 20);
}

TEST_CASE("inks show as their complement, a spot as its alternate", "[render]") {
    Frame frame = card();
    Assets assets;
    assets.spots.push_back({"Reflex Blue", Colour::cmyk(1000, 500, 0, 0)});
    const auto patch = [&](Length x, Colour colour) {
        frame.items.emplace_back(Fill{{{x, 0_mm}, {9_mm, 9_mm}}, colour});
    };
    patch(0_mm, Colour::grey(250));
    patch(10_mm, Colour::cmyk(0, 1000, 1000, 0));
    patch(20_mm, Colour{Colour::Space::Spot, {1000, 0, 0, 0}, 0});
    patch(30_mm, Colour{Colour::Space::Spot, {500, 0, 0, 0}, 0});
    const Picture picture = proof_of(frame, assets);
    CHECK(colour_at(picture, 5, 5)[0] == Approx(191).margin(1));
    CHECK(colour_at(picture, 15, 5) == std::array<int, 3>{255, 0, 0});
    CHECK(colour_at(picture, 25, 5)[1] == Approx(128).margin(1));
    CHECK(colour_at(picture, 35, 5)[0] == Approx(128).margin(1));
    CHECK(colour_at(picture, 45, 5) == white);
}

TEST_CASE("codes in a proof can be read from the screen", "[render]") {
    Frame frame = card();
    add_code(frame, {{10_mm, 10_mm}, {22_mm, 22_mm}}, Symbology::Qr, "https://example.org/thanks?c=4711");
    add_code(frame, {{60_mm, 10_mm}, {10_mm, 10_mm}}, Symbology::DataMatrix, "PLI 0042 1/2");
    const test::Folder folder;
    for (const int dpi : {96, 150, 300}) {
        INFO(dpi);
        test::write_file(folder / "proof.png", encode_png(proof_of(frame, {}, at(dpi)), dpi));
        const auto qr = test::run("zbarimg --quiet --raw '" + folder / "proof.png" + "'");
        CHECK_THAT(qr.output, Catch::Contains("https://example.org/thanks?c=4711"));
    }
    const auto matrix = test::run("dmtxread -N1 '" + folder / "proof.png" + "'");
    CHECK_THAT(matrix.output, Catch::Contains("PLI 0042 1/2"));
}

TEST_CASE("layers, pictures and uploaded pages stand in their boxes", "[render]") {
    Assets assets;
    Layer layer;
    layer.frame.size = {20_mm, 20_mm};
    layer.frame.items.emplace_back(Fill{{{5_mm, 5_mm}, {40_mm, 5_mm}}, Colour::black()});  // reaches out of the layer
    const AssetId layer_id = assets.add(layer);
    Image image;
    image.columns = 2;
    image.rows = 1;
    image.data = std::string("\0\xff", 2);
    image.alpha = std::string("\xff\0", 2);
    const AssetId image_id = assets.add(image);
    const AssetId page_id = assets.add(ForeignPage{{10_mm, 10_mm}, 0, nullptr, nullptr, 0});
    Frame frame = card();
    frame.items.emplace_back(Placed{layer_id, {{10_mm, 10_mm}, {20_mm, 20_mm}}});
    frame.items.emplace_back(Fill{{{50_mm, 10_mm}, {20_mm, 20_mm}}, Colour::grey(500)});
    frame.items.emplace_back(Placed{image_id, {{50_mm, 10_mm}, {20_mm, 20_mm}}});
    frame.items.emplace_back(Fill{{{75_mm, 35_mm}, {5_mm, 5_mm}}, Colour::black()});
    frame.items.emplace_back(Placed{page_id, {{70_mm, 30_mm}, {20_mm, 20_mm}}});
    int asked_dpi = 0;
    ProofOptions options;
    options.rasterise = [&](const ForeignPage&, int dpi) -> Result<Picture> {
        asked_dpi = dpi;
        return Picture{1, 2, {255, 255, 255, 255, 0, 0}};
    };
    const Picture picture = proof_of(frame, assets, options);
    CHECK(colour_at(picture, 20, 17) == black);
    CHECK(colour_at(picture, 35, 17) == black);  // half an inch beyond the layer's edge there is room for overhangs
    CHECK(colour_at(picture, 46, 17) == white);  // and there it is cut
    CHECK(colour_at(picture, 53, 20) == black);
    CHECK(colour_at(picture, 67, 20)[0] == Approx(128).margin(2));  // transparent half
    CHECK(asked_dpi == 192);                                        // the page is shown twice its size
    CHECK(colour_at(picture, 85, 48) == std::array<int, 3>{255, 0, 0});
    CHECK(colour_at(picture, 77, 37) == black);  // under the page's white
}

TEST_CASE("a JPEG in CMYK shows its colours", "[render]") {
    const test::Folder folder;
    REQUIRE(test::run("convert -size 8x8 xc:red -colorspace CMYK '" + folder / "a.jpg" + "'").status == 0);
    Assets assets;
    const AssetId id = assets.add(decode_image(test::read_file(folder / "a.jpg"), "a.jpg").value());
    Frame frame = card();
    frame.items.emplace_back(Placed{id, {{0_mm, 0_mm}, {20_mm, 20_mm}}});
    const auto red = colour_at(proof_of(frame, assets), 10, 10);
    CHECK(red[0] > 240);
    CHECK(red[1] < 15);
}

TEST_CASE("an uploaded page without a sandbox, and a size no screen has, are errors", "[render]") {
    Assets assets;
    const AssetId page = assets.add(ForeignPage{{10_mm, 10_mm}, 0, nullptr, nullptr, 0});
    Frame frame = card();
    frame.items.emplace_back(Placed{page, {{0_mm, 0_mm}, {20_mm, 20_mm}}});
    CHECK_FALSE(draw_proof(frame, type().fonts, assets, at(96)));
    CHECK_FALSE(draw_proof(card(), type().fonts, {}, at(100'000)));
}

TEST_CASE("the PNG of a proof is valid, grey where there is no colour, and knows its size on paper", "[render]") {
    Frame frame = card();
    add_line(frame, {8_mm, 12_mm}, "Grüße");
    const Picture grey = proof_of(frame);
    frame.items.emplace_back(Fill{{{8_mm, 36_mm}, {20_mm, 20_mm}}, Colour::cmyk(0, 1000, 0, 0)});
    const Picture coloured = proof_of(frame);
    const test::Folder folder;
    test::write_file(folder / "grey.png", encode_png(grey, 96));
    test::write_file(folder / "colour.png", encode_png(coloured, 96));
    const auto seen = test::run("identify -format '%[type] %x %U' '" + folder / "grey.png" + "'");
    CHECK(seen.status == 0);
    CHECK_THAT(seen.output, Catch::StartsWith("Grayscale 37.") && Catch::EndsWith("PixelsPerCentimeter"));
    const Image back = decode_image(encode_png(coloured, 96), "colour.png").value();
    CHECK(back.data == std::string(coloured.rgb.begin(), coloured.rgb.end()));
    CHECK(test::run("identify '" + folder / "colour.png" + "'").status == 0);
}

}  // namespace pli::render
