#include "render/font_objects.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "fonts/glyph_texts.hpp"
#include "fonts/mixed_codes.hpp"
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

/// Entries of a CMap in blocks of at most a hundred, a limit of the format.
void append_blocks(std::string& out, std::string_view kind, const std::vector<std::string>& entries) {
    constexpr std::size_t most_in_a_block = 100;
    for (std::size_t first = 0; first < entries.size(); first += most_in_a_block) {
        const std::size_t count = std::min(entries.size() - first, most_in_a_block);
        out += fmt::format("{} begin{}\n", count, kind);
        for (std::size_t i = 0; i < count; ++i) out += entries[first + i];
        out += fmt::format("end{}\n", kind);
    }
}

constexpr std::string_view cmap_start = "/CIDInit/ProcSet findresource begin 12 dict begin begincmap\n";
constexpr std::string_view cmap_end = "endcmap CMapName currentdict/CMap defineresource pop end end";

constexpr std::string_view mixed_codespace = "2 begincodespacerange<20><FF><0000><1FFF>";

/// How one of the two fonts of a face codes its glyphs.
struct CodedGlyph {
    std::uint16_t glyph;
    std::string code;  // hexadecimal
};
using CodedGlyphs = std::vector<CodedGlyph>;

std::string to_unicode(const CodedGlyphs& glyphs, const fonts::GlyphTexts& texts, std::string_view codespace) {
    std::vector<std::string> entries;
    for (const auto& [glyph, code] : glyphs) {
        const std::u32string_view text = texts.of(glyph);
        if (text.empty()) continue;
        std::string entry = "<" + code + "><";
        for (const char32_t character : text) append_utf16_hex(entry, character);
        entries.push_back(entry + ">\n");
    }
    std::string out(cmap_start);
    out +=
        "/CIDSystemInfo<</Registry(Adobe)/Ordering(UCS)/Supplement 0>>def\n"
        "/CMapName/Adobe-Identity-UCS def/CMapType 2 def\n";
    out += fmt::format("{}endcodespacerange\n", codespace);
    append_blocks(out, "bfchar", entries);
    return out += cmap_end;
}

constexpr std::string_view system_info = "/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>";

/// The encoding of the font with codes of one or two bytes.
ObjectId write_encoding(PdfFile& file, const CodedGlyphs& glyphs, const std::string& name) {
    std::vector<std::string> entries;
    for (const auto& [glyph, code] : glyphs) entries.push_back(fmt::format("<{}>{}\n", code, glyph));
    std::string cmap(cmap_start);
    cmap += fmt::format("{}def\n/CMapName{} def/CMapType 1 def/WMode 0 def\n", system_info, name);
    cmap += fmt::format("{}endcodespacerange\n", mixed_codespace);
    append_blocks(cmap, "cidchar", entries);
    cmap += cmap_end;
    return file.add_stream(fmt::format("/Type/CMap/CMapName{}{}/WMode 0/Filter/FlateDecode", name, system_info),
                           deflate_once(cmap));
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
    return file.add("<</Type/Font/Subtype" + kind + "/BaseFont" + name + std::string(system_info) + rest + ">>");
}

/// The fonts of one face: what they have in common, and one Type 0 font for each way of coding.
class FontWriter {
public:
    FontWriter(PdfFile& file, const fonts::GlyphTexts& texts, std::string name, ObjectId descendant)
        : file_(file), texts_(texts), name_(std::move(name)), descendant_(descendant) {}

    std::optional<ObjectId> by_code(const CodedGlyphs& glyphs) {
        if (glyphs.empty()) return {};
        return write(write_encoding(file_, glyphs, name_ + "-Codes").reference(), glyphs, mixed_codespace);
    }
    std::optional<ObjectId> by_glyph_id(const CodedGlyphs& glyphs) {
        if (glyphs.empty()) return {};
        return write("/Identity-H", glyphs, "1 begincodespacerange<0000><FFFF>");
    }

private:
    ObjectId write(const std::string& encoding, const CodedGlyphs& glyphs, std::string_view codespace) {
        const ObjectId unicode =
            file_.add_stream("/Filter/FlateDecode", deflate_once(to_unicode(glyphs, texts_, codespace)));
        return file_.add("<</Type/Font/Subtype/Type0/BaseFont" + name_ + "/Encoding " + encoding + "/DescendantFonts[" +
                         descendant_.reference() + "]/ToUnicode " + unicode.reference() + ">>");
    }

    PdfFile& file_;
    const fonts::GlyphTexts& texts_;
    std::string name_;
    ObjectId descendant_;
};

}  // namespace

Result<FontObjects> write_font(PdfFile& file, const fonts::FontSet& fonts, FaceId id, const fonts::GlyphSet& glyphs) {
    const fonts::Face& face = fonts.face(id);
    const fonts::MixedCodes& codes = fonts.codes_of(id);
    const Glyphs ids = glyphs.sorted();
    const std::string tag = face.whole ? "" : subset_tag(ids) + "+";
    const std::string name = name_object(tag + face.postscript_name);
    const ObjectId program = write_program(file, face, TRY(fonts::subset(face, glyphs)));
    const ObjectId descriptor = write_descriptor(file, face, name, program);
    const ObjectId descendant = write_descendant(
        file, face, name, "/FontDescriptor " + descriptor.reference() + "/W[" + widths(face, ids) + "]");
    CodedGlyphs coded, others;
    for (const std::uint16_t glyph : ids) {
        const std::uint16_t code = codes.of(glyph);
        if (code == fonts::MixedCodes::none)
            others.push_back({glyph, fmt::format("{:04X}", glyph)});
        else
            coded.push_back({glyph, fmt::format("{:0{}X}", code, code < fonts::MixedCodes::two_bytes ? 2 : 4)});
    }
    FontWriter writer(file, fonts.texts_of(id), name, descendant);
    FontObjects out;
    out.by_code = writer.by_code(coded);
    out.by_glyph_id = writer.by_glyph_id(others);
    return out;
}

}  // namespace pli::render
