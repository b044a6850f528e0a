#include "preflight/fonts.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

#include "preflight/streams.hpp"

namespace pli::preflight {
namespace {

constexpr std::size_t cid_count = 65536;

struct Embedded {
    Object stream = Object::newNull();
    std::string key;
};

Embedded embedded_program(Object descriptor) {
    for (const char* key : {"/FontFile", "/FontFile2", "/FontFile3"})
        if (Object stream = entry(descriptor, key); stream.isStream()) return {stream, key};
    return {};
}

bool right_format(const Embedded& embedded, FontFormat format) {
    if (embedded.key == "/FontFile") return format == FontFormat::Type1;
    if (embedded.key == "/FontFile2") return format == FontFormat::TrueType;
    if (is_name(entry(embedded.stream, "/Subtype"), "/OpenType"))
        return format == FontFormat::OpenTypeCff || format == FontFormat::TrueType;
    return format == FontFormat::Cff;
}

/// The widths of a CIDFont's /W: an entry for each CID, in thousandths (ISO 32000-1 §9.7.4.3).
class CidWidths {
public:
    explicit CidWidths(Object dictionary)
        : widths_(cid_count, static_cast<float>(number_of(entry(dictionary, "/DW")).value_or(1000))) {
        const auto items = items_of(entry(dictionary, "/W"));
        for (std::size_t i = 0; i + 1 < items.size();) {
            const auto first = integer_of(items[i]);
            if (Object(items[i + 1]).isArray()) {
                if (first) take_list(*first, items_of(items[i + 1]));
                i += 2;
            } else {
                const auto last = integer_of(items[i + 1]);
                if (first && last && i + 2 < items.size()) take_range(*first, *last, number_of(items[i + 2]));
                i += 3;
            }
        }
    }
    double of(std::size_t cid) const { return widths_[cid]; }

private:
    void set(std::int64_t cid, std::optional<double> width) {
        if (cid >= 0 && cid < static_cast<std::int64_t>(cid_count) && width)
            widths_[static_cast<std::size_t>(cid)] = static_cast<float>(*width);
    }
    void take_list(std::int64_t cid, const std::vector<Object>& list) {
        for (const Object& width : list) set(cid++, number_of(width));
    }
    void take_range(std::int64_t first, std::int64_t last, std::optional<double> width) {
        const auto end = std::min(last, static_cast<std::int64_t>(cid_count) - 1);
        for (std::int64_t cid = std::max<std::int64_t>(first, 0); cid <= end; ++cid) set(cid, width);
    }
    std::vector<float> widths_;
};

/// Which glyph of the program a CID shows.
class GlyphOfCid {
public:
    GlyphOfCid(const Inspection& inspection, const Font& font) : program_(font.program) {
        Object map = entry(font.dictionary, "/CIDToGIDMap");
        mapped_ = map.isStream();
        if (mapped_) check_and_decode(inspection, map, map_);
        if (!program_.cids.empty()) {
            glyph_of_cid_.assign(cid_count, none);
            for (std::size_t glyph = 0; glyph < program_.cids.size(); ++glyph)
                glyph_of_cid_[program_.cids[glyph]] = static_cast<std::uint32_t>(glyph);
        }
    }
    static constexpr std::uint32_t none = std::numeric_limits<std::uint32_t>::max();

