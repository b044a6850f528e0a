#include "render/batch_pdf.hpp"

#include <catch2/catch.hpp>

#include "press.hpp"
#include "tests/outside/outside.hpp"

using namespace pli;
using namespace pli::render;
using test::add_code;
using test::add_line;
using test::card;
using test::run;
using test::type;

namespace {

Image logo() {
    Image image;
    image.space = Image::Space::Rgb;
    image.columns = 30;
    image.rows = 20;
    for (std::uint32_t i = 0; i < image.columns * image.rows; ++i) {
        image.data += {static_cast<char>(i % 30 * 8), '\x40', static_cast<char>(i / 30 * 12)};
        image.alpha += static_cast<char>(i % 30 < 15 ? 255 : 128);
    }
    return image;
}

ForeignPage uploaded(std::uint32_t form, std::shared_ptr<const std::vector<ForeignObject>> objects) {
    return {{50_mm, 35_mm}, form, std::move(objects), {}, 0};
}

/// Two pages of one upload, which share their colour space; object 3 is used by neither.
std::shared_ptr<const std::vector<ForeignObject>> upload() {
    const auto form = [](const std::string& operators) {
        const std::string head = "<</Type/XObject/Subtype/Form/BBox[-36 -36 177.73 135.21]/Resources<</ColorSpace<</C ";
        const std::string tail =
            ">>>>/Length " + std::to_string(operators.size()) + ">>stream\n" + operators + "\nendstream";
        return ForeignObject{head + tail, {{static_cast<std::uint32_t>(head.size()), 2}}};
    };
    std::vector<ForeignObject> objects{form("/C cs 0 0 0 .5 sc 10 10 30 30 re f"),
                                       form("/C cs 0 0 0 1 sc 50 10 30 30 re f"),
                                       {"/DeviceCMYK", {}},
                                       {"(never used)", {}}};
    return std::make_shared<const std::vector<ForeignObject>>(std::move(objects));
}

struct Everything {
    Assets assets;
    Frame frame = card();
    Everything();
};

/// One page with one of each.
Everything::Everything() {
    assets.spots.push_back({"Pli Red", Colour::cmyk(0, 900, 800, 0)});
    assets.spots.push_back({"Unused Blue", Colour::cmyk(1000, 0, 0, 0)});
    Colour red;
    red.space = Colour::Space::Spot;
    red.parts[0] = 1000;
    Layer layer{card()};
    const AssetId image = assets.add(logo());
    layer.frame.items.emplace_back(Placed{image, {{75_mm, 5_mm}, {20_mm, 13_mm}}});
    layer.frame.items.emplace_back(Fill{{{75_mm, 20_mm}, {20_mm, 4_mm}}, red});
    add_line(layer.frame, {5_mm, 66_mm}, "Footer");
    const AssetId back = assets.add(std::move(layer));
    const auto objects = upload();
    const AssetId first = assets.add(uploaded(0, objects)), second = assets.add(uploaded(1, objects));
    frame.items.emplace_back(Placed{back, {{}, frame.size}});
    frame.items.emplace_back(Placed{first, {{45_mm, 30_mm}, {25_mm, 17.5_mm}}});
    frame.items.emplace_back(Placed{second, {{45_mm, 30_mm}, {25_mm, 17.5_mm}}});
    add_line(frame, {5_mm, 10_mm}, "Straße, Œuvre, Łódź");
    frame.items.emplace_back(Rule{{5_mm, 12_mm}, {70_mm, 12_mm}, 0.5_pt, {}});
    add_code(frame, {{5_mm, 20_mm}, {25_mm, 25_mm}}, Symbology::Qr, "https://example.com/k/1");
    add_code(frame, {{75_mm, 45_mm}, {12_mm, 12_mm}}, Symbology::DataMatrix, "PLI-0001-1/2");
}

/// With one space where a tool's table has several.
std::string squeezed(const std::string& text) {
    std::string out;
    for (const char c : text) {
        if (c != ' ' || out.empty() || out.back() != ' ') out += c;
    }
    return out;
}

std::string page_text(const std::string& path, const std::string& how = "") {
    return run("pdftotext " + how + " " + path + " -").output;
}

}  // namespace

TEST_CASE("a batch with layers, images, uploads, inks and codes is a sound PDF for qpdf and MuPDF", "[render]") {
    const test::Folder folder;
    const Everything all;
    test::press(folder / "b.pdf", all.assets, {all.frame, card(), all.frame});
    const auto checked = run("qpdf --check " + folder / "b.pdf");
    CHECK(checked.status == 0);
    CHECK_THAT(checked.output, Catch::Contains("PDF Version: 1.6") && !Catch::Contains("WARNING"));
    CHECK(run("mutool draw -o /dev/null -F png " + folder / "b.pdf").output.find("error") == std::string::npos);
    CHECK(run("pdftoppm -r 30 " + folder / "b.pdf" + " " + folder / "page").output.empty());
    CHECK(run("gs -q -dBATCH -dNOPAUSE -sDEVICE=nullpage " + folder / "b.pdf").output.empty());
}

