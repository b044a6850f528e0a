#include "render/page_content.hpp"

#include <catch2/catch.hpp>

#include "fonts/mixed_codes.hpp"
#include "press.hpp"
#include "tests/outside/outside.hpp"

using namespace pli;
using namespace pli::render;
using test::add_code;
using test::add_line;
using test::card;
using test::type;

namespace {

std::string operators(const Frame& frame, const Assets& assets = {}) {
    return ContentEncoder(type().fonts, assets).operators(frame).value();
}

/// A run of the same glyph, "n", each moved on by `extra` design units more than its width.
Frame stretched(int count, int extra) {
    Frame frame = card();
    add_line(frame, {10_mm, 20_mm}, "n");
    Glyph n = frame.glyphs.at(0);
    n.advance += extra;
    frame.glyphs.assign(static_cast<std::size_t>(count), n);
    std::get<TextRun>(frame.items.at(0)).glyphs.count = static_cast<std::uint32_t>(count);
    return frame;
}

std::size_t count_of(const std::string& text, std::string_view part) {
    std::size_t count = 0;
    for (std::size_t at = text.find(part); at != std::string::npos; at = text.find(part, at + part.size())) ++count;
    return count;
}

}  // namespace

TEST_CASE("black text is said once a page: the black plate alone, and overprinting", "[render]") {
    Frame frame = card();
    add_line(frame, {10_mm, 20_mm}, "Hello");
    add_line(frame, {10_mm, 30_mm}, "world");
    const std::string text = operators(frame);
    CHECK_THAT(text, Catch::StartsWith("BT\n0 0 0 1 k\n/O1 gs\n/L0 12 Tf\n28.35 141.74 Td[(Hello)]TJ\n"));
    CHECK_THAT(text, Catch::Contains("0 -28.35 Td[("));
    CHECK_THAT(text, Catch::EndsWith("ET\n"));
    CHECK(count_of(text, "Tf") == 1);
    CHECK(count_of(text, " k\n") == 1);
    CHECK(count_of(text, " gs\n") == 1);
}

TEST_CASE("grey, CMYK and spot colours are written when they change, and only then", "[render]") {
    Frame frame = card();
    const Rect box{{10_mm, 10_mm}, {10_mm, 10_mm}};
    Colour spot;
    spot.space = Colour::Space::Spot;
    spot.parts[0] = 500;
    spot.spot = 2;
    for (const Colour& colour : {Colour::grey(250), Colour::grey(250), Colour::cmyk(1000, 500, 0, 100), spot}) {
        frame.items.emplace_back(Fill{box, colour});
    }
    frame.items.emplace_back(Rule{{10_mm, 5_mm}, {90_mm, 5_mm}, 0.5_pt, Colour::cmyk(0, 0, 0, 1000)});
    const std::string rectangle = "28.35 141.74 28.34 28.34 re f\n";
    const std::string expected = ".75 g\n" + rectangle + rectangle + "1 .5 0 .1 k\n" + rectangle + "/S2 cs .5 scn\n" +
                                 rectangle + "0 0 0 1 K\n/O2 gs\n.5 w\n28.35 184.26 m 255.12 184.26 l S\n";
    CHECK(operators(frame) == expected);
}

TEST_CASE("black text and rules overprint; tints, other inks and black fills knock out", "[render]") {
    const Rect box{{10_mm, 10_mm}, {10_mm, 10_mm}};
    const auto text_in = [](Colour colour) {
        Frame frame = card();
        add_line(frame, {10_mm, 20_mm}, "n");
        std::get<TextRun>(frame.items.at(0)).colour = colour;
        return frame;
    };
    CHECK_THAT(operators(text_in(Colour::black())), Catch::Contains("/O1 gs"));
    CHECK_THAT(operators(text_in(Colour::cmyk(0, 0, 0, 1000))), Catch::Contains("/O1 gs"));
    CHECK_THAT(operators(text_in(Colour::grey(500))), !Catch::Contains("gs"));
    CHECK_THAT(operators(text_in(Colour::grey(0))), !Catch::Contains("gs"));
    CHECK_THAT(operators(text_in(Colour::cmyk(1000, 0, 0, 1000))), !Catch::Contains("gs"));
    Frame frame = text_in(Colour::black());
    frame.items.emplace_back(Fill{box, Colour::black()});
    frame.items.push_back(frame.items.front());
    const std::string text = operators(frame);
    CHECK(count_of(text, "0 0 0 1 k\n") == 1);
    CHECK_THAT(text, Catch::Contains("ET\n/O0 gs\n28.35") && Catch::Contains("BT\n/O1 gs\n28.35"));
}

