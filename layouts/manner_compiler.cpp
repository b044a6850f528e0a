#include <fmt/format.h>

#include "layouts/compiler.hpp"

namespace pli::layouts {

Manner TextCompiler::manner_of(const TypeSpec& type) {
    Manner manner;
    manner.justified = type.align == Align::Justify;
    // Stretched lines show every bad break; ragged ones forgive, and greedy lines are what the author counts on.
    const Breaking usual = manner.justified ? Breaking::Optimum : Breaking::Greedy;
    manner.optimum = type.breaking.value_or(usual) == Breaking::Optimum;
    const Hyphenate wanted = type.hyphenate.value_or(Hyphenate::None);
    manner.hyphenated = wanted != Hyphenate::None;
    manner.divides_fields = wanted == Hyphenate::All;
    manner.most_hyphens = static_cast<std::uint8_t>(type.max_hyphens.value_or(2));
    return manner;
}

std::shared_ptr<const Hyphenator> TextCompiler::read_hyphenator(const std::string& locale, const std::string& pointer) {
    const auto needs = hyphenation_needs(locale);
    if (!shop_.workshop.resources.read_hyphenation) return nullptr;
    for (const std::string& file : needs.files) {
        const auto dictionary = shop_.workshop.resources.read_hyphenation(file);
        if (!dictionary) continue;
        auto hyphenator = Hyphenator::read(*dictionary, needs.edges);
        if (!hyphenator) {
            shop_.findings.failed("hyphenation", pointer, hyphenator.error());
            return nullptr;
        }
        shop_.digest.add(*dictionary);  // another edition of it may break lines elsewhere
        return *hyphenator;
    }
    shop_.findings.warning("no-hyphenation", pointer,
                           fmt::format("there is no hyphenation dictionary for \"{}\"; no word is divided", locale),
                           fmt::format("install Debian's hyphen-{} or put {} into the workspace's hyphenation/",
                                       locale.substr(0, locale.find('-')), needs.files[1]));
    return nullptr;
}

const Hyphenator* TextCompiler::hyphenator_for(const TypeSpec& type) {
    const std::string locale = type.locale.value_or(shop_.design.locale);
    auto& known = shop_.state.hyphenators;
    auto found = known.find(locale);
    if (found == known.end()) found = known.emplace(locale, read_hyphenator(locale, type.pointer)).first;
    return found->second.get();
}

}  // namespace pli::layouts
