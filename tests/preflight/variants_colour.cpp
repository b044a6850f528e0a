#include "tests/preflight/small_pdf.hpp"

// Colours that do not fit the press, and colour spaces that are not made right.

namespace pli::preflight::test {
namespace {

void draw(SmallPdf& pdf, std::string_view operators) {
    pdf.objects.at(second_content).data += "\n" + std::string(operators);
}

/// A colour space /S1 in which something is painted.
void paint_in(SmallPdf& pdf, const std::string& space, std::string_view colour) {
    pdf.replace(resources, "/S0[", "/S1 " + space + "/S0[");
    draw(pdf, "/S1 cs " + std::string(colour) + " scn 0 0 5 5 re f");
}

std::string icc_based(SmallPdf& pdf, int components, std::string profile) {
    const int stream = pdf.add_stream("/N " + std::to_string(components), std::move(profile));
    return "[/ICCBased " + std::to_string(stream) + " 0 R]";
}

const std::vector<Variant> table{
    {"x4-device-colour", "RGB for a CMYK press", [](SmallPdf& pdf) { draw(pdf, "1 0 0 rg 0 0 5 5 re f"); }},
    {"x4-device-colour", "a picture in RGB",
     [](SmallPdf& pdf) { pdf.replace(picture, "/ColorSpace/DeviceGray", "/ColorSpace/DeviceRGB"); }},
    {"x4-device-colour", "RGB in a form", [](SmallPdf& pdf) { pdf.objects.at(form).data = "1 0 0 rg 0 0 5 5 re f"; }},
    {"x4-device-colour", "RGB in an inline image",
     [](SmallPdf& pdf) { draw(pdf, "BI /W 1 /H 1 /BPC 8 /CS /RGB ID abc EI"); }},
    {"x4-device-colour", "RGB behind an indexed palette",
     [](SmallPdf& pdf) { paint_in(pdf, "[/Indexed/DeviceRGB 1 <000000FFFFFF>]", "1"); }},
    {"x4-device-colour", "RGB as the alternate of a spot ink",
     [](SmallPdf& pdf) { paint_in(pdf, "[/Separation/Gold/DeviceRGB 23 0 R]", "1"); }},
    {"x4-device-colour", "RGB in a shading",
     [](SmallPdf& pdf) {
         pdf.add(resources, "/Shading<</H0<</ShadingType 2/ColorSpace/DeviceRGB/Coords[0 0 1 1]/Function 23 0 R>>>>");
         draw(pdf, "/H0 sh");
     }},
    {"x4-device-colour", "RGB in a tiling pattern",
     [](SmallPdf& pdf) {
         const int tile =
             pdf.add_stream("/PatternType 1/PaintType 1/TilingType 1/BBox[0 0 1 1]/XStep 1/YStep 1/Resources<<>>",
                            "1 0 0 rg 0 0 1 1 re f");
         pdf.add(resources, "/Pattern<</P0 " + std::to_string(tile) + " 0 R>>");
         draw(pdf, "/Pattern cs /P0 scn 0 0 5 5 re f");
     }},
    {"x4-device-colour", "RGB in the glyph of a Type 3 font",
     [](SmallPdf& pdf) {
         const int glyph = pdf.add_stream("", "10 0 d0 1 0 0 rg 0 0 5 5 re f");
         pdf.replace(resources, "/F0 12 0 R",
                     "/F0 12 0 R/F3<</Type/Font/Subtype/Type3/FontBBox[0 0 9 9]/FontMatrix[.1 0 0 .1 0 0]/Encoding<<>>"
                     "/FirstChar 65/LastChar 65/Widths[10]/CharProcs<</A " +
                         std::to_string(glyph) + " 0 R>>>>");
         draw(pdf, "BT /F3 10 Tf 0 0 1 0 k (A) Tj ET");
     }},
    {"x4-device-colour", "RGB in the appearance of a printer's mark",
     [](SmallPdf& pdf) {
         const int mark =
             pdf.add_stream("/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<<>>", "1 0 0 rg 0 0 5 5 re f");
         pdf.add(first_page,
                 "/Annots[<</Subtype/PrinterMark/Rect[0 0 9 9]/AP<</N " + std::to_string(mark) + " 0 R>>>>]");
     }},
    {"x4-device-colour", "CMYK for a grey press",
     [](SmallPdf& pdf) {
         pdf.objects.at(press_profile).data = icc_profile("prtr", "GRAY");
         pdf.replace(press_profile, "/N 4", "/N 1");
     }},
    {"x4-colour-space", "a colour space that is a string", [](SmallPdf& pdf) { paint_in(pdf, "(red)", "1"); }},
    {"x4-colour-space", "a palette that is too short",
     [](SmallPdf& pdf) { paint_in(pdf, "[/Indexed/DeviceGray 9 <0001>]", "1"); }},
    {"x4-colour-space", "a spot ink without a tint transform",
     [](SmallPdf& pdf) { paint_in(pdf, "[/Separation/Gold/DeviceCMYK]", "1"); }},
    {"x4-colour-space", "a calibrated space without a white point",
     [](SmallPdf& pdf) { paint_in(pdf, "[/CalRGB<<>>]", "1 1 1"); }},
    {"x4-colour-operator", "two components for a spot ink", [](SmallPdf& pdf) { draw(pdf, "/S0 cs 1 1 scn"); }},
    {"x4-colour-operator", "more than all of an ink", [](SmallPdf& pdf) { draw(pdf, "0 0 0 1.5 k"); }},
    {"x4-colour-operator", "a colour in an uncoloured tile",
     [](SmallPdf& pdf) {
         const int tile =
             pdf.add_stream("/PatternType 1/PaintType 2/TilingType 1/BBox[0 0 1 1]/XStep 1/YStep 1/Resources<<>>",
                            "0 0 0 1 k 0 0 1 1 re f");
         pdf.add(resources, "/Pattern<</P0 " + std::to_string(tile) + " 0 R>>");
         pdf.replace(resources, "/S0[", "/S1[/Pattern/DeviceGray]/S0[");
         draw(pdf, "/S1 cs 0.5 /P0 scn 0 0 5 5 re f");
     }},
    {"x4-icc-source", "a source profile whose components are miscounted",
     [](SmallPdf& pdf) { paint_in(pdf, icc_based(pdf, 4, icc_profile("mntr", "RGB ")), "1 1 1"); }},
    {"x4-icc-source", "a device link as a source profile",
     [](SmallPdf& pdf) { paint_in(pdf, icc_based(pdf, 3, icc_profile("link", "RGB ")), "1 1 1"); }},
    {"x4-icc", "a source profile that is none", [](SmallPdf& pdf) { paint_in(pdf, icc_based(pdf, 0, "profile"), ""); }},
    {"x4-icc-same-as-intent", "the press profile once more as a source",
     [](SmallPdf& pdf) { paint_in(pdf, icc_based(pdf, 4, icc_profile("prtr", "CMYK")), "0 0 0 0.5"); }},
    {"x4-spot-consistent", "one spot ink made in two ways",
     [](SmallPdf& pdf) {
         const int other = pdf.add_object("<</FunctionType 2/Domain[0 1]/C0[0 0 0 0]/C1[1 1 0 0]/N 1>>");
         paint_in(pdf, "[/Separation/HKS#2013/DeviceCMYK " + std::to_string(other) + " 0 R]", "1");
     }},
    {"x4-group-colour", "a page that blends in RGB",
     [](SmallPdf& pdf) { pdf.add(first_page, "/Group<</S/Transparency/CS/DeviceRGB>>"); }},
    {"x4-group-colour", "a form that blends in RGB",
     [](SmallPdf& pdf) { pdf.add(form, "/Group<</S/Transparency/CS/DeviceRGB>>"); }},
};

}  // namespace

std::vector<Variant> colour_variants() { return table; }

}  // namespace pli::preflight::test
