// What a paragraph of 600 characters with a field in it costs a letter, by the manner in which it is set.
#include <benchmark/benchmark.h>
#include <fmt/format.h>

#include <fstream>
#include <iterator>
#include <string>

#include "layouts/template.hpp"

namespace {
using namespace pli;

Result<std::string> read_dictionary(std::string_view file) {
    std::ifstream dictionary("/usr/share/hyphen/" + std::string(file), std::ios::binary);
    if (!dictionary) return failure(Fault::NotFound, std::string(file), "there is no such dictionary");
    return std::string{std::istreambuf_iterator<char>(dictionary), {}};
}

std::string letter_with(std::string_view manner) {
    return fmt::format(
        R"({{"profile": "NF-right", "locale": "fr-FR", "style": {{"font": "Noto Serif", "size": 10.5, "leading": 15}},
        "body": [{{"text": "{}", {}}}]}})",
        "Chère {first_name}, la distillation de la lavande se conduit traditionnellement à l’oreille plutôt qu’au "
        "thermomètre\u202F; on ne coupe jamais immédiatement après la pluie, même lorsque les nuages annoncent un "
        "refroidissement considérable. Mon grand-père répétait\u202F: «\u00A0Ce que la terre donne en juillet, elle "
        "l’a "
        "vraisemblablement décidé en février.\u00A0» Nous avons mis longtemps à comprendre cette phrase, {first_name}, "
        "et "
        "davantage encore à y croire. Votre commande en est la preuve\u202F: elle est partie ce matin de l’atelier, "
        "enveloppée de papier de soie, avec un brin de lavande glissé sous la ficelle et toutes nos salutations.",
        manner);
}

void set_paragraph(benchmark::State& state, const char* manner) {
    const auto profiles = layouts::ProfileSet::load(PLI_PROFILES, "").value();
    fonts::FontSet fonts(fonts::FontSet::Options{"", {}});
    Assets assets;
    const Day day = Day::of(2026, 11, 23);
    layouts::Workshop workshop{profiles, fonts, assets, {}, day, "FR"};
    workshop.resources.read_hyphenation = read_dictionary;
    const auto compiled = layouts::compile("paragraph", letter_with(manner), workshop);
    if (!compiled.result) return state.SkipWithError(compiled.findings.front().error.text().c_str());
    fonts.freeze();
    layouts::Typesetter typesetter(fonts, assets, day, "FR");
    layouts::TypesetLetter out;
    // Names of other lengths break the paragraph elsewhere: no letter profits from the one before it.
    constexpr std::array names{"Zoë",      "Camille", "Jean-Baptiste", "Marie-Antoinette",
                               "Éléonore", "Li",      "Maximilien",    "Ana"};
    std::size_t at = 0;
    for (auto _ : state) {
        Letter letter;
        letter.recipient.first_name = letter.recipient.last_name = names[at++ % names.size()];
        letter.recipient.street = "12 rue des Lilas";
        letter.recipient.postal_code = "75011";
        letter.recipient.city = "Paris";
        if (auto done = typesetter.lay_out(*compiled.result, letter, out); !done)
            return state.SkipWithError(done.error().text().c_str());
        benchmark::DoNotOptimize(out);
    }
}

BENCHMARK_CAPTURE(set_paragraph, ragged_greedy, R"("align": "left")")->Unit(benchmark::kMicrosecond);
BENCHMARK_CAPTURE(set_paragraph, ragged_optimum, R"("align": "left", "breaking": "optimum")")
    ->Unit(benchmark::kMicrosecond);
BENCHMARK_CAPTURE(set_paragraph, justified_greedy, R"("align": "justify", "breaking": "greedy")")
    ->Unit(benchmark::kMicrosecond);
BENCHMARK_CAPTURE(set_paragraph, justified, R"("align": "justify")")->Unit(benchmark::kMicrosecond);
BENCHMARK_CAPTURE(set_paragraph, justified_hyphenated, R"("align": "justify", "hyphenate": true)")
    ->Unit(benchmark::kMicrosecond);
BENCHMARK_CAPTURE(set_paragraph, justified_fields_hyphenated, R"("align": "justify", "hyphenate": "all")")
    ->Unit(benchmark::kMicrosecond);

}  // namespace

BENCHMARK_MAIN();
