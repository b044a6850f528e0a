#include "uploads/reader/nearest_faces.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <optional>

#include "uploads/reader/embedded_fonts.hpp"
#include "uploads/reader/font_objects.hpp"
#include "uploads/reader/glyph_names.hpp"
#include "uploads/reader/page_font.hpp"
#include "uploads/reader/pdf_values.hpp"
#include "uploads/reader/predefined_maps.hpp"
#include "uploads/reader/stand_ins.hpp"
#include "uploads/reader/used_codes.hpp"

namespace pli::uploads::reader {
namespace {

constexpr std::size_t most_characters = 20'000;  // of one font; a hostile file has four thousand million codes

/// A font and every character that is shown in it, by code.
struct Missing {
    QPDFObjectHandle font;
    PageFont read;
    std::map<std::uint32_t, Character> characters{};

    bool composite() const { return name_in(font, "/Subtype") == "/Type0"; }
    bool says_widths() const { return composite() || !items_in(font, "/Widths").empty(); }
};

QPDFObjectHandle system_info(const QPDFObjectHandle& font) {
    const auto descendants = items_in(font, "/DescendantFonts");
    return descendants.empty() ? QPDFObjectHandle::newNull() : entry(descendants.front(), "/CIDSystemInfo");
}

std::string ordering_of(const QPDFObjectHandle& font) { return text_in(system_info(font), "/Ordering"); }

Missing missing_font(const QPDFObjectHandle& font) {
    const std::string map = name_in(font, "/Encoding");
    const std::string named = map.size() > 1 ? predefined_cmap(ordering_of(font), map.substr(1)) : "";
    return {font, PageFont(font, named)};
}

std::map<QPDFObjGen, Missing> with_characters(QPDF& pdf, const std::vector<QPDFObjectHandle>& fonts) {
    std::map<QPDFObjGen, Missing> missing;
    for (const auto& font : fonts) missing.emplace(font.getObjGen(), missing_font(font));
    each_shown_string(pdf, [&missing](QPDFObjGen number, const std::string& bytes) {
        const auto found = missing.find(number);
        if (found == missing.end()) return;
        Missing& one = found->second;
        for (std::string_view rest = bytes; !rest.empty() && one.characters.size() < most_characters;) {
            const Character character = one.read.first_of(rest);
            one.characters.emplace(character.code, character);
            rest.remove_prefix(std::max<std::size_t>(1, character.bytes));
        }
    });
    return missing;
}

std::u32string characters_in(const std::string& utf8) {
    std::u32string text;
    const std::u16string units = utf16_of(utf8);
    for (std::size_t i = 0; i < units.size(); ++i) {
        char32_t c = units[i];
        if (c >= 0xD800 && c < 0xDC00 && i + 1 < units.size())
            c = 0x10000 + ((c - 0xD800) << 10) + (units[++i] - 0xDC00u);
        text += c;
    }
    return text;
}

/// One font being set: its codes, the characters they mean, the glyphs these become.
class NearestSetting {
public:
    NearestSetting(const RepairDesk& desk, const Missing& missing, const FaceFinder& finder)
        : desk_(desk),
          missing_(missing),
          font_(missing.font),
          faces_(finder, traits_of(missing.font, missing.read.fact())) {}

    /// Empty: it is set; else why it cannot be.
    Result<std::string> set() {
        if (stand_in_for(font_) == StandIn::None) return why_not("what its characters are is known to the font alone");
        read_characters();
        if (wanted_.empty()) return why_not("none of its codes is told to be a character");
        std::vector<WantedCharacter> all;
        for (const auto& [code, one] : wanted_) all.push_back(one);
        TRY(faces_.choose(all));
        if (const std::string lacking = draw(); !lacking.empty()) return why_not(lacking);
        embed();
        tell();
        return std::string();
    }

private:
    std::string why_not(const std::string& reason) const { return fmt::format("{} ({})", font_name(font_), reason); }

