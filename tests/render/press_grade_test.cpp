// What a prepress engineer looks for in a print file: PDF/X-4 and PDF/VT-1.
#include <catch2/catch.hpp>

#include "press.hpp"
#include "render/document_objects.hpp"
#include "render/icc.hpp"
#include "tests/outside/outside.hpp"

using namespace pli;
using namespace pli::render;
using test::run;
using test::type;

namespace {

/// The file with its objects in clear, one after the other.
std::string in_clear(const std::string& path) {
    return run("qpdf --qdf --object-streams=disable " + path + " -").output;
}

std::size_t count_of(const std::string& text, std::string_view part) {
    std::size_t count = 0;
    for (std::size_t at = text.find(part); at != std::string::npos; at = text.find(part, at + part.size())) ++count;
    return count;
}

/// A PDF whose pages belong to parts as said.
std::string with_parts(const std::string& path, const std::vector<PartOfSide>& sides, const DocumentParts& parts) {
    const Assets none;
    auto pdf = BatchPdf::create(test::options(path), type().fonts, none).value();
    const ContentId content = pdf.add_shared("0 0 10 10 re f").value();
    std::size_t next = 0;
    const auto fill = [&](SheetSide& side) {
        if (next == sides.size()) return false;
        const Rect sheet{{}, test::card().size};
        side = {sheet.size, sheet, sheet, {content}, sides[next++]};
        return true;
    };
    REQUIRE(pdf.close({}, fill, parts));
    REQUIRE(run("qpdf --check " + path).status == 0);
    return in_clear(path);
}

Image two_pixels(std::shared_ptr<const std::string> profile = nullptr) {
    Image image;
    image.space = Image::Space::Rgb;
    image.columns = 2;
    image.rows = 1;
    image.data = std::string("\xff\0\0\0\0\xff", 6);
    image.icc = std::move(profile);
    return image;
}

}  // namespace

TEST_CASE("a print file names the printing it is for, with the profile in it", "[render]") {
    const test::Folder folder;
    test::press(folder / "b.pdf", {}, {test::card()});
    const std::string clear = in_clear(folder / "b.pdf");
    CHECK_THAT(clear, Catch::Contains("/S /GTS_PDFX") && Catch::Contains("/OutputConditionIdentifier (FOGRA39)") &&
                          Catch::Contains("/RegistryName (http://www.color.org)") &&
                          Catch::Contains("/DestOutputProfile "));
    CHECK(clear.find(coated_fogra39().profile->bytes) != std::string::npos);
    CHECK(coated_fogra39().profile->name == "Coated FOGRA39L, built for Pli");
}

TEST_CASE("the XMP packet is sound and agrees with Info and trailer", "[render]") {
    const test::Folder folder;
    test::press(folder / "b.pdf", {}, {test::card()});
    test::write_file(folder / "xmp.xml", run("pdfinfo -meta " + folder / "b.pdf").output);
    const auto value = [&](const std::string& name) {
        return run("xmllint --xpath 'string(//*[local-name()=\"" + name + "\"])' " + folder / "xmp.xml").output;
    };
    CHECK(value("GTS_PDFXVersion") == "PDF/X-4\n");
    CHECK(value("GTS_PDFVTVersion") == "PDF/VT-1\n");
    for (const char* date : {"GTS_PDFVTModDate", "CreateDate", "ModifyDate", "MetadataDate"})
        CHECK(value(date) == "2026-11-22T00:00:00Z\n");
    CHECK(value("Trapped") == "False\n");
    CHECK(value("VersionID") == "1\n");
    CHECK(value("RenditionClass") == "default\n");
    CHECK(value("title").find("Lot d’été (1)") != std::string::npos);
    CHECK(value("DocumentID") == uuid_of("run-1/batch-1") + "\n");
    const std::string clear = in_clear(folder / "b.pdf");
    CHECK_THAT(clear, Catch::Contains("/Trapped /False") && Catch::Contains("/ModDate (D:20261122000000Z)"));
}

TEST_CASE("a title with XML's own characters stays a title", "[render]") {
    const std::string packet = xmp_packet({"A & B <one>", "x", {}});
    CHECK_THAT(packet, Catch::Contains("A &amp; B &lt;one&gt;</rdf:li>"));
}

TEST_CASE("an identifier is a UUID of its own kind, and the same for the same batch", "[render]") {
    const std::string id = uuid_of("a");
    CHECK(id == uuid_of("a"));
    CHECK(id != uuid_of("b"));
    REQUIRE(id.size() == 41);
    CHECK(id[19] == '8');
    CHECK(std::string("89ab").find(id[24]) != std::string::npos);
}

TEST_CASE("each piece is a document part with its pages and its number, and each page names its part", "[render]") {
    const test::Folder folder;
    const DocumentParts parts{2, "Piece", "batch-1", "27710116965212"};
    const std::string clear = with_parts(folder / "b.pdf", {{0, {1}}, {0, {1}}, {1, {2}}}, parts);
    CHECK_THAT(clear,
               Catch::Contains("/RecordLevel 1") && Catch::Contains("/NodeNameList [\n    /Batch\n    /Piece\n  ]"));
    CHECK_THAT(clear, Catch::Contains("/CIP4_UniqueID (27710116965212-0000001)"));
    CHECK_THAT(clear, Catch::Contains("/CIP4_JobID (batch-1)"));
    CHECK(count_of(clear, "/Type /DPart\n") == 3);
    CHECK(count_of(clear, "/Start ") == 2);
    CHECK(count_of(clear, "/End ") == 1);  // a part of one page has none
    CHECK(count_of(clear, "  /DPart ") == 3);
}

