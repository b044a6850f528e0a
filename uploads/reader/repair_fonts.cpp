#include "uploads/reader/repair_fonts.hpp"

#include <fmt/format.h>

#include <cmath>
#include <map>
#include <sstream>

#include "uploads/reader/embedded_fonts.hpp"
#include "uploads/reader/encodings.hpp"
#include "uploads/reader/font_objects.hpp"
#include "uploads/reader/glyph_names.hpp"
#include "uploads/reader/nearest_faces.hpp"
#include "uploads/reader/pdf_values.hpp"
#include "uploads/reader/substitutes.hpp"
#include "uploads/reader/used_codes.hpp"

namespace pli::uploads_reader {
const std::vector<std::string_view>& sign_names_text();
}  // namespace pli::uploads_reader

namespace pli::uploads::reader {
namespace {

/// What a code of a font means: a glyph's name where the PDF gives one, and a character.
struct Meaning {
    std::string name;
    char32_t character = 0;
};
using Meanings = std::array<Meaning, 256>;

char32_t character_named(const std::string& name) {
    const std::u16string text = utf16_of(text_of_glyph_name(name));
    return text.size() == 1 ? text.front() : 0;
}

const Encoding& base_encoding(QPDFObjectHandle font, const FontFamily& family) {
    const auto given = entry(font, "/Encoding");
    const std::string named = is_name(given) ? QPDFObjectHandle(given).getName() : name_in(given, "/BaseEncoding");
    const Encoding* known = family.symbolic ? encoding_named(family.encoding) : encoding_named(named);
    const bool windows = name_in(font, "/Subtype") == "/TrueType";
    return known != nullptr ? *known : *encoding_named(windows ? "/WinAnsiEncoding" : "/StandardEncoding");
}

/// The names in the encodings that Symbol and ZapfDingbats have themselves: their faces know signs by name alone.
/// Source   ISO 32000-1 Annex D.5, D.6
void name_signs(Meanings& meanings, std::string_view encoding) {
    std::istringstream lines{std::string(uploads_reader::sign_names_text().front())};
    std::string font, name;
    for (unsigned code = 0; lines >> font >> std::hex >> code >> name;)
        if ("/" + font == encoding && code < meanings.size()) meanings[code].name = name;
}

/// Source   ISO 32000-1 §9.6.6
Meanings meanings_of(QPDFObjectHandle font, const FontFamily& family) {
    Meanings meanings;
    const Encoding& base = base_encoding(font, family);
    for (std::size_t code = 0; code < meanings.size(); ++code) meanings[code].character = base[code];
    name_signs(meanings, family.encoding);
    std::size_t code = 0;
    for (auto& item : items_in(entry(font, "/Encoding"), "/Differences")) {
        if (item.isInteger()) code = static_cast<std::size_t>(item.getIntValue());
        if (!item.isName() || code >= meanings.size()) continue;
        const std::string name = item.getName().substr(1);
        meanings[code++] = {name, character_named(name)};
    }
    return meanings;
}

/// In thousandths of the size; nothing where the PDF leaves all widths to the reader.
std::optional<double> stated_width(QPDFObjectHandle font, std::size_t code) {
    const auto widths = items_in(font, "/Widths");
    const auto first = static_cast<std::size_t>(number_in(font, "/FirstChar", 0));
    if (code >= first && code - first < widths.size()) return number_of(widths[code - first]);
    if (widths.empty()) return std::nullopt;
    return number_in(entry(font, "/FontDescriptor"), "/MissingWidth", 0);
}

/// Signs that Unicode has twice: as Greek letters, and as what mathematicians write with them.
char32_t twin_of(char32_t character) {
    constexpr std::array<std::array<char32_t, 2>, 4> twins{
        {{0xB5, 0x3BC}, {0x2126, 0x3A9}, {0x2206, 0x394}, {0xAD, 0x2D}}};
    for (const auto& [a, b] : twins)
        if (character == a || character == b) return character == a ? b : a;
    return 0;
}

std::optional<std::uint16_t> glyph_for(const SubstituteFace& face, const Meaning& meaning) {
    if (face.is_cff())
        if (const auto named = face.glyph_named(meaning.name)) return named;
    if (const auto glyph = face.glyph_of(meaning.character)) return glyph;
    return face.glyph_of(twin_of(meaning.character));
}

/// How a face would do for the codes that a font is used with.
struct Fit {
    std::map<std::uint8_t, std::uint16_t> glyphs;
    int missing = 0, of_other_width = 0, codes = 0;
    bool good() const { return missing == 0 && of_other_width == 0; }
};

struct Wanted {
    QPDFObjectHandle font;
    FontFamily family;
    Meanings meanings;
    Codes codes;
};

Fit fit_of(const SubstituteFace& face, const Wanted& wanted) {
    Fit fit;
    for (std::size_t code = 0; code < wanted.codes.size(); ++code) {
        const Meaning& meaning = wanted.meanings[code];
        const bool means_something = !meaning.name.empty() || meaning.character != 0;
        if (!wanted.codes.test(code) || !means_something || meaning.name == ".notdef") continue;
        ++fit.codes;
        const auto glyph = glyph_for(face, meaning);
        const auto stated = stated_width(wanted.font, code);
        if (!glyph)
            ++fit.missing;
        else if (stated && std::abs(*stated - face.width(*glyph)) > 1 && face.draws(*glyph))
            ++fit.of_other_width;  // a space may be as wide as it likes
        else
            fit.glyphs[static_cast<std::uint8_t>(code)] = *glyph;
    }
    return fit;
}

std::string subset_tag(const SubstituteFace& face, const Fit& fit) {
    SubsetTag tag;
    tag.add(face.name());
    for (const auto& [code, glyph] : fit.glyphs) tag.add(code * std::uint64_t{65536} + glyph);
    return tag.letters();
}

/// A CFF font is asked for glyphs by the names it has itself; TrueType by characters, through the names of the PDF.
void set_encoding(QPDFObjectHandle font, const SubstituteFace& face, const Fit& fit) {
    if (!face.is_cff()) {
        const bool windows = name_in(font, "/Subtype") == "/TrueType";
        if (!font.hasKey("/Encoding"))
            font.replaceKey("/Encoding", QPDFObjectHandle::newName(windows ? "/WinAnsiEncoding" : "/StandardEncoding"));
        return;
    }
    auto differences = QPDFObjectHandle::newArray();
    int next = -1;
    for (const auto& [code, glyph] : fit.glyphs) {
        if (code != next) differences.appendItem(QPDFObjectHandle::newInteger(code));
        differences.appendItem(QPDFObjectHandle::newName("/" + face.name_of_glyph(glyph)));
        next = code + 1;
    }
    auto encoding = QPDFObjectHandle::newDictionary();
    encoding.replaceKey("/Type", QPDFObjectHandle::newName("/Encoding"));
    encoding.replaceKey("/Differences", differences);
    font.replaceKey("/Encoding", encoding);
}

/// What the PDF says stays; characters it says nothing of get the width of the face.
void set_widths(QPDFObjectHandle font, const SubstituteFace& face, const Fit& fit) {
    if (fit.glyphs.empty()) return;
    const int first = fit.glyphs.begin()->first, last = fit.glyphs.rbegin()->first;
    auto widths = QPDFObjectHandle::newArray();
    for (int code = first; code <= last; ++code) {
        const auto stated = stated_width(font, static_cast<std::size_t>(code));
        const auto glyph = fit.glyphs.find(static_cast<std::uint8_t>(code));
        const double own = glyph == fit.glyphs.end() ? 0 : face.width(glyph->second);
        widths.appendItem(thousandths(stated.value_or(own)));
    }
    font.replaceKey("/FirstChar", QPDFObjectHandle::newInteger(first));
    font.replaceKey("/LastChar", QPDFObjectHandle::newInteger(last));
    font.replaceKey("/Widths", widths);
}

void set_to_unicode(QPDF& pdf, QPDFObjectHandle font, const Wanted& wanted, const Fit& fit) {
    if (font.hasKey("/ToUnicode")) return;
    std::vector<std::pair<std::uint8_t, std::u16string>> texts;
    for (const auto& [code, glyph] : fit.glyphs)
        if (const char32_t character = wanted.meanings[code].character; character != 0)
            texts.emplace_back(code, std::u16string(1, static_cast<char16_t>(character)));
    font.replaceKey("/ToUnicode", QPDFObjectHandle::newStream(&pdf, to_unicode_map(texts)));
}

Done embed(const RepairDesk& desk, const Wanted& wanted, const SubstituteFace& face, const Fit& fit) {
    QPDFObjectHandle font = wanted.font;
    std::vector<std::uint16_t> glyphs;
    std::vector<char32_t> characters;
    for (const auto& [code, glyph] : fit.glyphs) {
        glyphs.push_back(glyph);
        characters.push_back(wanted.meanings[code].character);
    }
    auto program = QPDFObjectHandle::newStream(&desk.pdf, TRY(face.subset(glyphs, characters)));
    const std::string was = font_name(font), name = "/" + subset_tag(face, fit) + "+" + face.name();
    const FontFamily& family = wanted.family;
    auto descriptor = font_descriptor(face.metrics(),
                                      {family.fixed, family.serif, family.symbolic, family.italic, family.bold}, name);
    descriptor.replaceKey(face.is_cff() ? "/FontFile3" : "/FontFile2", program);
    if (face.is_cff()) program.getDict().replaceKey("/Subtype", QPDFObjectHandle::newName("/Type1C"));
    set_to_unicode(desk.pdf, font, wanted, fit);
    set_encoding(font, face, fit);
    set_widths(font, face, fit);
    font.replaceKey("/Subtype", QPDFObjectHandle::newName(face.is_cff() ? "/Type1" : "/TrueType"));
    font.replaceKey("/BaseFont", QPDFObjectHandle::newName(name));
    font.replaceKey("/FontDescriptor", desk.pdf.makeIndirectObject(descriptor));
    desk.tell(EmbedFonts{}, 0,
              fmt::format("{} is set in {}, {} characters, widths as before", was, face.name(), fit.codes));
    return {};
}

/// Sets it in the first face that fits; else says why the likeliest does not.
Result<std::string> substitute(const RepairDesk& desk, const Wanted& wanted) {
    std::string why;
    for (const std::string& file : wanted.family.files) {
        const SubstituteFace face = TRY(SubstituteFace::open(file));
        const Fit fit = fit_of(face, wanted);
        if (fit.good()) {
            TRY(embed(desk, wanted, face, fit));
            return std::string();
        }
        if (why.empty())
            why = fmt::format("{} of its {} characters are of another width in the PDF, {} have no glyph",
                              fit.of_other_width, fit.codes, fit.missing);
    }
    return font_name(wanted.font) + " (" + why + ")";
}

std::string joined(const std::vector<std::string>& names) {
    std::string all;
    for (const auto& name : names) all += (all.empty() ? "" : ", ") + name;
    return all;
}

}  // namespace

Done embed_fonts(const RepairDesk& desk, const EmbedFonts& wanted) {
    const auto used = used_codes(desk.pdf);
    for (const auto& name : drop_unused_fonts(desk.pdf, used))
        desk.tell(wanted, 0, name + " is named but never used, and was taken out");
    std::vector<QPDFObjectHandle> left;
    std::vector<std::string> failed;
    for (const auto& [number, codes] : used) {
        auto font = desk.pdf.getObjectByObjGen(number);
        if (is_embedded(font)) continue;
        const auto family = family_named(name_in(font, "/BaseFont"));
        const bool simple = items_in(font, "/DescendantFonts").empty();
        const std::string why = family && simple
                                    ? TRY(substitute(desk, {font, *family, meanings_of(font, *family), codes}))
                                    : font_name(font) + (family ? " (as a composite font)" : "");
        if (!why.empty()) left.push_back(font), failed.push_back(why);
    }
    if (!wanted.exact) failed = TRY(set_in_nearest_faces(desk, left));
    if (failed.empty()) return {};
    return failure(Fault::Unsupported, "font-unknown",
                   fmt::format("these fonts are not embedded, and no {} stands in for them: {}",
                               wanted.exact ? "face of the same widths" : "face", joined(failed)),
                   "embed all fonts when you export, or turn the text into outlines");
}

}  // namespace pli::uploads::reader