    void read_characters() {
        const auto collection =
            missing_.composite() ? characters_of_collection(ordering_of(font_)) : std::vector<char32_t>();
        for (const auto& [code, character] : missing_.characters) {
            std::u32string text = characters_in(character.text);
            if (!character.known && character.glyph < collection.size() && collection[character.glyph] != 0)
                text = collection[character.glyph];
            const bool told = character.known || !text.empty();
            if (!told && !missing_.composite()) continue;  // a code without a character: readers draw nothing
            WantedCharacter one{std::move(text), std::nullopt};
            if (missing_.says_widths()) one.width = character.width * 1000;
            wanted_.emplace(code, std::move(one));
            unknown_ += told ? 0 : 1;
        }
    }

    /// Empty, or what no face has.
    std::string draw() {
        if (unknown_ > 0)
            return fmt::format("{} of its {} characters are known to the font alone", unknown_, wanted_.size());
        std::vector<std::string> lacking;
        for (const auto& [code, one] : wanted_) {
            auto glyph = faces_.draw(one);
            if (glyph)
                drawn_.emplace(code, *std::move(glyph));
            else
                lacking.push_back(fmt::format("U+{:04X}", static_cast<unsigned>(one.text.front())));
        }
        if (lacking.empty()) return {};
        const std::size_t shown = std::min<std::size_t>(lacking.size(), 4);
        return fmt::format("no face has {} of its {} characters: {}{}", lacking.size(), wanted_.size(),
                           fmt::join(lacking.begin(), lacking.begin() + static_cast<std::ptrdiff_t>(shown), " "),
                           shown < lacking.size() ? " …" : "");
    }

    void embed() {
        SubsetTag tag;
        for (const auto& face : faces_.names()) tag.add(face);
        for (const auto& [code, glyph] : drawn_)
            tag.add(code * std::uint64_t{65536} + static_cast<std::uint64_t>(std::lround(std::max(0.0, glyph.width))));
        name_ = tag.letters() + "+" + faces_.first().name();
        if (missing_.composite())
            embed_composite();
        else
            embed_simple();
    }

    QPDFObjectHandle descriptor(const std::string& program, const char* kind) const {
        auto stream = QPDFObjectHandle::newStream(&desk_.pdf, program);
        stream.getDict().replaceKey("/Subtype", QPDFObjectHandle::newName(kind));
        const FaceTraits& traits = faces_.traits();
        auto dictionary = font_descriptor(
            faces_.first().metrics(), {traits.fixed, traits.serif, missing_.composite(), traits.italic, traits.bold},
            "/" + name_);
        dictionary.replaceKey("/FontFile3", stream);
        return desk_.pdf.makeIndirectObject(dictionary);
    }

    /// Names that say the character, for whoever reads the text by them; a code that repeats one says so behind a full stop,
    /// where readers stop reading (Adobe Glyph List, §2).
    std::string glyph_name(std::uint32_t code) {
        std::string name;
        for (const char32_t c : wanted_.at(code).text)
            name +=
                fmt::format("{}{}{:04X}", name.empty() ? "" : "_", c > 0xFFFF ? "u" : "uni", static_cast<unsigned>(c));
        if (name.empty()) name = "blank";
        if (name.size() > 31) name.resize(31);
        return names_.insert(name).second ? name : fmt::format("{}.c{:02X}", name, code);
    }

    void embed_simple() {
        std::vector<DrawnGlyph> glyphs{{".notdef"}};
        std::vector<std::pair<std::uint8_t, std::u16string>> texts;
        auto differences = QPDFObjectHandle::newArray();
        auto widths = QPDFObjectHandle::newArray();
        const std::uint32_t first = drawn_.begin()->first, last = drawn_.rbegin()->first;
        for (std::uint32_t code = first; code <= last; ++code) {
            const auto found = drawn_.find(code);
            widths.appendItem(thousandths(found == drawn_.end() ? 0 : found->second.width));
            if (found == drawn_.end()) continue;
            found->second.name = glyph_name(code);
            differences.appendItem(QPDFObjectHandle::newInteger(code));
            differences.appendItem(QPDFObjectHandle::newName("/" + found->second.name));
            texts.emplace_back(static_cast<std::uint8_t>(code), utf16_of(missing_.characters.at(code).text));
            glyphs.push_back(std::move(found->second));
        }
        auto encoding = QPDFObjectHandle::newDictionary();
        encoding.replaceKey("/Type", QPDFObjectHandle::newName("/Encoding"));
        encoding.replaceKey("/Differences", differences);
        font_.replaceKey("/Encoding", encoding);
        font_.replaceKey("/Subtype", QPDFObjectHandle::newName("/Type1"));
        font_.replaceKey("/BaseFont", QPDFObjectHandle::newName("/" + name_));
        font_.replaceKey("/FirstChar", QPDFObjectHandle::newInteger(first));
        font_.replaceKey("/LastChar", QPDFObjectHandle::newInteger(last));
        font_.replaceKey("/Widths", widths);
        font_.replaceKey("/FontDescriptor", descriptor(cff_font(name_, glyphs, {}), "/Type1C"));
        if (!font_.hasKey("/ToUnicode"))
            font_.replaceKey("/ToUnicode", QPDFObjectHandle::newStream(&desk_.pdf, to_unicode_map(texts)));
    }

