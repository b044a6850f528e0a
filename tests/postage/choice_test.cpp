#include <catch2/catch.hpp>

#include "tests/postage/counter.hpp"

namespace {

using namespace pli;
using namespace pli::postage;
using namespace pli::postage::test;

struct Case {
    const char *from, *to;
    std::uint32_t sheets;
    const char *envelope, *product, *price;
};

/// An edition of one product, for the edges of its limits.
Edition small_edition(Mass limit) {
    Edition edition;
    edition.country = "DE";
    edition.currency = Currency::parse("EUR").value();
    edition.zones.push_back({"home", {"DE"}, false});
    Product product;
    product.id = "letter";
    product.zones = {"home"};
    product.length = {140_mm, 235_mm};
    product.width = {90_mm, 125_mm};
    product.thickness = {Length{}, 5_mm};
    product.limits = {"S: test"};
    product.steps.push_back({limit, Money::parse("0.95", edition.currency).value(), {"S: test"}});
    edition.products.push_back(product);
    return edition;
}

Choice at_the_edge(Mass mass, Length thickness, const Settings& settings = {}) {
    static const auto edition = small_edition(Mass::g(20));
    Weighed weighed;
    weighed.mass = mass;
    weighed.thickness = thickness;
    return choose(edition, settings, Day::of(2026, 6, 1), {"DE", {220_mm, 110_mm}, weighed}, Pieces(1));
}

}  // namespace

TEST_CASE("each country's letters find their product and price by weight, format and destination", "[postage]") {
    const std::vector<Case> cases{
        {"DE", "DE", 1, "DL", "standardbrief", "0.95"},
        {"DE", "DE", 3, "C6/5", "standardbrief", "0.95"},
        {"DE", "DE", 4, "C6/5", "kompaktbrief", "1.10"},
        {"DE", "DE", 9, "DL", "kompaktbrief", "1.10"},
        {"DE", "DE", 10, "DL", "grossbrief", "1.80"},
        {"DE", "DE", 1, "C5", "grossbrief", "1.80"},
        {"DE", "DE", 1, "C4", "grossbrief", "1.80"},
        {"DE", "DE", 97, "C4", "maxibrief", "2.90"},
        {"DE", "FR", 1, "DL", "standardbrief-international", "1.25"},
        {"DE", "JP", 4, "DL", "kompaktbrief-international", "1.80"},
        {"DE", "US", 1, "C4", "grossbrief-international", "3.30"},
        {"AT", "AT", 1, "DL", "brief-s", "1.00"},
        {"AT", "AT", 4, "C5", "brief-m", "1.60"},
        {"AT", "AT", 1, "C4", "paeckchen-s", "3.10"},
        {"CH", "CH", 1, "C5", "b-post-standard", "1.00"},
        {"CH", "LI", 1, "C6/5", "b-post-standard", "1.00"},
        {"CH", "CH", 19, "C5", "a-post-midi", "1.70"},
        {"CH", "CH", 1, "C4", "a-post-gross", "2.50"},
        {"CH", "DE", 1, "C5", "standard-europe", "1.90"},
        {"CH", "BR", 1, "C5", "standard-world", "2.50"},
        {"FR", "FR", 1, "DL", "lettre-verte", "1.52"},
        {"FR", "RE", 1, "DL", "lettre-verte", "1.52"},
        {"FR", "FR", 4, "DL", "lettre-verte", "3.04"},
        {"FR", "FR", 48, "C4", "lettre-verte", "7.86"},
        {"FR", "DE", 1, "DL", "lettre-internationale", "2.25"},
        {"GB", "GB", 1, "DL", "second-class-letter", "0.91"},
        {"GB", "JE", 5, "C5", "second-class-letter", "0.91"},
        {"GB", "GB", 1, "C4", "first-class-large-letter", "3.30"},
        {"US", "US", 1, "#10", "first-class-letter", "0.78"},
        {"US", "US", 5, "#10", "first-class-letter", "1.07"},
        {"US", "PR", 1, "#10", "first-class-letter", "0.78"},
        {"US", "CA", 1, "#10", "first-class-international", "1.70"},
    };
    for (const auto& c : cases) {
        CAPTURE(c.from, c.to, c.sheets, c.envelope);
        const auto found = priced(office(c.from), letter(c.sheets, c.envelope), c.to);
        CHECK(found.product == c.product);
        CHECK(found.price == c.price);
    }
}

