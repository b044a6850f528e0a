#include "layouts/line_breaks.hpp"

#include <unicode/brkiter.h>
#include <unicode/utext.h>

#include <array>
#include <string>

namespace pli::layouts {
namespace {

/// The classes of UAX #14 that make up ordinary Latin text; everything else goes to ICU.
enum class Class : std::uint8_t { Letter, Digit, Space, Stop, Hyphen, Quote, Glue, Currency, Other };

constexpr std::array<Class, 256> make_classes() {
    std::array<Class, 256> classes{};
    classes.fill(Class::Other);
    for (unsigned c = 'a'; c <= 'z'; ++c) classes[c] = classes[c - 32] = Class::Letter;
    for (unsigned c = '0'; c <= '9'; ++c) classes[c] = Class::Digit;
    classes[' '] = Class::Space;
    classes['.'] = classes[','] = Class::Stop;
    classes['-'] = Class::Hyphen;
    classes['&'] = Class::Letter;
    classes['\''] = Class::Quote;
    return classes;
}
constexpr auto ascii_classes = make_classes();
Class class_of(char c) { return ascii_classes[static_cast<unsigned char>(c)]; }
bool is_letter_or_digit(char c) { return class_of(c) <= Class::Digit; }

/// U+00C0 to U+024F but × and ÷, in two bytes.
bool is_latin_letter(std::string_view text, std::size_t at) {
    if (at + 1 >= text.size()) return false;
    const auto lead = static_cast<unsigned char>(text[at]);
    const auto trail = static_cast<unsigned char>(text[at + 1]);
    if ((trail & 0xC0) != 0x80 || lead < 0xC3 || lead > 0xC9) return false;
    if (lead == 0xC3) return trail != 0x97 && trail != 0xB7;
    return lead < 0xC9 || trail <= 0x8F;
}

struct Sign {
    Class kind;
    std::size_t length;
};

/// What stands beyond ASCII in names and amounts: letters, ’ and €, the spaces that do not break.
Sign sign_at(std::string_view text, std::size_t at) {
    const Class ascii = class_of(text[at]);
    if (ascii != Class::Other) return {ascii, 1};
    if (is_latin_letter(text, at)) return {Class::Letter, 2};
    const auto sign = text.substr(at);
    if (sign.starts_with("\u00A0")) return {Class::Glue, 2};
    if (sign.starts_with("\u202F")) return {Class::Glue, 3};
    if (sign.starts_with("\u2019")) return {Class::Quote, 3};
    if (sign.starts_with("\u20AC")) return {Class::Currency, 3};
    return {Class::Other, 1};
}

/// Whether the neighbour alone decides. A hyphen joins figures and parts words; a stop or hyphen that begins a word,
/// and what stands around quotes and currency signs at its edges, depend on more.
constexpr bool decided(Class before, Class now) {
    const bool in_word = before == Class::Letter || before == Class::Digit;
    if (now == Class::Other) return false;
    if (now == Class::Stop || now == Class::Hyphen) return in_word;
    if (now == Class::Quote) return before == Class::Letter;
    if (now == Class::Currency) return in_word || before == Class::Space || before == Class::Glue;
    if (before == Class::Quote) return now == Class::Letter;
    if (before == Class::Currency) return now == Class::Space;
    if (before == Class::Hyphen) return now == Class::Letter || now == Class::Digit;
    return now != Class::Glue || in_word;
}

enum class Step : std::uint8_t { Join, Break, Ask };
constexpr std::size_t classes = static_cast<std::size_t>(Class::Other) + 1;

/// What two neighbours mean, by class.
constexpr auto steps = [] {
    std::array<std::array<Step, classes>, classes> table{};
    for (std::size_t b = 0; b < classes; ++b) {
        for (std::size_t n = 0; n < classes; ++n) {
            const auto before = static_cast<Class>(b), now = static_cast<Class>(n);
            const bool after_space = before == Class::Space && now != Class::Space;
            const bool in_compound = before == Class::Hyphen && now == Class::Letter;
            table[b][n] = !decided(before, now) ? Step::Ask : after_space || in_compound ? Step::Break : Step::Join;
        }
    }
    return table;
}();
Step step(Class before, Class now) { return steps[static_cast<std::size_t>(before)][static_cast<std::size_t>(now)]; }

/// Finds the breaks of ordinary Latin text: after spaces (LB18) and after a hyphen within a word (LB21, LB25). False as
/// soon as something comes whose breaks depend on more than its neighbour; `out` is then to be cleared.
bool find_in_latin(std::string_view text, std::vector<LineBreak>& out) {
    Class before = Class::Space;
    for (std::size_t at = 0; at < text.size();) {
        if (before == Class::Letter || before == Class::Digit) {  // within a word nothing is to be decided
            while (at < text.size() && is_letter_or_digit(text[at])) before = class_of(text[at++]);
            if (at == text.size()) break;
        }
        const auto [now, length] = sign_at(text, at);
        const Step next = step(before, now);
        if (next == Step::Ask) return false;
        if (next == Step::Break && at > 0) out.push_back({static_cast<std::uint32_t>(at), false});
        before = now;
        at += length;
    }
    return before != Class::Hyphen;
}

}  // namespace

struct LineBreaker::State {
    std::string locale = "-";  // no tag, so that the first call makes its iterator
    std::unique_ptr<icu::BreakIterator> iterator;
    UText text = UTEXT_INITIALIZER;

    ~State() { utext_close(&text); }

    void use_locale(std::string_view wanted) {
        if (iterator && locale == wanted) return;
        UErrorCode status = U_ZERO_ERROR;
        auto tag = icu::Locale::forLanguageTag({wanted.data(), static_cast<int32_t>(wanted.size())}, status);
        if (U_FAILURE(status)) tag = icu::Locale::getRoot();
        status = U_ZERO_ERROR;
        iterator.reset(icu::BreakIterator::createLineInstance(tag, status));
        locale = wanted;
    }
};

LineBreaker::LineBreaker() : state_(std::make_unique<State>()) {}
LineBreaker::~LineBreaker() = default;
LineBreaker::LineBreaker(LineBreaker&&) noexcept = default;

void LineBreaker::find(std::string_view text, std::string_view locale, std::vector<LineBreak>& out) {
    out.clear();
    if (!find_in_latin(text, out)) return find_by_icu(text, locale, out);
    if (!text.empty()) out.push_back({static_cast<std::uint32_t>(text.size()), true});
}

void LineBreaker::find_by_icu(std::string_view text, std::string_view locale, std::vector<LineBreak>& out) {
    out.clear();
    if (text.empty()) return;
    state_->use_locale(locale);
    UErrorCode status = U_ZERO_ERROR;
    utext_openUTF8(&state_->text, text.data(), static_cast<int64_t>(text.size()), &status);
    if (state_->iterator && U_SUCCESS(status)) {
        icu::BreakIterator& breaks = *state_->iterator;
        breaks.setText(&state_->text, status);
        for (int32_t at = breaks.next(); at != icu::BreakIterator::DONE; at = breaks.next()) {
            out.push_back({static_cast<std::uint32_t>(at), breaks.getRuleStatus() >= UBRK_LINE_HARD});
        }
    }
    const auto end = static_cast<std::uint32_t>(text.size());
    if (out.empty() || out.back().offset != end) out.push_back({end, true});
    out.back().mandatory = true;
}

}  // namespace pli::layouts
