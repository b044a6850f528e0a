#include "postage/packing.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <cstdlib>
#include <random>
#include <sstream>

#include "tests/outside/outside.hpp"
#include "tests/postage/counter.hpp"

namespace {

using namespace pli;
using namespace pli::postage;
using namespace pli::postage::test;

/// A posting in its order: a key for each piece, and what it weighs.
struct Posting {
    std::vector<std::string> keys;
    std::vector<Load> loads;

    void add(const std::string& key, std::uint32_t pieces, Load load = {Mass::g(9.4), Length::mm(0.65)}) {
        keys.insert(keys.end(), pieces, key);
        loads.insert(loads.end(), pieces, load);
    }
    std::vector<PostalRun> runs() const {
        std::vector<PostalRun> all;
        for (std::uint32_t i = 0; i < keys.size(); ++i)
            if (i == 0 || keys[i] != keys[i - 1]) all.push_back({keys[i], i});
        return all;
    }
    Packing packed(const SortRules& rules) const {
        return pack(runs(), static_cast<std::uint32_t>(keys.size()), rules,
                    [this](std::uint32_t piece) { return loads[piece]; });
    }
};

/// Units follow on each other, hold what they say, and no more than they may.
void check_units(const std::vector<Pack>& packs, const Unit& unit, const Posting& posting) {
    std::uint32_t next = 0;
    for (const auto& pack : packs) {
        REQUIRE(pack.first == next);
        REQUIRE(pack.end > pack.first);
        next = pack.end;
        Mass mass;
        Length height;
        for (auto piece = pack.first; piece < pack.end; ++piece) {
            mass += posting.loads[piece].mass;
            height += posting.loads[piece].thickness;
        }
        REQUIRE(pack.mass == mass);
        REQUIRE(pack.height == height);
        REQUIRE(pack.pieces() <= unit.most_pieces);
        REQUIRE((mass <= unit.most_mass || pack.pieces() == 1));
        REQUIRE((height <= unit.most_height || pack.pieces() == 1));
    }
    REQUIRE(next == posting.keys.size());
}

void check_all(const PostOffice& at, const Posting& posting) {
    const auto packing = posting.packed(at.sort_rules());
    check_units(packing.containers, at.sort_rules().container, posting);
    if (!at.sort_rules().bundle) {
        CHECK(packing.bundles.empty());
        return;
    }
    check_units(packing.bundles, *at.sort_rules().bundle, posting);
    for (const auto& bundle : packing.bundles) {
        const auto& tray = packing.containers.at(bundle.container);
        REQUIRE((tray.first <= bundle.first && bundle.end <= tray.end));
    }
}

Posting random_posting(const PostOffice& at, std::uint32_t seed) {
    std::mt19937 random(seed);
    const auto number = [&](unsigned below) { return static_cast<unsigned>(random() % below); };
    const bool outward = at.sort_rules().shape == CodeShape::Outward;
    std::vector<std::string> keys;
    for (int i = 0; i < 10'000; ++i) {
        auto code = std::to_string(100'000 + number(90'000)).substr(1, 5);
        if (at.sort_rules().code_length == 4) code.resize(4);
        if (outward)
            code = std::string(1, static_cast<char>('A' + number(26))) + std::to_string(1 + number(20)) + " 1AA";
        keys.push_back(number(20) == 0 ? at.sort_key(number(2) == 0 ? "PL" : "NL", "")
                                       : at.sort_key(at.settings().country, code));
    }
    // Home first, as a run freezes them.
    std::sort(keys.begin(), keys.end(), [](const auto& a, const auto& b) {
        return std::pair(a.front() == abroad, a) < std::pair(b.front() == abroad, b);
    });
    Posting posting;
    for (const auto& key : keys) posting.add(key, 1, {Mass::g(5 + number(50)), Length::mm(0.5 + number(30) / 10.0)});
    return posting;
}

}  // namespace

