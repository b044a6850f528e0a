#include "layouts/profile.hpp"

#include <catch2/catch.hpp>
#include <set>
#include <sstream>

#include "tests/outside/outside.hpp"

using namespace pli;
using namespace pli::layouts;

namespace {

const Day today = Day::of(2026, 11, 22);

ProfileSet shipped() {
    auto set = ProfileSet::load("layouts/profiles", "");
    if (!set) FAIL(set.error().text());
    return std::move(*set);
}

std::string form_b() { return test::read_file("layouts/profiles/din5008-b.toml"); }

/// The text of form B with the first `from` replaced.
std::string form_b_with(std::string_view from, std::string_view to) {
    std::string text = form_b();
    const std::size_t at = text.find(from);
    REQUIRE(at != text.npos);
    return text.replace(at, from.size(), to);
}

Error refused(const std::string& text) {
    const test::Folder folder;
    folder.write("x.toml", text);
    const auto set = ProfileSet::load(folder.path(), "");
    REQUIRE_FALSE(set);
    CHECK(set.error().fault == Fault::BadInput);
    return set.error();
}

}  // namespace

TEST_CASE("the shipped profiles are those of eight window envelopes, and four with a place for a postal code",
          "[layouts]") {
    const ProfileSet set = shipped();
    std::set<std::string> names;
    for (const Profile& profile : set.all()) names.insert(profile.name);
    CHECK(names == std::set<std::string>{"AT", "DIN5008-A", "DIN5008-B", "DIN5008-B-DV", "NF-right", "SN-left",
                                         "SN-right", "UK-DL", "UK-DL-MAILMARK", "UK-DL-MAILMARK-2D", "US-10",
                                         "US-10-IMB"});
}

TEST_CASE("DIN 5008 form B has the figures of the standard", "[layouts]") {
    const ProfileSet set = shipped();
    const Profile& b = **set.find("DIN5008-B", today);
    CHECK(b.address_field == Rect{{20_mm, 45_mm}, {85_mm, 45_mm}});
    CHECK(b.always_visible == Rect{{20_mm, 50_mm}, {80_mm, 40_mm}});
    CHECK(b.address.origin == Point{25_mm, 62.7_mm});
    CHECK(b.folds == std::vector<Length>{105_mm, 210_mm});
    CHECK(b.punch == 148.5_mm);
    CHECK(b.address_lines == 6);
    CHECK(b.address_size == 10_pt);
    CHECK(b.envelope == "DL");
    REQUIRE(b.hybrid_franking);
    CHECK(b.hybrid_franking->top() == 53_mm);
}

TEST_CASE("in every shipped profile the window shows the whole address and nothing of the text", "[layouts]") {
    const ProfileSet set = shipped();
    for (const Profile& p : set.all()) {
        CAPTURE(p.name);
        CHECK(p.always_visible.contains(p.address));
        CHECK(p.address_leading * p.address_lines_abroad <= p.address.size.height);
        CHECK(p.address_size >= 8_pt);
        CHECK(p.address_leading > p.address_size);
        CHECK_FALSE(p.always_visible.overlaps(p.body));
        CHECK_FALSE(p.always_visible.overlaps(p.sheet_code));
        for (const Rect& zone : p.reserved) CHECK_FALSE(zone.overlaps(p.sheet_code));
        if (p.info_block) {
            CHECK_FALSE(p.info_block->overlaps(p.always_visible));
            CHECK_FALSE(p.info_block->overlaps(p.body));
            for (const Rect& zone : p.reserved) CHECK_FALSE(zone.overlaps(*p.info_block));
        }
    }
}

TEST_CASE("a franking zone that the window could hide, or that the address covers, is refused", "[layouts]") {
    const auto with_zone = [](const char* rect) {
        return form_b() + "\n[franking]\nrect = " + rect + "\nsource = \"D: a test\"\n";
    };
    CHECK_THAT(refused(with_zone("[22, 45, 78, 12]")).message, Catch::Contains("franking leaves always_visible"));
    CHECK_THAT(refused(with_zone("[22, 60, 78, 12]")).message, Catch::Contains("franking and address overlap"));
    CHECK_THAT(refused(with_zone("[22, 52, 78, 8]")).message, Catch::Contains("franking and return_line overlap"));
}

TEST_CASE("a profile that is not there is answered with those that are", "[layouts]") {
    const ProfileSet set = shipped();
    const auto missing = set.find("DIN5008-C", today);
    REQUIRE_FALSE(missing);
    CHECK(missing.error().fault == Fault::NotFound);
    CHECK_THAT(missing.error().text(), Catch::Contains("2026-11-22") && Catch::Contains("DIN5008-A, DIN5008-B"));
    CHECK_FALSE(set.find("DIN5008-B", Day::of(2019, 12, 31)));
}