TEST_CASE("a press sheet with two pieces names both", "[render]") {
    const test::Folder folder;
    const DocumentParts parts{1, "PressSheet", "batch-1", "27710116965212"};
    const std::string clear = with_parts(folder / "b.pdf", {{0, {7, 12}}, {0, {7, 12}}}, parts);
    CHECK_THAT(clear, Catch::Contains("/Pli_Pieces [\n      (27710116965212-0000007)\n      (27710116965212-0000012)"));
    CHECK_THAT(clear, !Catch::Contains("CIP4_Recipient"));
}

TEST_CASE("no array of parts is longer than a thousand", "[render]") {
    const test::Folder folder;
    std::vector<PartOfSide> sides;
    for (std::uint32_t i = 0; i < 2'001; ++i) sides.push_back({i, {i + 1}});
    const std::string clear = with_parts(folder / "b.pdf", sides, {2'001, "Piece", "batch-1", "1"});
    const std::size_t at = clear.find("/DParts [");
    REQUIRE(at != std::string::npos);
    const std::string arrays = clear.substr(at, clear.find(">>", at) - at);
    CHECK(count_of(arrays, " 0 R") >= 2'001);
    CHECK(count_of(arrays, "    [\n") == 3);
}

TEST_CASE("an RGB picture is tagged with its profile, else with sRGB; each profile is in the file once", "[render]") {
    const test::Folder folder;
    auto own = srgb_profile();
    own[60] = '\x01';  // another profile
    Assets assets;
    Frame frame = test::card();
    const auto place = [&](Image image) {
        frame.items.emplace_back(Placed{assets.add(std::move(image)), {{10_mm, 10_mm}, {10_mm, 10_mm}}});
    };
    place(two_pixels());
    place(two_pixels());
    place(two_pixels(std::make_shared<const std::string>(own)));
    test::press(folder / "b.pdf", assets, {frame});
    const std::string clear = in_clear(folder / "b.pdf");
    CHECK(count_of(clear, "/N 3\n") == 2);
    CHECK(count_of(clear, "/ICCBased") == 2);
    CHECK_THAT(clear, !Catch::Contains("/DeviceRGB"));
    CHECK(count_of(clear, "/Intent /RelativeColorimetric") == 3);
    CHECK(count_of(clear, "/GTS_Scope /File") == 3);
    CHECK(count_of(clear, "/GTS_Encapsulated true") == 3);
}

TEST_CASE("device RGB on an uploaded page is drawn as sRGB", "[render]") {
    const test::Folder folder;
    const std::string head = "<</Type/XObject/Subtype/Form/BBox[0 0 99 99]/Resources<</ColorSpace<</DefaultRGB ";
    std::vector<ForeignObject> objects{{head + ">>>>/Length 27>>stream\n1 0 0 rg 10 10 30 30 re f  \nendstream",
                                        {{static_cast<std::uint32_t>(head.size()), 1}}},
                                       {"[ /DeviceRGB ]", {}}};
    Assets assets;
    ForeignPage page{{35_mm, 35_mm}, 0, std::make_shared<const std::vector<ForeignObject>>(std::move(objects)), {}, 0};
    page.srgb_space = 1;
    Frame frame = test::card();
    frame.items.emplace_back(Placed{assets.add(std::move(page)), {{}, {35_mm, 35_mm}}});
    test::press(folder / "b.pdf", assets, {frame});
    CHECK(run("qpdf --check " + folder / "b.pdf").status == 0);
    const std::string clear = in_clear(folder / "b.pdf");
    CHECK_THAT(clear, !Catch::Contains("/DeviceRGB") && Catch::Contains("/ICCBased") && Catch::Contains("/GTS_XID"));
}

TEST_CASE("sRGB's profile has the date that it was given, not the clock's", "[render]") {
    CHECK(srgb_profile().substr(24, 4) == std::string("\x07\xE4\0\x01", 4));
    CHECK(read_icc_header(srgb_profile())->version == 4);
}

TEST_CASE("a profile that cannot be an output profile is refused with the reason", "[render]") {
    const auto refusal = [](std::string bytes) {
        return read_output_profile(std::move(bytes), "press.icc").error().text();
    };
    CHECK_THAT(refusal("hello"), Catch::Contains("press.icc: this is not an ICC profile"));
    CHECK_THAT(refusal(srgb_profile()), Catch::Contains("not one of a press") && Catch::Contains("print house"));
    std::string press = coated_fogra39().profile->bytes;
    CHECK(read_output_profile(press, "press.icc"));
    CHECK_THAT(refusal(press.substr(0, press.size() / 2)), Catch::Contains("cut short"));
    std::string grey = press;
    CHECK_THAT(refusal(grey.replace(16, 4, "GRAY")), Catch::Contains("for \"GRAY\", not for CMYK"));
    std::string newer = press;
    newer[8] = 5;
    CHECK_THAT(refusal(newer), Catch::Contains("ICC version 5"));
    std::string one_way = press;
    for (std::size_t at = one_way.find("B2A"); at < 600; at = one_way.find("B2A", at)) one_way.replace(at, 3, "xxx");
    CHECK_THAT(refusal(one_way), Catch::Contains("lacks the tables"));
}
