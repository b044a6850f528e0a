// What three readers make of a page: the same picture, the right inks, codes that scan.
#include <algorithm>
#include <catch2/catch.hpp>
#include <cmath>

#include "press.hpp"
#include "tests/outside/outside.hpp"

using namespace pli;
using test::add_code;
using test::add_line;
using test::card;
using test::run;

namespace {

/// A binary PGM picture.
struct Grey {
    std::size_t columns = 0, rows = 0;
    std::string pixels;
    int at(std::size_t x, std::size_t y) const { return static_cast<unsigned char>(pixels[y * columns + x]); }
};

Grey read_pgm(const std::string& path) {
    const std::string file = test::read_file(path);
    Grey grey;
    std::size_t at = 2;  // behind "P5"
    std::size_t* const numbers[] = {&grey.columns, &grey.rows, nullptr};
    for (std::size_t* number : numbers) {
        at = file.find_first_not_of(" \n", at);
        while (file.at(at) == '#') at = file.find_first_not_of(" \n", file.find('\n', at));
        const std::size_t end = file.find_first_of(" \n", at);
        if (number != nullptr) *number = std::stoul(file.substr(at, end - at));
        at = end;
    }
    grey.pixels = file.substr(at + 1);
    REQUIRE(grey.pixels.size() == grey.columns * grey.rows);
    return grey;
}

/// With its darkest grey as black: how dark the black plate alone looks is told differently by each reader.
Grey stretched(Grey grey) {
    const auto value = [](char c) { return static_cast<int>(static_cast<unsigned char>(c)); };
    int darkest = 254;
    for (const char c : grey.pixels) darkest = std::min(darkest, value(c));
    for (char& c : grey.pixels) c = static_cast<char>(255 - (255 - value(c)) * 255 / (255 - darkest));
    return grey;
}

double mean(const Grey& grey, std::size_t left, std::size_t top, std::size_t side) {
    double sum = 0;
    for (std::size_t y = top; y < top + side; ++y) {
        for (std::size_t x = left; x < left + side; ++x) sum += grey.at(x, y);
    }
    return sum / static_cast<double>(side * side);
}

/// The largest difference of the means of tiles, 0 to 255: blind to how a reader smooths edges, not to what it shows.
double difference(const Grey& a, const Grey& b) {
    constexpr std::size_t tile = 16;
    double worst = 0;
    for (std::size_t y = 0; y + tile <= std::min(a.rows, b.rows); y += tile) {
        for (std::size_t x = 0; x + tile <= std::min(a.columns, b.columns); x += tile) {
            worst = std::max(worst, std::abs(mean(a, x, y, tile) - mean(b, x, y, tile)));
        }
    }
    return worst;
}

std::uint32_t little_endian(const std::string& bytes, std::size_t at, std::size_t count) {
    std::uint32_t value = 0;
    for (std::size_t i = count; i-- > 0;) value = value << 8 | static_cast<unsigned char>(bytes.at(at + i));
    return value;
}

/// Pixels with ink on a plate: an uncompressed 8-bit TIFF in which 255 is bare paper.
std::size_t inked(const std::string& path) {
    const std::string file = test::read_file(path);
    REQUIRE(file.substr(0, 4) == std::string("II\x2A\0", 4));
    const std::size_t directory = little_endian(file, 4, 4);
    std::size_t offsets = 0, strips = 0, rows_in_strip = 0, columns = 0, rows = 0, offset_bytes = 4;
    for (std::size_t i = 0; i < little_endian(file, directory, 2); ++i) {
        const std::size_t entry = directory + 2 + 12 * i;
        const std::size_t bytes = little_endian(file, entry + 2, 2) == 3 ? 2 : 4;
        const std::size_t count = little_endian(file, entry + 4, 4), value = little_endian(file, entry + 8, bytes);
        switch (little_endian(file, entry, 2)) {
            case 256: columns = value; break;
            case 257: rows = value; break;
            case 273:
                offsets = count == 1 ? entry + 8 : little_endian(file, entry + 8, 4), strips = count,
                offset_bytes = bytes;
                break;
            case 278: rows_in_strip = value; break;
            default: break;
        }
    }
    std::size_t pixels = 0;
    for (std::size_t strip = 0; strip < strips; ++strip) {
        const std::size_t first = little_endian(file, offsets + strip * offset_bytes, offset_bytes);
        const std::size_t length = std::min(rows_in_strip, rows - strip * rows_in_strip) * columns;
        const std::string_view data = std::string_view(file).substr(first, length);
        pixels += static_cast<std::size_t>(std::count_if(data.begin(), data.end(), [](char c) { return c != '\xFF'; }));
    }
    return pixels;
}

Frame samples() {
    Frame frame = card();
    add_line(frame, {5_mm, 10_mm}, "Straße, Œuvre, Łódź");
    add_line(frame, {5_mm, 18_mm}, "efficient  1.234,56 €");
    frame.items.emplace_back(Rule{{5_mm, 20_mm}, {95_mm, 20_mm}, 1_pt, {}});
    frame.items.emplace_back(Rule{{50_mm, 25_mm}, {70_mm, 65_mm}, 0.5_pt, {}});
    frame.items.emplace_back(Fill{{{75_mm, 25_mm}, {20_mm, 20_mm}}, Colour::grey(300)});
    add_code(frame, {{8_mm, 28_mm}, {30_mm, 30_mm}}, Symbology::Qr, "https://example.com/k/1");
    add_code(frame, {{75_mm, 50_mm}, {12_mm, 12_mm}}, Symbology::DataMatrix, "PLI-0001-1/2");
    return frame;
}

}  // namespace