TEST_CASE("a workspace's own profile takes the place of the shipped one of that name", "[layouts]") {
    const test::Folder own;
    own.write("b.toml", form_b_with("lines = 6", "lines = 5"));
    const auto set = ProfileSet::load("layouts/profiles", own.path());
    REQUIRE(set);
    CHECK((*set->find("DIN5008-B", today))->address_lines == 5);
    CHECK((*set->find("AT", today))->address_lines == 6);
    CHECK(ProfileSet::load("layouts/profiles", "no/such/folder"));
    CHECK_FALSE(ProfileSet::load("no/such/folder", ""));
}

TEST_CASE("the edition of a day is taken, and two editions of one day are refused", "[layouts]") {
    const test::Folder folder;
    folder.write("new.toml", form_b_with("valid_from = 2020-03-01", "valid_from = 2027-01-01"));
    folder.write("old.toml",
                 form_b_with("valid_from = 2020-03-01", "valid_from = 2020-03-01\nvalid_until = 2026-12-31"));
    const auto set = ProfileSet::load(folder.path(), "");
    REQUIRE(set);
    CHECK((*set->find("DIN5008-B", Day::of(2026, 12, 31)))->valid_until);
    CHECK_FALSE((*set->find("DIN5008-B", Day::of(2027, 1, 1)))->valid_until);

    folder.write("old.toml", form_b());
    const auto both = ProfileSet::load(folder.path(), "");
    REQUIRE_FALSE(both);
    CHECK_THAT(both.error().message, Catch::Contains("two editions of DIN5008-B hold on 2027-01-01"));
}

TEST_CASE("a mistake in a profile is told with file, line and column", "[layouts]") {
    CHECK_THAT(refused("name = \n").where, Catch::EndsWith("x.toml:1:8"));
    CHECK_THAT(refused("name = 'X'\n").message, Catch::Contains("lacks the key country"));
    CHECK_THAT(refused(form_b_with("lines = 6", "lines = 0")).message, Catch::Contains("address.lines must be"));
    CHECK_THAT(refused(form_b_with("lines = 6", "linse = 6")).message, Catch::Contains("lacks the key lines"));
    CHECK_THAT(refused(form_b_with("punch = 148.5", "pnuch = 148.5")).message,
               Catch::Contains("marks has no key pnuch"));
    CHECK_THAT(refused(form_b_with("[20, 45, 85, 45]", "[20, 45, 85]")).message,
               Catch::Contains("[x, y, width, height]"));
    CHECK_THAT(refused(form_b_with("2020-03-01", "'today'")).message, Catch::Contains("valid_from must be a date"));
    const Error wrong = refused(form_b_with("size_pt = 7", "size_pt = 'small'"));
    CHECK_THAT(wrong.where, Catch::Contains("x.toml:") && Catch::EndsWith(":11"));
    CHECK_THAT(wrong.message, Catch::Contains("return_line.size_pt must be points from 4 to 72"));
}

TEST_CASE("every figure of a profile names its source", "[layouts]") {
    std::string text = form_b();
    const std::size_t table = text.find("[address]");
    const std::size_t source = text.find("source", table);
    text.replace(source, 6, "origin");
    CHECK_THAT(refused(text).message, Catch::Contains("address lacks the key source"));
}

TEST_CASE("a profile whose parts contradict each other is refused", "[layouts]") {
    CHECK_THAT(refused(form_b_with("[25, 62.7, 75, 27.3]", "[19, 62.7, 75, 27.3]")).message,
               Catch::Contains("address leaves always_visible"));
    CHECK_THAT(refused(form_b_with("leading = 4.2333", "leading = 4.6")).message,
               Catch::Contains("not as high as its lines"));
    CHECK_THAT(refused(form_b_with("[6, 155, 12, 24]", "[6, 200, 12, 24]")).message, Catch::Contains("on a fold"));
    CHECK_THAT(refused(form_b_with("[6, 155, 12, 24]", "[20, 155, 12, 24]")).message, Catch::Contains("in the text"));
    CHECK_THAT(refused(form_b_with("[25, 276, 165, 14]", "[25, 290, 165, 14]")).message,
               Catch::Contains("leaves the sheet"));
    CHECK_THAT(refused(form_b_with("folds = [105, 210]", "folds = [105, 310]")).message,
               Catch::Contains("folds leave"));
}
