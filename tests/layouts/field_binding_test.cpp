#include "layouts/field_binding.hpp"

#include "base/full_name.hpp"

#include <catch2/catch.hpp>
#include <memory>

#include "layouts/aliases.hpp"

using namespace pli;
using namespace pli::layouts;
using From = FieldBinding::From;

namespace {

FieldNames names_of(std::vector<std::string> names) { return FieldNames{std::move(names)}; }

/// What `{path}` prints in a letter to Zoë Müller of Bonn that has the given fields.
std::string printed(std::string_view path, const FieldNames& names, std::vector<FieldValue> values) {
    Letter letter;
    letter.recipient.first_name = "Zoë";
    letter.recipient.last_name = "Müller";
    letter.recipient.title = "Dr.";
    letter.recipient.city = "Bonn";
    letter.fields.names = std::make_shared<FieldNames>(names);
    letter.fields.values = std::move(values);
    std::string scratch;
    return std::string(fetch(bind(path, names), letter, "2026-11-22", scratch).text);
}

}  // namespace

TEST_CASE("a placeholder in French, German, Italian, Spanish or Dutch finds the recipient", "[layouts]") {
    for (const char* word : {"first_name", "prenom", "Prénom", "vorname", "nome", "nombre", "voornaam", "FirstName"}) {
        CAPTURE(word);
        CHECK(printed(word, {}, {}) == "Zoë");
    }
    for (const char* word : {"nom", "nachname", "cognome", "apellidos", "achternaam", "recipient.last_name"}) {
        CAPTURE(word);
        CHECK(printed(word, {}, {}) == "Müller");
    }
    CHECK(printed("destinataire.ville", {}, {}) == "Bonn");
    CHECK(printed("Empfänger.Ort", {}, {}) == "Bonn");
    CHECK(printed("aujourd’hui", {}, {}) == "2026-11-22");
}

TEST_CASE("the whole name is put together unless the letter gives it", "[layouts]") {
    CHECK(printed("name", {}, {}) == "Dr. Zoë Müller");
    Recipient recipient;
    recipient.name = "Familie Müller";
    recipient.first_name = "Zoë";
    std::string scratch;
    CHECK(full_name(recipient, scratch) == "Familie Müller");
}

TEST_CASE("a field of the letter wins over the recipient, the exact name over a similar one", "[layouts]") {
    CHECK(printed("city", names_of({"city"}), {{"Köln"}}) == "Köln");
    CHECK(printed("recipient.city", names_of({"city"}), {{"Köln"}}) == "Bonn");
    CHECK(printed("Order No", names_of({"order_no", "Order No"}), {{"1"}, {"2"}}) == "2");
    CHECK(printed("order_no", names_of({"Order-No"}), {{"7"}}) == "7");
    CHECK(printed("derniere_commande", names_of({"last_order"}), {{"2026-01-02"}}) == "2026-01-02");
    CHECK(printed("commande.total", names_of({"order.total"}), {{"12.50"}}) == "12.50");
}

TEST_CASE("an unknown placeholder is missing and the nearest known name is offered", "[layouts]") {
    const FieldNames names = names_of({"order_number", "amount"});
    CHECK(bind("shoe_size", names).from == From::Missing);
    CHECK(closest_name("ordernumber", names) == "order_number");
    CHECK(closest_name("frist_name", names) == "first_name");
    CHECK(closest_name("shoe_size", names).empty());
}

TEST_CASE("a letter with fewer values than names has empty fields, not somebody else's", "[layouts]") {
    CHECK(printed("b", names_of({"a", "b"}), {{"1"}}).empty());
}
