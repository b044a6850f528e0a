#include "uploads/reader/stand_ins.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <string_view>

#include "uploads/reader/embedded_fonts.hpp"
#include "uploads/reader/pdf_values.hpp"

namespace pli::uploads::reader {
namespace {

using namespace free_faces;

constexpr std::array<const Series*, 3> sans_faces{&liberation_sans, &noto_sans, &liberation_narrow};
constexpr std::array<const Series*, 4> serif_faces{&liberation_serif, &noto_serif, &century, &palladio};
constexpr std::array<const Series*, 2> fixed_faces{&liberation_mono, &nimbus_mono};

std::string small_letters(std::string_view name) {
    std::string small(name);
    for (char& c : small)
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    return small;
}

bool has_any(std::string_view name, std::initializer_list<std::string_view> words) {
    return std::ranges::any_of(words, [&](std::string_view word) { return name.find(word) != name.npos; });
}

/// Fonts of signs: what their codes mean is known to nobody but them, whatever encoding the upload names.
bool is_sign_font(std::string_view small) {
    return has_any(small,
                   {"dings", "symbol", "marlett", "webdings", "icons", "awesome", "barcode", "ean13", "code128"});
}

constexpr double narrowest = 0.6, widest = 1.5;  // beyond that letters are unlike themselves

constexpr unsigned fixed_flag = 1, serif_flag = 2, symbolic_flag = 4, italic_flag = 64, bold_flag = 1u << 18;

/// Bytes 2 to 11 of a composite font's /Panose are the PANOSE digits of a Latin text face.
/// Source   ISO 32000-1 §9.8.3.2; PANOSE: family kind 2, serif style 2 to 10, weight from 7, proportion 9 is monospaced
void read_panose(const QPDFObjectHandle& descriptor, FaceTraits& traits) {
    auto value = entry(entry(descriptor, "/Style"), "/Panose");
    const std::string digits = value.isString() ? value.getStringValue() : "";
    if (digits.size() < 12 || digits[2] != 2) return;
    traits.serif = traits.serif || (digits[3] >= 2 && digits[3] <= 10);
    traits.bold = traits.bold || (digits[4] >= 7 && digits[4] <= 11);
    traits.fixed = traits.fixed || digits[5] == 9;
}

void read_descriptor(const QPDFObjectHandle& descriptor, FaceTraits& traits) {
    constexpr double bold_stems = 130;
    const auto flags = static_cast<unsigned>(std::max(0.0, number_in(descriptor, "/Flags", 0)));
    traits.fixed = traits.fixed || (flags & fixed_flag) != 0;
    traits.serif = traits.serif || (flags & serif_flag) != 0;
    traits.italic = traits.italic || (flags & italic_flag) != 0 || number_in(descriptor, "/ItalicAngle", 0) != 0;
    traits.bold = traits.bold || (flags & bold_flag) != 0 || number_in(descriptor, "/StemV", 0) >= bold_stems;
    traits.family = text_in(descriptor, "/FontFamily");
    read_panose(descriptor, traits);
}

/// Where the descriptor does not say it: many programs leave the flags at "not symbolic".
void read_name(FaceTraits& traits) {
    const std::string small = small_letters(traits.name);
    const bool sans = has_any(small, {"sans", "gothic", "grotesk", "arial", "helvet"});
    traits.serif =
        traits.serif || (!sans && has_any(small, {"serif", "times", "roman", "garamond", "georgia", "cambria",
                                                  "palatino", "bookman", "century", "minion", "caslon", "baskerville",
                                                  "bodoni", "antiqua", "song", "simsun", "ming", "mincho", "batang"}));
    traits.fixed = traits.fixed || has_any(small, {"courier", "mono", "consol", "typewriter", "menlo"});
}

struct Collection {
    std::string_view ordering, language;
};
constexpr std::array<Collection, 5> collections{
    {{"GB1", "zh-cn"}, {"CNS1", "zh-tw"}, {"Japan1", "ja"}, {"Korea1", "ko"}, {"KR", "ko"}}};

QPDFObjectHandle below(const QPDFObjectHandle& font) {
    const auto descendants = items_in(font, "/DescendantFonts");
    return descendants.empty() ? font : descendants.front();
}

std::string language_of(const QPDFObjectHandle& font) {
    const std::string ordering = text_in(entry(below(font), "/CIDSystemInfo"), "/Ordering");
    const auto known = std::ranges::find(collections, ordering, &Collection::ordering);
    return known == collections.end() ? "" : std::string(known->language);
}

bool says_its_characters(const QPDFObjectHandle& font) {
    if (is_stream(entry(font, "/ToUnicode"))) return true;
    const auto encoding = entry(font, "/Encoding");
    if (name_in(font, "/Subtype") != "/Type0") {
        const auto flags = static_cast<unsigned>(number_in(entry(font, "/FontDescriptor"), "/Flags", 0));
        return is_name(encoding) || is_dictionary(encoding) || (flags & symbolic_flag) == 0;
    }
    const std::string map = is_name(encoding) ? name_in(font, "/Encoding") : "";
    return map.find("UCS2") != map.npos || map.find("UTF16") != map.npos || !language_of(font).empty();
}

/// Letters that take another form beside their neighbours, or change places with them: one character at a time is not how
/// they are set.
constexpr bool joins(char32_t c) {
    return (c >= 0x0600 && c <= 0x08FF) || (c >= 0x0900 && c <= 0x0DFF) || (c >= 0x0F00 && c <= 0x109F) ||
           (c >= 0x1780 && c <= 0x18AF);
}

constexpr bool is_space(char32_t c) {
    return c <= 0x20 || c == 0xA0 || (c >= 0x2000 && c <= 0x200F) || c == 0x202F || c == 0x3000 || c == 0xFEFF;
}

/// How the widths of an upload compare with those of a face: on average, and how much they differ from that.
struct Comparison {
    double mean = 1, spread = 0;
    double distance() const { return std::abs(std::log(mean)) + spread; }
};
Comparison compare(const SubstituteFace& face, const std::vector<WantedCharacter>& characters) {
    std::vector<double> ratios;
    for (const auto& [text, width] : characters) {
        const auto glyph = text.size() == 1 && !is_space(text[0]) ? face.glyph_of(text[0]) : std::nullopt;
        if (glyph && width && *width > 0 && face.width(*glyph) > 0)
            ratios.push_back(std::log(*width / face.width(*glyph)));
    }
    if (ratios.empty()) return {};
    double sum = 0, apart = 0;
    for (const double ratio : ratios) sum += ratio;
    const double mean = sum / static_cast<double>(ratios.size());
    for (const double ratio : ratios) apart += std::abs(ratio - mean);
    return {std::exp(mean), apart / static_cast<double>(ratios.size())};
}

}  // namespace

StandIn stand_in_for(const QPDFObjectHandle& font) {
    const std::string name = name_in(font, "/BaseFont");
    const bool composite = name_in(font, "/Subtype") == "/Type0";
    if (!composite && family_named(name)) return StandIn::SameWidths;
    if (is_sign_font(small_letters(name)) || !says_its_characters(font)) return StandIn::None;
    return StandIn::Nearest;
}

FaceTraits traits_of(const QPDFObjectHandle& font, const FontFact& fact) {
    FaceTraits traits;
    traits.name = font_name(font);
    traits.serif = fact.serif;
    traits.fixed = fact.fixed_pitch;
    traits.bold = fact.weight >= 600;
    traits.italic = fact.italic;
    traits.language = language_of(font);
    read_descriptor(entry(below(font), "/FontDescriptor"), traits);
    read_name(traits);
    return traits;
}

void StandInFaces::add(const FaceFile& file) {
    auto face = SubstituteFace::open(file);
    if (!face || !face->may_be_embedded()) return;
    faces_.push_back(std::move(*face));
    used_.push_back(false);
}

/// The files of the faces that are likest: for Arial and its like the one that is made after it.
std::vector<std::string> StandInFaces::likest_files() const {
    if (const auto family = family_named(traits_.name)) return family->files;
    std::vector<std::string> files;
    const auto add_all = [&](const auto& list) {
        for (const Series* series : list) files.push_back(series->file(traits_.bold, traits_.italic));
    };
    if (traits_.fixed)
        add_all(fixed_faces);
    else if (traits_.serif)
        add_all(serif_faces);
    else
        add_all(sans_faces);
    return files;
}

Done StandInFaces::choose(const std::vector<WantedCharacter>& characters) {
    if (const auto own = finder_.called(traits_)) add(*own);
    same_family_ = !faces_.empty();
    std::vector<SubstituteFace> likest;
    for (const auto& file : likest_files())
        if (auto face = SubstituteFace::open(file)) likest.push_back(std::move(*face));
    const auto nearest = std::ranges::min_element(
        likest, {}, [&](const SubstituteFace& face) { return compare(face, characters).distance(); });
    if (nearest != likest.end()) {
        faces_.push_back(std::move(*nearest));
        used_.push_back(false);
    }
    if (faces_.empty())
        return failure(Fault::Environment, "", "there is no face that could stand in for a font",
                       "install the packages fonts-liberation and fonts-urw-base35");
    usual_stretch_ = std::clamp(compare(faces_.front(), characters).mean, narrowest, widest);
    return {};
}

std::optional<StandInFaces::Part> StandInFaces::part_in(std::size_t face, char32_t character) const {
    const auto glyph = faces_[face].glyph_of(character);
    return glyph ? std::optional(Part{face, *glyph}) : std::nullopt;
}

std::optional<StandInFaces::Part> StandInFaces::part_for(char32_t character) {
    for (std::size_t face = 0; face < faces_.size(); ++face)
        if (const auto part = part_in(face, character)) return part;
    const auto file = joins(character) ? std::nullopt : finder_.with(character, traits_);
    if (!file) return std::nullopt;
    const std::size_t before = faces_.size();
    add(*file);
    return faces_.size() > before ? part_in(before, character) : std::nullopt;
}

std::optional<std::vector<StandInFaces::Part>> StandInFaces::parts_of(const std::u32string& text) {
    std::vector<Part> parts;
    for (const char32_t character : text) {
        const auto part = part_for(character);
        if (!part && !is_space(character)) return std::nullopt;
        if (part) parts.push_back(*part);
    }
    return parts;
}

std::optional<DrawnGlyph> StandInFaces::draw(const WantedCharacter& wanted) {
    constexpr double least = 0.9, most = 1.1;  // of what all letters are stretched by, so that stems stay alike
    const auto parts = parts_of(wanted.text);
    if (!parts) return std::nullopt;
    double own = 0;
    for (const Part& part : *parts) own += faces_[part.face].width(part.glyph);
    DrawnGlyph glyph;
    glyph.width = wanted.width.value_or(own);
    const bool fits = own <= 0 || glyph.width <= 0 || std::abs(glyph.width - own) <= 1;
    const double stretch = fits ? 1 : std::clamp(glyph.width / own, usual_stretch_ * least, usual_stretch_ * most);
    double from = fits ? 0 : (glyph.width - own * stretch) / 2;
    for (const Part& part : *parts) {
        const SubstituteFace& face = faces_[part.face];
        face.draw(part.glyph, {stretch, from}, glyph.steps);
        from += face.width(part.glyph) * stretch;
        if (face.draws(part.glyph)) used_[part.face] = true;
    }
    if (!glyph.steps.empty()) least_ = std::min(least_, stretch), most_ = std::max(most_, stretch);
    return glyph;
}

std::vector<std::string> StandInFaces::names() const {
    std::vector<std::string> names;
    for (std::size_t i = 0; i < faces_.size(); ++i)
        if (used_[i]) names.push_back(faces_[i].name());
    return names;
}

}  // namespace pli::uploads::reader
