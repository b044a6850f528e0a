#include "render/pictures.hpp"

#include <fmt/format.h>
#include <libdeflate.h>

#include <catch2/catch.hpp>

#include "press.hpp"
#include "render/icc.hpp"
#include "render/jpeg.hpp"
#include "render/png_profile.hpp"
#include "render/press_condition.hpp"
#include "render/proof.hpp"
#include "tests/outside/outside.hpp"

namespace pli::render {
namespace {

/// A picture made by ImageMagick; the extension says in which format.
std::string made(const std::string& arguments, const std::string& name) {
    const test::Folder folder;
    const auto made = test::run("convert " + arguments + " '" + folder / name + "'");
    INFO(made.output);
    REQUIRE(made.status == 0);
    return test::read_file(folder / name);
}

Image decoded(const std::string& bytes) {
    auto image = decode_image(bytes, "logo");
    if (!image) FAIL(image.error().text());
    return *std::move(image);
}

std::string refusal_of(const std::string& bytes) {
    const auto image = decode_image(bytes, "logo.png");
    REQUIRE_FALSE(image);
    return image.error().text();
}

/// A PNG of one pixel that claims another size, its header's checksum right.
std::string png_claiming(std::uint32_t columns, std::uint32_t rows) {
    std::string png = encode_png(Picture{1, 1, {0, 0, 0}}, 96);
    for (int i = 0; i < 4; ++i) {
        png[16 + static_cast<std::size_t>(i)] = static_cast<char>(columns >> (24 - 8 * i));
        png[20 + static_cast<std::size_t>(i)] = static_cast<char>(rows >> (24 - 8 * i));
    }
    const std::uint32_t checksum = libdeflate_crc32(0, png.data() + 12, 17);
    for (int i = 0; i < 4; ++i) png[29 + static_cast<std::size_t>(i)] = static_cast<char>(checksum >> (24 - 8 * i));
    return png;
}

}  // namespace

TEST_CASE("PNGs of every kind become 8-bit pixels", "[render]") {
    const std::string colours = "-size 2x1 xc:red -fill blue -draw 'point 1,0' ";
    const std::string expected("\xff\0\0\0\0\xff", 6);
    for (const char* kind : {"PNG24:", "PNG8:", "PNG48:"}) {
        INFO(kind);
        const test::Folder folder;
        REQUIRE(test::run("convert " + colours + kind + folder / "a.png").status == 0);
        const Image image = decoded(test::read_file(folder / "a.png"));
        CHECK(image.columns == 2);
        CHECK(image.rows == 1);
        CHECK(image.space == Image::Space::Rgb);
        CHECK(image.data == expected);
        CHECK(image.alpha.empty());
    }
    CHECK(decoded(made(colours + "-interlace PNG", "a.png")).data == expected);
}

TEST_CASE("a black logo saved as RGB is grey, so that it prints with black ink alone", "[render]") {
    const Image image = decoded(made("-size 2x1 xc:black -fill white -draw 'point 1,0' -type TrueColor", "a.png"));
    CHECK(image.space == Image::Space::Gray);
    CHECK(image.data == std::string("\0\xff", 2));
}

TEST_CASE("a black and white JPEG saved as RGB becomes its luminance, without losing anything", "[render]") {
    const std::string rgb = made("-size 24x16 gradient:black-white -type TrueColor", "a.jpg");
    const Image image = decoded(rgb);
    CHECK(image.space == Image::Space::Gray);
    CHECK(image.coding == Image::Coding::Jpeg);
    Image as_it_came = image;
    as_it_came.data = rgb;
    as_it_came.space = Image::Space::Rgb;
    CHECK(jpeg_to_rgb(image).value().substr(0, 3) == std::string(3, '\0'));
    const std::string grey = jpeg_pixels(image).value(), colour = jpeg_pixels(as_it_came).value();
    REQUIRE(colour.size() == 3 * grey.size());
    for (std::size_t i = 0; i < grey.size(); ++i) REQUIRE(grey[i] == colour[3 * i]);
}

TEST_CASE("an RGB picture keeps the profile it brought; one for other colours does not count", "[render]") {
    const test::Folder folder;
    const std::string& profile = srgb_profile();
    test::write_file(folder / "rgb.icc", profile);
    for (const char* name : {"a.png", "a.jpg"}) {
        INFO(name);
        const Image image = decoded(made("-size 8x8 xc:red -profile " + folder / "rgb.icc", name));
        REQUIRE(image.icc);
        CHECK(*image.icc == profile);
        CHECK_FALSE(decoded(made("-size 8x8 xc:red", name)).icc);
    }
    std::string press = profile;
    press.replace(16, 4, "CMYK");
    CHECK_FALSE(is_rgb_source(press));
    CHECK_FALSE(is_rgb_source(profile.substr(0, 200)));
}

TEST_CASE("pixels that a profile explains are not changed by what else a PNG says of its gamma", "[render]") {
    const test::Folder folder;
    test::write_file(folder / "rgb.icc", srgb_profile());
    const std::string colours = "-size 1x1 'xc:rgb(100,150,50)' ";
    const std::string tagged = made(colours + "-profile " + folder / "rgb.icc" + " -set gamma 1.0", "a.png");
    const std::string expected("\x64\x96\x32", 3);
    CHECK(decoded(tagged).data == expected);
    CHECK(split_profile(tagged).png.find("iCCP") == std::string::npos);
}

TEST_CASE("a camera's picture stands upright, in print as on the screen", "[render]") {
    const std::string jpeg = made("-size 32x16 xc:red -fill blue -draw 'rectangle 16,0 31,15'", "a.jpg");
    // One entry, orientation, in the byte order of Intel; behind it no further directory.
    std::string exif(
        "\xff\xe1\0\x22"
        "Exif\0\0II*\0\x08\0\0\0\x01\0\x12\x01\x03\0\x01\0\0\0\x06\0\0\0\0\0\0\0",
        36);
    const Image turned = decoded(jpeg.substr(0, 2) + exif + jpeg.substr(2));
    CHECK(turned.orientation == 6);
    CHECK(turned.columns == 16);
    CHECK(turned.rows == 32);
    Assets assets;
    Frame frame = test::card();
    frame.items.emplace_back(Placed{assets.add(turned), {{10_mm, 10_mm}, {20_mm, 40_mm}}});
    const test::Folder folder;
    test::press(folder / "b.pdf", assets, {frame});
    REQUIRE(test::run("pdftoppm -r 254 -singlefile " + folder / "b.pdf" + " " + folder / "b").status == 0);
    const std::string ppm = test::read_file(folder / "b.ppm");
    const Picture proof = draw_proof(frame, test::type().fonts, assets, {254, {}}).value();
    const auto pixel = [&](std::size_t x, std::size_t y) {  // ten to a millimetre
        const auto red = static_cast<unsigned char>(ppm[ppm.size() - (700 - 10 * y) * 3'000 + 30 * x]);
        CHECK((red > 128) == (proof.rgb[(10 * y * 1'000 + 10 * x) * 3] > 128));
        return red > 128 ? "red" : "blue";
    };
    CHECK(std::string(pixel(20, 15)) == "red");
    CHECK(std::string(pixel(20, 45)) == "blue");
}

TEST_CASE("RGB converted for the press has inks within its limit, black deep and white empty", "[render]") {
    Image image;
    image.space = Image::Space::Rgb;
    image.columns = 3;
    image.rows = 1;
    image.data = std::string("\xff\xff\xff\0\0\0\xff\0\0", 9);
    const Image inks = in_inks_of(image, *coated_fogra39().profile).value();
    CHECK(inks.space == Image::Space::Cmyk);
    const auto ink = [&](std::size_t pixel, std::size_t plate) {
        return static_cast<unsigned char>(inks.data.at(4 * pixel + plate)) * 100 / 255;
    };
    for (std::size_t plate = 0; plate < 4; ++plate) CHECK(ink(0, plate) == 0);
    CHECK(ink(1, 3) > 80);
    CHECK(ink(1, 0) + ink(1, 1) + ink(1, 2) + ink(1, 3) <= 325);
    CHECK(ink(2, 0) < 10);
    CHECK(ink(2, 1) > 85);
    CHECK(ink(2, 2) > 85);
    CHECK(inks.total_ink > 2'500);
    CHECK(inks.total_ink <= 3'250);
}

TEST_CASE("a CMYK picture tells how much ink it lays", "[render]") {
    const Image dark = decoded(made("-size 16x16 xc:'cmyk(255,255,255,255)'", "a.jpg"));
    CHECK(dark.total_ink == Approx(4'000).margin(20));
    const Image yellow = decoded(made("-size 16x16 xc:'cmyk(0,0,255,0)'", "a.jpg"));
    CHECK(yellow.total_ink == Approx(1'000).margin(20));
}

TEST_CASE("transparency is kept apart from colour, and dropped where all is opaque", "[render]") {
    const Image half = decoded(made("-size 1x1 'xc:rgba(255,0,0,0.5)'", "a.png"));
    CHECK(half.data == std::string("\xff\0\0", 3));
    REQUIRE(half.alpha.size() == 1);
    CHECK(static_cast<unsigned char>(half.alpha[0]) == Approx(128).margin(1));
    CHECK(decoded(made("-size 1x1 'xc:rgba(255,0,0,1)' -alpha on", "PNG32.png")).alpha.empty());
}

TEST_CASE("a JPEG is kept as it came; its inks are named", "[render]") {
    const std::string rgb = made("-size 16x8 xc:red", "a.jpg");
    const Image image = decoded(rgb);
    CHECK(image.coding == Image::Coding::Jpeg);
    CHECK(image.data == rgb);
    CHECK(image.columns == 16);
    CHECK(image.rows == 8);
    CHECK(image.space == Image::Space::Rgb);
    CHECK(decoded(made("-size 8x8 xc:gray50 -colorspace Gray", "a.jpg")).space == Image::Space::Gray);
    const Image cmyk = decoded(made("-size 8x8 xc:red -colorspace CMYK", "a.jpg"));
    CHECK(cmyk.space == Image::Space::Cmyk);
    CHECK(cmyk.inverted);  // ImageMagick writes Adobe's marker and, like Adobe, the complement
}

TEST_CASE("pictures that are none, damaged or cut short are refused with file and remedy", "[render]") {
    CHECK(refusal_of("GIF89a") == "logo.png: the picture is neither PNG nor JPEG; save it as PNG or JPEG");
    CHECK_THAT(refusal_of(""), Catch::Contains("neither PNG nor JPEG"));
    const std::string png = made("-size 99x99 plasma:red-blue", "a.png");
    CHECK_THAT(refusal_of(png.substr(0, png.size() / 2)), Catch::Contains("the PNG is damaged"));
    const std::string jpeg = made("-size 99x99 plasma:red-blue", "a.jpg");
    CHECK_THAT(refusal_of(jpeg.substr(0, jpeg.size() / 2)), Catch::Contains("cut short"));
    CHECK_THAT(refusal_of(jpeg.substr(0, 40)), Catch::Contains("JPEG"));
    CHECK_THAT(refusal_of("\xff\xd8\xff\xe0 no more"), Catch::Contains("JPEG"));
}

TEST_CASE("a small file that unpacks to a giant picture is refused before it does", "[render]") {
    CHECK_THAT(refusal_of(png_claiming(20'000, 20'000)),
               Catch::Contains("20000 × 20000 pixels, more than 100 megapixels"));
    CHECK_THAT(refusal_of(png_claiming(0x7fffffff, 0x7fffffff)), Catch::Contains("PNG is damaged"));
    CHECK_THAT(refusal_of(png_claiming(0, 5)), Catch::Contains("PNG is damaged"));
    CHECK_THAT(refusal_of(png_claiming(9'000, 9'000)), Catch::Contains("PNG is damaged"));  // too few rows
}

TEST_CASE("whatever byte of a picture is altered, reading it ends well", "[render]") {
    int refused = 0;
    for (const std::string& whole : {made("-size 9x9 plasma:red-blue", "a.png"), made("-size 9x9 xc:red", "a.jpg")})
        for (std::size_t at = 0; at < whole.size(); ++at) {
            std::string altered = whole;
            altered[at] = static_cast<char>(altered[at] ^ 0x55);
            if (!decode_image(altered, "a")) ++refused;
        }
    CHECK(refused > 100);
}

}  // namespace pli::render
