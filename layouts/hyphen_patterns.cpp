#include "layouts/hyphen_patterns.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <new>
#include <string_view>
#include <vector>

namespace pli::layouts {
namespace {

/// "a1b2" as the library keeps it: "ab" and "012", a value before each letter and one behind the last.
struct Pattern {
    std::string letters, values;
    bool operator<(const Pattern& other) const { return letters < other.letters; }
};

Pattern pattern_in(std::string_view line) {
    Pattern pattern;
    pattern.values = '0';
    for (const char c : line) {
        if (static_cast<unsigned char>(c) <= ' ') break;
        if (c >= '0' && c <= '9') {
            pattern.values.back() = c;
        } else {
            pattern.letters += c;
            pattern.values += '0';
        }
    }
    pattern.values.erase(0, std::min(pattern.values.find_first_not_of('0'), pattern.values.size()));
    return pattern;
}

/// Memory that hnj_hyphen_free gives back.
template <class T>
T* allocate(std::size_t count) {
    if (auto* memory = static_cast<T*>(std::calloc(count, sizeof(T)))) return memory;
    throw std::bad_alloc();
}

char* copy_of(std::string_view text) {
    auto* copy = allocate<char>(text.size() + 1);
    text.copy(copy, text.size());
    return copy;
}

/// All beginnings of all patterns, each a state; state 0 is the empty one.
class Automaton {
public:
    explicit Automaton(std::vector<Pattern> patterns) : patterns_(std::move(patterns)) {
        std::stable_sort(patterns_.begin(), patterns_.end());
        std::vector<std::uint32_t> path{0};  // the states of the beginnings of the pattern at hand
        std::string_view before;
        for (const Pattern& pattern : patterns_) {
            const std::string_view letters = pattern.letters;
            const auto shared = static_cast<std::size_t>(
                std::mismatch(letters.begin(), letters.end(), before.begin(), before.end()).first - letters.begin());
            path.resize(shared + 1);
            for (const char letter : letters.substr(shared)) path.push_back(add_child(path.back(), letter));
            states_[path.back()].values = pattern.values;  // the last of equal ones counts
            before = letters;
        }
        find_fallbacks();
    }

    void put_into(HyphenDict& level) const {
        std::free(level.states);
        level.states = allocate<HyphenState>(states_.size());
        level.num_states = static_cast<int>(states_.size());
        for (std::size_t i = 0; i < states_.size(); ++i) put(states_[i], level.states[i]);
    }

private:
    static constexpr std::uint32_t none = ~std::uint32_t{0};
    struct State {
        std::uint32_t first_child = none, last_child = none, next_sibling = none;
        std::int32_t fallback = -1, children = 0;
        std::string_view values;
        char letter = 0;
    };

    std::uint32_t add_child(std::uint32_t parent, char letter) {
        const auto child = static_cast<std::uint32_t>(states_.size());
        states_.emplace_back().letter = letter;
        auto& last = states_[parent].last_child;
        (last == none ? states_[parent].first_child : states_[last].next_sibling) = child;
        last = child;
        ++states_[parent].children;
        return child;
    }

    std::uint32_t child_of(std::uint32_t state, char letter) const {
        auto child = states_[state].first_child;
        while (child != none && states_[child].letter != letter) child = states_[child].next_sibling;
        return child;
    }

    /// Where to go on when no pattern goes on: to the longest ending that is a beginning as well. Shorter states first.
    void find_fallbacks() {
        std::vector<std::uint32_t> in_order{0};
        in_order.reserve(states_.size());
        for (std::size_t i = 0; i < in_order.size(); ++i)
            for (auto child = states_[in_order[i]].first_child; child != none; child = states_[child].next_sibling) {
                states_[child].fallback = ending_of(in_order[i], states_[child].letter);
                in_order.push_back(child);
            }
    }
    std::int32_t ending_of(std::uint32_t parent, char letter) const {
        for (auto shorter = states_[parent].fallback; shorter >= 0;) {
            const auto state = static_cast<std::uint32_t>(shorter);
            if (const auto child = child_of(state, letter); child != none) return static_cast<std::int32_t>(child);
            shorter = states_[state].fallback;
        }
        return 0;
    }

    void put(const State& from, HyphenState& to) const {
        if (!from.values.empty()) to.match = copy_of(from.values);
        to.fallback_state = from.fallback;
        to.num_trans = from.children;
        if (from.children == 0) return;
        to.trans = allocate<HyphenTrans>(static_cast<std::size_t>(from.children));
        auto* next = to.trans;
        for (auto child = from.first_child; child != none; child = states_[child].next_sibling)
            *next++ = {states_[child].letter, static_cast<int>(child)};
    }

    std::vector<Pattern> patterns_;
    std::vector<State> states_{State{}};
};

/// A dictionary taken apart: what the library reads itself, and the patterns of its levels.
struct Parts {
    std::string head;  // character set, settings, the mark between the levels
    std::array<std::vector<Pattern>, 2> levels;
    bool two_levels = false;
    bool plain = true;  // no replacements, no line longer than the library reads
};

Parts take_apart(std::string_view dictionary) {
    constexpr std::array settings{"LEFTHYPHENMIN", "RIGHTHYPHENMIN", "COMPOUNDLEFTHYPHENMIN", "COMPOUNDRIGHTHYPHENMIN",
                                  "NOHYPHEN"};
    Parts parts;
    bool first = true;
    for (std::size_t at = 0; at < dictionary.size();) {
        const auto end = std::min(dictionary.find('\n', at), dictionary.size());
        const auto line = dictionary.substr(at, end - at);
        at = end + 1;
        const bool next_level = line.starts_with("NEXTLEVEL");
        const auto sets = [line](std::string_view setting) { return line.starts_with(setting); };
        if (first || next_level || std::any_of(settings.begin(), settings.end(), sets)) {
            if (next_level && parts.two_levels) break;  // the library knows two
            parts.head.append(line).append("\n");
            parts.two_levels |= next_level;
            first = false;
            continue;
        }
        if (line.empty() || line[0] == '%' || line[0] == '#') continue;  // no word holds a '#'
        parts.plain &= line.find('/') == std::string_view::npos && line.size() < MAX_CHARS - 2;
        auto pattern = pattern_in(line);
        if (!pattern.letters.empty()) parts.levels[parts.two_levels].push_back(std::move(pattern));
    }
    return parts;
}

}  // namespace

HyphenPatterns load_hyphen_patterns_slowly(std::string dictionary) {
    const std::unique_ptr<std::FILE, decltype([](std::FILE* f) { std::fclose(f); })> file(
        dictionary.empty() ? nullptr : ::fmemopen(dictionary.data(), dictionary.size(), "r"));
    return HyphenPatterns(file ? hnj_hyphen_load_file(file.get()) : nullptr);
}

HyphenPatterns load_hyphen_patterns(std::string dictionary) {
    auto parts = take_apart(dictionary);
    if (!parts.plain) return load_hyphen_patterns_slowly(std::move(dictionary));
    auto patterns = load_hyphen_patterns_slowly(parts.head);
    if (!patterns || !patterns->nextlevel) return load_hyphen_patterns_slowly(std::move(dictionary));
    // A dictionary of one level becomes the second: the library's first one divides at hyphens.
    auto& lower = *patterns->nextlevel;
    if (!parts.two_levels) {
        Automaton(std::move(parts.levels[0])).put_into(lower);
    } else {
        Automaton(std::move(parts.levels[0])).put_into(*patterns);
        Automaton(std::move(parts.levels[1])).put_into(lower);
    }
    return patterns;
}

}  // namespace pli::layouts
