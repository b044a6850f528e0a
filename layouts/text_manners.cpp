#include "layouts/text_manners.hpp"

#include <fmt/format.h>
#include <unicode/uchar.h>

#include <algorithm>

#include "fonts/characters.hpp"

namespace pli::layouts {
namespace {

struct Sign {
    char32_t c = 0;
    std::size_t at = 0;
};

constexpr char32_t no_break_space = 0xA0, narrow_space = 0x202F, stand_in = 0xFFFC;

bool among(char32_t c, std::u32string_view signs) { return signs.find(c) != signs.npos; }
bool is_digit(char32_t c) { return u_isdigit(static_cast<UChar32>(c)); }
bool is_letter(char32_t c) { return c == stand_in || u_isalpha(static_cast<UChar32>(c)); }
bool is_space(char32_t c) { return c == 0 || c == '\n' || c == '\t' || u_isUWhiteSpace(static_cast<UChar32>(c)); }

/// Reads one text from its beginning to its end and notes what a careful reader would.
class Reader {
public:
    Reader(std::string_view text, std::string_view locale) : text_(text), locale_(locale) {
        for (std::size_t at = 0; at < text.size();) {
            const std::size_t start = at;
            const char32_t c = fonts::next_char(text, at);
            signs_.push_back({c == fonts::not_utf8 ? U'?' : c, start});
        }
    }

    std::vector<TextFinding> read() {
        for (i_ = 0; i_ < signs_.size(); ++i_) {
            if (in_address()) continue;
            read_spaces();
            read_typewriter_quotes();
            if (speaks("fr")) read_french();
            if (speaks("de")) read_german();
            if (speaks("en")) read_english();
        }
        return std::move(findings_);
    }

private:
    char32_t sign(std::ptrdiff_t offset = 0) const {
        const auto i = static_cast<std::ptrdiff_t>(i_) + offset;
        return i < 0 || i >= static_cast<std::ptrdiff_t>(signs_.size()) ? 0 : signs_[static_cast<std::size_t>(i)].c;
    }
    bool speaks(std::string_view language) const { return locale_.substr(0, locale_.find_first_of("-_")) == language; }
    bool lives_in(std::string_view region) const {
        return locale_.size() > 2 && locale_.substr(locale_.size() - 2) == region;
    }

    /// The word at hand, for the message: an author finds "thermomètre ;" faster than a column.
    std::string_view word() const {
        std::size_t from = i_, to = i_ + 1;
        const auto solid = [&](std::size_t i) { return signs_[i].c != ' ' && !is_space(signs_[i].c); };
        if (from > 0 && !solid(from - 1)) --from;
        while (from > 0 && i_ - from < 20 && solid(from - 1)) --from;
        while (to < signs_.size() && to - i_ < 20 && solid(to)) ++to;
        const auto end = to < signs_.size() ? signs_[to].at : text_.size();
        return text_.substr(signs_[from].at, end - signs_[from].at);
    }
    void note(std::string_view code, std::string_view what, std::string_view remedy) {
        std::string shown(word());
        for (auto at = shown.find(field_stand_in); at != shown.npos; at = shown.find(field_stand_in))
            shown.replace(at, field_stand_in.size(), "{…}");
        findings_.push_back(
            {signs_[i_].at, std::string(code), fmt::format("\"{}\": {}", shown, what), std::string(remedy)});
    }

    /// Mail, web and file names between spaces have rules of their own.
    bool in_address() const {
        const auto from = text_.find_last_of(" \n\t", signs_[i_].at);
        const auto to = text_.find_first_of(" \n\t", signs_[i_].at);
        const auto first = from == text_.npos ? 0 : from + 1;
        if (from == signs_[i_].at) return false;
        const auto token = text_.substr(first, to == text_.npos ? to : to - first);
        return token.find("://") != token.npos || token.find("www.") != token.npos || token.find('@') != token.npos;
    }

