#pragma once
#include <hyphen.h>

#include <memory>
#include <string>

namespace pli::layouts {

struct FreeHyphenDict {
    void operator()(HyphenDict* dictionary) const { hnj_hyphen_free(dictionary); }
};
using HyphenPatterns = std::unique_ptr<HyphenDict, FreeHyphenDict>;

/// A dictionary as libhyphen's hyphenate functions take it; nullptr: these bytes are none. The automaton of the patterns
/// is built here, because the library's own loader takes seconds for German (its 279,000 states lie in a hash table of
/// 31,627 places). Dictionaries with replacements, such as Hungarian, are left to the loader.
/// Source   libhyphen 2.8, hyphen.h: HyphenState; Aho and Corasick, CACM 18 (1975), algorithm 3
/// Threads  any
HyphenPatterns load_hyphen_patterns(std::string dictionary);

/// By the library's own loader alone: what the other one is held against.
HyphenPatterns load_hyphen_patterns_slowly(std::string dictionary);

}  // namespace pli::layouts