TEST_CASE("a gram band ends at its limit: 20.000000 g is in, one millionth more is out", "[postage]") {
    CHECK(at_the_edge(Mass::g(20), 1_mm).product != nullptr);
    const auto over = at_the_edge(Mass::g(20) + Mass::ug(1), 1_mm);
    CHECK(over.product == nullptr);
    CHECK_THAT(over.reason, Catch::Contains("no product"));
    CHECK(at_the_edge(Mass::g(10), 5_mm).product != nullptr);
    CHECK(at_the_edge(Mass::g(10), 5_mm + Length::nm(1)).product == nullptr);
}

TEST_CASE("a piece nearer to its limit than the margin is told with the distance", "[postage]") {
    CHECK_FALSE(at_the_edge(Mass::g(19.5), 1_mm).near_limit);
    const auto near = at_the_edge(Mass::g(19.8), 1_mm);
    CHECK(near.near_limit);
    CHECK(near.near == "0.20 g under the limit of 20 g");
    CHECK(at_the_edge(Mass::g(10), Length::mm(4.9)).near == "0.10 mm under the limit of 5 mm");
    const auto letter_of_three = office("DE").assess(letter(3, "C6/5"), "DE", Pieces(1)).choice;
    CHECK(letter_of_three.near == "0.23 g under the limit of 20 g");
}

TEST_CASE("a cautious sender pays the next step instead of being told", "[postage]") {
    Settings settings;
    settings.country = "DE";
    settings.heavier_when_near = true;
    const auto at = office(settings);
    CHECK(priced(at, letter(2, "C6/5"), "DE").product == "standardbrief");
    CHECK(priced(at, letter(3, "C6/5"), "DE").product == "kompaktbrief");
}

