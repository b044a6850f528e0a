#pragma once
#include <fmt/format.h>

#include <fstream>
#include <map>
#include <string>
#include <vector>

#include "fonts/subset.hpp"

namespace pli::fonts {

/// The smallest PDF that shows glyphs of one embedded subset: what other programs are asked to read.
/// Source   ISO 32000-1 §9.7 (Type0 fonts), §9.10.3 (ToUnicode)
class TinyPdf {
public:
    explicit TinyPdf(const Face& face) : face_(face) {}

    /// A line of glyphs, 40 points high.
    void add(const Glyph* glyphs, std::size_t count) {
        for (std::size_t i = 0; i < count; ++i) {
            used_.add(glyphs[i].id);
            shown_ += fmt::format("{:04x}", glyphs[i].id);
        }
    }

    void write(const std::string& path) {
        const std::string name = "AAAAAA+" + face_.postscript_name;
        const std::string kind = face_.cff ? "CIDFontType0" : "CIDFontType2";
        object("<</Type/Catalog/Pages 2 0 R>>");
        object("<</Type/Pages/Kids[3 0 R]/Count 1>>");
        object("<</Type/Page/Parent 2 0 R/MediaBox[0 0 1200 100]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>>");
        stream("", "BT /F 40 Tf 20 40 Td <" + shown_ + "> Tj ET");
        object(fmt::format(
            "<</Type/Font/Subtype/Type0/BaseFont/{}/Encoding/Identity-H/DescendantFonts[6 0 R]/ToUnicode 9 0 R>>",
            name));
        object(fmt::format(
            "<</Type/Font/Subtype/{}/BaseFont/{}/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement "
            "0>>/FontDescriptor 7 0 R/W[{}]{}>>",
            kind, name, widths(), face_.cff ? "" : "/CIDToGIDMap/Identity"));
        object(fmt::format(
            "<</Type/FontDescriptor/FontName/{}/Flags 4/FontBBox[{} {} {} {}]/ItalicAngle {}/Ascent {}/Descent "
            "{}/CapHeight {}/StemV 80/FontFile{} 8 0 R>>",
            name, face_.bbox[0], face_.bbox[1], face_.bbox[2], face_.bbox[3], face_.italic_angle, face_.ascender,
            face_.descender, face_.cap_height, face_.cff ? 3 : 2));
        const std::string program = subset(face_, used_).value();
        stream(face_.cff ? "/Subtype/OpenType" : fmt::format("/Length1 {}", program.size()), program);
        stream("", to_unicode());
        finish(path);
    }

private:
    std::string widths() const {
        std::string w;
        for (const std::uint16_t glyph : used_.sorted())
            w += fmt::format("{}[{}]", glyph, face_.widths[glyph] * 1000.0 / face_.units_per_em);
        return w;
    }
    std::string to_unicode() const {
        std::string map =
            "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /X def /CMapType 2 def\n"
            "1 begincodespacerange <0000> <ffff> endcodespacerange\n";
        for (const auto& [glyph, text] : glyph_texts(face_, used_)) {
            map += fmt::format("1 beginbfchar <{:04x}> <", glyph);
            for (const char32_t c : text)
                map += fmt::format("{:04x}", static_cast<std::uint32_t>(c));  // BMP in these tests
            map += "> endbfchar\n";
        }
        return map + "endcmap end end";
    }
    void object(const std::string& body) {
        offsets_.push_back(file_.size());
        file_ += fmt::format("{} 0 obj\n{}\nendobj\n", offsets_.size(), body);
    }
    void stream(const std::string& entries, const std::string& bytes) {
        object(fmt::format("<</Length {}{}>>\nstream\n", bytes.size(), entries) + bytes + "\nendstream");
    }
    void finish(const std::string& path) {
        const std::size_t table = file_.size();
        file_ += fmt::format("xref\n0 {}\n0000000000 65535 f \n", offsets_.size() + 1);
        for (const std::size_t offset : offsets_) file_ += fmt::format("{:010} 00000 n \n", offset);
        file_ += fmt::format("trailer<</Size {}/Root 1 0 R>>\nstartxref\n{}\n%%EOF\n", offsets_.size() + 1, table);
        std::ofstream(path, std::ios::binary) << file_;
    }

    const Face& face_;
    GlyphSet used_;
    std::string shown_, file_ = "%PDF-1.6\n";
    std::vector<std::size_t> offsets_;
};

}  // namespace pli::fonts