TEST_CASE("the text of a page comes back with its accents, in reading order", "[render]") {
    const test::Folder folder;
    Frame frame = card();
    add_line(frame, {5_mm, 10_mm}, "Straße Œuvre Łódź Ćwikła");
    add_line(frame, {5_mm, 20_mm}, "Αθήνα Москва efficient fjord");
    test::press(folder / "b.pdf", {}, {frame});
    CHECK(page_text(folder / "b.pdf") == "Straße Œuvre Łódź Ćwikła\nΑθήνα Москва efficient fjord\n\n\f");
    CHECK_THAT(run("mutool draw -q -F txt " + folder / "b.pdf").output,
               Catch::Contains("Straße Œuvre Łódź Ćwikła") && Catch::Contains("efficient fjord"));
    CHECK_THAT(run("gs -q -dBATCH -dNOPAUSE -sDEVICE=txtwrite -o - " + folder / "b.pdf").output,
               Catch::Contains("Straße Œuvre Łódź Ćwikła"));
}

TEST_CASE("Arabic and Hebrew come back in reading order", "[render]") {
    const test::Folder folder;
    Frame frame = card();
    add_line(frame, {5_mm, 10_mm}, "محمد صديق");
    add_line(frame, {5_mm, 20_mm}, "שלום 12");
    test::press(folder / "b.pdf", {}, {frame});
    CHECK_THAT(page_text(folder / "b.pdf"), Catch::Contains("محمد صديق") && Catch::Contains("שלום"));
}

TEST_CASE("a script that stands in another order than it is read comes back through its ActualText", "[render]") {
    const test::Folder folder;
    Frame frame = card();
    add_line(frame, {5_mm, 10_mm}, "हिन्दी");  // the first vowel sign is drawn before its consonant
    test::press(folder / "b.pdf", {}, {frame});
    CHECK_THAT(page_text(folder / "b.pdf"), Catch::Contains("हिन्दी"));
}

TEST_CASE("a reordered syllable that reads the same from the right keeps its ActualText", "[render]") {
    const test::Folder folder;
    Frame frame = card();
    add_line(frame, {5_mm, 10_mm}, "कि");  // drawn "ik": turned round, the glyphs would give the text
    test::press(folder / "b.pdf", {}, {frame});
    CHECK_THAT(page_text(folder / "b.pdf"), Catch::Contains("कि"));
}

TEST_CASE("Arabic ligatures of two letters come back in reading order, as one sign each", "[render]") {
    const test::Folder folder;
    Frame frame = card();
    add_line(frame, {5_mm, 10_mm}, "السلام");
    add_line(frame, {5_mm, 20_mm}, "إلى");
    test::press(folder / "b.pdf", {}, {frame});
    // U+FEFC is lam and alef, U+FC43 lam and alef maksura: the same letters after NFKC
    CHECK_THAT(page_text(folder / "b.pdf"), Catch::Contains("الس\uFEFCم") && Catch::Contains("إ\uFC43"));
}

TEST_CASE("Thai vowels above their letters are read before the next letter", "[render]") {
    const test::Folder folder;
    Frame frame = card();
    add_line(frame, {5_mm, 10_mm}, "ทั้งหลาย");
    test::press(folder / "b.pdf", {}, {frame});
    CHECK_THAT(page_text(folder / "b.pdf"), Catch::Contains("ทั้งหลาย"));
}

TEST_CASE("every font is embedded, subset and has a ToUnicode map, TrueType and CFF alike", "[render]") {
    const test::Folder folder;
    Frame frame = card();
    add_line(frame, {5_mm, 10_mm}, "Straße Москва");
    add_line(frame, {5_mm, 20_mm}, "Nimbus", type().nimbus);
    add_line(frame, {5_mm, 30_mm}, "ffi");
    test::press(folder / "b.pdf", {}, {frame});
    const std::string listed = squeezed(run("pdffonts " + folder / "b.pdf").output);
    CHECK_THAT(listed, Catch::Contains("+NotoSans-Regular CID TrueType Identity-H yes yes yes"));
    CHECK_THAT(listed, Catch::Contains("+NotoSans-Regular CID TrueType Custom yes yes yes"));
    CHECK_THAT(listed, Catch::Contains("+NimbusSans-Regular CID Type 0C (OT) Custom yes yes yes"));
    CHECK_THAT(page_text(folder / "b.pdf"), Catch::Contains("Straße Москва") && Catch::Contains("Nimbus"));
}

