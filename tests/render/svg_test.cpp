#include <catch2/catch.hpp>

#include "render/pictures.hpp"
#include "tests/outside/outside.hpp"

namespace pli::render {
namespace {

std::string svg(const std::string& attributes, const std::string& body) {
    return "<svg xmlns='http://www.w3.org/2000/svg' " + attributes + ">" + body + "</svg>";
}

std::string pdf_of(const std::string& drawing) {
    auto pdf = svg_to_pdf(drawing, "logo.svg");
    if (!pdf) FAIL(pdf.error().text());
    return *std::move(pdf);
}

std::string page_size_of(const std::string& pdf) {
    const test::Folder folder;
    test::write_file(folder / "a.pdf", pdf);
    const auto info = test::run("pdfinfo '" + folder / "a.pdf" + "'").output;
    const auto start = info.find("Page size:");
    return start == std::string::npos ? info : info.substr(start, info.find('\n', start) - start);
}

}  // namespace

TEST_CASE("an SVG becomes a PDF page of its own size", "[render]") {
    CHECK_THAT(page_size_of(pdf_of(svg("width='72pt' height='36pt'", "<rect width='9' height='9'/>"))),
               Catch::Contains("72 x 36 pts"));
    CHECK_THAT(page_size_of(pdf_of(svg("width='25.4mm' height='1in'", ""))), Catch::Contains("72 x 72 pts"));
    CHECK_THAT(page_size_of(pdf_of(svg("viewBox='0 0 96 48'", ""))), Catch::Contains("72 x 36 pts"));
}

TEST_CASE("the same SVG gives the same bytes on any day", "[render]") {
    const std::string drawing = svg("width='9mm' height='9mm'", "<circle r='9' fill='red'/>");
    CHECK(pdf_of(drawing) == pdf_of(drawing));
    CHECK_THAT(pdf_of(drawing), Catch::Contains("/CreationDate (19700101000000Z)"));
}

TEST_CASE("an SVG loads nothing from outside", "[render]") {
    const test::Folder folder;
    REQUIRE(test::run("convert -size 9x9 xc:red '" + folder / "red.png" + "'").status == 0);
    const std::string plain = pdf_of(svg("width='9mm' height='9mm'", ""));
    const std::string linked = pdf_of(
        svg("width='9mm' height='9mm'", "<image width='9' height='9' href='file://" + folder / "red.png" + "'/>"));
    CHECK_THAT(linked, !Catch::Contains("/Subtype /Image"));
    CHECK(linked.size() < plain.size() + 100);
}

TEST_CASE("an SVG that is none, or has no size, is refused", "[render]") {
    CHECK_THAT(svg_to_pdf("<html/>", "logo.svg").error().text(), Catch::Contains("logo.svg: the SVG cannot be read"));
    CHECK_FALSE(svg_to_pdf("", "logo.svg"));
    CHECK_THAT(svg_to_pdf(svg("width='0' height='0'", ""), "logo.svg").error().text(),
               Catch::Contains("no usable size"));
    CHECK_FALSE(svg_to_pdf(svg("width='1e9' height='5'", ""), "logo.svg"));
}

}  // namespace pli::render
