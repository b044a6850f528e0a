#include <fmt/format.h>

#include <catch2/catch.hpp>

#include "tests/stamping/print_shop.hpp"
#include "tests/uploads/test_pdf.hpp"

/// Many uploads in one batch: what they call by the same name, or keep under the same number, stays theirs.

namespace pli::stamping {
namespace {

constexpr const char* a4 = "[0 0 595.2756 841.8898]";

std::string stream(const std::string& entries, const std::string& content) {
    return fmt::format("<<{}/Length {}>>\nstream\n{}\nendstream", entries, content.size(), content);
}

/// Upload `n` draws everything `n` times as large or as far. All give the same names and numbers to it.
uploads::Sketch upload(int n) {
    uploads::Sketch sketch;
    sketch.box = a4;
    sketch.content =
        "BT /F0 1 Tf 50 500 Td (a) Tj ET q 1 0 0 1 200 500 cm /X0 Do Q q /P0 gs /Pattern cs /S0 scn 300 300 200 100 re "
        "f Q /C0 cs 0.5 scn 50 300 99 50 re f";
    sketch.resources =
        "<</Font<</F0 5 0 R>>/XObject<</X0 6 0 R>>/ExtGState<</P0 9 0 R>>/Pattern<</S0 8 0 R>>"
        "/ColorSpace<</C0 10 0 R>>>>";
    sketch.objects = {
        "<</Type/Font/Subtype/Type3/FontBBox[0 0 200 200]/FontMatrix[1 0 0 1 0 0]/FirstChar 97/LastChar 97/Widths[99]"
        "/Encoding<</Differences[97/a]>>/CharProcs<</a 7 0 R>>/ToUnicode 11 0 R>>",
        stream("/Type/XObject/Subtype/Form/BBox[0 0 99 99]", fmt::format("0 0 {} 20 re f", 8 * n)),
        stream("", fmt::format("99 0 0 0 200 200 d1 0 0 20 {} re f", 8 * n)),
        stream("/PatternType 1/PaintType 1/TilingType 1/BBox[0 0 20 20]/XStep 20/YStep 20/Resources<<>>",
               fmt::format("0 g 0 0 {} 5 re f", n)),
        fmt::format("<</Type/ExtGState/ca {:.2f}>>", n * 0.09),
        fmt::format("[/Separation/Varnish/DeviceCMYK<</FunctionType 2/Domain[0 1]/C0[0 0 0 0]/C1[0 0 {:.2f} 0]/N 1>>]",
                    n * 0.1),
        stream("", fmt::format("/CIDInit /ProcSet findresource begin begincmap 1 begincodespacerange <00> <ff> "
                               "endcodespacerange 1 beginbfchar <61> <{:04X}> endbfchar endcmap end",
                               'A' + n))};
    return sketch;
}

}  // namespace

TEST_CASE("uploads of one batch share no font, form, pattern, state or colour, whatever they call them", "[stamping]") {
    constexpr int count = 10;
    const uploads::Workbench work;
    const Bench bench;
    PrintShop shop;
    for (int n = 1; n <= count; ++n)
        shop.add(pdf_of(upload(n)), fmt::format(R"([{{"text": "letter {}", "at": {{"x": 30, "baseline": 40}}}}])", n));
    const std::string printed = shop.print(bench);
    const auto lines = lines_by_mupdf(printed, bench);
    REQUIRE(lines.size() == count);
    for (int n = 1; n <= count; ++n) {
        const auto page = static_cast<std::size_t>(n) - 1;
        CHECK_FALSE(only_line(lines[page], fmt::format("letter {}", n)).text.empty());
        CHECK_FALSE(only_line(lines[page], std::string(1, static_cast<char>('A' + n))).text.empty());

        const auto source = work.write("source.pdf", pdf_of(upload(n)));
        const auto expected = uploads::drawn_by_poppler(source, 0, 100, work);
        const auto got = uploads::drawn_by_poppler(printed, n - 1, 100, work);
        INFO("upload " << n);
        CHECK(difference(expected, got, 24) < 0.002);  // the stamp itself and the sheet code
        const auto other = uploads::drawn_by_poppler(printed, n % count, 100, work);
        CHECK(difference(expected, other, 24) > 0.002);  // or the comparison would prove nothing
    }
}

TEST_CASE("a stamp goes on the page it names and on no other, backs included", "[stamping]") {
    auto sketch = upload(1);
    sketch.content = "0 g 10 10 1 1 re f";
    const std::string pages = pdf_of(sketch);
    const uploads::Workbench work;
    const auto one = work.write("one.pdf", pages), four = work.path("four.pdf");
    shell(fmt::format("qpdf --empty --pages '{0}' '{0}' '{0}' '{0}' -- '{1}'", one, four));
    PrintShop shop;
    shop.add(uploads::file_bytes(four),
             R"([{"address": "auto", "page": 3}, {"text": "on two", "page": 2, "at": {"x": 30, "baseline": 99}},
        {"text": "on four", "page": 4, "at": {"x": 31, "baseline": 98}}, {"text": "on one", "at": {"x": 32, "baseline": 97}}])",
             "duplex");
    const Bench bench;
    const auto lines = lines_by_mupdf(shop.print(bench), bench);
    REQUIRE(lines.size() == 4);
    const std::vector<std::string> said{"on one", "on two", "Zoe Lange", "on four"};
    for (std::size_t page = 0; page < 4; ++page)
        for (const auto& text : said) {
            INFO("page " << page + 1 << ", " << text);
            const auto found = std::ranges::count_if(lines[page], [&](const auto& line) { return line.text == text; });
            CHECK(found == (text == said[page] ? 1 : 0));
        }
}

TEST_CASE("a page that is nearly A4 hangs from the top of the sheet: its stamps are not moved by what it lacks",
          "[stamping]") {
    PrintShop shop;
    const std::vector<std::string> sizes{"[0 0 595 841]", "[0 0 595.2756 841.8898]", "[0 0 596 843]",
                                         "[0 0 594.5 842]"};
    for (const auto& size : sizes) {
        uploads::Sketch sketch;
        sketch.box = size;
        shop.add(pdf_of(sketch), R"([{"text": "here", "at": {"x": 30, "baseline": 100}}])");
    }
    const Bench bench;
    const std::string printed = shop.print(bench);
    const auto lines = lines_by_mupdf(printed, bench);
    REQUIRE(lines.size() == sizes.size());
    for (std::size_t page = 0; page < sizes.size(); ++page) {
        INFO(sizes[page]);
        const auto here = only_line(lines[page], "here");
        CHECK(here.x == Approx(30).margin(0.02));
        CHECK(here.baseline == Approx(100).margin(0.02));
    }
    CHECK_THAT(shell("pdfinfo -l 4 '" + printed + "' | grep size"),
               !Catch::Contains("841 pts") && Catch::Contains("595.28 x 841.89"));
}

}  // namespace pli::stamping