    /// A font of its own below: another font of the upload may share what stood there.
    void embed_composite() {
        std::map<std::uint16_t, DrawnGlyph> by_cid;
        by_cid[0] = {".notdef"};
        for (auto& [code, glyph] : drawn_) {
            glyph.cid = static_cast<std::uint16_t>(missing_.characters.at(code).glyph);
            by_cid[glyph.cid] = std::move(glyph);
        }
        std::vector<DrawnGlyph> glyphs;
        for (auto& [cid, glyph] : by_cid) glyphs.push_back(std::move(glyph));
        CffOrdering ordering{text_in(system_info(font_), "/Registry"), ordering_of(font_),
                             static_cast<int>(number_in(system_info(font_), "/Supplement", 0))};
        if (ordering.registry.empty() || ordering.ordering.empty()) ordering = {"Adobe", "Identity", 0};
        auto below = items_in(font_, "/DescendantFonts").front().shallowCopy();
        below.replaceKey("/Subtype", QPDFObjectHandle::newName("/CIDFontType0"));
        below.replaceKey("/BaseFont", QPDFObjectHandle::newName("/" + name_));
        below.replaceKey("/FontDescriptor", descriptor(cff_font(name_, glyphs, ordering), "/CIDFontType0C"));
        below.removeKey("/CIDToGIDMap");
        font_.replaceKey("/DescendantFonts", QPDFObjectHandle::newArray({desk_.pdf.makeIndirectObject(below)}));
        const std::string map = name_in(font_, "/Encoding");
        font_.replaceKey("/BaseFont",
                         QPDFObjectHandle::newName("/" + name_ + (map.empty() ? "" : "-" + map.substr(1))));
    }

    void tell() const {
        const auto percent = [](double share) { return std::lround(share * 100); };
        const auto least = percent(faces_.least_stretch()), most = percent(faces_.most_stretch());
        desk_.tell(
            EmbedFonts{}, 0,
            fmt::format(
                "{} is replaced by {}, {} characters, widths as before{}{}", was_, fmt::join(faces_.names(), " and "),
                wanted_.size(),
                least == 100 && most == 100 ? "" : fmt::format(" (letters drawn at {} to {} % of theirs)", least, most),
                faces_.same_family() ? "" : "; look at the result"));
    }

    const RepairDesk& desk_;
    const Missing& missing_;
    QPDFObjectHandle font_;
    std::string was_ = font_name(font_);
    StandInFaces faces_;
    std::map<std::uint32_t, WantedCharacter> wanted_;
    std::map<std::uint32_t, DrawnGlyph> drawn_;
    std::set<std::string> names_;
    std::size_t unknown_ = 0;
    std::string name_;
};

}  // namespace

Result<std::vector<std::string>> set_in_nearest_faces(const RepairDesk& desk,
                                                      const std::vector<QPDFObjectHandle>& fonts) {
    std::vector<std::string> failed;
    if (fonts.empty()) return failed;
    const FaceFinder finder(desk.fonts_folder);
    for (const auto& [number, missing] : with_characters(desk.pdf, fonts))
        if (std::string why = TRY(NearestSetting(desk, missing, finder).set()); !why.empty())
            failed.push_back(std::move(why));
    return failed;
}

}  // namespace pli::uploads::reader
