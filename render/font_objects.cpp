#include "render/font_objects.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <string>
#include <vector>

#include "render/deflate.hpp"
#include "render/operators.hpp"
#include "render/pdf_text.hpp"

namespace pli::render {

namespace {

using Glyphs = std::vector<std::uint16_t>;

/// Six capital letters that tell subsets apart (§9.6.4), from the glyphs: FNV-1a.
std::string subset_tag(const Glyphs& glyphs) {
    std::uint64_t hash = 0xCBF29CE484222325;
    for (const std::uint16_t glyph : glyphs) hash = (hash ^ glyph) * 0x100000001B3;
    std::string tag;
    for (int i = 0; i < 6; ++i, hash /= 26) tag += static_cast<char>('A' + hash % 26);
    return tag;
}

/// Design units to thousandths of an em.
std::string em(const fonts::Face& face, int design_units) {
    return std::to_string((design_units * 1000 + (design_units < 0 ? -1 : 1) * face.units_per_em / 2) /
                          face.units_per_em);
}

/// Widths with three decimals: whole thousandths would be off by up to 0.5 a glyph and need TJ adjustments.
std::string widths(const fonts::Face& face, const Glyphs& glyphs) {
    std::string out;
    for (std::size_t i = 0; i < glyphs.size(); ++i) {
        const bool follows = i > 0 && glyphs[i] == glyphs[i - 1] + 1;
        if (!follows) out += fmt::format("{}{}[", i > 0 ? "]" : "", glyphs[i]);
        if (follows) out += ' ';
        const std::int64_t millionths = std::int64_t{face.widths[glyphs[i]]} * 2'000'000 / face.units_per_em;
        char digits[24];
        out.append(digits, put_decimal(digits, (millionths + 1) / 2, 3));
    }
    return glyphs.empty() ? out : out + "]";
}

void append_mapping(std::string& out, std::uint16_t glyph, const std::u32string& text) {
    out += fmt::format("<{:04X}><", glyph);
    for (const char32_t character : text) append_utf16_hex(out, character);
    out += ">\n";
}

std::string to_unicode(const std::map<std::uint16_t, std::u32string>& texts) {
    std::string out =
        "/CIDInit/ProcSet findresource begin 12 dict begin begincmap\n"
        "/CIDSystemInfo<</Registry(Adobe)/Ordering(UCS)/Supplement 0>>def\n"
        "/CMapName/Adobe-Identity-UCS def/CMapType 2 def\n"
        "1 begincodespacerange<0000><FFFF>endcodespacerange\n";
    constexpr std::size_t most_in_a_block = 100;  // a limit of the CMap format
    auto next = texts.begin();
    for (std::size_t left = texts.size(); left != 0;) {
        const std::size_t count = std::min(left, most_in_a_block);
        out += std::to_string(count) + " beginbfchar\n";
        for (std::size_t i = 0; i < count; ++i, ++next) append_mapping(out, next->first, next->second);
        out += "endbfchar\n";
        left -= count;
    }
    return out + "endcmap CMapName currentdict/CMap defineresource pop end end";
}

ObjectId write_program(PdfFile& file, const fonts::Face& face, const std::string& program) {
    std::string entries = face.cff ? "/Subtype/OpenType" : "/Length1 " + std::to_string(program.size());
    return file.add_stream(entries + "/Filter/FlateDecode", deflate_once(program));
}

ObjectId write_descriptor(PdfFile& file, const fonts::Face& face, const std::string& name, ObjectId program) {
    constexpr int symbolic = 4;  // glyph ids are no standard Latin set
    constexpr int italic = 64;
    std::string body = "<</Type/FontDescriptor/FontName" + name;
    body += "/Flags " + std::to_string(symbolic | (face.italic_angle != 0 ? italic : 0)) + "/FontBBox[";
    for (const int edge : face.bbox) body += em(face, edge) + " ";
    body.back() = ']';
    body += "/ItalicAngle " + std::to_string(face.italic_angle) + "/Ascent " + em(face, face.ascender);
    body += "/Descent " + em(face, face.descender) + "/CapHeight " + em(face, face.cap_height);
    body += "/StemV 80/";  // required, used by no reader when the font is embedded
    body += face.cff ? "FontFile3 " : "FontFile2 ";
    return file.add(body + program.reference() + ">>");
}

ObjectId write_descendant(PdfFile& file, const fonts::Face& face, const std::string& name, const std::string& rest) {
    const std::string kind = face.cff ? "/CIDFontType0" : "/CIDFontType2/CIDToGIDMap/Identity";
    return file.add("<</Type/Font/Subtype" + kind + "/BaseFont" + name +
                    "/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>" + rest + ">>");
}

}  // namespace

Result<ObjectId> write_font(PdfFile& file, const fonts::Face& face, const fonts::GlyphSet& glyphs) {
    const Glyphs ids = glyphs.sorted();
    const std::string tag = face.whole ? "" : subset_tag(ids) + "+";
    const std::string name = name_object(tag + face.postscript_name);
    const ObjectId program = write_program(file, face, TRY(fonts::subset(face, glyphs)));
    const ObjectId descriptor = write_descriptor(file, face, name, program);
    const ObjectId descendant = write_descendant(
        file, face, name, "/FontDescriptor " + descriptor.reference() + "/W[" + widths(face, ids) + "]");
    const ObjectId unicode =
        file.add_stream("/Filter/FlateDecode", deflate_once(to_unicode(fonts::glyph_texts(face, glyphs))));
    return file.add("<</Type/Font/Subtype/Type0/BaseFont" + name + "/Encoding/Identity-H/DescendantFonts[" +
                    descendant.reference() + "]/ToUnicode " + unicode.reference() + ">>");
}

}  // namespace pli::render