TEST_CASE("an uploaded page begins in the state it expects, whatever was drawn before it", "[render]") {
    Assets assets;
    const AssetId page = assets.add(ForeignPage{card().size, 0, {}, {}, 0});
    Frame frame = card();
    frame.items.emplace_back(Placed{page, {{}, card().size}});
    CHECK(operators(frame, assets) == "/X0 Do\n");
    frame.items.insert(frame.items.begin(), Fill{{{10_mm, 10_mm}, {10_mm, 10_mm}}, Colour::cmyk(0, 1000, 0, 0)});
    CHECK_THAT(operators(frame, assets), Catch::Contains("q /O0 gs 0 g 0 G 1 w\n1 0 0 1 0 0 cm /X0 Do\nQ\n"));
}

TEST_CASE("text at the font's own widths is one string; kerning goes in between in thousandths of an em", "[render]") {
    CHECK(count_of(operators(stretched(50, 0)), ")") == 1);
    CHECK(count_of(operators(stretched(3, 100)), ")-100(") == 2);
    CHECK(count_of(operators(stretched(3, -40)), ")40(") == 2);
}

TEST_CASE("displaced glyphs move and come back; the pen goes on where it would have been", "[render]") {
    Frame frame = stretched(3, 0);
    frame.glyphs[1].dx = 50;
    frame.glyphs[1].dy = 250;  // a quarter of an em: 3 of 12 pt
    const std::string text = operators(frame);
    CHECK_THAT(text, Catch::Contains(")]TJ 3 Ts[()-50("));
    CHECK_THAT(text, Catch::Contains(")]TJ 0 Ts[()50("));
}

TEST_CASE("bytes that a PDF string reserves are escaped", "[render]") {
    Frame frame = card();
    add_line(frame, {10_mm, 20_mm}, "(a\\b)");
    CHECK_THAT(operators(frame), Catch::Contains("[(\\(a\\\\b\\))]TJ"));
}

TEST_CASE("a letter of Western Europe is one byte, another two, a ligature changes the font", "[render]") {
    using namespace std::string_literals;
    Frame frame = card();
    add_line(frame, {10_mm, 20_mm}, "Ó");
    add_line(frame, {10_mm, 30_mm}, "Ж");
    add_line(frame, {10_mm, 40_mm}, "ffi");
    const auto& codes = type().fonts.codes_of({0});
    const std::uint16_t zhe = frame.glyphs.at(1).id, ffi = frame.glyphs.at(2).id;
    REQUIRE(codes.of(zhe) == zhe + 0x100);
    REQUIRE(codes.of(ffi) == fonts::MixedCodes::none);
    const auto two = [](int code) { return std::string{static_cast<char>(code >> 8), static_cast<char>(code & 0xFF)}; };
    const std::string text = operators(frame);
    CHECK_THAT(text, Catch::Contains("[(\xD3)]TJ"));
    CHECK_THAT(text, Catch::Contains("[(" + two(zhe + 0x100) + ")]TJ"));
    CHECK_THAT(text, Catch::Contains("/F0 12 Tf\n") && Catch::Contains("[(" + two(ffi) + ")]TJ"));
}

