#include "layouts/hyphenation.hpp"

#include <fmt/format.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <map>
#include <mutex>
#include <tuple>
#include <utility>

#include "base/digest.hpp"
#include "fonts/characters.hpp"
#include "layouts/hyphen_patterns.hpp"

namespace pli::layouts {
namespace {

struct Language {
    std::string_view tag, file;
    Hyphenator::Edges edges;
};

/// Edges: what TeX's patterns of the language ask for, but never a syllable of two letters carried over where good
/// composition in that language avoids it (French, English). File: where the language's own name is none.
constexpr std::array languages{
    Language{"fr", "fr", {2, 3}},    Language{"de", "de_DE", {2, 2}}, Language{"en", "en_US", {2, 3}},
    Language{"es", "es_ES", {2, 2}}, Language{"it", "it_IT", {2, 2}}, Language{"nl", "nl_NL", {2, 2}},
    Language{"pl", "pl_PL", {2, 2}}, Language{"pt", "pt_PT", {2, 3}}, Language{"sv", "sv_SE", {2, 2}},
    Language{"da", "da_DK", {2, 2}}, Language{"cs", "cs_CZ", {2, 3}}, Language{"nb", "nb_NO", {2, 2}},
    Language{"nn", "nn_NO", {2, 2}}, Language{"no", "nb_NO", {2, 2}}, Language{"ca", "ca_ES", {2, 2}},
    Language{"hu", "hu_HU", {2, 2}}};

struct Letter {
    UChar32 sign;
    std::uint32_t at;
};

std::vector<Letter> letters_of(std::string_view text) {
    std::vector<Letter> letters;
    for (std::size_t at = 0; at < text.size();) {
        const auto start = static_cast<std::uint32_t>(at);
        const char32_t sign = fonts::next_char(text, at);
        letters.push_back({sign == fonts::not_utf8 ? -1 : static_cast<UChar32>(sign), start});
    }
    return letters;
}

bool joins_letters(UChar32 sign) { return sign == '\'' || sign == 0x2019 || sign == 0x00B7; }
bool in_word(UChar32 sign) { return sign >= 0 && (u_isalpha(sign) || u_charType(sign) == U_NON_SPACING_MARK); }

/// Digits, mail and web addresses, paths, words with hyphens: nothing in them is divided.
bool is_whole(const std::vector<Letter>& letters) {
    bool after_letter = false;
    for (std::size_t i = 0; i < letters.size(); ++i) {
        const UChar32 sign = letters[i].sign;
        if (sign < 0 || u_isdigit(sign) || sign == '@' || sign == '/' || sign == '_' || sign == '\\') return true;
        const bool inside = after_letter && i + 1 < letters.size() && in_word(letters[i + 1].sign);
        if (inside && (sign == '.' || sign == ':' || sign == '-' || sign == 0x2010 || sign == 0x2011)) return true;
        after_letter = in_word(sign);
    }
    return false;
}

bool all_capitals(const std::vector<Letter>& letters) {
    return std::none_of(letters.begin(), letters.end(), [](const Letter& l) { return u_islower(l.sign); });
}

/// Small letters, one for each: patterns know no capitals.
std::string lowered(const std::vector<Letter>& letters) {
    icu::UnicodeString text;
    for (const Letter& letter : letters) text.append(letter.sign == 0x2019 ? UChar32{'\''} : u_tolower(letter.sign));
    std::string out;
    text.toUTF8String(out);
    return out;
}

/// Enough letters between a division and an apostrophe: "l’a-telier" leaves one letter as well as "a-telier".
bool clear_of_joints(const std::vector<Letter>& letters, std::size_t mark, Hyphenator::Edges edges) {
    const auto joint = [&](std::size_t i) { return letters[i].sign == '\'' || letters[i].sign == 0x2019; };
    for (std::size_t n = 0; n < static_cast<std::size_t>(edges.left) && n <= mark; ++n)
        if (joint(mark - n)) return false;
    return !joint(mark + 1);
}

/// What libhyphen says of one word: arrays that it allocates and we free.
struct Said {
    std::string marks;
    char** replaced = nullptr;
    int* from = nullptr;
    int* cut = nullptr;
    std::size_t size;

    explicit Said(std::size_t word_size) : marks(word_size + 5, '\0'), size(word_size) {}
    Said(const Said&) = delete;
    Said& operator=(const Said&) = delete;
    ~Said() {
        for (std::size_t i = 0; replaced && i < size; ++i) std::free(replaced[i]);
        std::free(replaced);
        std::free(from);
        std::free(cut);
    }
};

}  // namespace

struct Hyphenator::State {
    HyphenPatterns dictionary;
    std::string charset;  // "": UTF-8
    Edges edges;

