#include "uploads/reader/page_font.hpp"

#include <algorithm>

#include "uploads/reader/encodings.hpp"
#include "uploads/reader/glyph_names.hpp"
#include "uploads/reader/pdf_values.hpp"
#include "uploads/reader/stand_ins.hpp"

namespace pli::uploads::reader {
namespace {

constexpr std::size_t most_fonts = 1000;

bool is_subset(std::string_view name) {
    return name.size() > 7 && name[6] == '+' &&
           std::all_of(name.begin(), name.begin() + 6, [](char c) { return c >= 'A' && c <= 'Z'; });
}

FontKind kind_of(std::string_view subtype) {
    if (subtype == "/Type1" || subtype == "/MMType1") return FontKind::Type1;
    if (subtype == "/TrueType") return FontKind::TrueType;
    if (subtype == "/Type3") return FontKind::Type3;
    if (subtype == "/CIDFontType0") return FontKind::CidType1;
    return subtype == "/CIDFontType2" ? FontKind::CidTrueType : FontKind::Unknown;
}

/// Where the descriptor does not say it, the name does: "Fira-SemiBold".
std::uint16_t weight_in(std::string_view name) {
    struct Word {
        std::string_view word;
        std::uint16_t weight;
    };
    constexpr std::array<Word, 12> words{{{"Thin", 100},
                                          {"ExtraLight", 200},
                                          {"UltraLight", 200},
                                          {"Light", 300},
                                          {"Medium", 500},
                                          {"SemiBold", 600},
                                          {"Semibold", 600},
                                          {"DemiBold", 600},
                                          {"ExtraBold", 800},
                                          {"Black", 900},
                                          {"Heavy", 900},
                                          {"Bold", 700}}};
    for (const auto& [word, weight] : words)
        if (name.find(word) != name.npos) return weight;
    return 400;
}

bool says_italic(std::string_view name) {
    return name.find("Italic") != name.npos || name.find("Oblique") != name.npos;
}

std::string utf8_of(char16_t character) {
    std::string text;
    if (character != 0) append_utf8(text, character);
    return text;
}

/// Ligatures of the base encodings stand in Unicode's compatibility block; readers search for the letters.
std::string letters_of(char16_t character) {
    if (character == 0xFB01) return "fi";
    if (character == 0xFB02) return "fl";
    return utf8_of(character);
}

}  // namespace

PageFont::PageFont(const QPDFObjectHandle& dictionary, std::string_view map) : dictionary_(dictionary) {
    composite_ = name_in(dictionary, "/Subtype") == "/Type0";
    std::string name = name_in(dictionary, "/BaseFont");
    if (name.empty()) name = name_in(dictionary, "/Name");
    if (name.starts_with('/')) name.erase(0, 1);
    fact_.subset = is_subset(name);
    fact_.name = utf8_or_escaped(fact_.subset ? name.substr(7) : name);
    fact_.kind = kind_of(name_in(dictionary, "/Subtype"));
    fact_.weight = weight_in(fact_.name);
    fact_.italic = says_italic(fact_.name);
    if (const auto stream = entry(dictionary, "/ToUnicode"); is_stream(stream)) {
        to_unicode_ = CharacterMap::read(decoded_bytes(stream));
        fact_.to_unicode = to_unicode_.says_text();
    }
    if (composite_)
        read_composite(map);
    else
        read_simple();
    if (!fact_.embedded) fact_.stand_in = stand_in_for(dictionary);
}

void PageFont::read_descriptor(const QPDFObjectHandle& descriptor) {
    const auto flags = static_cast<unsigned>(number_in(descriptor, "/Flags", 0));
    fact_.fixed_pitch = (flags & 1) != 0;
    fact_.serif = (flags & 2) != 0;
    fact_.italic = fact_.italic || (flags & 64) != 0;
    if (flags & (1u << 18)) fact_.weight = std::max<std::uint16_t>(fact_.weight, 700);
    const double weight = number_in(descriptor, "/FontWeight", 0);
    if (weight >= 100 && weight <= 900 && fact_.weight == 400) fact_.weight = static_cast<std::uint16_t>(weight);
    const double ascent = number_in(descriptor, "/Ascent", 0) / 1000;
    const double descent = -std::abs(number_in(descriptor, "/Descent", 0)) / 1000;
    if (ascent > 0.3 && ascent < 1.5) ascent_ = ascent;
    if (descent < -0.05 && descent > -0.7) descent_ = descent;
    missing_width_ = number_in(descriptor, "/MissingWidth", 0) / 1000;
    read_program(descriptor);
}

void PageFont::read_program(const QPDFObjectHandle& descriptor) {
    const auto type1 = entry(descriptor, "/FontFile"), true_type = entry(descriptor, "/FontFile2");
    fact_.embedded = is_stream(type1) || is_stream(true_type) || is_stream(entry(descriptor, "/FontFile3"));
    if (fact_.to_unicode) return;  // no need to open it
    if (is_stream(type1)) program_ = FontProgram::type1(decoded_bytes(type1));
    if (is_stream(true_type)) program_ = FontProgram::true_type(decoded_bytes(true_type));
}

void PageFont::read_simple() {
    if (fact_.kind == FontKind::Type3) {
        read_type3();
    } else {
        const auto descriptor = entry(dictionary_, "/FontDescriptor");
        read_descriptor(descriptor);
        if (!fact_.embedded) standard_ = standard_font(fact_.name);
        fact_.standard_14 = !standard_.empty();
        if (!is_dictionary(descriptor) && fact_.standard_14) {
            fact_.serif = standard_.starts_with("Times");
            fact_.fixed_pitch = standard_.starts_with("Courier");
        }
    }
    read_encoding(entry(dictionary_, "/Encoding"));
    read_simple_widths();
}

void PageFont::read_type3() {
    const Matrix matrix = matrix_from(entry(dictionary_, "/FontMatrix"));
    fact_.embedded = true;
    em_ = matrix.x_scale() * 1000;  // widths are in glyph space, not in thousandths
    const auto box = entry(dictionary_, "/FontBBox");
    if (!is_rectangle(box)) return;
    const auto bounds = QPDFObjectHandle(box).getArrayAsRectangle();
    const double low = std::min(bounds.lly * matrix.d, bounds.ury * matrix.d);
    const double high = std::max(bounds.lly * matrix.d, bounds.ury * matrix.d);
    if (high > low && high < 10 && low > -10) ascent_ = std::max(high, 0.1), descent_ = low;
}

void PageFont::read_encoding(const QPDFObjectHandle& encoding) {
    std::string base = is_name(encoding) ? QPDFObjectHandle(encoding).getName() : name_in(encoding, "/BaseEncoding");
    if (standard_ == "Symbol/" || standard_ == "ZapfDingbats/")
        base = standard_ == "Symbol/" ? "/Symbol" : "/ZapfDingbats";
    const Encoding* table = encoding_named(base);
    const bool own = table == nullptr && fact_.embedded;  // the font's own, where it can be read
    if (table == nullptr)
        table = encoding_named(fact_.kind == FontKind::TrueType ? "/WinAnsiEncoding" : "/StandardEncoding");
    for (unsigned code = 0; code < 256; ++code) {
        auto& character = simple_[code];
        character.code = code;
        character.word_space = code == 32;
        if (own) character.text = program_.text_of_code(static_cast<std::uint8_t>(code));
        if (character.text.empty() && fact_.kind != FontKind::Type3) character.text = letters_of((*table)[code]);
        // Widths of the standard fonts go by character.
        character.width =
            standard_.empty() ? 0 : standard_width(standard_, static_cast<std::uint8_t>(code), (*table)[code]) / 1000;
    }
    unsigned code = 0;
    for (const auto& item : items_in(encoding, "/Differences")) {
        if (is_number(item)) code = static_cast<unsigned>(std::clamp(number_of(item), 0.0, 256.0));
        if (!is_name(item) || code > 255) continue;
        std::string text = text_of_glyph_name(QPDFObjectHandle(item).getName());
        if (!standard_.empty() && !text.empty()) {
            const std::u16string units = utf16_of(text);
            const double width =
                standard_width(standard_, static_cast<std::uint8_t>(code), units.empty() ? u'\0' : units[0]);
            if (width > 0) simple_[code].width = width / 1000;
        }
        simple_[code++].text = std::move(text);
    }
    for (auto& character : simple_) {
        if (const auto told = to_unicode_.text_of(character.code); told && !told->empty()) character.text = *told;
        character.known = !character.text.empty();
    }
}

void PageFont::read_simple_widths() {
    const auto widths = items_in(dictionary_, "/Widths");
    const double first = number_in(dictionary_, "/FirstChar", 0);
    if (widths.empty() && !standard_.empty()) return;
    const double unit = fact_.kind == FontKind::Type3 ? em_ / 1000 : 0.001;
    for (unsigned code = 0; code < 256; ++code) {
        const double at = code - first;
        const bool listed = at >= 0 && at < static_cast<double>(widths.size());
        const QPDFObjectHandle value = listed ? widths[static_cast<std::size_t>(at)] : QPDFObjectHandle::newNull();
        simple_[code].width = is_number(value) ? number_of(value) * unit : missing_width_;
    }
}

void PageFont::read_composite(std::string_view map) {
    const auto descendants = items_in(dictionary_, "/DescendantFonts");
    const QPDFObjectHandle font = descendants.empty() ? QPDFObjectHandle::newNull() : descendants[0];
    fact_.kind = kind_of(name_in(font, "/Subtype"));
    read_descriptor(entry(font, "/FontDescriptor"));
    const auto encoding = entry(dictionary_, "/Encoding");
    if (is_stream(encoding))
        map_ = CharacterMap::read(decoded_bytes(encoding));
    else if (!map.empty())
        map_ = CharacterMap::read(map);
    else
        map_ = CharacterMap::named(is_name(encoding) ? QPDFObjectHandle(encoding).getName() : "/Identity-H");
    default_width_ = number_in(font, "/DW", 1000) / 1000;
    read_composite_widths(entry(font, "/W"));
    if (const auto stream = entry(font, "/CIDToGIDMap"); is_stream(stream) && !fact_.to_unicode) {
        const std::string bytes = decoded_bytes(stream);
        for (std::size_t at = 0; at + 1 < bytes.size() && at < 131'072; at += 2)
            glyph_of_cid_.push_back(static_cast<std::uint16_t>(static_cast<unsigned char>(bytes[at]) << 8 |
                                                               static_cast<unsigned char>(bytes[at + 1])));
    }
}

void PageFont::read_composite_widths(const QPDFObjectHandle& widths) {
    const auto items = items_of(widths);
    const auto glyph = [](double number) { return static_cast<std::uint32_t>(std::clamp(number, 0.0, 65535.0)); };
    for (std::size_t i = 0; i + 1 < items.size() && runs_.size() < 70'000;) {
        const std::uint32_t first = glyph(number_of(items[i]));
        if (const auto list = items_of(items[i + 1]); QPDFObjectHandle(items[i + 1]).isArray()) {
            for (std::uint32_t k = 0; k < list.size(); ++k)
                runs_.push_back({first + k, first + k, number_of(list[k]) / 1000});
            i += 2;
        } else if (i + 2 < items.size()) {
            runs_.push_back({first, glyph(number_of(items[i + 1])), number_of(items[i + 2]) / 1000});
            i += 3;
        } else {
            break;
        }
    }
    std::ranges::stable_sort(runs_, {}, &Run::low);
}

double PageFont::composite_width(std::uint32_t glyph) const {
    const auto after = std::ranges::upper_bound(runs_, glyph, {}, &Run::low);
    if (after == runs_.begin() || std::prev(after)->high < glyph) return default_width_;
    return std::prev(after)->width;
}

std::string PageFont::composite_text(std::uint32_t code, std::uint32_t glyph) const {
    if (auto told = to_unicode_.text_of(code); told && !told->empty()) return *std::move(told);
    if (auto told = map_.text_of(code)) return *std::move(told);
    if (!glyph_of_cid_.empty()) glyph = glyph < glyph_of_cid_.size() ? glyph_of_cid_[glyph] : 0;
    return program_.text_of_glyph(glyph);
}

Character PageFont::first_of(std::string_view bytes) const {
    if (!composite_) return simple_[static_cast<unsigned char>(bytes[0])];
    Character character;
    character.bytes = static_cast<std::uint8_t>(map_.code_length(bytes));
    for (std::size_t i = 0; i < character.bytes; ++i)
        character.code = character.code << 8 | static_cast<unsigned char>(bytes[i]);
    character.glyph = map_.glyph_of(character.code).value_or(0);
    character.width = composite_width(character.glyph);
    character.text = composite_text(character.code, character.glyph);
    character.known = !character.text.empty();
    character.word_space = character.bytes == 1 && character.code == 32;
    return character;
}

const PageFont* FontBook::font(const QPDFObjectHandle& dictionary) {
    if (!is_dictionary(dictionary)) return nullptr;
    const bool indirect = QPDFObjectHandle(dictionary).isIndirect();
    if (indirect)
        if (const auto known = fonts_.find(dictionary.getObjGen()); known != fonts_.end()) return known->second.get();
    if (document_.fonts.size() >= most_fonts) {
        document_.truncated = true;
        return nullptr;
    }
    auto font = std::make_unique<PageFont>(dictionary);
    font->index = static_cast<std::uint16_t>(document_.fonts.size());
    document_.fonts.push_back(font->fact());
    const PageFont* const read = font.get();
    if (indirect)
        fonts_[dictionary.getObjGen()] = std::move(font);
    else
        direct_.push_back(std::move(font));
    return read;
}

}  // namespace pli::uploads::reader
