#include "address/latin.hpp"

#include <unicode/translit.h>
#include <unicode/uscript.h>

#include <map>

#include "address/capitals.hpp"

namespace pli::address {
namespace {

/// How to read the letters: by the country, for Cyrillic is read otherwise in Kyiv than in Sofia.
const char* transliteration(UScriptCode script, std::string_view country) {
    if (script == USCRIPT_GREEK) return "Greek-Latin/UNGEGN";
    if (script == USCRIPT_ARMENIAN) return "Armenian-Latin/BGN";
    if (script == USCRIPT_GEORGIAN) return "Georgian-Latin/BGN";
    if (script == USCRIPT_HANGUL) return "Korean-Latin/BGN";
    if (script != USCRIPT_CYRILLIC) return nullptr;
    if (country == "UA") return "Ukrainian-Latin/BGN";
    if (country == "BG") return "Bulgarian-Latin/BGN";
    if (country == "BY") return "Belarusian-Latin/BGN";
    if (country == "RS" || country == "ME" || country == "BA") return "Serbian-Latin/BGN";
    if (country == "MK") return "Macedonian-Latin/BGN";
    if (country == "KZ") return "Kazakh-Latin/BGN";
    return "Russian-Latin/BGN";
}

UScriptCode script_of(const icu::UnicodeString& text) {
    for (int32_t i = 0; i < text.length(); i = text.moveIndex32(i, 1)) {
        UErrorCode status = U_ZERO_ERROR;
        const auto script = uscript_getScript(text.char32At(i), &status);
        if (script != USCRIPT_COMMON && script != USCRIPT_INHERITED && script != USCRIPT_LATIN) return script;
    }
    return USCRIPT_LATIN;
}

/// Soft signs and the like stand for no letter of a town's name.
void drop_signs(std::string& text) {
    for (const std::string_view sign : {"ʹ", "ʺ", "’", "‘", "ʼ", "·"})
        for (auto at = text.find(sign); at != text.npos; at = text.find(sign, at)) text.erase(at, sign.size());
}

}  // namespace

/// Latin reaches to U+036F and has the blocks U+1E00 to U+1EFF; U+2000 to U+206F are its quotes and dashes.
bool is_foreign_script(std::string_view text) {
    for (std::size_t i = 0; i < text.size(); ++i) {
        const auto c = static_cast<unsigned char>(text[i]);
        if (c < 0xCD || (c == 0xCD && i + 1 < text.size() && static_cast<unsigned char>(text[i + 1]) < 0xB0)) continue;
        const auto next = i + 1 < text.size() ? static_cast<unsigned char>(text[i + 1]) : 0;
        const bool latin = (c == 0xE1 && next >= 0xB8 && next <= 0xBB) || (c == 0xE2 && next <= 0x81);
        if (!latin) return true;
        i += 2;
    }
    return false;
}

struct Romaniser::State {
    std::map<std::string, std::unique_ptr<icu::Transliterator>> made;  // slow to make, so they stay

    icu::Transliterator* named(const char* name) {
        auto& one = made[name];
        if (!one) {
            UErrorCode status = U_ZERO_ERROR;
            one.reset(icu::Transliterator::createInstance(name, UTRANS_FORWARD, status));
        }
        return one.get();
    }
};

Romaniser::Romaniser() : state_(std::make_unique<State>()) {}
Romaniser::~Romaniser() = default;
Romaniser::Romaniser(Romaniser&&) noexcept = default;

bool Romaniser::append(std::string_view town, std::string_view country, std::string& out) {
    icu::UnicodeString text = icu::UnicodeString::fromUTF8({town.data(), static_cast<int32_t>(town.size())});
    const char* name = transliteration(script_of(text), country);
    const auto* reading = name == nullptr ? nullptr : state_->named(name);
    if (reading == nullptr) return false;
    reading->transliterate(text);
    std::string latin;
    text.toUTF8String(latin);
    drop_signs(latin);
    if (is_foreign_script(latin)) return false;
    append_capitals(latin, Accents::Dropped, out);  // Greek romanised has signs of its own below the letters
    return true;
}

}  // namespace pli::address