TEST_CASE("glyphs stand where the frame says, however many small displacements went before", "[render]") {
    const test::Folder folder;
    Frame frame = card();
    add_line(frame, {5_mm, 10_mm}, "n");
    const int em = type().fonts.face({0}).units_per_em;
    Glyph n = frame.glyphs.at(0);
    n.advance = em / 64 + 1;  // 65 in a thousand units: not a whole number of thousandths
    frame.glyphs.assign(400, n);
    std::get<TextRun>(frame.items.at(0)).glyphs.count = 400;
    test::press(folder / "b.pdf", {}, {frame});
    const std::string traced = run("mutool trace " + folder / "b.pdf").output;
    const std::size_t last = traced.rfind("x=\"");
    REQUIRE(last != std::string::npos);
    // mutool gives user space: 5 mm and 399 advances at 12 pt. One half of a thousandth of an em is 0.006 pt.
    const double expected = (5_mm).to_pt() + 399.0 * n.advance * 12 / em;
    CHECK(std::stod(traced.substr(last + 3)) == Approx(expected).margin(0.012));
}

TEST_CASE("pages come in the order said at the end, not in that of their writing", "[render]") {
    const test::Folder folder;
    const Assets none;
    auto pdf = BatchPdf::create(test::options(folder / "b.pdf"), type().fonts, none).value();
    ContentEncoder encoder(type().fonts, none);
    ResourceUse use;
    PageContent content;
    std::vector<ContentId> contents;
    for (const char* word : {"one", "two", "three"}) {
        Frame frame = card();
        add_line(frame, {5_mm, 10_mm}, word);
        REQUIRE(encoder.encode(frame, use, content));
        contents.insert(contents.begin(), pdf.append(content).value());
    }
    CHECK(pdf.close(use, test::in_order(contents, content.size)).value().pages == 3);
    CHECK(page_text(folder / "b.pdf") == "three\n\n\ftwo\n\n\fone\n\n\f");
}

TEST_CASE("two letters share a sheet: moves and restores are streams that all sheets use", "[render]") {
    const test::Folder folder;
    const Assets none;
    auto pdf = BatchPdf::create(test::options(folder / "b.pdf"), type().fonts, none).value();
    ContentEncoder encoder(type().fonts, none);
    ResourceUse use;
    PageContent content;
    std::vector<ContentId> letters;
    for (const char* word : {"left", "right"}) {
        Frame frame = card();
        add_line(frame, {5_mm, 10_mm}, word);
        REQUIRE(encoder.encode(frame, use, content));
        letters.push_back(pdf.append(content).value());
    }
    const ContentId save = pdf.add_shared("q").value(), restore = pdf.add_shared("Q").value();
    const ContentId move = pdf.add_shared("Q q 1 0 0 1 283.46 0 cm").value();
    bool given = false;
    const auto closed = pdf.close(use, [&](SheetSide& side) {
        side.media = {220_mm, 90_mm};
        side.trim = {{10_mm, 10_mm}, {200_mm, 70_mm}};
        side.bleed = {{7_mm, 7_mm}, {206_mm, 76_mm}};
        side.contents = {save, letters[0], move, letters[1], restore};
        return !std::exchange(given, true);
    });
    REQUIRE(closed);
    CHECK(run("qpdf --check " + folder / "b.pdf").status == 0);
    CHECK_THAT(page_text(folder / "b.pdf"), Catch::Contains("left") && Catch::Contains("right"));
    const std::string boxes = squeezed(run("pdfinfo -box " + folder / "b.pdf").output);
    CHECK_THAT(boxes, Catch::Contains("MediaBox: 0.00 0.00 623.62 255.12"));
    CHECK_THAT(boxes, Catch::Contains("BleedBox: 19.84 19.84 603.78 235.28"));
    CHECK_THAT(boxes, Catch::Contains("TrimBox: 28.35 28.35 595.28 226.77"));
}