    void read_spaces() {
        const bool between_words = !is_space(sign(-1)) && sign(-1) != 0;
        if (sign() == ' ' && sign(1) == ' ' && between_words && sign(2) != ' ' && sign(2) != '\n')
            note("double-space", "two spaces in a row", "leave one; for more room use a tab or a table");
        if (sign() != '-' || sign(-1) != ' ' || is_digit(sign(-2)) || sign(-2) == 0 || sign(-2) == '\n') return;
        const std::ptrdiff_t behind = sign(1) == '-' ? 2 : 1;
        if (sign(behind) == ' ' && !is_digit(sign(behind + 1)))
            note("hyphen-for-dash", "a hyphen between spaces stands for a dash",
                 speaks("en") && !lives_in("GB") ? "write — (U+2014) without spaces" : "write – (U+2013)");
    }

    void read_typewriter_quotes() {
        if (sign() == '\'' && is_letter(sign(-1)) && is_letter(sign(1)))
            note("straight-quote", "a typewriter's apostrophe", "write ’ (U+2019)");
        if (sign() != '"' || is_digit(sign(-1))) return;  // 5" is a measure
        const std::string_view right = speaks("fr")   ? "« and » with U+00A0 inside"
                                       : speaks("de") ? "„ and “"
                                       : speaks("en") ? "“ and ”"
                                                      : "the quotes of the language";
        note("straight-quote", "a typewriter's quote", fmt::format("write {}", right));
    }

    /// A sign that French sets off by a narrow space, at the end of a word.
    bool ends_french_word() const {
        const char32_t next = sign(1);
        return is_space(next) || among(next, U"»”)]!?…") || (sign() == U'»' && among(next, U".,;:"));
    }
    void read_french() {
        if (sign() == U'«') {
            const char32_t inside = sign(1);
            if (inside != no_break_space && inside != narrow_space && !lives_in("CH"))
                note("french-space", "no no-break space behind «", "write « and U+00A0 behind it");
            ++open_;
        }
        if (sign() == U'»') --open_;
        if (among(sign(), U"„‚") || (sign() == U'“' && open_ <= 0))
            note("foreign-quote", "a quote that French does not begin with", "write « … », “ … ” only inside it");
        const bool canadian = lives_in("CA");
        if (!among(sign(), canadian || lives_in("CH") ? U":»" : U";:!?»") || !ends_french_word()) return;
        if (lives_in("CH") && sign() == U'»') return;
        const char32_t before = sign(-1);
        const bool wide = sign() == ':' || sign() == U'»';
        const std::string_view remedy = wide ? "put U+00A0 or U+202F before it" : "put U+202F before it";
        if (before == ' ')
            note("french-space", "an ordinary space: the sign can fall to the next line", remedy);
        else if (is_letter(before) || is_digit(before) || among(before, U"»”)…%"))
            note("french-space", "no space before the sign", remedy);
    }

    void read_german() {
        if (sign() == U'„') ++open_;
        if (sign() == U'“' && --open_ < 0) wrong_in_german("begins with „ and ends with “");
        if (sign() == U'”') wrong_in_german("ends with “ (U+201C)");
        if (lives_in("CH")) return;  // «so» is right there
        if (sign() == U'»') ++chevrons_;
        if (sign() == U'«' && --chevrons_ < 0) wrong_in_german("points inwards: »so«");
    }
    void wrong_in_german(std::string_view rule) {
        note("foreign-quote", "a quote of another language", fmt::format("a German quotation {}", rule));
        open_ = chevrons_ = 0;
    }

    void read_english() {
        if (among(sign(), U"«»„‚")) note("foreign-quote", "a quote of another language", "write “ and ” or ‘ and ’");
        if (among(sign(), U"“„")) ++open_;
        if (sign() == U'”' && --open_ < 0) {
            note("foreign-quote", "a closing quote where none is open", "an English quotation begins with “ (U+201C)");
            open_ = 0;
        }
    }

    std::string_view text_, locale_;
    std::vector<Sign> signs_;
    std::size_t i_ = 0;
    int open_ = 0, chevrons_ = 0;
    std::vector<TextFinding> findings_;
};

}  // namespace

std::vector<TextFinding> check_manners(std::string_view text, std::string_view locale) {
    return Reader(text, locale).read();
}

}  // namespace pli::layouts
