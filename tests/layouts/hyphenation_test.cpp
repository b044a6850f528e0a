#include "layouts/hyphenation.hpp"

#include <catch2/catch.hpp>
#include <fstream>
#include <iterator>

using namespace pli;
using namespace pli::layouts;

namespace {

std::shared_ptr<const Hyphenator> dictionary_of(std::string_view locale) {
    const auto needs = hyphenation_needs(locale);
    for (const auto& name : needs.files) {
        std::ifstream file("/usr/share/hyphen/" + name, std::ios::binary);
        if (!file) continue;
        return Hyphenator::read({std::istreambuf_iterator<char>(file), {}}, needs.edges).value();
    }
    return nullptr;
}

/// "Schiff=fahrt": as it is printed where it is divided there.
std::string divided(const Hyphenator& dictionary, std::string_view word) {
    std::vector<WordBreak> breaks;
    dictionary.find(word, breaks);
    std::string shown;
    std::size_t at = 0;
    for (const WordBreak& b : breaks) {
        shown += std::string(word.substr(at, b.offset - b.removed - at)) + b.before + "=" + b.after;
        at = b.offset + b.skipped;
    }
    return shown + std::string(word.substr(at));
}

std::string divided(std::string_view locale, std::string_view word) {
    const auto dictionary = dictionary_of(locale);
    REQUIRE(dictionary);
    return divided(*dictionary, word);
}

}  // namespace

TEST_CASE("each language divides words its own way", "[layouts]") {
    CHECK(divided("fr-FR", "immédiatement") == "im=mé=dia=te=ment");
    CHECK(divided("de-DE", "Schifffahrtsgesellschaft") == "Schiff=fahrts=ge=sell=schaft");
    CHECK(divided("de-AT", "Straßenbahngleise") == "Stra=ßen=bahn=glei=se");
    CHECK(divided("en-GB", "typography") == "ty=po=graphy");
    CHECK(divided("en-US", "typography") == "ty=pog=ra=phy");
    CHECK(divided("es-MX", "extraordinario") == "ex=tra=or=di=na=rio");
    CHECK(divided("it", "straordinario") == "straor=di=nario");
    CHECK(divided("nl-NL", "buitengewoon") == "bui=ten=ge=woon");
    CHECK(divided("pl-PL", "nadzwyczajny") == "nad=zwy=czaj=ny");
    CHECK(divided("pt-BR", "extraordinário") == "ex=tra=or=di=ná=rio");
    CHECK(divided("sv-SE", "utomordentlig") == "ut=om=or=dent=lig");
    CHECK(divided("da-DK", "ekstraordinær") == "ek=stra=or=di=nær");
    CHECK(divided("cs-CZ", "mimořádný") == "mi=mo=řádný");
}

TEST_CASE("French carries over no fewer than three letters and leaves no fewer than two", "[layouts]") {
    CHECK(divided("fr", "vite") == "vite");
    CHECK(divided("fr", "moutarde") == "mou=tarde");
    CHECK(divided("fr", "l’atelier") == "l’ate=lier");
    CHECK(divided("fr", "«\u202Faujourd’hui\u202F».") == "«\u202Fau=jour=d’hui\u202F».");
}

TEST_CASE("numbers, capitals, addresses and words with hyphens are never divided", "[layouts]") {
    for (const char* word : {"ML-26-1000", "A4-Papier1", "SNCF", "DONAUDAMPFSCHIFFFAHRT", "bonjour@lavande.example",
                             "www.maison-lavande.example", "https://lavande.example/merci", "Nordrhein-Westfalen",
                             "nom_de_famille", "…", ""})
        CHECK(divided("fr", word) == word);
    CHECK(divided("fr", "(immédiatement,") == "(im=mé=dia=te=ment,");
}

TEST_CASE("a division may change letters: Hungarian doubles, Catalan l·l, German ck and fff", "[layouts]") {
    CHECK(divided("hu-HU", "asszonnyal") == "asz=szony=nyal");
    CHECK(divided("ca-ES", "intel·ligent") == "in=tel=li=gent");
    const auto old_german = Hyphenator::read("UTF-8\nc1k/k=k,1,2\nf1f/ff=f,1,2\n", {2, 2}).value();
    CHECK(divided(*old_german, "Drucker") == "Druk=ker");
    CHECK(divided(*old_german, "Schiffahrt") == "Schiff=fahrt");
}

TEST_CASE("a file that is no dictionary is refused, and a locale is no path", "[layouts]") {
    CHECK_FALSE(Hyphenator::read("", {}));
    CHECK(hyphenation_needs("../../etc/x").files.front() == "hyph_und.dic");
    CHECK(hyphenation_needs("de-CH").files ==
          std::vector<std::string>{"hyph_de_CH.dic", "hyph_de.dic", "hyph_de_DE.dic"});
}
