#include "tests/preflight/small_pdf.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <catch2/catch.hpp>
#include <cstdlib>
#include <filesystem>
#include <fstream>

namespace pli::preflight::test {
namespace {

std::string big_endian(std::uint32_t value, int bytes) {
    std::string text;
    for (int shift = (bytes - 1) * 8; shift >= 0; shift -= 8) text += static_cast<char>(value >> shift & 0xFF);
    return text;
}

std::string xmp() {
    return R"(<?xpacket begin="" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xmp="http://ns.adobe.com/xap/1.0/"
 xmlns:xmpMM="http://ns.adobe.com/xap/1.0/mm/" xmlns:pdf="http://ns.adobe.com/pdf/1.3/"
 xmlns:pdfxid="http://www.npes.org/pdfx/ns/id/" xmlns:pdfvtid="http://www.npes.org/pdfvt/ns/id/">
<pdfxid:GTS_PDFXVersion>PDF/X-4</pdfxid:GTS_PDFXVersion>
<pdfvtid:GTS_PDFVTVersion>PDF/VT-1</pdfvtid:GTS_PDFVTVersion>
<pdfvtid:GTS_PDFVTModDate>2026-11-22T21:00:00Z</pdfvtid:GTS_PDFVTModDate>
<xmp:CreateDate>2026-11-22T21:00:00Z</xmp:CreateDate>
<xmp:ModifyDate>2026-11-22T21:00:00Z</xmp:ModifyDate>
<xmp:MetadataDate>2026-11-22T21:00:00Z</xmp:MetadataDate>
<xmp:CreatorTool>a hand</xmp:CreatorTool>
<pdf:Producer>a test</pdf:Producer><pdf:Trapped>False</pdf:Trapped>
<xmpMM:DocumentID>uuid:1</xmpMM:DocumentID><xmpMM:VersionID>1</xmpMM:VersionID>
<xmpMM:RenditionClass>default</xmpMM:RenditionClass>
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">Two letters</rdf:li></rdf:Alt></dc:title>
</rdf:Description></rdf:RDF></x:xmpmeta>
<?xpacket end="r"?>)";
}

constexpr const char* content =
    "q /G0 gs BT /F0 12 Tf 0 0 0 1 k 20 60 Td <00010002> Tj ET Q\n"
    "q 1 w 0 0 0 1 K 10 10 m 90 10 l S Q\n"
    "/S0 cs 1 scn 10 20 30 5 re f\n"
    "q 30 0 0 30 50 50 cm /I0 Do Q\n"
    "/X0 Do\n";

}  // namespace

std::string icc_profile(std::string_view device_class, std::string_view colours, int version) {
    std::string bytes(128, '\0');
    bytes[8] = static_cast<char>(version);
    bytes.replace(12, 4, device_class);
    bytes.replace(16, 4, colours);
    bytes.replace(20, 4, "Lab ");
    bytes.replace(36, 4, "acsp");
    bytes += big_endian(1, 4) + "cprt" + big_endian(144, 4) + big_endian(16, 4);
    bytes += std::string("text\0\0\0\0of no one", 17).substr(0, 16);
    bytes.replace(0, 4, big_endian(static_cast<std::uint32_t>(bytes.size()), 4));
    return bytes;
}

std::string true_type() {
    std::string head(54, '\0'), hhea(36, '\0'), maxp = big_endian(0x00010000, 4) + big_endian(3, 2);
    head.replace(18, 2, big_endian(1000, 2));
    hhea.replace(34, 2, big_endian(3, 2));
    std::string hmtx;
    for (const std::uint32_t width : {500U, 600U, 700U}) hmtx += big_endian(width, 2) + big_endian(0, 2);
    const std::vector<std::pair<std::string, std::string>> tables{
        {"glyf", std::string(12, '\0')}, {"head", head}, {"hhea", hhea}, {"hmtx", hmtx},
        {"loca", std::string(8, '\0')},  {"maxp", maxp}};
    std::string directory = big_endian(0x00010000, 4) + big_endian(6, 2) + std::string(6, '\0'), data;
    for (const auto& [tag, table] : tables) {
        const auto at = static_cast<std::uint32_t>(12 + 16 * tables.size() + data.size());
        directory +=
            tag + big_endian(0, 4) + big_endian(at, 4) + big_endian(static_cast<std::uint32_t>(table.size()), 4);
        data += table + std::string((4 - table.size() % 4) % 4, '\0');
    }
    return directory + data;
}