    std::uint32_t of(std::size_t cid) const {
        if (mapped_) {
            if (cid * 2 + 1 >= map_.size()) return none;
            return static_cast<std::uint32_t>(static_cast<unsigned char>(map_[cid * 2]) << 8 |
                                              static_cast<unsigned char>(map_[cid * 2 + 1]));
        }
        return glyph_of_cid_.empty() ? static_cast<std::uint32_t>(cid) : glyph_of_cid_[cid];
    }

private:
    const FontProgram& program_;
    bool mapped_ = false;
    std::string map_;
    std::vector<std::uint32_t> glyph_of_cid_;
};

/// So many glyphs, and the first of them as an example.
struct Tally {
    std::size_t count = 0;
    std::string first;
    void add(const std::string& example) {
        if (count++ == 0) first = example;
    }
};

bool is_identity(Object encoding) { return is_name(encoding, "/Identity-H") || is_name(encoding, "/Identity-V"); }

}  // namespace

Font* Fonts::read(Object dictionary, bool& is_new) {
    const std::uint32_t number = number_in_file(dictionary);
    is_new = false;
    if (const auto known = known_.find(number); number != 0 && known != known_.end()) return known->second;
    Font& font = fonts_.emplace_back();
    font.object = number;
    if (number != 0) known_[number] = &font;
    is_new = true;
    check(font, dictionary);
    return &font;
}

void Fonts::check(Font& font, Object dictionary) {
    const std::string subtype = name_of(entry(dictionary, "/Subtype"));
    constexpr std::array simple{"/Type1", "/MMType1", "/TrueType"};
    if (!is_name(entry(dictionary, "/Type"), "/Font"))
        inspection_.find(RuleId::FontDictionary, dictionary, "no /Type/Font");
    if (subtype == "/Type0") {
        font.kind = Font::Kind::Composite;
        check_composite(font, dictionary);
    } else if (subtype == "/Type3") {
        font.kind = Font::Kind::Type3;
        if (!entry(dictionary, "/CharProcs").isDictionary())
            inspection_.find(RuleId::FontDictionary, dictionary, "a Type 3 font without /CharProcs");
        return;
    } else if (std::find(simple.begin(), simple.end(), subtype) != simple.end()) {
        check_simple(dictionary);
        check_program(font, dictionary, subtype);
    } else {
        inspection_.find(RuleId::FontDictionary, dictionary, "/Subtype " + in_words(entry(dictionary, "/Subtype")));
        return;
    }
    check_unicode(font, dictionary);
}

/// What a reader could guess needs no map: Latin text in a simple font with an encoding.
void Fonts::check_unicode(const Font& font, Object dictionary) {
    const bool guessable = font.kind == Font::Kind::Simple && has(dictionary, "/Encoding");
    if (!guessable && !entry(dictionary, "/ToUnicode").isStream())
        inspection_.find(RuleId::FontUnicode, dictionary,
                         in_words(entry(dictionary, "/BaseFont")) + " without /ToUnicode");
}

void Fonts::check_simple(Object dictionary) {
    if (!has(dictionary, "/FontDescriptor"))
        return;  // one of the standard fonts, which is not embedded and so found anyway
    const auto first = integer_of(entry(dictionary, "/FirstChar")), last = integer_of(entry(dictionary, "/LastChar"));
    Object widths = entry(dictionary, "/Widths");
    const bool right = first && last && widths.isArray() && *first >= 0 && *last <= 255 &&
                       Object(widths).getArrayNItems() == *last - *first + 1;
    if (!right) inspection_.find(RuleId::FontDictionary, dictionary, "/FirstChar, /LastChar and /Widths do not agree");
}

void Fonts::check_composite(Font& font, Object dictionary) {
    Object encoding = entry(dictionary, "/Encoding");
    const auto descendants = items_of(entry(dictionary, "/DescendantFonts"));
    if (!encoding.isName() && !encoding.isStream())
        inspection_.find(RuleId::FontDictionary, dictionary, "/Encoding is " + in_words(encoding));
    if (descendants.size() != 1 || !Object(descendants[0]).isDictionary()) {
        inspection_.find(RuleId::FontDictionary, dictionary, fmt::format("{} descendant fonts", descendants.size()));
        return;
    }
    font.dictionary = descendants[0];
    const std::string subtype = name_of(entry(font.dictionary, "/Subtype"));
    if (subtype != "/CIDFontType0" && subtype != "/CIDFontType2")
        inspection_.find(RuleId::FontDictionary, font.dictionary, "a descendant of /Subtype" + subtype);
    if (!has(font.dictionary, "/CIDSystemInfo"))
        inspection_.find(RuleId::FontDictionary, font.dictionary, "no /CIDSystemInfo");
    check_program(font, font.dictionary, subtype);
    font.codes_are_cids = is_identity(encoding);
    if (font.codes_are_cids) font.shown.assign(cid_count, false);
}

void Fonts::check_program(Font& font, Object dictionary, const std::string& subtype) {
    const std::string name = in_words(entry(dictionary, "/BaseFont"));
    const Embedded embedded = embedded_program(entry(dictionary, "/FontDescriptor"));
    if (Object(embedded.stream).isNull()) {
        inspection_.find(RuleId::FontEmbedded, dictionary, name + " of " + subtype);
        return;
    }
    std::string bytes;
    if (!check_and_decode(inspection_, embedded.stream, bytes)) return;
    font.program = read_font_program(bytes);
    if (!font.program.fault.empty())
        inspection_.find(RuleId::FontProgram, embedded.stream, name + ": " + font.program.fault);
    else if (!right_format(embedded, font.program.format))
        inspection_.find(RuleId::FontProgram, embedded.stream,
                         name + ": another font format than " + embedded.key + " says");
    else
        font.judged = true;
}

void Fonts::show(Font& font, std::string_view codes) {
    if (!font.codes_are_cids) return;
    for (std::size_t i = 0; i + 1 < codes.size(); i += 2)
        font.shown[static_cast<std::size_t>(static_cast<unsigned char>(codes[i]) << 8 |
                                            static_cast<unsigned char>(codes[i + 1]))] = true;
}

void Fonts::finish() {
    for (const Font& font : fonts_)
        if (font.judged && font.codes_are_cids) finish(font);
}

void Fonts::finish(const Font& font) {
    const GlyphOfCid glyphs(inspection_, font);
    const CidWidths widths(font.dictionary);
    Tally missing, wrong;
    for (std::size_t cid = 0; cid < font.shown.size(); ++cid) {
        if (!font.shown[cid]) continue;
        const std::uint32_t glyph = glyphs.of(cid);
        if (glyph >= font.program.glyphs) {
            missing.add(fmt::format("CID {}", cid));
        } else if (!font.program.widths.empty()) {
            const double expected = font.program.width_of(glyph);
            if (std::abs(widths.of(cid) - expected) > 1)
                wrong.add(fmt::format("CID {}: {:.1f}, in the program {:.1f}", cid, widths.of(cid), expected));
        }
    }
    const std::string name = in_words(entry(font.dictionary, "/BaseFont"));
    if (missing.count > 0)
        inspection_.find(RuleId::FontGlyph, font.object,
                         fmt::format("{}: {} missing, first {}", name, missing.count, missing.first));
    if (wrong.count > 0)
        inspection_.find(RuleId::FontWidths, font.object,
                         fmt::format("{}: {} wrong, first {}", name, wrong.count, wrong.first));
}

}  // namespace pli::preflight