TEST_CASE("text that changes between the codings goes on where the pen is", "[render]") {
    const test::Folder folder;
    Frame frame = card();
    add_line(frame, {5_mm, 20_mm}, "Traffic in Łódź, office of affiliates");
    test::press(folder / "b.pdf", {}, {frame});
    const auto wanted = "Traffic in Łódź, office of affiliates";
    CHECK_THAT(test::run("pdftotext " + folder / "b.pdf" + " -").output, Catch::StartsWith(wanted));
    CHECK_THAT(test::run("mutool draw -q -F text " + folder / "b.pdf").output, Catch::Contains(wanted));
}

TEST_CASE("a run that glyphs alone do not tell carries its text", "[render]") {
    Frame frame = stretched(1, 0);
    std::get<TextRun>(frame.items.at(0)).text = frame.add_text("né");
    CHECK_THAT(operators(frame), Catch::Contains("/Span<</ActualText<FEFF006E00E9>>>BDC\n"));
    CHECK_THAT(operators(frame), Catch::Contains("EMC\nET\n"));
}

TEST_CASE("a code is a one-bit mask; one whose bytes hold EI is written in hex", "[render]") {
    ContentEncoder encoder(type().fonts, {});
    int hexadecimal = 0;
    for (int i = 0; i < 2'000; ++i) {
        Frame frame = card();
        add_code(frame, {{10_mm, 10_mm}, {25_mm, 25_mm}}, Symbology::Qr,
                 "https://example.com/account/" + std::to_string(i));
        const std::string text = encoder.operators(frame).value();
        REQUIRE(count_of(text, "EI") == 1);  // the one that ends the image
        hexadecimal += static_cast<int>(count_of(text, "/F/AHx"));
    }
    CHECK(hexadecimal > 0);
    CHECK(hexadecimal < 20);
}

TEST_CASE("a code that cannot be drawn rejects its letter and leaves the encoder usable", "[render]") {
    ContentEncoder encoder(type().fonts, {});
    Frame frame = card();
    add_code(frame, {{10_mm, 10_mm}, {25_mm, 25_mm}}, Symbology::Qr, std::string(3'000, 'x'));
    ResourceUse use;
    PageContent content;
    const auto refused = encoder.encode(frame, use, content);
    REQUIRE_FALSE(refused);
    CHECK(refused.error().fault == Fault::Overflow);
    CHECK(encoder.encode(card(), use, content));
}

TEST_CASE("layers keep their size, images and pages fill their box", "[render]") {
    Assets assets;
    const AssetId layer = assets.add(Layer{card()}), image = assets.add(Image{});
    const AssetId page = assets.add(ForeignPage{{50_mm, 35_mm}, 0, {}, {}, 0});
    Frame frame = card();
    const Rect whole{{}, frame.size};
    frame.items = {Placed{layer, whole}, Placed{layer, {{10_mm, 0_mm}, frame.size}}, Placed{image, whole},
                   Placed{page, whole}};
    CHECK(operators(frame, assets) ==
          "/X0 Do\nq 1 0 0 1 28.35 0 cm /X0 Do\nQ\nq 283.46 0 0 198.43 0 0 cm /X1 Do\nQ\nq 2 0 0 2 0 0 cm /X2 Do\nQ\n");
    ResourceUse use;
    PageContent content;
    REQUIRE(ContentEncoder(type().fonts, assets).encode(frame, use, content));
    CHECK(use.assets == std::vector<bool>{true, true, true});
}

TEST_CASE("what letters use is a union: no order of merging leaves a trace", "[render]") {
    std::vector<ResourceUse> uses(3);
    ContentEncoder encoder(type().fonts, {});
    PageContent content;
    for (std::size_t i = 0; i < 3; ++i) {
        Frame frame = card();
        add_line(frame, {10_mm, 20_mm}, std::string(1, static_cast<char>('a' + i)));
        REQUIRE(encoder.encode(frame, uses[i], content));
    }
    ResourceUse forwards, backwards;
    for (std::size_t i = 0; i < 3; ++i) {
        forwards.merge(uses[i]);
        backwards.merge(uses[2 - i]);
    }
    CHECK(forwards.glyphs[0].sorted().size() == 3);
    CHECK(forwards.glyphs[0].sorted() == backwards.glyphs[0].sorted());
    CHECK(forwards.assets == backwards.assets);
}
