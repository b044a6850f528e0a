#include "tests/preflight/small_pdf.hpp"

// What can be wrong with the content of pages, with XObjects and with fonts.

namespace pli::preflight::test {
namespace {

void draw(SmallPdf& pdf, std::string_view operators) {
    pdf.objects.at(second_content).data += "\n" + std::string(operators);
}

const std::vector<Variant> table{
    {"x4-content-syntax", "a string has no end", [](SmallPdf& pdf) { draw(pdf, "(no end"); }},
    {"x4-content-syntax", "operands are left over", [](SmallPdf& pdf) { draw(pdf, "1 2 3"); }},
    {"x4-content-syntax", "a number has two points", [](SmallPdf& pdf) { draw(pdf, "q 1.2.3 n Q"); }},
    {"x4-operator", "an operator does not exist", [](SmallPdf& pdf) { draw(pdf, "1 2 xy"); }},
    {"x4-operands", "a line goes nowhere", [](SmallPdf& pdf) { draw(pdf, "1 1 m 2 l S"); }},
    {"x4-operands", "a font size is missing", [](SmallPdf& pdf) { draw(pdf, "BT /F0 Tf ET"); }},
    {"x4-save-restore", "a page ends without Q", [](SmallPdf& pdf) { draw(pdf, "q"); }},
    {"x4-save-restore", "a page restores more than it saved", [](SmallPdf& pdf) { draw(pdf, "Q"); }},
    {"x4-save-restore", "text stands outside a text object",
     [](SmallPdf& pdf) { draw(pdf, "/F0 1 Tf 0 0 1 0 k <0001> Tj"); }},
    {"x4-save-restore", "marked content is not closed", [](SmallPdf& pdf) { draw(pdf, "/P BMC"); }},
    {"x4-resource", "a font is not defined", [](SmallPdf& pdf) { draw(pdf, "BT /F9 1 Tf ET"); }},
    {"x4-resource", "a picture is not defined", [](SmallPdf& pdf) { draw(pdf, "/I9 Do"); }},
    {"x4-resource", "a colour space is not defined", [](SmallPdf& pdf) { draw(pdf, "/S9 cs"); }},
    {"x4-resource", "a layer is not defined", [](SmallPdf& pdf) { draw(pdf, "/OC /L9 BDC EMC"); }},
    {"x4-inline-image", "an inline image is shorter than it says",
     [](SmallPdf& pdf) { draw(pdf, "BI /W 8 /H 8 /BPC 8 /CS /G ID short EI"); }},
    {"x4-recursion", "a form draws itself",
     [](SmallPdf& pdf) {
         pdf.replace(form, "/Resources<<>>", "/Resources<</XObject<</X0 21 0 R>>>>");
         pdf.objects.at(form).data += " /X0 Do";
     }},
    {"x4-postscript", "an XObject is PostScript",
     [](SmallPdf& pdf) { pdf.replace(form, "/Subtype/Form", "/Subtype/PS"); }},
    {"x4-postscript", "a form carries PostScript", [](SmallPdf& pdf) { pdf.add(form, "/Subtype2/PS"); }},
    {"x4-opi", "a picture is a placeholder for another", [](SmallPdf& pdf) { pdf.add(picture, "/OPI<<>>"); }},
    {"x4-reference-xobject", "a form stands for a page of another file",
     [](SmallPdf& pdf) { pdf.add(form, "/Ref<<>>"); }},
    {"x4-alternates", "a picture has alternates", [](SmallPdf& pdf) { pdf.add(picture, "/Alternates[]"); }},
    {"x4-image", "a picture has no colour space",
     [](SmallPdf& pdf) { pdf.replace(picture, "/ColorSpace/DeviceGray", ""); }},
    {"x4-image", "a picture has seven bits",
     [](SmallPdf& pdf) { pdf.replace(picture, "/BitsPerComponent 8", "/BitsPerComponent 7"); }},
    {"x4-transfer", "a transfer curve", [](SmallPdf& pdf) { pdf.add(overprint, "/TR/Identity"); }},
    {"x4-transfer", "a second transfer curve", [](SmallPdf& pdf) { pdf.add(overprint, "/TR2/Identity"); }},
    {"x4-halftone", "a halftone by name",
     [](SmallPdf& pdf) { pdf.add(overprint, "/HT<</HalftoneType 1/HalftoneName(x)>>"); }},
    {"x4-halftone", "a threshold halftone", [](SmallPdf& pdf) { pdf.add(overprint, "/HT<</HalftoneType 6>>"); }},
    {"x4-halftone", "a halftone phase", [](SmallPdf& pdf) { pdf.add(overprint, "/HTP[0 0]"); }},
    {"x4-black-generation", "its own black generation", [](SmallPdf& pdf) { pdf.add(overprint, "/BG 23 0 R"); }},
    {"x4-blend-mode", "a blend mode that is none", [](SmallPdf& pdf) { pdf.add(overprint, "/BM/Shine"); }},
    {"x4-soft-mask", "a soft mask without a group", [](SmallPdf& pdf) { pdf.add(overprint, "/SMask<</S/Alpha>>"); }},
    {"x4-rendering-intent", "a rendering intent that is none", [](SmallPdf& pdf) { draw(pdf, "/Pretty ri"); }},
    {"x4-rendering-intent", "a picture's rendering intent that is none",
     [](SmallPdf& pdf) { pdf.add(picture, "/Intent/Pretty"); }},

    {"x4-font-embedded", "a font has no program",
     [](SmallPdf& pdf) { pdf.replace(descriptor, "/FontFile2 15 0 R", ""); }},
    {"x4-font-program", "a font program is cut off", [](SmallPdf& pdf) { pdf.objects.at(font_file).data.resize(200); }},
    {"x4-font-program", "a font program is another format than its key says",
     [](SmallPdf& pdf) { pdf.replace(descriptor, "/FontFile2", "/FontFile"); }},
    {"x4-font", "a composite font has no descendant",
     [](SmallPdf& pdf) { pdf.replace(font, "/DescendantFonts[13 0 R]", "/DescendantFonts[]"); }},
    {"x4-font", "a CID font does not say of which characters",
     [](SmallPdf& pdf) { pdf.replace(descendant, "/CIDSystemInfo", "/NoSystemInfo"); }},
    {"x4-font-widths", "a width differs from the program",
     [](SmallPdf& pdf) { pdf.replace(descendant, "600 700", "600 702"); }},
    {"x4-font-glyph", "text shows a glyph that the subset lacks",
     [](SmallPdf& pdf) { pdf.replace_data(first_content, "<00010002>", "<00010009>"); }},
    {"print-font-unicode", "text cannot be searched",
     [](SmallPdf& pdf) { pdf.replace(font, "/ToUnicode 16 0 R", ""); }},

    {"print-rich-black-text", "text in black of four inks",
     [](SmallPdf& pdf) { pdf.replace_data(first_content, "0 0 0 1 k", "0.6 0.4 0.4 1 k"); }},
    {"print-black-knocks-out", "black text without overprint",
     [](SmallPdf& pdf) { pdf.replace_data(first_content, "/G0 gs", ""); }},
    {"print-black-knocks-out", "black text with overprint, but not in mode 1",
     [](SmallPdf& pdf) { pdf.replace(overprint, "/OPM 1", "/OPM 0"); }},
    {"print-black-knocks-out", "black text in DeviceGray, which cannot overprint plates",
     [](SmallPdf& pdf) { pdf.replace_data(first_content, "0 0 0 1 k", "0 g"); }},
    {"print-white-overprints", "white text that overprints and so vanishes",
     [](SmallPdf& pdf) { pdf.replace_data(first_content, "0 0 0 1 k", "0 0 0 0 k"); }},
    {"print-registration-ink", "text on all plates",
     [](SmallPdf& pdf) {
         pdf.replace(resources, "/S0[", "/All[/Separation/All/DeviceCMYK 23 0 R]/S0[");
         pdf.replace_data(first_content, "0 0 0 1 k", "/All cs 1 scn");
     }},
    {"print-total-ink", "more ink than the paper takes",
     [](SmallPdf& pdf) { draw(pdf, "0.9 0.9 0.9 0.9 k 0 0 5 5 re f"); }},
    {"print-image-resolution", "a picture is enlarged too far",
     [](SmallPdf& pdf) { pdf.replace_data(first_content, "30 0 0 30", "60 0 0 60"); }},
    {"print-hairline", "a line of a tenth of a point",
     [](SmallPdf& pdf) { pdf.replace_data(first_content, "1 w", "0.1 w"); }},
    {"print-hairline", "a line that the matrix makes thin",
     [](SmallPdf& pdf) { draw(pdf, "q .1 0 0 .1 0 0 cm 1 w 0 0 m 9 9 l S Q"); }},
    {"print-hairline", "a thin rectangle for a line", [](SmallPdf& pdf) { draw(pdf, "0 0 0 1 k 10 10 50 .1 re f"); }},
    {"print-hairline", "a thin line in a form",
     [](SmallPdf& pdf) { pdf.objects.at(form).data += " 0.1 w 0 0 m 9 9 l S"; }},
};

}  // namespace

std::vector<Variant> content_variants() { return table; }

}  // namespace pli::preflight::test
