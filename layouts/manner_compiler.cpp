#include <fmt/format.h>

#include "layouts/compiler.hpp"
#include "layouts/text_manners.hpp"

namespace pli::layouts {
namespace {

/// The passage as it reads, with the bytes of the literal each part came from.
std::string as_read(const Passage& passage) {
    std::string text;
    for (const Strand& strand : passage.strands) {
        if (strand.placeholder >= 0)
            text += field_stand_in;
        else
            text.append(passage.text, strand.text.first, strand.text.count);
    }
    return text;
}

/// Where the author wrote it. Mark-up and placeholders stand between the words, so the place is looked for by the
/// longest stretch around it that is found unchanged, from where the one before it was.
std::size_t place_in(std::string_view written, std::string_view read, std::size_t at, std::size_t from) {
    for (const std::size_t reach : {12, 6, 3, 1}) {
        const std::size_t first = at > reach ? at - reach : 0;
        const auto found = written.find(read.substr(first, at - first + 1), from);
        if (found != written.npos) return found + (at - first);
    }
    return from;
}

}  // namespace

void TextCompiler::check_words(const Passage& passage, const std::string& pointer) {
    const auto& source = shop_.findings.source();
    const auto path = nlohmann::json::json_pointer(pointer);
    if (!source.value().contains(path) || !source.value().at(path).is_string()) return;
    const auto& written = source.value().at(path).get_ref<const std::string&>();
    const std::string read = as_read(passage);
    std::size_t from = 0;
    for (TextFinding finding : check_manners(read, passage.locale.empty() ? shop_.design.locale : passage.locale)) {
        from = finding.offset = place_in(written, read, finding.offset, from);
        shop_.findings.add(Finding::Severity::Warning, finding.code, source.error_at(pointer, finding));
    }
}

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
    manner.hanging = manner.justified && type.hang.value_or(false);
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
