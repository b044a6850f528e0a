#include <catch2/catch.hpp>

#include "tests/outside/outside.hpp"
#include "tests/postage/counter.hpp"

namespace {

using namespace pli;
using namespace pli::postage;
using namespace pli::postage::test;

Weighed weighed(const Described& what) { return weigh(office("DE").make_up(what).value()); }

}  // namespace

TEST_CASE("a sheet weighs its area times its grammage", "[postage]") {
    const auto sheet = [](const char* paper, Size size) {
        auto at = office("DE");
        auto one = weigh(at.make_up({1, size, paper, "DL", ""}).value()).mass;
        return (one - at.stocks().envelope("DL")->mass).to_g();
    };
    const Size a4{210_mm, 297_mm}, us_letter{Length::mm(215.9), Length::mm(279.4)};
    CHECK(sheet("A4-80", a4) == Approx(4.99).margin(0.005));
    CHECK(sheet("A4-90", a4) == Approx(5.61).margin(0.005));
    CHECK(sheet("A4-100", a4) == Approx(6.24).margin(0.005));
    CHECK(sheet("Letter-80", us_letter) == Approx(4.83).margin(0.005));
}

TEST_CASE("envelopes weigh what a scale would say", "[postage]") {
    const auto at = office("DE");
    const auto mass = [&](const char* name) { return at.stocks().envelope(name)->mass.to_g(); };
    CHECK(mass("DL") == Approx(4.5).margin(0.05));
    CHECK(mass("C6/5") == Approx(4.8).margin(0.05));
    CHECK(mass("C5") == Approx(7.7).margin(0.05));
    CHECK(mass("C4") == Approx(17).margin(0.1));
    CHECK(at.stocks().envelope("C5/6")->mass == at.stocks().envelope("C6/5")->mass);
}

TEST_CASE("three sheets of A4 in C6/5 weigh 19.8 g, 0.2 g under the German limit", "[postage]") {
    CHECK(weighed(letter(3, "C6/5")).mass.to_g() == Approx(19.77).margin(0.01));
}

TEST_CASE("A4 lies in three layers in DL, two in C5, one in C4", "[postage]") {
    CHECK(weighed(letter(1, "DL")).panels == 3);
    CHECK(weighed(letter(1, "C5")).panels == 2);
    CHECK(weighed(letter(1, "C4")).panels == 1);
    CHECK(weighed(letter(1, "DL")).thickness == Length::mm(0.3 + 0.35));
    CHECK(weighed(letter(4, "C5")).thickness == Length::mm(0.8 + 0.4));
}

TEST_CASE("an insert that is too thick for the machine is told", "[postage]") {
    CHECK(weighed(letter(10, "DL")).fits);
    CHECK_FALSE(weighed(letter(11, "DL")).fits);
}

TEST_CASE("a paper's name tells its grammage where no file describes it", "[postage]") {
    const auto at = office("DE");
    CHECK(at.stocks().paper("A4-115-matt")->grammage == 115);
    CHECK(at.stocks().paper("A4-115-matt")->caliper == Length::mm(0.14375));
    CHECK(at.stocks().paper("A4-100-laid")->caliper == Length::mm(0.14));
    const auto unknown = at.stocks().paper("Bütten");
    REQUIRE_FALSE(unknown);
    CHECK_THAT(unknown.error().text(), Catch::Contains("Bütten") && Catch::Contains("paper/*.toml"));
}

TEST_CASE("a workspace's measured envelope wins, and its inserts are weighed with the letters they go with",
          "[postage]") {
    const pli::test::Folder workspace;
    pli::test::run("mkdir " + (workspace / "paper"));
    workspace.write("paper/own.toml", R"(
[[envelope]]
name = "DL"
size = [220, 110]
weight_g = 5.2
thickness_mm = 0.4
fill_mm = 2
source = "S: weighed, ten envelopes, 2026-05-02"
[[insert]]
name = "flyer"
weight_g = 3.1
thickness_mm = 0.2
templates = ["thanks"]
source = "S: weighed"
)");
    Settings settings;
    settings.country = "DE";
    const auto at = PostOffice::open({"postage", workspace.path()}, settings, Day::of(2026, 6, 1)).value();
    const auto with = weigh(at.make_up(letter(1)).value());
    auto other = letter(1);
    other.template_name = "reminder";
    const auto without = weigh(at.make_up(other).value());
    CHECK(without.mass.to_g() == Approx(4.9896 + 5.2));
    CHECK((with.mass - without.mass).to_g() == Approx(3.1));
    CHECK(with.thickness - without.thickness == Length::mm(0.2));
}

TEST_CASE("a print house's file tells what its paper weighs, beside what it says of its press", "[postage]") {
    const pli::test::Folder workspace;
    pli::test::run("mkdir " + (workspace / "paper"));
    workspace.write("lyon.toml", R"(
[press]
sheet = "SRA3"
[[paper]]
name = "A4-80"
grammage = 78.2
caliper_mm = 0.104
source = "S: weighed, a ream, 2026-04-02"
)");
    Settings settings;
    settings.country = "DE";
    const auto open = [&] {
        return PostOffice::open({"postage", workspace.path(), workspace.path() + "/lyon.toml"}, settings,
                                Day::of(2026, 6, 1));
    };
    CHECK(open().value().stocks().paper("A4-80").value().grammage == 78.2);
    workspace.write("paper/own.toml", "[[paper]]\nname = \"A4-80\"\ngrammage = 81\nsource = \"S: our own scales\"\n");
    CHECK(open().value().stocks().paper("A4-80").value().grammage == 81);
    workspace.write("lyon.toml", "[[paper]]\nname = \"A4-80\"\ngrammage = \"heavy\"\nsource = \"S: weighed\"\n");
    CHECK_THAT(open().error().where, Catch::Contains("lyon.toml:3"));
}
