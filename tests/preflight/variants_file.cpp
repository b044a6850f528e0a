#include "tests/preflight/small_pdf.hpp"

// What can be wrong with the file as a whole, its metadata, its output intent and its page boxes.

namespace pli::preflight::test {
namespace {

void annotate(SmallPdf& pdf, const std::string& entries) {
    const int annotation = pdf.add_object("<</Type/Annot" + entries + ">>");
    pdf.add(first_page, "/Annots[" + std::to_string(annotation) + " 0 R]");
}

void flate_metadata(
    SmallPdf& pdf) {  // an empty deflate stream with stored blocks would do as well; hexadecimal is simpler
    std::string hex;
    for (const char c : pdf.objects.at(metadata).data) {
        constexpr const char* digits = "0123456789ABCDEF";
        hex += digits[static_cast<unsigned char>(c) >> 4];
        hex += digits[static_cast<unsigned char>(c) & 15];
    }
    pdf.objects.at(metadata).data = hex + ">";
    pdf.add(metadata, "/Filter/ASCIIHexDecode");
}

const std::vector<Variant> table{
    {"x4-structure", "the cross-reference table is not where startxref says",
     [](SmallPdf& pdf) { pdf.trailer += "/Prev 7"; }},
    {"x4-header", "the header says 1.7", [](SmallPdf& pdf) { pdf.header = "%PDF-1.7\n"; }},
    {"x4-header", "the header says 2.0", [](SmallPdf& pdf) { pdf.header = "%PDF-2.0\n"; }},
    {"x4-catalog-version", "the catalogue raises the version",
     [](SmallPdf& pdf) { pdf.add(catalogue, "/Version/1.7"); }},
    {"x4-id", "the trailer has no identifier", [](SmallPdf& pdf) { pdf.trailer = "/Root 1 0 R/Info 11 0 R"; }},
    {"x4-id", "the identifier is empty", [](SmallPdf& pdf) { pdf.trailer = "/Root 1 0 R/Info 11 0 R/ID[<><>]"; }},
    {"x4-external-stream", "a picture lies in another file",
     [](SmallPdf& pdf) { pdf.add(picture, "/F(picture.jpg)"); }},
    {"x4-lzw", "a picture is compressed with LZW", [](SmallPdf& pdf) { pdf.add(picture, "/Filter/LZWDecode"); }},
    {"x4-crypt-filter", "a picture goes through a Crypt filter",
     [](SmallPdf& pdf) { pdf.add(picture, "/Filter/Crypt"); }},
    {"x4-stream", "a content is not deflated as it says",
     [](SmallPdf& pdf) { pdf.add(second_content, "/Filter/FlateDecode"); }},
    {"x4-metadata", "there is no XMP", [](SmallPdf& pdf) { pdf.replace(catalogue, "/Metadata 8 0 R", ""); }},
    {"x4-metadata", "the XMP does not say that it is one",
     [](SmallPdf& pdf) { pdf.replace(metadata, "/Subtype/XML", ""); }},
    {"x4-metadata-filter", "the XMP is filtered", flate_metadata},
    {"x4-metadata-xml", "an element is not closed",
     [](SmallPdf& pdf) { pdf.replace_data(metadata, "</dc:title>", ""); }},
    {"x4-metadata-xml", "a document type brings entities",
     [](SmallPdf& pdf) { pdf.replace_data(metadata, "<x:xmpmeta", "<!DOCTYPE x [<!ENTITY a \"b\">]><x:xmpmeta"); }},
    {"x4-metadata-xml", "there is no rdf:RDF",
     [](SmallPdf& pdf) { pdf.objects.at(metadata).data = "<x:xmpmeta xmlns:x=\"adobe:ns:meta/\"/>"; }},
    {"x4-xmp-version", "it says PDF/X-3", [](SmallPdf& pdf) { pdf.replace_data(metadata, "PDF/X-4", "PDF/X-3:2003"); }},
    {"x4-xmp-dates", "a date has no time zone",
     [](SmallPdf& pdf) {
         pdf.replace_data(metadata, "<xmp:MetadataDate>2026-11-22T21:00:00Z", "<xmp:MetadataDate>2026-11-22T21:00:00");
     }},
    {"x4-xmp-dates", "a date is a day only",
     [](SmallPdf& pdf) {
         pdf.replace_data(metadata, "<xmp:MetadataDate>2026-11-22T21:00:00Z", "<xmp:MetadataDate>2026-11-22");
     }},
    {"x4-xmp-title", "there is no title",
     [](SmallPdf& pdf) {
         pdf.replace_data(metadata, "Two letters", "");
         pdf.replace(info, "/Title(Two letters)", "");
     }},
    {"x4-xmp-ids", "there is no document identifier",
     [](SmallPdf& pdf) { pdf.replace_data(metadata, "<xmpMM:DocumentID>uuid:1</xmpMM:DocumentID>", ""); }},
    {"x4-trapped", "trapping is unknown in XMP",
     [](SmallPdf& pdf) { pdf.replace_data(metadata, ">False<", ">Unknown<"); }},
    {"x4-trapped", "trapping is not in the Info dictionary",
     [](SmallPdf& pdf) { pdf.replace(info, "/Trapped/False", ""); }},
    {"x4-trapped", "trapping is said twice, differently",
     [](SmallPdf& pdf) { pdf.replace(info, "/Trapped/False", "/Trapped/True"); }},
    {"x4-info-match", "the titles differ", [](SmallPdf& pdf) { pdf.replace(info, "Two letters", "One letter"); }},
    {"x4-info-match", "the dates differ",
     [](SmallPdf& pdf) { pdf.replace(info, "D:20261122210000Z", "D:20261122210001Z"); }},
    {"x4-intent", "there is no output intent",
     [](SmallPdf& pdf) { pdf.replace(catalogue, "/OutputIntents[9 0 R]", ""); }},
    {"x4-intent", "there are two output intents for PDF/X",
     [](SmallPdf& pdf) { pdf.replace(catalogue, "[9 0 R]", "[9 0 R 9 0 R]"); }},
    {"x4-intent-condition", "the printing condition has no name",
     [](SmallPdf& pdf) { pdf.replace(intent, "(FOGRA39)", "()"); }},
    {"x4-intent-profile", "the profile is not embedded",
     [](SmallPdf& pdf) { pdf.replace(intent, "/DestOutputProfile 10 0 R", ""); }},
    {"x4-intent-profile", "the profile is of a monitor",
     [](SmallPdf& pdf) { pdf.objects.at(press_profile).data = icc_profile("mntr", "CMYK"); }},
    {"x4-intent-profile", "the profile's components are miscounted",
     [](SmallPdf& pdf) { pdf.replace(press_profile, "/N 4", "/N 3"); }},
    {"x4-icc", "the profile is cut off", [](SmallPdf& pdf) { pdf.objects.at(press_profile).data.resize(150); }},
    {"x4-icc", "the profile is of version 5",
     [](SmallPdf& pdf) { pdf.objects.at(press_profile).data = icc_profile("prtr", "CMYK", 5); }},
    {"x4-page-tree", "a node miscounts its pages",
     [](SmallPdf& pdf) { pdf.replace(page_tree, "/Count 2", "/Count 3"); }},
    {"x4-page-tree", "a page names another parent",
     [](SmallPdf& pdf) { pdf.replace(first_page, "/Parent 2 0 R", "/Parent 4 0 R"); }},
    {"x4-mediabox", "a page has no size", [](SmallPdf& pdf) { pdf.replace(first_page, "/MediaBox[0 0 120 120]", ""); }},
    {"x4-trimbox", "a page has neither trim nor art box",
     [](SmallPdf& pdf) { pdf.replace(first_page, "/TrimBox[10 10 110 110]", ""); }},
    {"x4-trimbox", "a page has both", [](SmallPdf& pdf) { pdf.add(first_page, "/ArtBox[10 10 110 110]"); }},
    {"x4-trimbox", "the trim box stands on the page tree, where it is not inherited",
     [](SmallPdf& pdf) {
         pdf.replace(first_page, "/TrimBox[10 10 110 110]", "");
         pdf.add(page_tree, "/TrimBox[10 10 110 110]");
     }},
    {"x4-box-order", "the trim is larger than the bleed",
     [](SmallPdf& pdf) { pdf.replace(first_page, "/BleedBox[0 0 120 120]", "/BleedBox[12 12 108 108]"); }},
    {"x4-box-order", "the bleed is larger than the sheet",
     [](SmallPdf& pdf) { pdf.replace(first_page, "/BleedBox[0 0 120 120]", "/BleedBox[-1 0 120 120]"); }},
    {"x4-box-order", "the inherited crop box cuts the trim",
     [](SmallPdf& pdf) { pdf.add(page_tree, "/CropBox[20 20 100 100]"); }},
    {"x4-user-unit", "a page counts in its own unit", [](SmallPdf& pdf) { pdf.add(first_page, "/UserUnit 2.0"); }},
    {"x4-viewer-area", "readers shall show the trim only",
     [](SmallPdf& pdf) { pdf.add(catalogue, "/ViewerPreferences<</ViewArea/TrimBox>>"); }},
    {"x4-annotation", "a note lies on the page",
     [](SmallPdf& pdf) { annotate(pdf, "/Subtype/Text/Rect[50 50 60 60]"); }},
    {"x4-action", "a link beside the page opens a web site",
     [](SmallPdf& pdf) { annotate(pdf, "/Subtype/Link/Rect[200 200 210 210]/A<</S/URI/URI(http://x)>>"); }},
    {"x4-action", "opening the file runs a script",
     [](SmallPdf& pdf) { pdf.add(catalogue, "/OpenAction<</S/JavaScript/JS(x)>>"); }},
    {"x4-action", "scripts stand in the name tree",
     [](SmallPdf& pdf) { pdf.add(catalogue, "/Names<</JavaScript<<>>>>"); }},
    {"x4-form", "there is a form", [](SmallPdf& pdf) { pdf.add(catalogue, "/AcroForm<</Fields[]/XFA()>>"); }},
    {"x4-embedded-file", "a file is attached",
     [](SmallPdf& pdf) { pdf.add(catalogue, "/Names<</EmbeddedFiles<<>>>>"); }},
    {"x4-optional-content", "a layer configuration has no name",
     [](SmallPdf& pdf) { pdf.add(catalogue, "/OCProperties<</OCGs[]/D<</Order[]>>>>"); }},
    {"x4-optional-content", "a layer configuration changes by itself",
     [](SmallPdf& pdf) { pdf.add(catalogue, "/OCProperties<</OCGs[]/D<</Name(all)/AS[]>>>>"); }},
};

}  // namespace

std::vector<Variant> file_variants() { return table; }

}  // namespace pli::preflight::test
