#include "tests/uploads/check_variants.hpp"

#include <fmt/format.h>

#include "render/codes.hpp"

namespace pli::uploads {
namespace {

constexpr const char* a4 = "[0 0 595.28 841.89]";

/// Millimetres from the top left corner as a rectangle of PDF content.
std::string box(double x, double y, double width, double height) {
    constexpr double pt = 72 / 25.4;
    return fmt::format("{:.3f} {:.3f} {:.3f} {:.3f} re f ", x * pt, 841.89 - (y + height) * pt, width * pt,
                       height * pt);
}

std::string text_at(double x, double y, double size, const std::string& words, const std::string& colour = "0 g") {
    constexpr double pt = 72 / 25.4;
    return fmt::format("BT {} /F {:.2f} Tf {:.3f} {:.3f} Td ({}) Tj ET ", colour, size, x * pt, 841.89 - y * pt, words);
}

std::string stream(const std::string& dictionary, const std::string& data) {
    return fmt::format("<<{}/Length {}>>\nstream\n{}\nendstream", dictionary, data.size(), data);
}

Variant varied(std::string code, const std::function<void(Sketch&)>& change) {
    Sketch sketch = good_design();
    change(sketch);
    return {std::move(code), pdf_of(sketch)};
}
Variant with_content(std::string code, const std::string& content) {
    return varied(std::move(code), [&](Sketch& sketch) { sketch.content += content; });
}
Variant in_zones(std::string code, const std::string& content, const std::function<void(SheetZones&)>& change) {
    Variant variant = with_content(std::move(code), content);
    change(variant.zones);
    return variant;
}

std::string encrypted(const std::string& options) {
    const Workbench bench;
    const std::string plain = bench.write("plain.pdf", pdf_of(good_design()));
    const std::string file = bench.path("encrypted.pdf");
    run("qpdf " + options + " -- '" + plain + "' '" + file + "'");
    return file_bytes(file);
}

/// A QR code of squares of 0.6 mm.
std::string qr_code(const std::string& payload, double x, double y) {
    const auto modules = render::qr_code(payload, Correction::M);
    if (!modules) return {};
    std::string content = "0 g ";
    for (int row = 0; row < modules->rows; ++row)
        for (int column = 0; column < modules->columns; ++column)
            if (modules->dark(column, row)) content += box(x + column * 0.6, y + row * 0.6, 0.6, 0.6);
    return content;
}

/// "PLI-1" in Code 128, as bars and spaces of one to four modules of 0.5 mm: capitals are bars, the others spaces.
std::string code_128(double x, double y) {
    std::string content = "0 g ";
    for (const char c : std::string("BaAbAdCaCaBaAcBaCaBcAcAaAbBaCbAbCbBaDbAbAaBcCaAaB")) {
        const bool bar = c < 'a';
        const double width = (c - (bar ? 'A' : 'a') + 1) * 0.5;
        if (bar) content += box(x, y, width, 15);
        x += width;
    }
    return content;
}

/// The cross-reference table is not where the file says.
std::string with_wrong_start(std::string pdf) { return pdf.replace(pdf.rfind("startxref\n") + 10, 1, "9"); }

/// One reader believes the length of the page's content, another looks for its end.
std::string with_short_content(std::string pdf) {
    const auto digits = pdf.find("/Length ", pdf.find("4 0 obj")) + 8;
    return pdf.replace(digits, 1, "0");
}

std::vector<Variant> refused_files() {
    Variant heavy = varied("too-heavy", [](Sketch& sketch) { sketch.box = "[0 0 14400 14400]"; });
    return {
        {"not-a-pdf", "GIF89a"},
        {"password", file_bytes("tests/data/uploads/test-pdf-files__encrypted.pdf")},
        {"printing-forbidden", encrypted("--encrypt '' owner 256 --print=none")},
        varied("dynamic-form", [](Sketch& sketch) { sketch.catalog = "/NeedsRendering true"; }),
        {"damaged", "%PDF-1.7\n"},
        varied("external-data",
               [](Sketch& sketch) {
                   sketch.resources = "<</XObject<</X 7 0 R>>/Font<</F 5 0 R>>>>";
                   sketch.content += "/X Do ";
                   sketch.objects.push_back(
                       stream("/Type/XObject/Subtype/Image/Width 1/Height 1/BitsPerComponent 8/ColorSpace/DeviceGray"
                              "/F(picture.raw)",
                              ""));
               }),
        {"no-pages",
         "%PDF-1.7\n1 0 obj\n<</Type/Catalog/Pages 2 0 R>>\nendobj\n2 0 obj\n<</Type/Pages/Count 0/Kids[]>>\nendobj\n"
         "trailer\n<</Root 1 0 R>>\n%%EOF\n"},
        varied("no-page-size", [](Sketch& sketch) { sketch.box = "[0 0 0 0]"; }),
        heavy,
        {"mended", with_wrong_start(pdf_of(good_design()))},
        {"one-reader", "\n\n\n\n" + pdf_of(good_design())},
        {"readers-disagree", with_short_content(pdf_of(good_design()))},
    };
}

std::vector<Variant> wrong_sheets() {
    Variant sheets = varied("too-many-sheets", [](Sketch&) {});
    sheets.pdf = file_bytes("tests/data/uploads/pdfium__cropped_text.pdf");
    sheets.zones.carrier.sheets = 3;
    Variant larger = sheets;
    larger.code = "larger-envelope";
    larger.zones.carrier.larger_envelope = "C4";
    larger.zones.carrier.larger_sheets = 90;
    Variant large = varied("file-too-large",
                           [](Sketch& sketch) { sketch.objects.push_back(stream("", std::string(1'100'000, ' '))); });
    large.zones.carrier.megabytes = 1;
    return {
        sheets,
        larger,
        large,
        varied("page-size", [](Sketch& sketch) { sketch.box = "[0 0 612 792]"; }),
        varied("page-orientation", [](Sketch& sketch) { sketch.box = "[0 0 841.89 595.28]"; }),
        varied("page-geometry", [](Sketch& sketch) { sketch.page = "/Rotate 180"; }),
    };
}

std::vector<Variant> occupied_zones() {
    return {
        with_content("address-zone", text_at(25, 60, 10, "Erika")),
        with_content("return-line", text_at(25, 48, 8, "Sender A")),
        with_content("window", "0.5 g " + box(101, 60, 3, 10)),
        with_content("reserved-zone", "0.5 g " + box(30, 86, 40, 2)),
        with_content("sheet-code-zone", "0.5 g " + box(8, 150, 3, 3)),
        with_content("franking-zone", "0.5 g " + box(160, 20, 10, 10)),
        in_zones("stamp-place", "0.5 g " + box(160, 100, 10, 10),
                 [](SheetZones& zones) {
                     zones.zones.push_back({ZoneKind::Stamp, "QR stamp", {{155_mm, 95_mm}, {30_mm, 30_mm}}, 1});
                 }),
        with_content("tinted-zone", "0.95 g " + box(20, 50, 80, 30)),
        with_content("hidden-marks", text_at(25, 60, 10, "Dear A", "1 g")),
        with_content("unprintable-edge", "0.5 g " + box(2, 200, 20, 20)),
        with_content("text-on-fold", text_at(30, 106, 12, "on the fold")),
        varied("blank-page", [](Sketch& sketch) { sketch.content = "1 g " + box(0, 0, 210, 297); }),
    };
}

std::vector<Variant> poor_content() {
    const std::string named = "<</Font<</F 5 0 R/H 7 0 R>>>>";
    const auto in_font = [&](const std::string& font) {
        return [named, font](Sketch& sketch) {
            sketch.resources = named;
            sketch.content += "BT /H 12 Tf 100 300 Td (Hello) Tj ET ";
            sketch.objects.push_back(font);
        };
    };
    return {
        varied("font-not-embedded",
               in_font("<</Type/Font/Subtype/TrueType/BaseFont/Bookman#20Odd/FirstChar 72/LastChar 72"
                       "/Widths[600]/Encoding/WinAnsiEncoding>>")),
        varied("font-unknown", in_font("<</Type/Font/Subtype/TrueType/BaseFont/Wingdings/FirstChar 72/LastChar 72"
                                       "/Widths[600]/Encoding/WinAnsiEncoding>>")),
        varied("standard-font-not-embedded", in_font("<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>")),
        varied("image-resolution",
               [](Sketch& sketch) {
                   sketch.resources = "<</XObject<</X 7 0 R>>/Font<</F 5 0 R>>>>";
                   sketch.content += "q 200 0 0 200 100 200 cm /X Do Q ";
                   sketch.objects.push_back(
                       stream("/Type/XObject/Subtype/Image/Width 20/Height 20/BitsPerComponent 8/ColorSpace/DeviceGray",
                              std::string(400, '\x40')));
               }),
        with_content("rgb-black-text", text_at(30, 150, 12, "RGB", "0 0 0 rg")),
        with_content("total-ink", "1 1 1 0.8 k " + box(100, 200, 30, 30)),
        with_content("hairline", "0 G 0.05 w 100 200 m 300 200 l S "),
        with_content("small-text", text_at(30, 150, 3, "small print")),
        varied("spot-ink",
               [](Sketch& sketch) {
                   sketch.resources = "<</Font<</F 5 0 R>>/ColorSpace<</S[/Separation/Gold/DeviceCMYK 7 0 R]>>>>";
                   sketch.content += "/S cs 1 scn " + box(100, 200, 30, 30);
                   sketch.objects.emplace_back("<</FunctionType 2/Domain[0 1]/C0[0 0 0 0]/C1[0 0.2 0.6 0.2]/N 1>>");
               }),
        with_content("rgb-colour", "1 0 0 rg " + box(100, 200, 30, 30)),
        varied("transparency",
               [](Sketch& sketch) {
                   sketch.resources = "<</Font<</F 5 0 R>>/ExtGState<</G<</ca 0.5>>>>>>";
                   sketch.content += "q /G gs 0 g " + box(100, 200, 30, 30) + "Q ";
               }),
        with_content("invisible-text", "3 Tr " + text_at(30, 150, 12, "scanned") + "0 Tr "),
        with_content("code-on-page", qr_code("https://shop.example/w", 120, 200)),
        with_content("placeholder", text_at(30, 150, 12, "Dear{first}") + text_at(30, 160, 12, "{A}{{B}}")),
        with_content("barcode-on-page", code_128(60, 200)),
    };
}

std::vector<Variant> odd_documents() {
    return {
        varied("print-only-layer",
               [](Sketch& sketch) {
                   sketch.catalog =
                       "/OCProperties<</OCGs[7 0 R]/D<</OFF[7 0 R]/AS[<</Event/Print/Category[/Print]"
                       "/OCGs[7 0 R]>>]>>>>";
                   sketch.objects.emplace_back("<</Type/OCG/Name(Stamp)/Usage<</Print<</PrintState/ON>>>>>>");
               }),
        varied("hidden-layer",
               [](Sketch& sketch) {
                   sketch.catalog = "/OCProperties<</OCGs[7 0 R]/D<</OFF[7 0 R]>>>>";
                   sketch.objects.emplace_back("<</Type/OCG/Name(Draft)>>");
               }),
        varied("form-fields",
               [](Sketch& sketch) {
                   sketch.catalog = "/AcroForm<</Fields[7 0 R]>>";
                   sketch.page = "/Annots[7 0 R]";
                   sketch.objects.emplace_back(
                       "<</Type/Annot/Subtype/Widget/FT/Tx/T(name)/V(x)/F 4/Rect[300 300 400 320]/P 3 0 R>>");
               }),
        varied("output-intent",
               [](Sketch& sketch) {
                   sketch.catalog =
                       "/OutputIntents[<</Type/OutputIntent/S/GTS_PDFX/OutputConditionIdentifier(CGATS21)>>]";
               }),
        varied("annotations",
               [](Sketch& sketch) {
                   sketch.page = "/Annots[7 0 R]";
                   sketch.objects.emplace_back(
                       "<</Type/Annot/Subtype/Text/Contents(note)/Rect[300 300 320 320]/P 3 0 R>>");
               }),
        varied("active-content",
               [](Sketch& sketch) {
                   sketch.catalog = "/OpenAction 7 0 R";
                   sketch.objects.emplace_back("<</Type/Action/S/JavaScript/JS(app.alert\\(1\\))>>");
               }),
        varied("embedded-files",
               [](Sketch& sketch) {
                   sketch.catalog = "/Names<</EmbeddedFiles<</Names[(a.exe) 7 0 R]>>>>";
                   sketch.objects.emplace_back("<</Type/Filespec/F(a.exe)/EF<</F 8 0 R>>>>");
                   sketch.objects.push_back(stream("/Type/EmbeddedFile", "MZ"));
               }),
        varied("signature",
               [](Sketch& sketch) {
                   sketch.catalog = "/AcroForm<</Fields[7 0 R]/SigFlags 3>>";
                   sketch.page = "/Annots[7 0 R]";
                   sketch.objects.emplace_back(
                       "<</Type/Annot/Subtype/Widget/FT/Sig/T(s)/V 8 0 R/Rect[0 0 0 0]/F 4/P 3 0 R>>");
                   sketch.objects.emplace_back("<</Type/Sig/Filter/Adobe.PPKLite/Contents<00>>>");
               }),
    };
}

}  // namespace

SheetZones simple_zones() {
    SheetZones zones;
    zones.profile = "simple";
    zones.sheet = {210_mm, 297_mm};
    zones.window = {{15_mm, 45_mm}, {90_mm, 40_mm}};
    zones.zones = {{ZoneKind::Address, "address zone", {{20_mm, 50_mm}, {80_mm, 30_mm}}, 1},
                   {ZoneKind::ReturnLine, "sender's line", {{15_mm, 45_mm}, {90_mm, 5_mm}}, 1},
                   {ZoneKind::Window, "window beside the address", zones.window, 1},
                   {ZoneKind::Franking, "franking field", {{150_mm, 10_mm}, {50_mm, 30_mm}}, 1},
                   {ZoneKind::Reserved, "reserved zone", {{15_mm, 85_mm}, {90_mm, 5_mm}}, 1},
                   {ZoneKind::SheetCode, "inserter's code", {{6_mm, 145_mm}, {10_mm, 20_mm}}, 0}};
    zones.printable = Margins{5_mm, 5_mm, 5_mm, 5_mm};
    zones.folds = {105_mm, 210_mm};
    zones.press = {"FOGRA39", 3.3, 200, 400, 0.25_pt, 5_pt, 6_pt};
    return zones;
}

/// Its font is of type 3, the only kind that is embedded in a few bytes: every character is a square.
Sketch good_design() {
    Sketch sketch;
    sketch.box = a4;
    sketch.resources = "<</Font<</F 5 0 R>>>>";
    sketch.content = text_at(30, 120, 12, "Hello A") + "0 G 1 w 85 300 m 500 300 l S ";
    std::string names, programs, widths;
    for (char letter = 'A'; letter <= 'z'; ++letter) {
        const std::string name(1, letter <= 'Z' || letter >= 'a' ? letter : 'x');
        names += "/" + name;
        if (letter <= 'Z' || letter >= 'a') programs += "/" + name + " 6 0 R";
        widths += "600 ";
    }
    names += "/braceleft/bar/braceright";
    programs += "/braceleft 6 0 R/bar 6 0 R/braceright 6 0 R";
    widths += "600 600 600";
    sketch.objects = {"<</Type/Font/Subtype/Type3/FontBBox[0 0 600 700]/FontMatrix[0.001 0 0 0.001 0 0]/CharProcs<<" +
                          programs + ">>/Encoding<</Type/Encoding/Differences[65" + names +
                          "]>>/FirstChar 65/LastChar 125/Widths[" + widths + "]/Resources<<>>>>",
                      stream("", "600 0 50 0 550 700 d1 50 0 500 700 re f")};
    return sketch;
}

std::vector<Variant> variants() {
    std::vector<Variant> all;
    for (auto* group : {refused_files, wrong_sheets, occupied_zones, poor_content, odd_documents})
        for (Variant& variant : group()) all.push_back(std::move(variant));
    return all;
}

}  // namespace pli::uploads
