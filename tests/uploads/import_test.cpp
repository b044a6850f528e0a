#include "uploads/import.hpp"

#include <fmt/format.h>

#include <catch2/catch.hpp>

#include "tests/uploads/second_reader.hpp"
#include "tests/uploads/test_pdf.hpp"
#include "uploads/page_pdf.hpp"

namespace pli::uploads {
namespace {

std::string sample(const std::string& name) { return file_bytes("tests/data/uploads/" + name); }

void check_size(const ForeignPage& page, double width_pt, double height_pt) {
    CHECK(page.size.width.to_pt() == Approx(width_pt).margin(0.001));
    CHECK(page.size.height.to_pt() == Approx(height_pt).margin(0.001));
}

bool holds(const ForeignPage& page, std::string_view text) {
    return everything_in(page).find(text) != std::string::npos;
}

}  // namespace

TEST_CASE("a page comes in as a form of its own size, and all PDF readers accept it", "[uploads]") {
    const auto pages = imported(pdf_of({}));
    REQUIRE(pages.size() == 1);
    check_size(pages[0], 200, 100);
    CHECK_THAT(content_of(pages[0]), Catch::Contains("10 20 30 40 re"));
    const Workbench bench;
    const auto file = bench.write("page.pdf", page_pdf(pages[0]));
    CHECK(run("qpdf --check '" + file + "'").status == 0);
    CHECK(run("mutool info '" + file + "'").status == 0);
    const auto seen = read_with_podofo(page_pdf(pages[0]));
    CHECK(seen.pages == 1);
    CHECK(seen.width == Approx(200));
    CHECK(seen.height == Approx(100));
}

TEST_CASE("a rotated page stands upright at the origin", "[uploads]") {
    const auto pages = imported(pdf_of({.page = "/Rotate 90", .box = "[-20 30 180 130]"}));
    check_size(pages[0], 100, 200);
    CHECK(holds(pages[0], "/Matrix [ 0 -1 1 0 -30 180 ]"));
}

TEST_CASE("the TrimBox is the paper, and UserUnit counts", "[uploads]") {
    const auto pages = imported(pdf_of({.page = "/TrimBox [20 10 180 90] /UserUnit 2"}));
    check_size(pages[0], 320, 160);
    CHECK(holds(pages[0], "/BBox [ 20 10 180 90 ]"));
}

TEST_CASE("boxes of the wild: cropped, reversed, larger than the sheet, a TrimBox that may not be inherited",
          "[uploads]") {
    check_size(imported(pdf_of({.page = "/CropBox [150 90 50 10]"}))[0], 100, 80);
    check_size(imported(pdf_of({.page = "/CropBox [-500 -500 900 900]"}))[0], 200, 100);
    check_size(imported(pdf_of({.page = "/TrimBox [0 0 0 0]"}))[0], 200, 100);
    check_size(imported(sample("pdfreader__inherited_trimbox.pdf"))[0], 200, 200);
    CHECK(imported(sample("pdfium__cropped_text.pdf")).size() == 4);
    check_size(imported(sample("qpdf__inherited-rotate.pdf"))[0], 792, 612);
}

TEST_CASE("resources of the page tree come along", "[uploads]") {
    const auto page = imported(sample("qpdf__inherited-rotate.pdf"))[0];
    const Workbench bench;
    const auto file = bench.write("page.pdf", page_pdf(page));
    const auto original = bench.write("original.pdf", sample("qpdf__inherited-rotate.pdf"));
    const auto text = run("pdftotext '" + file + "' -");
    CHECK_THAT(text.text, Catch::Contains("Potato"));
    CHECK(difference(drawn_by_poppler(file, 0, 72, bench), drawn_by_poppler(original, 0, 72, bench), 16) < 0.005);
}

TEST_CASE("what pages share is kept once", "[uploads]") {
    const auto pages = imported(sample("pdfium__cropped_text.pdf"));
    REQUIRE(pages.size() == 4);
    CHECK(pages[0].objects == pages[3].objects);
    CHECK(pages[3].source_page == 3);
    CHECK(*pages[3].source == sample("pdfium__cropped_text.pdf"));
    std::size_t fonts = 0;
    for (const auto& object : *pages[0].objects) fonts += object.bytes.find("/BaseFont") != std::string::npos;
    CHECK(fonts <= 2);
}

TEST_CASE("annotations that print are drawn in, the others, scripts and files stay behind", "[uploads]") {
    Sketch sketch;
    sketch.page = "/Annots [5 0 R 7 0 R] /AA <</O 8 0 R>>";
    sketch.catalog = "/OpenAction 8 0 R /Names <</JavaScript <</Names [(a) 8 0 R]>>>>";
    sketch.objects = {
        "<</Type/Annot/Subtype/Stamp/F 4/Rect[0 0 50 50]/AP<</N 6 0 R>>/P 3 0 R>>",
        "<</Type/XObject/Subtype/Form/BBox[0 0 50 50]/Length 22>>\nstream\n0.25 g 1 2 3 4 re f %s\nendstream",
        "<</Type/Annot/Subtype/Text/F 0/Rect[0 0 50 50]/AP<</N 9 0 R>>/P 3 0 R>>",
        "<</Type/Action/S/JavaScript/JS(app.alert\\(1\\))>>",
        "<</Type/XObject/Subtype/Form/BBox[0 0 50 50]/Length 21>>\nstream\n0.75 g 1 2 3 4 re f  \nendstream"};
    const auto page = imported(pdf_of(sketch))[0];
    CHECK(page.objects->size() == 3);  // page, stamp, and what RGB means
    CHECK_FALSE(holds(page, "JavaScript"));
    CHECK_FALSE(holds(page, "/Annot"));
    const Workbench bench;
    const auto drawn = drawn_by_poppler(bench.write("page.pdf", page_pdf(page)), 0, 72, bench);
    CHECK(static_cast<unsigned char>(drawn.rgb[(static_cast<std::size_t>(96) * 200 + 2) * 3]) == 64);
}

TEST_CASE("the structure tree, metadata and other pages are not dragged along", "[uploads]") {
    Sketch sketch;
    sketch.resources = "<</XObject<</P 5 0 R>>/Properties<</M 7 0 R>>>>";
    sketch.content = "/P Do";
    sketch.objects = {
        "<</Type/XObject/Subtype/Form/BBox[0 0 9 9]/StructParent 3/Metadata 6 0 R/PieceInfo<</X 6 0 R>>/Length 0"
        "/Resources<<>>>>\nstream\n\nendstream",
        "<</Type/Metadata/Subtype/XML/Length 6>>\nstream\nsecret\nendstream", "<</Up 3 0 R/Kept(yes)>>"};
    const auto page = imported(pdf_of(sketch))[0];
    CHECK_FALSE(holds(page, "secret"));
    CHECK_FALSE(holds(page, "/Type /Page"));
    CHECK(holds(page, "/Kept"));
    CHECK(holds(page, "/P "));  // a resource may be called like a parent
}

TEST_CASE("hidden layers are taken out of the content, the others become plain content", "[uploads]") {
    Sketch sketch;
    sketch.resources = "<</Properties<</Off 5 0 R/On 6 0 R>>>>";
    sketch.content = "/OC /Off BDC 1 1 1 1 re W f (a) ' EMC /OC /On BDC 2 2 2 2 re f EMC /Span BMC 3 3 3 3 re f EMC";
    sketch.catalog = "/OCProperties<</OCGs[5 0 R 6 0 R]/D<</OFF[5 0 R]>>>>";
    sketch.objects = {"<</Type/OCG/Name(draft)>>", "<</Type/OCG/Name(art)>>"};
    const auto page = imported(pdf_of(sketch))[0];
    const std::string content = content_of(page);
    CHECK_THAT(content, Catch::Contains("1 1 1 1 re W\nn\n") && Catch::Contains("\nT*"));
    CHECK_THAT(content, Catch::Contains("2 2 2 2 re f") && !Catch::Contains("/OC"));
    CHECK_THAT(content, Catch::Contains("/Span BMC 3 3 3 3 re f EMC"));
    CHECK_FALSE(holds(page, "/OCG"));
}

TEST_CASE("grey RGB of Cairo's pages becomes K, and only if asked for", "[uploads]") {
    Sketch sketch;
    sketch.content = "0 0 0 rg 0.5 0.5 0.5 RG 1 0 0 rg 0 0 9 9 re f";
    sketch.page = "/Group<</S/Transparency/CS/DeviceRGB>>";
    ImportOptions options;
    options.grey_rgb_to_k = true;
    const auto page = imported(pdf_of(sketch), options)[0];
    CHECK_THAT(content_of(page), Catch::Contains("0 g") && Catch::Contains("0.5 G") && Catch::Contains("1 0 0 rg"));
    CHECK_FALSE(holds(page, "/CS /DeviceRGB"));
    CHECK_THAT(content_of(imported(pdf_of(sketch))[0]), Catch::Contains("0 0 0 rg"));
}

TEST_CASE("device RGB of an upload means sRGB, or what its own output intent says", "[uploads]") {
    Sketch sketch;
    sketch.content = "1 0 0 rg 0 0 9 9 re f";
    sketch.resources = "<</XObject<</F 5 0 R>>>>";
    sketch.objects = {
        "<</Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<<>>/Length 8>>\nstream\n1 0 0 rg\nendstream",
        "<</N 3/Length 7>>\nstream\nprofile\nendstream"};
    const auto plain = imported(pdf_of(sketch))[0];
    REQUIRE(plain.srgb_space != ForeignPage::none);
    CHECK((*plain.objects)[plain.srgb_space].bytes == "[ /DeviceRGB ]");  // `render` puts its sRGB there
    std::size_t said = 0;
    for (const auto& object : *plain.objects) said += object.bytes.find("/DefaultRGB") != std::string::npos;
    CHECK(said == 2);  // the page and the form on it
    sketch.catalog = "/OutputIntents[<</S/GTS_PDFA1/DestOutputProfile 6 0 R>>]";
    const auto with_intent = imported(pdf_of(sketch))[0];
    CHECK(with_intent.srgb_space == ForeignPage::none);
    CHECK(holds(with_intent, "/ICCBased"));
    CHECK(holds(with_intent, "/N 3"));
}

TEST_CASE("a page's RGB group goes, so that black text stays on one plate, unless blending needs it", "[uploads]") {
    Sketch sketch;
    sketch.page = "/Group<</S/Transparency/CS/DeviceRGB>>";
    CHECK_FALSE(holds(imported(pdf_of(sketch))[0], "/Group"));
    sketch.resources = "<</ExtGState<</G<</BM/Multiply>>>>>>";
    CHECK(holds(imported(pdf_of(sketch))[0], "/Group"));
}

TEST_CASE("streams come compressed, whatever they were", "[uploads]") {
    Sketch sketch;
    sketch.resources = "<</XObject<</I 5 0 R>>>>";
    sketch.objects = {
        "<</Type/XObject/Subtype/Image/Width 2/Height 1/BitsPerComponent 8/ColorSpace/DeviceGray"
        "/Filter/ASCIIHexDecode/Length 5>>\nstream\n00FF>\nendstream"};
    const auto page = imported(pdf_of(sketch))[0];
    CHECK_FALSE(holds(page, "ASCIIHex"));
    const Workbench bench;
    CHECK(run("qpdf --check '" + bench.write("page.pdf", page_pdf(page)) + "'").status == 0);
}

TEST_CASE("the same upload gives the same bytes", "[uploads]") {
    const auto pdf = sample("pdfme__source.pdf");
    CHECK(page_pdf(imported(pdf)[0]) == page_pdf(imported(pdf)[0]));
}

TEST_CASE("a refusal names the file, what was met and what to do", "[uploads]") {
    const Error locked = refusal_of(sample("test-pdf-files__encrypted.pdf"));
    CHECK(locked.text() == "flyer.pdf: the PDF is protected with a password; save it without password protection");
    CHECK(locked.fault == Fault::Unsupported);
    CHECK_THAT(refusal_of("").text(), Catch::Contains("the file is empty"));
    CHECK_THAT(refusal_of("Dear Sir or Madam").text(), Catch::Contains("not a PDF"));
    CHECK_THAT(refusal_of("\x1f\x8b\x08 gzip").text(), Catch::Contains("compressed with gzip"));
    CHECK_THAT(refusal_of(pdf_of({.box = "[0 0 0 0]"})).text(), Catch::Contains("page 1 has no size"));
    CHECK_THAT(refusal_of(pdf_of({.catalog = "/NeedsRendering true"})).text(), Catch::Contains("XFA"));
    CHECK_THAT(refusal_of(sample("pdfwriter__PDFParserHighCount.pdf")).text(), Catch::Contains("no pages"));
    CHECK_THAT(refusal_of(sample("pdfreader__loop-in-page-ancestors.pdf")).text(), Catch::Contains("no size"));
    CHECK_FALSE(import_pdf(pdf_of({}).substr(0, 150), "cut.pdf"));
}

TEST_CASE("a PDF that may be opened but not printed is refused", "[uploads]") {
    const Workbench bench;
    const auto plain = bench.write("plain.pdf", pdf_of({}));
    const auto protect = [&](const std::string& print) {
        const auto made = run(fmt::format("qpdf --encrypt '' owner 256 --print={} -- '{}' '{}'", print, plain,
                                          bench.path(print + ".pdf")));
        REQUIRE(made.status == 0);
        return file_bytes(bench.path(print + ".pdf"));
    };
    CHECK_THAT(refusal_of(protect("none")).text(), Catch::Contains("forbids printing"));
    CHECK_THAT(refusal_of(protect("low")).text(), Catch::Contains("low resolution only"));
    const auto page = imported(protect("full"))[0];
    CHECK_THAT(content_of(page), Catch::Contains("10 20 30 40 re"));
}

TEST_CASE("data kept in another file and unknown compression are refused", "[uploads]") {
    Sketch sketch;
    sketch.resources = "<</XObject<</I 5 0 R>>>>";
    sketch.objects = {"<</Type/XObject/Subtype/Image/F(/etc/passwd)/Length 0>>\nstream\n\nendstream"};
    CHECK_THAT(refusal_of(pdf_of(sketch)).text(), Catch::Contains("part of its data in another file"));
    sketch.objects = {"<</Type/XObject/Subtype/Image/Filter/Shrink/Length 1>>\nstream\nx\nendstream"};
    CHECK_THAT(refusal_of(pdf_of(sketch)).text(), Catch::Contains("unknown compression /Shrink"));
}

TEST_CASE("limits hold: pages, output, depth", "[uploads]") {
    ImportOptions few;
    few.limits.pages = 3;
    CHECK_THAT(refusal_of(sample("pdfium__cropped_text.pdf"), few).text(), Catch::Contains("4 pages, at most 3"));
    ImportOptions small;
    small.limits.output_bytes = 100;
    CHECK_THAT(refusal_of(pdf_of({}), small).text(), Catch::Contains("need more than 0 MB"));
    Sketch deep;
    deep.resources = "<</ExtGState<</G<</X " + std::string(120, '[') + std::string(120, ']') + ">>>>>>";
    CHECK_THAT(refusal_of(pdf_of(deep)).text(), Catch::Contains("nests more than 100 deep"));
    CHECK(import_pdf(sample("qpdf__object-stream-self-ref.pdf"), "self.pdf"));
}

}  // namespace pli::uploads
