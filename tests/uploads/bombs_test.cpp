#include <fmt/format.h>

#include <catch2/catch.hpp>
#include <qpdf/Pl_Flate.hh>
#include <qpdf/Pl_String.hh>

#include "tests/uploads/test_pdf.hpp"
#include "uploads/plain_words.hpp"

/// Uploads that are small and ask for much: each is refused with a limit that a merchant understands.

namespace pli::uploads {
namespace {

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
constexpr bool sanitized = true;
#else
constexpr bool sanitized = false;
#endif

bool not_here() {
    if (sanitized) WARN("skipped: a build with sanitizers has no limit on memory");
    return sanitized;
}

std::string deflated(const std::string& data) {
    std::string result;
    Pl_String sink("deflated", nullptr, result);
    Pl_Flate deflate("deflate", &sink, Pl_Flate::a_deflate);
    deflate.write(reinterpret_cast<const unsigned char*>(data.data()), data.size());
    deflate.finish();
    return result;
}

/// A few kilobytes that stand for `megabytes` of spaces.
std::string packed_spaces(std::size_t megabytes) {
    std::string runs;
    for (std::size_t i = 0; i < megabytes * 8192; ++i) runs += "\x81 ";  // 128 spaces
    return deflated(runs);
}

std::string stream(const std::string& entries, const std::string& data) {
    return fmt::format("<<{}/Length {}>>\nstream\n{}\nendstream", entries, data.size(), data);
}

Sketch bomb_of_content(std::size_t megabytes) {
    Sketch sketch;
    sketch.resources = "<</XObject<</X 5 0 R>>>>";
    sketch.content = "/X Do";
    sketch.objects = {stream("/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Filter[/FlateDecode/RunLengthDecode]",
                             packed_spaces(megabytes))};
    return sketch;
}

/// Ten forms, each of which shows the next ten times.
Sketch billion_laughs() {
    Sketch sketch;
    sketch.resources = "<</XObject<</X 5 0 R>>>>";
    sketch.content = "/X Do";
    std::string ten;
    for (int i = 0; i < 10; ++i) ten += "/X Do ";
    for (int level = 0; level < 10; ++level)
        sketch.objects.push_back(stream(
            fmt::format("/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</X {} 0 R>>>>", 6 + level),
            ten));
    sketch.objects.push_back(stream("/Type/XObject/Subtype/Form/BBox[0 0 9 9]", "0 0 9 9 re f"));
    return sketch;
}

Sketch giant_picture() {
    Sketch sketch;
    sketch.resources = "<</XObject<</X 5 0 R>>>>";
    sketch.content = "200 0 0 100 0 0 cm /X Do";
    sketch.objects = {stream("/Subtype/Image/Width 40000/Height 40000/BitsPerComponent 8/ColorSpace/DeviceRGB/Filter"
                             "[/FlateDecode/RunLengthDecode]/SMask 6 0 R",
                             packed_spaces(1)),
                      stream("/Subtype/Image/Width 40000/Height 40000/BitsPerComponent 8/ColorSpace/DeviceGray/Filter"
                             "[/FlateDecode/RunLengthDecode]",
                             packed_spaces(1))};
    return sketch;
}

Error drawing_refused(const Sketch& sketch, const Limits& limits) {
    const auto raster = rasterise(pdf_of(sketch), 0, 72, "flyer.pdf", limits);
    REQUIRE_FALSE(raster);
    return raster.error();
}

}  // namespace

TEST_CASE("a page that unpacks to half a gigabyte is refused with the memory it may have", "[uploads]") {
    if (not_here()) return;
    const std::string bomb = pdf_of(bomb_of_content(512));
    CHECK(bomb.size() < 100'000);
    ImportOptions options;
    options.limits = {256u << 20, 60, 120};  // memory is what shall run out, on the busiest machine
    CHECK_THAT(refusal_of(bomb, options).text(),
               Catch::Contains("flyer.pdf: reading it needs more than 256 MB of memory"));
}

TEST_CASE("pages that would fill the print file are refused at the output limit, by the child itself", "[uploads]") {
    Sketch sketch;
    sketch.resources = "<</Font<</F 5 0 R>>>>";
    std::string noise;
    for (std::uint32_t i = 1, n = 1; i <= 3'000'000; ++i)
        noise += static_cast<char>((n = n * 1664525 + 1013904223) >> 24);
    sketch.objects = {stream("", noise)};
    ImportOptions options;
    options.limits.output_bytes = 2u << 20;
    CHECK_THAT(refusal_of(pdf_of(sketch), options).text(), Catch::Contains("its pages need more than 2 MB"));
}

TEST_CASE("a page that draws itself a billion times over is stopped when its processor time is over", "[uploads]") {
    Limits limits;
    limits.cpu_seconds = 1;
    limits.wall_seconds = 60;
    CHECK_THAT(drawing_refused(billion_laughs(), limits).text(), Catch::Contains("more than 1 s of processor time"));
}

TEST_CASE("a picture of gigapixels is drawn or refused, and the reader neither crashes nor hangs", "[uploads]") {
    if (not_here()) return;
    const auto raster = rasterise(pdf_of(giant_picture()), 0, 72, "flyer.pdf");
    if (raster)
        CHECK(raster->columns == 200);
    else
        CHECK_THAT(raster.error().text(), Catch::Contains("more than"));
}

TEST_CASE("an answer of noise is refused as an attack would be", "[uploads]") {
    setenv("PLI_IMPORT", "tests/data/uploads/answers_noise.sh", 1);
    const Error error = refusal_of(pdf_of({}));
    unsetenv("PLI_IMPORT");
    CHECK_THAT(error.text(), Catch::Contains("answer is cut short or damaged"));
}

TEST_CASE("a child that never reads the upload is no deadlock", "[uploads]") {
    setenv("PLI_IMPORT", "/bin/true", 1);
    const Error error = refusal_of(std::string(8u << 20, ' '));
    unsetenv("PLI_IMPORT");
    CHECK_THAT(error.text(), Catch::Contains("the reader gave up with exit status 0"));
}

TEST_CASE("what a reader says is one line of clean text", "[uploads]") {
    CHECK(plain_words("bad token /Café") == "bad token /Café");
    CHECK(plain_words("\x1b[2Jred\nalert\r\n") == "[2Jred alert");
    CHECK(plain_words("\xc2\x9b"
                      "31m") == "31m");
    CHECK(plain_words("cut \xe2\x82") == "cut ??");
    CHECK(plain_words("\xed\xa0\x80 \xc0\xaf \xf5") == "??? ?? ?");
    const auto much = plain_words(std::string(399, 'a') + "éé");
    CHECK(much == std::string(399, 'a') + "…");
}

TEST_CASE("the name of an unknown compression cannot break the report it is told in", "[uploads]") {
    Sketch sketch;
    sketch.resources = "<</XObject<</X 5 0 R>>>>";
    sketch.objects = {stream("/Subtype/Image/Width 1/Height 1/Filter/Oops#ff#1b#5b2J", "x")};
    CHECK_THAT(refusal_of(pdf_of(sketch)).text(), Catch::Contains("unknown compression /Oops?"));
}

}  // namespace pli::uploads