TEST_CASE("the page tree holds for one page, a full node, one more, and several levels", "[render]") {
    const test::Folder folder;
    const Assets none;
    for (const std::size_t pages : {1, 100, 101, 10'001}) {
        auto pdf = BatchPdf::create(test::options(folder / "b.pdf"), type().fonts, none).value();
        const ContentId content = pdf.add_shared("0 0 10 10 re f").value();
        const auto closed = pdf.close({}, test::in_order(std::vector(pages, content), card().size)).value();
        CHECK(closed.pages == pages);
        const auto checked = run("qpdf --check " + folder / "b.pdf");
        CHECK(checked.status == 0);
        CHECK(run("qpdf --show-npages " + folder / "b.pdf").output == std::to_string(pages) + "\n");
    }
}

TEST_CASE("an upload's objects are written once, and only those its pages need", "[render]") {
    const test::Folder folder;
    const Everything all;
    test::press(folder / "b.pdf", all.assets, {all.frame});
    const std::string bytes = test::read_file(folder / "b.pdf");
    CHECK_THAT(bytes, !Catch::Contains("never used"));
    const auto form = bytes.find("/Resources<</ColorSpace<</C ");
    const auto other = bytes.find("/Resources<</ColorSpace<</C ", form + 1);
    REQUIRE(other != std::string::npos);
    CHECK(bytes.substr(form, bytes.find('R', form + 24) - form) ==
          bytes.substr(other, bytes.find('R', other + 24) - other));
}

TEST_CASE("the same letters give the same bytes, whichever worker met which glyph first", "[render]") {
    const test::Folder folder;
    const Everything all;
    ContentEncoder encoder(type().fonts, all.assets);
    std::vector<PageContent> contents(6);
    std::vector<ResourceUse> uses(6);
    for (std::size_t i = 0; i < 6; ++i) {
        Frame frame = all.frame;
        add_line(frame, {5_mm, 16_mm}, "Letter " + std::to_string(i * 1'234));
        REQUIRE(encoder.encode(frame, uses[i], contents[i]));
    }
    const auto bytes_of = [&](const std::vector<std::size_t>& order) {
        auto pdf = BatchPdf::create(test::options(folder / "b.pdf"), type().fonts, all.assets).value();
        std::vector<ContentId> written;
        for (const PageContent& content : contents) written.push_back(pdf.append(content).value());
        ResourceUse use;
        for (const std::size_t i : order) use.merge(uses[i]);
        pdf.close(use, test::in_order(written, card().size)).value();
        return test::read_file(folder / "b.pdf");
    };
    CHECK(bytes_of({0, 1, 2, 3, 4, 5}) == bytes_of({5, 3, 1, 0, 2, 4}));
}

TEST_CASE("the digest and the length told at the end are those of the file", "[render]") {
    const test::Folder folder;
    const Everything all;
    const auto closed = test::press(folder / "b.pdf", all.assets, {all.frame});
    CHECK_THAT(run("sha256sum " + folder / "b.pdf").output, Catch::StartsWith(Digest::hex(closed.sha256)));
    CHECK(test::read_file(folder / "b.pdf").size() == closed.bytes);
}

TEST_CASE("the file says what it is, when the run was, and who made it", "[render]") {
    const test::Folder folder;
    test::press(folder / "b.pdf", {}, {card()});
    const std::string told = run("TZ=UTC pdfinfo -isodates " + folder / "b.pdf").output;
    CHECK_THAT(told, Catch::Contains("Lot d’été (1)") && Catch::Contains("Pli " PLI_VERSION) &&
                         Catch::Contains("2026-11-22T00:00:00Z"));
}

TEST_CASE("a full disk is reported with the file's path, and no later call succeeds", "[render]") {
    const Assets none;
    auto pdf = BatchPdf::create(test::options("/dev/full"), type().fonts, none).value();
    const PageContent large{card().size, std::string(2 << 20, 'x')};
    const auto refused = pdf.append(large);
    REQUIRE_FALSE(refused);
    CHECK(refused.error().fault == Fault::Environment);
    CHECK(refused.error().where == "/dev/full");
    CHECK_THAT(refused.error().message, Catch::Contains("No space left on device"));
    CHECK_FALSE(pdf.close({}, [](SheetSide&) { return false; }));
}

TEST_CASE("a disk that is full only at the end is noticed too", "[render]") {
    const Assets none;
    auto pdf = BatchPdf::create(test::options("/dev/full"), type().fonts, none).value();
    const ContentId content = pdf.add_shared("q Q").value();
    const auto closed = pdf.close({}, test::in_order({content}, card().size));
    REQUIRE_FALSE(closed);
    CHECK(closed.error().fault == Fault::Environment);
}

TEST_CASE("a folder that is not there is named", "[render]") {
    const Assets none;
    const auto pdf = BatchPdf::create(test::options("/nowhere/print.pdf"), type().fonts, none);
    REQUIRE_FALSE(pdf);
    CHECK(pdf.error().where == "/nowhere/print.pdf");
    CHECK_THAT(pdf.error().message, Catch::Contains("No such file or directory"));
}