    /// The word in the dictionary's own character set; empty where that cannot write it.
    std::string encoded(std::string_view word) const {
        if (charset.empty()) return std::string(word);
        const auto text = icu::UnicodeString::fromUTF8({word.data(), static_cast<int32_t>(word.size())});
        std::string out(word.size() + 8, '\0');
        const auto size =
            text.extract(0, text.length(), out.data(), static_cast<uint32_t>(out.size()), charset.c_str());
        out.resize(static_cast<std::size_t>(std::max(size, 0)));
        return out.find('\x1A') == std::string::npos ? out : std::string();
    }
    /// "ff=f" in place of letters from `from` before the division on, `cut` of them: libhyphen counts characters.
    bool replace(const Said& said, std::size_t mark, const std::vector<Letter>& letters, WordBreak& found) const {
        const std::string with = decoded(said.replaced[mark]);
        const auto hyphen = with.find('=');
        const auto first = static_cast<std::ptrdiff_t>(mark) - said.from[mark] + 1;
        const auto end = first + said.cut[mark];
        if (hyphen == std::string::npos || first < 1 || end >= static_cast<std::ptrdiff_t>(letters.size()))
            return false;
        const auto offset_of = [&](std::ptrdiff_t i) { return letters[static_cast<std::size_t>(i)].at; };
        found.before = with.substr(0, hyphen);
        found.after = with.substr(hyphen + 1);
        // The word as written is divided where its own letters are: "Schif|fahrt", printed "Schiff-fahrt".
        found.offset = std::clamp(found.offset, offset_of(first), offset_of(end));
        found.removed = found.offset - offset_of(first);
        found.skipped = offset_of(end) - found.offset;
        return true;
    }
    std::string decoded(std::string_view bytes) const {
        if (charset.empty()) return std::string(bytes);
        std::string out;
        icu::UnicodeString(bytes.data(), static_cast<int32_t>(bytes.size()), charset.c_str()).toUTF8String(out);
        return out;
    }
};

/// A process reads each dictionary once: German keeps 20 MB, Hungarian takes the library a second.
Result<std::shared_ptr<const Hyphenator>> Hyphenator::read(const std::string& dictionary, Edges edges) {
    using Key = std::tuple<std::string, int, int>;
    static std::mutex door;
    static std::map<Key, std::shared_ptr<const Hyphenator>> known;
    Digest digest;
    digest.add(dictionary);
    const std::lock_guard lock(door);
    auto& entry = known[{Digest::hex(digest.finish()), edges.left, edges.right}];
    if (!entry) entry = TRY(build(dictionary, edges));
    return entry;
}

Result<std::shared_ptr<const Hyphenator>> Hyphenator::build(const std::string& dictionary, Edges edges) {
    // Each dictionary begins with the name of its character set.
    const std::string_view first = std::string_view(dictionary).substr(0, dictionary.find('\n'));
    auto state = std::make_shared<State>();
    state->dictionary = load_hyphen_patterns(dictionary);
    if (!state->dictionary || first.size() > 20 || first.empty())
        return failure(Fault::BadInput, "hyphenation dictionary", "the file is no dictionary of libhyphen",
                       "its first line names its character set, such as UTF-8");
    if (!state->dictionary->utf8) state->charset = state->dictionary->cset;
    state->edges = edges;
    return std::shared_ptr<const Hyphenator>(new Hyphenator(std::move(state)));
}

void Hyphenator::find(std::string_view word, std::vector<WordBreak>& out) const {
    const auto letters = letters_of(word);
    if (is_whole(letters) || all_capitals(letters)) return;
    for (std::size_t from = 0; from < letters.size();) {
        const auto inside = [](const Letter& l) { return in_word(l.sign) || joins_letters(l.sign); };
        const auto first = std::find_if(letters.begin() + static_cast<std::ptrdiff_t>(from), letters.end(),
                                        [](const Letter& l) { return in_word(l.sign); });
        if (first == letters.end()) return;
        auto last = std::find_if_not(first, letters.end(), inside);
        from = static_cast<std::size_t>(last - letters.begin());
        while (!in_word(std::prev(last)->sign)) --last;
        const auto end = last == letters.end() ? word.size() : last->at;
        find_in_letters(word.substr(first->at, end - first->at), first->at, out);
    }
}

void Hyphenator::find_in_letters(std::string_view text, std::uint32_t at, std::vector<WordBreak>& out) const {
    const auto letters = letters_of(text);
    const Edges edges = state_->edges;
    const auto count = static_cast<int>(letters.size());
    if (count < edges.left + edges.right || count > 80) return;
    // Patterns know small letters only; libhyphen lowers ASCII but nothing else.
    const std::string word = state_->encoded(lowered(letters));
    if (word.empty()) return;
    Said said(word.size());
    const int failed = hnj_hyphen_hyphenate3(state_->dictionary.get(), word.data(), static_cast<int>(word.size()),
                                             said.marks.data(), nullptr, &said.replaced, &said.from, &said.cut,
                                             edges.left, edges.right, edges.left, edges.right);
    if (failed) return;
    for (int i = edges.left - 1; i < count - edges.right; ++i) {
        const auto mark = static_cast<std::size_t>(i);
        if ((said.marks[mark] & 1) == 0 || !clear_of_joints(letters, mark, edges)) continue;
        WordBreak found;
        found.offset = letters[mark + 1].at;
        if (said.replaced && said.replaced[mark] && !state_->replace(said, mark, letters, found)) continue;
        found.offset += at;
        out.push_back(found);
    }
}

HyphenationNeeds hyphenation_needs(std::string_view locale) {
    HyphenationNeeds needs;
    std::string tag(locale.substr(0, locale.find_first_of("-_"))), name(locale);
    std::replace(name.begin(), name.end(), '-', '_');
    const auto plain = [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_'; };
    if (!std::all_of(name.begin(), name.end(), plain)) name = tag = "und";  // a tag is no path
    needs.files = {fmt::format("hyph_{}.dic", name), fmt::format("hyph_{}.dic", tag)};
    const auto known =
        std::find_if(languages.begin(), languages.end(), [&](const Language& l) { return l.tag == tag; });
    if (known == languages.end()) return needs;
    needs.files.push_back(fmt::format("hyph_{}.dic", known->file));
    needs.edges = known->edges;
    return needs;
}

}  // namespace pli::layouts
