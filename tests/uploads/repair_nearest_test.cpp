#include <fmt/format.h>

#include <catch2/catch.hpp>
#include <filesystem>

#include "tests/uploads/repair_bench.hpp"
#include "uploads/reader/cff_font.hpp"
#include "uploads/reader/stand_ins.hpp"

namespace pli::uploads {
namespace {

using Catch::Contains;

constexpr const char* descriptor =
    "/FontDescriptor<</Type/FontDescriptor/FontName/X/Flags {}/StemV {}/ItalicAngle {}>>";

/// "Hamburg" in a font that nobody has, all characters 700 thousandths wide.
std::string in_font(const std::string& font, const std::string& text = "(Hamburg) Tj") {
    return pdf_of({"BT /F 24 Tf 10 50 Td " + text + " ET", "", "[0 0 300 100]", "<</Font<</F<<" + font + ">>>>>>"});
}
std::string unknown_face(const std::string& name, const std::string& more = "") {
    std::string widths;
    for (int code = 32; code < 256; ++code) widths += "700 ";
    return "/Type/Font/Subtype/TrueType/BaseFont/" + name +
           "/Encoding/WinAnsiEncoding/FirstChar 32/LastChar 255/Widths[" + widths + "]" + more;
}

/// A composite font of one of Adobe's collections, not embedded.
std::string collected(const std::string& map, const std::string& ordering) {
    return "/Type/Font/Subtype/Type0/BaseFont/Ming-" + map + "/Encoding/" + map +
           "/DescendantFonts[<</Type/Font/Subtype/CIDFontType0/BaseFont/Ming/DW 1000/CIDSystemInfo<</Registry(Adobe)"
           "/Ordering(" +
           ordering + ")/Supplement 2>>/FontDescriptor<</Type/FontDescriptor/FontName/Ming/Flags 6>>>>]";
}

std::string fonts_in(const std::string& pdf) {
    const Workbench bench;
    return run("pdffonts '" + bench.write("fonts.pdf", pdf) + "'").text;
}

/// Where the ink of a page begins and ends, in points from the left.
std::pair<int, int> ink_of(const Ppm& picture) {
    int left = picture.columns, right = -1;
    for (int y = 0; y < picture.rows; ++y)
        for (int x = 0; x < picture.columns; ++x)
            if (colour_at(picture, x, y)[0] < 128) left = std::min(left, x), right = std::max(right, x);
    return {left, right};
}

}  // namespace

TEST_CASE("a font that nobody has is set in the likest face, every character as wide as before",
          "[uploads][repair][fonts]") {
    const auto result = repaired(in_font(unknown_face("Frutiger")), {"embed-fonts"});
    CHECK_THAT(deeds_of(result), Contains("Frutiger is replaced by ") && Contains("7 characters, widths as before") &&
                                     Contains("look at the result"));
    CHECK_THAT(fonts_in(result.bytes), Contains("Type 1C") && Contains("yes yes yes"));
    CHECK(text_in(result.bytes) == "Hamburg");
    CHECK(complaints_about(result.bytes).empty());
    const auto [left, right] = ink_of(picture_of(result.bytes));
    const double end = 10 + 7 * 0.7 * 24;
    CHECK(left >= 10);
    CHECK(left < 14);
    CHECK(right < end);
    CHECK(right > end - 6);
}

TEST_CASE("kind, weight and slant of a missing font are those of the face that stands in", "[uploads][repair][fonts]") {
    const auto face_for = [](const std::string& name, int flags, int stem, int angle) {
        const auto more = fmt::format(fmt::runtime(descriptor), flags, stem, angle);
        return deeds_of(repaired(in_font(unknown_face(name, more)), {"embed-fonts"}));
    };
    CHECK_THAT(face_for("Optima", 32, 90, 0), Contains("Sans") && !Contains("Bold") && !Contains("Italic"));
    CHECK_THAT(face_for("Plantin", 34, 90, 0), !Contains("Sans") && !Contains("Mono"));
    CHECK_THAT(face_for("Corona", 33, 90, 0), Contains("Mono"));
    CHECK_THAT(face_for("Optima", 32, 150, 0), Contains("Bold") && !Contains("Italic"));
    CHECK_THAT(face_for("Optima,Bold", 32, 90, 0), Contains("Bold"));
    CHECK_THAT(face_for("Optima", 32, 90, -12), Contains("Italic") || Contains("Oblique"));
}

TEST_CASE("a font that the system has under that name is taken, whatever its widths", "[uploads][repair][fonts]") {
    const auto result = repaired(in_font(unknown_face("EBGaramond-Regular")), {"embed-fonts"});
    CHECK_THAT(deeds_of(result), Contains("replaced by EBGaramond") && !Contains("look at the result"));
}

TEST_CASE("characters that the likest face lacks come from one that has them", "[uploads][repair][fonts]") {
    const auto font = unknown_face("Frutiger")
                          .replace(unknown_face("Frutiger").find("/WinAnsiEncoding"), 16,
                                   "<</Type/Encoding/Differences[65/uni4E2D/uni6587]>>");
    const auto result = repaired(in_font(font, "(AB) Tj"), {"embed-fonts"});
    CHECK_THAT(deeds_of(result), Contains("CJK"));
    CHECK(text_in(result.bytes) == "\u4e2d\u6587");
    CHECK(complaints_about(result.bytes).empty());
}

TEST_CASE("Asian fonts that are not embedded are set by their collection of characters, codes kept",
          "[uploads][repair][fonts]") {
    struct Case {
        const char *map, *ordering, *string, *text;
    };
    for (const Case& one : {Case{"GBK-EUC-H", "GB1", "<D6D0CEC4>", "\u4e2d\u6587"},
                            Case{"UniGB-UCS2-H", "GB1", "<4E2D6587>", "\u4e2d\u6587"},
                            Case{"90ms-RKSJ-H", "Japan1", "<93FA967B>", "\u65e5\u672c"},
                            Case{"KSCms-UHC-H", "Korea1", "<C7D1B1B9>", "\ud55c\uad6d"},
                            Case{"Identity-H", "Japan1", "<034B>", "\u3042"}}) {
        INFO(one.map);
        const auto result =
            repaired(in_font(collected(one.map, one.ordering), std::string(one.string) + " Tj"), {"embed-fonts"});
        CHECK_THAT(deeds_of(result), Contains("CJK"));
        CHECK_THAT(fonts_in(result.bytes), Contains("CID Type 0C"));
        CHECK(text_in(result.bytes) == one.text);
        CHECK(complaints_about(result.bytes).empty());
        CHECK(ink_of(picture_of(result.bytes)).second > 20);
    }
}

TEST_CASE("letters that join are refused, not set one by one", "[uploads][repair][fonts]") {
    const auto font = unknown_face("Frutiger")
                          .replace(unknown_face("Frutiger").find("/WinAnsiEncoding"), 16,
                                   "<</Type/Encoding/Differences[65/uni0628/uni0633]>>");
    CHECK_THAT(repair_refusal(in_font(font, "(AB) Tj"), {"embed-fonts"}).message, Contains("U+0628"));
}

TEST_CASE("a field that is filled in and has no look is printed, in a face that stands in for its font",
          "[uploads][repair][fonts]") {
    for (const std::string needs : {"/NeedAppearances true", ""}) {
        INFO(needs);
        const auto pdf = pdf_of({"",
                                 "/Annots[5 0 R]",
                                 "[0 0 300 100]",
                                 "<<>>",
                                 "/AcroForm<<" + needs + "/Fields[5 0 R]/DR<</Font<</H 6 0 R>>>>/DA(/H 12 Tf 0 g)>>",
                                 {"<</Type/Annot/Subtype/Widget/FT/Tx/T(name)/V(Erika)/F 4/Rect[10 10 200 40]>>",
                                  "<<" + unknown_face("Tahoma") + ">>"}});
        const auto result = repaired(pdf, {"embed-fonts"});
        CHECK(text_in(result.bytes) == "Erika");
        CHECK_THAT(deeds_of(result), Contains("Tahoma is replaced by"));
    }
}

}  // namespace pli::uploads