TEST_CASE("a product with conditions is used only when it is named", "[postage]") {
    const auto at = office("DE");
    const auto unnamed = at.assess(letter(1), "DE", Pieces(10'000)).choice;
    CHECK(unnamed.product->id == "standardbrief");
    CHECK_THAT(reason_against(unnamed, "dialogpost-standard"),
               Catch::Contains("promotional content alone") && Catch::Contains("[postage] products"));
    CHECK(priced(office("DE", {"dialogpost-standard"}), letter(1), "DE", 10'000).product == "dialogpost-standard");
}

TEST_CASE("Dialogpost by weight and volume: EASY from 500, the full product from 5,000 pieces", "[postage]") {
    const auto at = office("DE", {"dialogpost-standard", "dialogpost-standard-easy", "dialogpost-gross"});
    CHECK(priced(at, letter(1), "DE", 499).product == "standardbrief");
    CHECK(priced(at, letter(1), "DE", 500).price == "0.56");
    CHECK(priced(at, letter(1), "DE", 4'999).product == "dialogpost-standard-easy");
    CHECK(priced(at, letter(1), "DE", 5'000).price == "0.38");
    CHECK(priced(at, letter(4, "C6/5"), "DE", 5'000).price == "0.42");
    CHECK(priced(at, letter(8, "C5"), "DE", 5'000).price == "0.54");
    CHECK(priced(at, letter(9, "C5"), "DE", 5'000).price == "0.67");
    CHECK(priced(at, letter(40, "C4"), "DE", 5'000).price == "0.82");
    CHECK(priced(at, letter(1), "FR", 5'000).product == "standardbrief-international");
    const auto few = at.assess(letter(1), "DE", Pieces(4'990)).choice;
    CHECK(reason_against(few, "dialogpost-standard") == "4990 pieces, needs 5000");
}

TEST_CASE("September to December Dialogpost costs a cent more", "[postage]") {
    Settings settings;
    settings.country = "DE";
    settings.products = {"dialogpost-standard"};
    const auto price_in = [&](int month, int day) {
        return priced(office(settings, Day::of(2026, month, day)), letter(1), "DE", 5'000).price;
    };
    CHECK(price_in(8, 31) == "0.38");
    CHECK(price_in(9, 1) == "0.39");
    CHECK(price_in(12, 31) == "0.39");
    CHECK(price_in(1, 1) == "0.38");
}

TEST_CASE("Teilleistung is franked in full, and chosen for what is paid back", "[postage]") {
    const auto at = office("DE", {"bza-standardbrief"});
    const auto choice = at.assess(letter(1), "DE", Pieces(5'000)).choice;
    CHECK(choice.product->id == "bza-standardbrief");
    CHECK(choice.price.amount() == "0.95");
    CHECK(choice.refund.amount() == "0.2375");  // 25 % of 0.95
    CHECK(reason_against(choice, "standardbrief") == "dearer");
    CHECK(priced(at, letter(1), "DE", 4'999).product == "standardbrief");
}

TEST_CASE("a price that is a matter of contract is never guessed", "[postage]") {
    const auto at = office("CH", {"b-post-massensendung"});
    const auto choice = at.assess(letter(1, "C5"), "CH", Pieces(1'000)).choice;
    CHECK(choice.product->id == "b-post-standard");
    CHECK_THAT(reason_against(choice, "b-post-massensendung"), Catch::Contains("contract"));
}

TEST_CASE("speed is the sender's choice", "[postage]") {
    Settings settings;
    settings.country = "CH";
    settings.service = "priority";
    CHECK(priced(office(settings), letter(1, "C5"), "CH").product == "a-post-standard");
    settings.service = "economy";
    CHECK(priced(office(settings), letter(1, "C5"), "CH").product == "b-post-standard");
    settings.service = "";
    settings.without = {"b-post-standard"};
    CHECK(priced(office(settings), letter(1, "C5"), "CH").product == "a-post-standard");
}

TEST_CASE("every product that was not taken is kept with its reason", "[postage]") {
    const auto at = office("DE");
    const auto choice = at.assess(letter(4, "C6/5"), "DE", Pieces(1)).choice;
    CHECK(choice.alternatives.size() + 1 == at.edition()->products.size());
    for (const auto& other : choice.alternatives) CHECK_FALSE(other.reason.empty());
    CHECK(reason_against(choice, "standardbrief") == "24.761 g, takes 20 g");
    CHECK(reason_against(choice, "grossbrief") == "dearer");
    CHECK(reason_against(choice, "standardbrief-international") == "does not go to DE");
}

TEST_CASE("what was not confirmed is said with its source", "[postage]") {
    const auto sure = office("DE").assess(letter(1), "DE", Pieces(1)).choice;
    CHECK(sure.confirmed);
    const auto guess = office("DE").assess(letter(5), "DE", Pieces(1)).choice;
    CHECK_FALSE(guess.confirmed);
    CHECK_THAT(guess.unconfirmed, Catch::Contains("price (M: since 2025-01-01)"));
}

TEST_CASE("a country that is none, and one without a price, leave the letter without postage and say why",
          "[postage]") {
    CHECK(priced(office("DE"), letter(1), "ZZ").product == "none: \"ZZ\" is no country of ISO 3166-1");
    CHECK(priced(office("DE"), letter(1), "E ").product == "none: \"E \" is no country of ISO 3166-1");
    CHECK(priced(office("AT"), letter(1), "DE").product == "none: Österreichische Post has no price for DE");
}

TEST_CASE("a sender's country or day without a price list says what there is and what to do", "[postage]") {
    const auto nowhere = office("PL");
    REQUIRE(nowhere.closed());
    CHECK_THAT(nowhere.closed()->text(),
               Catch::Contains("AT, CH, DE, FR, GB, US") && Catch::Contains("tariffs/ of the workspace"));
    Settings settings;
    settings.country = "DE";
    const auto too_late = office(settings, Day::of(2027, 1, 1));
    REQUIRE(too_late.closed());
    CHECK_THAT(too_late.closed()->text(), Catch::Contains("2027-01-01") && Catch::Contains("2026-01-01 to 2026-12-31"));
    CHECK(too_late.assess(letter(1), "DE", Pieces(1)).weighed.mass.to_g() == Approx(9.44).margin(0.01));
}

TEST_CASE("a product that the tariff does not have is a mistake in pli.toml", "[postage]") {
    Settings settings;
    settings.country = "DE";
    settings.products = {"dialogpost"};
    const auto opened = PostOffice::open({"postage", ""}, settings, Day::of(2026, 6, 1));
    REQUIRE_FALSE(opened);
    CHECK_THAT(opened.error().text(),
               Catch::Contains("no product \"dialogpost\"") && Catch::Contains("dialogpost-standard"));
}
