#include "uploads/reader/face_finder.hpp"

#include <algorithm>
#include <cctype>
#include <string_view>
#include <vector>

namespace pli::uploads::reader {
namespace {

using Pattern = Handle<FcPattern, FcPatternDestroy>;
using Set = Handle<FcCharSet, FcCharSetDestroy>;

const FcChar8* text(const std::string& words) { return reinterpret_cast<const FcChar8*>(words.c_str()); }

std::string string_in(FcPattern* pattern, const char* key) {
    FcChar8* value = nullptr;
    if (FcPatternGetString(pattern, key, 0, &value) != FcResultMatch) return {};
    return reinterpret_cast<const char*>(value);
}

std::optional<FaceFile> file_of(FcPattern* pattern) {
    int index = 0;
    FcPatternGetInteger(pattern, FC_INDEX, 0, &index);
    FaceFile file{string_in(pattern, FC_FILE), static_cast<unsigned>(index)};
    if (file.path.empty()) return std::nullopt;
    return file;
}

/// Small letters and digits alone: "Myriad Pro" and "MyriadPro" are one family.
std::string bare(std::string_view name) {
    std::string letters;
    for (const char c : name)
        if (std::isalnum(static_cast<unsigned char>(c)) != 0 || (c & 0x80) != 0)
            letters += static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    return letters;
}

/// "Ubuntu-Bold" and "Tahoma,Bold" begin with their family.
std::string family_in(const FaceTraits& traits) {
    return traits.family.empty() ? traits.name.substr(0, traits.name.find_first_of("-,")) : traits.family;
}

void add_style(FcPattern* wanted, const FaceTraits& traits) {
    FcPatternAddInteger(wanted, FC_WEIGHT, traits.bold ? FC_WEIGHT_BOLD : FC_WEIGHT_REGULAR);
    FcPatternAddInteger(wanted, FC_SLANT, traits.italic ? FC_SLANT_ITALIC : FC_SLANT_ROMAN);
    FcPatternAddBool(wanted, FC_OUTLINE, FcTrue);
    FcPatternAddBool(wanted, FC_VARIABLE, FcFalse);
}

Pattern best_match(FcConfig* config, FcPattern* wanted) {
    FcConfigSubstitute(config, wanted, FcMatchPattern);
    FcDefaultSubstitute(wanted);
    FcResult result = FcResultNoMatch;
    return Pattern(FcFontMatch(config, wanted, &result));
}

bool says(FcPattern* pattern, const char* key, const std::string& name) {
    FcChar8* value = nullptr;
    for (int i = 0; FcPatternGetString(pattern, key, i, &value) == FcResultMatch; ++i)
        if (bare(reinterpret_cast<const char*>(value)) == name) return true;
    return false;
}

}  // namespace

FaceFinder::FaceFinder(const std::string& folder) : config_(FcInitLoadConfigAndFonts()) {
    if (config_ && !folder.empty()) FcConfigAppFontAddDir(config_.get(), text(folder));
}

std::optional<FaceFile> FaceFinder::called(const FaceTraits& traits) const {
    if (!config_) return std::nullopt;
    const std::string family = family_in(traits);
    const Pattern wanted(FcPatternCreate());
    FcPatternAddString(wanted.get(), FC_FAMILY, text(family));
    add_style(wanted.get(), traits);
    const Pattern found = best_match(config_.get(), wanted.get());
    if (!found || !says(found.get(), FC_FAMILY, bare(family))) return std::nullopt;
    return file_of(found.get());
}

std::optional<FaceFile> FaceFinder::with(char32_t character, const FaceTraits& traits) const {
    if (!config_) return std::nullopt;
    const Pattern wanted(FcPatternCreate());
    const Set characters(FcCharSetCreate());
    FcCharSetAddChar(characters.get(), character);
    FcPatternAddString(wanted.get(), FC_FAMILY,
                       text(traits.fixed   ? "monospace"
                            : traits.serif ? "serif"
                                           : "sans-serif"));
    FcPatternAddCharSet(wanted.get(), FC_CHARSET, characters.get());
    if (!traits.language.empty()) FcPatternAddString(wanted.get(), FC_LANG, text(traits.language));
    add_style(wanted.get(), traits);
    const Pattern found = best_match(config_.get(), wanted.get());
    FcCharSet* has = nullptr;
    if (!found || FcPatternGetCharSet(found.get(), FC_CHARSET, 0, &has) != FcResultMatch) return std::nullopt;
    if (FcCharSetHasChar(has, character) == FcFalse) return std::nullopt;
    return file_of(found.get());
}

}  // namespace pli::uploads::reader