TEST_CASE("poppler, MuPDF and Ghostscript show the same page", "[render]") {
    const test::Folder folder;
    test::press(folder / "b.pdf", {}, {samples()});
    REQUIRE(run("pdftoppm -r 150 -gray -singlefile " + folder / "b.pdf" + " " + folder / "poppler").status == 0);
    REQUIRE(run("mutool draw -q -r 150 -c gray -o " + folder / "mupdf.pgm" + " " + folder / "b.pdf").status == 0);
    REQUIRE(run("gs -q -dBATCH -dNOPAUSE -r150 -sDEVICE=pgmraw -dTextAlphaBits=4 -dGraphicsAlphaBits=4 -o " +
                folder / "gs.pgm" + " " + folder / "b.pdf")
                .status == 0);
    const Grey poppler = stretched(read_pgm(folder / "poppler.pgm"));
    const Grey mupdf = stretched(read_pgm(folder / "mupdf.pgm"));
    const Grey gs = stretched(read_pgm(folder / "gs.pgm"));
    CHECK(difference(poppler, mupdf) < 24);
    CHECK(difference(poppler, gs) < 24);
    test::press(folder / "empty.pdf", {}, {card()});
    REQUIRE(run("pdftoppm -r 150 -gray -singlefile " + folder / "empty.pdf" + " " + folder / "empty").status == 0);
    CHECK(difference(poppler, read_pgm(folder / "empty.pgm")) > 100);  // the measure sees what is missing
}

