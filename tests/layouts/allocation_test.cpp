#include <catch2/catch.hpp>
#include <memory>

#include "address/writer.hpp"
#include "layouts/field_binding.hpp"
#include "layouts/formats.hpp"
#include "layouts/line_breaks.hpp"
#include "tests/outside/allocations.hpp"

using namespace pli;
using namespace pli::layouts;

TEST_CASE("the values of a letter after the first are fetched, written and broken without allocation", "[layouts]") {
    const auto names = std::make_shared<FieldNames>(FieldNames{{"amount", "due", "town"}});
    Letter letter;
    letter.recipient.first_name = "Élise";
    letter.recipient.last_name = "Müller";
    letter.recipient.street = "12 rue de la Gare";
    letter.recipient.postal_code = "75008";
    letter.recipient.city = "Paris Cedex 08";
    letter.recipient.country = "FR";
    letter.fields.names = names;
    letter.fields.values = {{"1234567.50"}, {"2026-11-22"}, {"Saint-Étienne-du-Rouvray et environs"}};
    const Placeholder money{"amount", {Format::Kind::Money, DateStyle::Medium, -1}, {}, 0};
    const Placeholder date{"due", {Format::Kind::Date, DateStyle::Long, -1}, {}, 0};
    const Placeholder plain{"town", {}, {}, 0};
    const FieldBinding amount = bind("amount", *names), due = bind("due", *names), town = bind("town", *names);
    const FieldBinding whole_name = bind("name", *names);

    Formats formats;
    LineBreaker breaker;
    address::Writer writer("DE");
    address::Lines lines;
    std::vector<LineBreak> breaks;
    std::string out, scratch;
    const auto lay_out = [&] {
        out.clear();
        bool good = formats.use_locale("fr-FR").has_value();
        good = good && formats.append(money, fetch(amount, letter, "", scratch).text, out);
        good = good && formats.append(date, fetch(due, letter, "", scratch).text, out);
        good = good && formats.append(plain, fetch(town, letter, "", scratch).text, out);
        out += fetch(whole_name, letter, "", scratch).text;
        breaker.find(fetch(town, letter, "", scratch).text, "fr-FR", breaks);
        return good && writer.write(letter.recipient, {6, 6}, lines);
    };
    REQUIRE(lay_out());  // learns the locale, sizes the buffers
    const std::size_t before = test::allocations();
    const bool again = lay_out();
    const std::size_t used = test::allocations() - before;
    CHECK(again);
    CHECK(used == 0);
    CHECK(out == "1\u202F234\u202F567,50\u00A0€22 novembre 2026Saint-Étienne-du-Rouvray et environsÉlise Müller");
    CHECK(lines.count == 4);
    CHECK(breaks.size() == 6);
}
