#pragma once
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"

namespace pli::layouts {

/// Where a word may be divided, and what stands there if it is: mostly the word's own letters. Bytes of the word.
struct WordBreak {
    std::uint32_t offset = 0;   // the head ends here, the tail begins here
    std::uint32_t removed = 0;  // bytes before `offset` that a division replaces (old German ck, Catalan l·l)
    std::uint32_t skipped = 0;  // and behind it
    std::string before, after;  // what stands there instead
    bool asked = false;         // a soft hyphen of the author
};

/// Divides words of one language by its dictionary of patterns.
/// Source   libhyphen 2.8 and the dictionaries of LibreOffice (Debian: hyphen-fr, hyphen-de, …)
/// Errors   read: BadInput: these bytes are no dictionary
/// Threads  immutable; share freely
class Hyphenator {
public:
    /// How few letters may stand before and behind a hyphen.
    struct Edges {
        int left = 2, right = 3;
    };
    static Result<std::shared_ptr<const Hyphenator>> read(const std::string& dictionary, Edges edges);

    /// Appends the breaks of one word, ascending. A word is what stands between spaces, its quotes and stops included.
    /// None in words with digits, in words of capitals, in addresses of mail and web, in words with a hyphen of their
    /// own.
    void find(std::string_view word, std::vector<WordBreak>& out) const;

private:
    struct State;
    static Result<std::shared_ptr<const Hyphenator>> build(const std::string& dictionary, Edges edges);
    explicit Hyphenator(std::shared_ptr<const State> state) : state_(std::move(state)) {}
    void find_in_letters(std::string_view letters, std::uint32_t at, std::vector<WordBreak>& out) const;

    std::shared_ptr<const State> state_;
};

/// The dictionary files that would do for a locale, the closest first, and its language's edges: "de-CH" → hyph_de_CH,
/// hyph_de, hyph_de_DE.
struct HyphenationNeeds {
    std::vector<std::string> files;
    Hyphenator::Edges edges;
};
HyphenationNeeds hyphenation_needs(std::string_view locale);

}  // namespace pli::layouts