TEST_CASE("black text and codes are on the black plate and on no other", "[render]") {
    const test::Folder folder;
    test::press(folder / "b.pdf", {}, {samples()});
    REQUIRE(run("gs -q -dBATCH -dNOPAUSE -r100 -sDEVICE=tiffsep -sCompression=none -o " + folder / "p.tif" + " " +
                folder / "b.pdf")
                .status == 0);
    CHECK(inked(folder / "p(Black).tif") > 1'000);
    for (const char* plate : {"p(Cyan).tif", "p(Magenta).tif", "p(Yellow).tif"}) CHECK(inked(folder / plate) == 0);
}

TEST_CASE("black text leaves the colour below it standing, a black box and white text do not", "[render]") {
    const test::Folder folder;
    const auto cyan_below = [&](const std::vector<Item>& above, const Frame& glyphs) {
        Frame frame = glyphs;
        frame.items = {Fill{{{5_mm, 5_mm}, {90_mm, 60_mm}}, Colour::cmyk(1000, 0, 0, 0)}};
        frame.items.insert(frame.items.end(), above.begin(), above.end());
        test::press(folder / "b.pdf", {}, {frame});
        REQUIRE(run("gs -q -dBATCH -dNOPAUSE -r100 -sDEVICE=tiffsep -sCompression=none -o " + folder / "p.tif" + " " +
                    folder / "b.pdf")
                    .status == 0);
        return inked(folder / "p(Cyan).tif");
    };
    Frame line = card();
    add_line(line, {10_mm, 30_mm}, "Black on cyan");
    const auto in = [&](Colour colour) {
        auto items = line.items;
        for (Item& item : items) std::get<TextRun>(item).colour = colour;
        return items;
    };
    const std::size_t whole = cyan_below({}, card());
    const Rect box{{20_mm, 20_mm}, {10_mm, 10_mm}};
    CHECK(whole > 80'000);
    CHECK(cyan_below(in(Colour::black()), line) == whole);
    CHECK(cyan_below({Rule{{10_mm, 40_mm}, {90_mm, 40_mm}, 2_pt, Colour::black()}}, card()) == whole);
    CHECK(cyan_below(in(Colour::grey(0)), line) < whole - 300);
    CHECK(cyan_below(in(Colour::grey(500)), line) < whole - 300);
    CHECK(cyan_below({Fill{box, Colour::black()}}, card()) < whole - 1'000);
}

TEST_CASE("registration marks stand on every plate, spot inks too", "[render]") {
    const test::Folder folder;
    Assets assets;
    assets.spots = {{"Grün №1", Colour::cmyk(800, 0, 900, 0)}};
    Frame frame = card();
    frame.items.emplace_back(Rule{{10_mm, 10_mm}, {90_mm, 10_mm}, 1_pt, Colour::registration()});
    frame.items.emplace_back(Fill{{{10_mm, 20_mm}, {10_mm, 10_mm}}, Colour{Colour::Space::Spot, {1000, 0, 0, 0}, 0}});
    test::press(folder / "b.pdf", assets, {frame});
    CHECK_THAT(run("qpdf --qdf " + folder / "b.pdf" + " -").output,
               Catch::Contains("/Separation\n  /Gr#c3#bcn#20#e2#84#961"));
    REQUIRE(run("gs -q -dBATCH -dNOPAUSE -r100 -sDEVICE=tiffsep -sCompression=none -o " + folder / "p.tif" + " " +
                folder / "b.pdf")
                .status == 0);
    const std::size_t mark = inked(folder / "p(Cyan).tif");
    CHECK(mark > 250);
    for (const char* plate : {"p(Magenta).tif", "p(Yellow).tif", "p(Black).tif"}) CHECK(inked(folder / plate) == mark);
    // How Ghostscript spells the name in a file's name is its own affair.
    REQUIRE(run("mv " + folder / "p\\(Gr*.tif" + " " + folder / "green.tif").status == 0);
    CHECK(inked(folder / "green.tif") > mark + 1'400);
}

TEST_CASE("a spot ink has a plate of its own, an ink that is not used has none", "[render]") {
    const test::Folder folder;
    Assets assets;
    assets.spots = {{"Unused Blue", Colour::cmyk(1000, 0, 0, 0)}, {"Pli Red", Colour::cmyk(0, 900, 800, 0)}};
    Frame frame = card();
    Colour red;
    red.space = Colour::Space::Spot;
    red.parts[0] = 1000;
    red.spot = 1;
    frame.items.emplace_back(Fill{{{10_mm, 10_mm}, {25.4_mm, 25.4_mm}}, red});
    test::press(folder / "b.pdf", assets, {frame});
    REQUIRE(run("gs -q -dBATCH -dNOPAUSE -r100 -sDEVICE=tiffsep -sCompression=none -o " + folder / "p.tif" + " " +
                folder / "b.pdf")
                .status == 0);
    CHECK(inked(folder / "p(Pli Red).tif") == Approx(100 * 100).epsilon(0.03));
    CHECK(inked(folder / "p(Magenta).tif") == 0);
    CHECK(test::read_file(folder / "p(Unused Blue).tif").empty());
}

TEST_CASE("codes scan from the printed page, in either way of writing their bits", "[render]") {
    const test::Folder folder;
    std::vector<Frame> pages;
    std::vector<std::string> payloads;
    render::ContentEncoder encoder(test::type().fonts, {});
    bool hexadecimal = false;
    for (int i = 0; i < 2'000 && !hexadecimal; ++i) {
        const std::string payload = "https://example.com/account/" + std::to_string(i);
        Frame frame = card();
        add_code(frame, {{10_mm, 10_mm}, {25_mm, 25_mm}}, Symbology::Qr, payload);
        hexadecimal = encoder.operators(frame).value().find("/AHx") != std::string::npos;
        if (i != 0 && !hexadecimal) continue;
        pages.push_back(frame);
        payloads.push_back(payload);
    }
    REQUIRE(pages.size() == 2);
    add_code(pages[0], {{60_mm, 40_mm}, {12_mm, 12_mm}}, Symbology::DataMatrix, "PLI-0001-1/2");
    test::press(folder / "b.pdf", {}, pages);
    REQUIRE(run("pdftoppm -mono -r 300 " + folder / "b.pdf" + " " + folder / "mono").status == 0);
    REQUIRE(run("gs -q -dBATCH -dNOPAUSE -r300 -sDEVICE=pgmraw -o " + folder / "gs-%d.pgm" + " " + folder / "b.pdf")
                .status == 0);
    for (std::size_t page = 1; page <= 2; ++page) {
        const std::string number = std::to_string(page);
        CHECK_THAT(run("zbarimg -q --raw --nodbus " + folder / ("mono-" + number + ".pbm")).output,
                   Catch::Contains(payloads[page - 1] + "\n"));
        CHECK_THAT(run("ZXingReader " + folder / ("gs-" + number + ".pgm")).output,
                   Catch::Contains(payloads[page - 1]));
    }
    CHECK(run("dmtxread -n -N1 -m 5000 " + folder / "gs-1.pgm").output == "PLI-0001-1/2\n");
}
