#include "tests/preflight/small_pdf.hpp"

// What can be wrong with the document parts and scopes of PDF/VT.

namespace pli::preflight::test {

namespace {

const std::vector<Variant> table{
    {"vt-version", "parts, but no PDF/VT version",
     [](SmallPdf& pdf) {
         pdf.replace_data(metadata, "<pdfvtid:GTS_PDFVTVersion>PDF/VT-1</pdfvtid:GTS_PDFVTVersion>", "");
     }},
    {"vt-version", "a PDF/VT version, but no parts",
     [](SmallPdf& pdf) {
         pdf.replace(catalogue, "/DPartRoot 17 0 R", "");
         pdf.replace(first_page, "/DPart 19 0 R", "");
         pdf.replace(second_page, "/DPart 20 0 R", "");
     }},
    {"vt-mod-date", "the dates of PDF/VT and XMP differ",
     [](SmallPdf& pdf) {
         pdf.replace_data(metadata, "GTS_PDFVTModDate>2026-11-22T21:00:00Z", "GTS_PDFVTModDate>2026-11-22T21:00:07Z");
     }},
    {"vt-root", "the root node is not indirect",
     [](SmallPdf& pdf) { pdf.replace(part_root, "/DPartRootNode 18 0 R", "/DPartRootNode<<>>"); }},
    {"vt-node-names", "a level has no name",
     [](SmallPdf& pdf) { pdf.replace(part_root, "[/Batch/Piece]", "[/Batch]"); }},
    {"vt-node-names", "two levels have one name",
     [](SmallPdf& pdf) { pdf.replace(part_root, "[/Batch/Piece]", "[/Piece/Piece]"); }},
    {"vt-record-level", "records are on a level that is not there",
     [](SmallPdf& pdf) { pdf.replace(part_root, "/RecordLevel 1", "/RecordLevel 2"); }},
    {"vt-depth", "a leaf stands deeper than the others",
     [](SmallPdf& pdf) {
         const int between = pdf.add_object("<</Type/DPart/Parent 18 0 R/DParts[[20 0 R]]>>");
         pdf.replace(part_node, "20 0 R", std::to_string(between) + " 0 R");
         pdf.replace(second_part, "/Parent 18 0 R", "/Parent " + std::to_string(between) + " 0 R");
         pdf.replace(part_root, "[/Batch/Piece]", "[/Batch/Piece/Part]");
     }},
    {"vt-parent", "a part names another parent",
     [](SmallPdf& pdf) { pdf.replace(first_part, "/Parent 18 0 R", "/Parent 20 0 R"); }},
    {"vt-part", "a part has pages and parts", [](SmallPdf& pdf) { pdf.add(part_node, "/Start 3 0 R"); }},
    {"vt-coverage", "the last page is in no part", [](SmallPdf& pdf) { pdf.replace(part_node, "20 0 R", ""); }},
    {"vt-coverage", "parts are not in the order of their pages",
     [](SmallPdf& pdf) { pdf.replace(part_node, "19 0 R 20 0 R", "20 0 R 19 0 R"); }},
    {"vt-coverage", "a part ends on what is no page",
     [](SmallPdf& pdf) { pdf.replace(second_part, "/End 4 0 R", "/End 7 0 R"); }},
    {"vt-page-part", "a page names another part",
     [](SmallPdf& pdf) { pdf.replace(first_page, "/DPart 19 0 R", "/DPart 20 0 R"); }},
    {"vt-page-part", "a page names no part", [](SmallPdf& pdf) { pdf.replace(first_page, "/DPart 19 0 R", ""); }},
    {"vt-dpm", "metadata hold a stream", [](SmallPdf& pdf) { pdf.add(part_node, "/DPM<</Attached 16 0 R>>"); }},
    {"vt-dpm", "a CIP4 structure is a string",
     [](SmallPdf& pdf) { pdf.add(part_node, "/DPM<</CIP4_Root<</CIP4_Metadata(x)>>>>"); }},
    {"vt-scope", "a scope that is none", [](SmallPdf& pdf) { pdf.add(form, "/GTS_Scope/Planet"); }},
    {"vt-scope", "drawn twice, but said to be used once",
     [](SmallPdf& pdf) {
         pdf.add(form, "/GTS_Scope/SingleUse");
         pdf.objects.at(first_content).data += "/X0 Do\n";
     }},
    {"vt-env", "a global form without an environment",
     [](SmallPdf& pdf) { pdf.add(form, "/GTS_Scope/Global/GTS_XID(1)"); }},
    {"vt-xid", "a global form without an identifier",
     [](SmallPdf& pdf) { pdf.add(form, "/GTS_Scope/Global/GTS_Env(shop)"); }},
    {"vt-encapsulated", "encapsulation that is neither true nor false",
     [](SmallPdf& pdf) { pdf.add(form, "/GTS_Encapsulated/Yes"); }},
};

}  // namespace

std::vector<Variant> part_variants() { return table; }

}  // namespace pli::preflight::test