TEST_CASE("a region with enough pieces has its own trays, small ones share the next wider level", "[postage]") {
    const auto at = office("DE");
    Posting posting;
    posting.add("01067", 60);
    posting.add("04103", 10);
    posting.add("06108", 45);
    posting.add("10115", 5);
    posting.add("53111", 300);
    posting.add("53225", 900);
    const auto trays = posting.packed(at.sort_rules()).containers;
    REQUIRE(trays.size() == 5);
    CHECK(trays[0].destination == "Leitregion 01");
    CHECK(trays[1].destination == "Leitzone 0");
    CHECK(trays[1].pieces() == 55);
    CHECK(trays[1].from == "04103");
    CHECK(trays[1].to == "06108");
    CHECK(trays[2].destination == "mixed");
    CHECK(trays[3].destination == "Leitregion 53");
    CHECK(trays[3].pieces() == 923);  // 0.65 mm each in 600 mm
    CHECK(trays[3].to == "53225");
    CHECK(trays[4].pieces() == 277);
}

TEST_CASE("a bundle is never divided between two trays", "[postage]") {
    const auto at = office("CH");
    Posting posting;
    posting.add("8001", 1'200);
    posting.add("8002", 2);
    posting.add("8003", 30);
    const auto packing = posting.packed(at.sort_rules());
    CHECK(packing.containers.size() == 2);
    CHECK(packing.bundles.back().destination == "PLZ 8003");
    CHECK(packing.bundles.back().pieces() == 30);
    CHECK(packing.bundles[packing.bundles.size() - 2].destination == "mixed");
    CHECK(packing.bundles[packing.bundles.size() - 2].pieces() == 2);
    check_all(at, posting);
}

TEST_CASE("mail abroad stands in trays of its own, by country where there is enough", "[postage]") {
    const auto at = office("DE");
    Posting posting;
    posting.add("53111", 60);
    posting.add(">AT", 70);
    posting.add(">BE", 3);
    posting.add(">CH", 4);
    const auto trays = posting.packed(at.sort_rules()).containers;
    REQUIRE(trays.size() == 3);
    CHECK(trays[1].destination == "AT");
    CHECK(trays[2].destination == "abroad");
    CHECK(trays[2].from == "BE");
    CHECK(trays[2].to == "CH");
}

TEST_CASE("codes that are none get a tray to be sorted by hand", "[postage]") {
    const auto at = office("DE");
    Posting posting;
    posting.add("99998", 60);
    posting.add("~", 30);
    posting.add("~BONN", 40);
    const auto trays = posting.packed(at.sort_rules()).containers;
    REQUIRE(trays.size() == 2);
    CHECK(trays[1].destination == "sort by hand");
    CHECK(trays[1].pieces() == 70);
}

TEST_CASE("a piece heavier than a whole tray gets one to itself", "[postage]") {
    const auto at = office("DE");
    Posting posting;
    posting.add("53111", 2, {Mass::g(12'000), 5_mm});
    posting.add("53111", 1);
    CHECK(posting.packed(at.sort_rules()).containers.size() == 3);
    check_all(at, posting);
}

TEST_CASE("ten thousand random pieces: every unit holds its limits, whatever the country", "[postage]") {
    for (const auto* country : {"DE", "AT", "CH", "FR", "GB", "US", "PL"})
        for (const std::uint32_t seed : {1u, 2u, 3u}) {
            CAPTURE(country, seed);
            const auto at = office(country);
            check_all(at, random_posting(at, seed));
        }
}

TEST_CASE("a whole collection of real French addresses is packed within the limits", "[postage]") {
    const char* folder = std::getenv("PLI_CORPORA");
    if (folder == nullptr) {
        WARN("skipped: PLI_CORPORA is not set");
        return;
    }
    const auto lines = pli::test::output_of(std::string("python3 tests/cli/real_addresses.py ") + folder +
                                            " | grep '\"country\": \"FR\"' |"
                                            " sed 's/.*\"postal_code\": \"\\([^\"]*\\)\".*/\\1/'");
    const auto at = office("FR");
    std::vector<std::string> keys;
    for (std::istringstream codes(lines); codes;) {
        std::string code;
        if (std::getline(codes, code)) keys.push_back(at.sort_key("FR", code));
    }
    REQUIRE(keys.size() > 4'000);
    std::sort(keys.begin(), keys.end());
    Posting posting;
    for (const auto& key : keys) posting.add(std::string(at.finest_part(key)), 1);
    check_all(at, posting);
    const auto sorted = std::count_if(keys.begin(), keys.end(), [](const auto& key) { return !key.starts_with('~'); });
    CHECK(sorted > 4'000);  // the others have no postal code in the collection
}

TEST_CASE("nothing posted is nothing packed", "[postage]") {
    CHECK(Posting{}.packed(office("DE").sort_rules()).containers.empty());
}