SmallPdf::SmallPdf() {
    const auto dictionary = [&](int number, std::string text) { objects[number] = {std::move(text), "", false}; };
    const auto stream = [&](int number, std::string text, std::string data) {
        objects[number] = {std::move(text), std::move(data), true};
    };
    const std::string boxes = "/MediaBox[0 0 120 120]/BleedBox[0 0 120 120]/TrimBox[10 10 110 110]";
    dictionary(catalogue, "<</Type/Catalog/Pages 2 0 R/Metadata 8 0 R/OutputIntents[9 0 R]/DPartRoot 17 0 R>>");
    dictionary(page_tree, "<</Type/Pages/Count 2/Kids[3 0 R 4 0 R]/Resources 7 0 R>>");
    dictionary(first_page, "<</Type/Page/Parent 2 0 R" + boxes + "/Contents 5 0 R/DPart 19 0 R>>");
    dictionary(second_page, "<</Type/Page/Parent 2 0 R" + boxes + "/Contents[6 0 R]/DPart 20 0 R>>");
    stream(first_content, "", content);
    stream(second_content, "", "q 0 0 0 0.5 k 20 20 40 40 re f Q");
    dictionary(resources,
               "<</Font<</F0 12 0 R>>/ExtGState<</G0 24 0 R>>/XObject<</I0 22 0 R/X0 21 0 R>>"
               "/ColorSpace<</S0[/Separation/HKS#2013/DeviceCMYK 23 0 R]>>>>");
    stream(metadata, "/Type/Metadata/Subtype/XML", xmp());
    dictionary(intent, "<</Type/OutputIntent/S/GTS_PDFX/OutputConditionIdentifier(FOGRA39)/DestOutputProfile 10 0 R>>");
    stream(press_profile, "/N 4", icc_profile("prtr", "CMYK"));
    dictionary(info,
               "<</Title(Two letters)/Creator(a hand)/Producer(a test)/CreationDate(D:20261122210000Z)"
               "/ModDate(D:20261122210000+00'00')/Trapped/False>>");
    dictionary(font,
               "<</Type/Font/Subtype/Type0/BaseFont/AAAAAA+Test/Encoding/Identity-H/DescendantFonts[13 0 R]/ToUnicode "
               "16 0 R>>");
    dictionary(descendant,
               "<</Type/Font/Subtype/CIDFontType2/BaseFont/AAAAAA+Test/CIDToGIDMap/Identity/W[1[600 700]]"
               "/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>/FontDescriptor 14 0 R>>");
    dictionary(descriptor,
               "<</Type/FontDescriptor/FontName/AAAAAA+Test/Flags 4/FontBBox[0 0 1 1]/ItalicAngle 0/Ascent 1"
               "/Descent 0/CapHeight 1/StemV 80/FontFile2 15 0 R>>");
    stream(font_file, "", true_type());
    stream(to_unicode, "", "begincmap endcmap");
    dictionary(part_root, "<</Type/DPartRoot/DPartRootNode 18 0 R/RecordLevel 1/NodeNameList[/Batch/Piece]>>");
    dictionary(part_node, "<</Type/DPart/Parent 17 0 R/DParts[[19 0 R 20 0 R]]>>");
    const auto recipient = [](int piece) {
        return fmt::format("/DPM<</CIP4_Root<</CIP4_Recipient<</CIP4_UniqueID(1-{:07})>>>>>>", piece);
    };
    dictionary(first_part, "<</Type/DPart/Parent 18 0 R/Start 3 0 R" + recipient(1) + ">>");
    dictionary(second_part, "<</Type/DPart/Parent 18 0 R/Start 4 0 R/End 4 0 R" + recipient(2) + ">>");
    stream(form, "/Type/XObject/Subtype/Form/BBox[0 0 10 10]/Resources<<>>", "0.1 0.2 0.3 0 k 0 0 5 5 re f");
    stream(picture, "/Type/XObject/Subtype/Image/Width 100/Height 100/BitsPerComponent 8/ColorSpace/DeviceGray",
           std::string(10000, 'x'));
    dictionary(tint, "<</FunctionType 2/Domain[0 1]/C0[0 0 0 0]/C1[0 1 1 0]/N 1>>");
    dictionary(overprint, "<</Type/ExtGState/OP true/op true/OPM 1>>");
}

void SmallPdf::replace(int object, std::string_view text, std::string_view by) {
    std::string& dictionary = objects.at(object).dictionary;
    const auto at = dictionary.find(text);
    REQUIRE(at != std::string::npos);
    dictionary.replace(at, text.size(), by);
}

void SmallPdf::replace_data(int object, std::string_view text, std::string_view by) {
    std::string& data = objects.at(object).data;
    const auto at = data.find(text);
    REQUIRE(at != std::string::npos);
    data.replace(at, text.size(), by);
}

void SmallPdf::add(int object, std::string_view entries) {
    Part& part = objects.at(object);
    if (part.stream)
        part.dictionary += entries;
    else
        part.dictionary.insert(part.dictionary.size() - 2, entries);
}

int SmallPdf::add_object(std::string dictionary) {
    const int number = objects.rbegin()->first + 1;
    objects[number] = {std::move(dictionary), "", false};
    return number;
}

int SmallPdf::add_stream(std::string dictionary, std::string data) {
    const int number = objects.rbegin()->first + 1;
    objects[number] = {std::move(dictionary), std::move(data), true};
    return number;
}

std::string SmallPdf::bytes() const {
    std::string file = header, table;
    for (const auto& [number, part] : objects) {
        table += fmt::format("{:010} 00000 n \n", file.size());
        file += fmt::format("{} 0 obj\n", number);
        if (part.stream)
            file +=
                fmt::format("<<{}/Length {}>>\nstream\n{}\nendstream", part.dictionary, part.data.size(), part.data);
        else
            file += part.dictionary;
        file += "\nendobj\n";
    }
    return file + fmt::format("xref\n0 {}\n0000000000 65535 f \n{}trailer\n<</Size {}{}>>\nstartxref\n{}\n%%EOF\n",
                              objects.size() + 1, table, objects.size() + 1, trailer, file.size());
}

PdfReport checked(const std::string& bytes) {
    auto path = (std::filesystem::temp_directory_path() / "pli-preflight-XXXXXX").string();
    const int descriptor_of_file = ::mkstemp(path.data());
    REQUIRE(descriptor_of_file >= 0);
    ::close(descriptor_of_file);
    std::ofstream(path, std::ios::binary) << bytes;
    auto report = check_pdf(path, "small.pdf");
    std::filesystem::remove(path);
    if (!report) FAIL(report.error().text());
    return std::move(*report);
}

std::vector<std::string> codes_of(const PdfReport& report) {
    std::vector<std::string> codes;
    for (const Finding& finding : report.findings) codes.emplace_back(rule(finding.rule).code);
    std::sort(codes.begin(), codes.end());
    codes.erase(std::unique(codes.begin(), codes.end()), codes.end());
    return codes;
}

}  // namespace pli::preflight::test
