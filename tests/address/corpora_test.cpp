// Addresses from the wild, when they are at hand: every one is printed by its country's rules, or told why not.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <catch2/catch.hpp>
#include <cstdlib>
#include <fstream>
#include <map>
#include <nlohmann/json.hpp>

#include "address/capitals.hpp"
#include "address/examiner.hpp"
#include "address/forms.hpp"
#include "address/parts.hpp"
#include "address/places.hpp"

using namespace pli;
using namespace pli::address;
using nlohmann::json;

namespace {

std::string_view text(const json& object, const char* key) {
    const auto found = object.find(key);
    return found == object.end() ? std::string_view() : std::string_view(found->get_ref<const std::string&>());
}

Recipient recipient_of(const json& object) {
    Recipient to;
    to.name = text(object, "name");
    to.street = text(object, "street");
    to.extra = text(object, "extra");
    to.po_box = text(object, "po_box");
    to.postal_code = text(object, "postal_code");
    to.city = text(object, "city");
    to.region = text(object, "region");
    to.country = text(object, "country");
    to.lines = text(object, "lines");
    return to;
}

std::vector<json> read_objects(const std::string& command) {
    std::vector<json> objects;
    FILE* pipe = popen(command.c_str(), "r");
    REQUIRE(pipe != nullptr);
    std::string line;
    for (int c = std::fgetc(pipe); c != EOF; c = std::fgetc(pipe)) {
        if (c != '\n') line += static_cast<char>(c);
        if (c == '\n') objects.push_back(json::parse(line)), line.clear();
    }
    REQUIRE(pclose(pipe) == 0);
    return objects;
}

std::string folded(std::string_view text) {
    std::string bare;
    append_bare_capitals(text, bare);
    return bare;
}

void check_printed(const Lines& lines, const json& object) {
    INFO(object.dump());
    CHECK(lines.count >= 2);
    CHECK(lines.count <= 7);
    for (std::size_t i = 0; i < lines.count; ++i) {
        const std::string& line = lines.lines[i];
        INFO(line);
        CHECK_FALSE(line.empty());
        CHECK(line.front() != ' ');
        CHECK(line.back() != ' ');
        if (i > 0) CHECK(line != lines.lines[i - 1]);
    }
}

void check_french(const Lines& lines) {
    for (std::size_t i = lines.count - 1; i > 0 && i + 3 > lines.count; --i) {
        const std::string& line = lines.lines[i];
        INFO(line);
        CHECK(length_of(line) <= 38);
        CHECK(line.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789 ") == line.npos);
    }
}

constexpr auto free_part = "cat tests/data/address/recipients.jsonl";

/// All of the corpus where it is at hand, else the part of it that comes with Pli.
std::string source_of_recipients() {
    const char* folder = std::getenv("PLI_CORPORA");
    if (folder == nullptr) WARN("PLI_CORPORA is not set: only the addresses in tests/data");
    return folder == nullptr ? free_part : fmt::format("python3 tests/address/real_recipients.py {}", folder);
}

}  // namespace

TEST_CASE("every address of the corpus is printed by the rules at home and abroad, or refused with a reason",
          "[address][corpora]") {
    const auto objects = read_objects(source_of_recipients());
    std::map<std::string, Tally> tallies;
    std::map<std::string, std::unique_ptr<Examiner>> at_home;
    Examiner abroad("DK");
    Lines lines;
    std::vector<Finding> findings;
    std::uint64_t row = 0;
    for (const json& object : objects) {
        const Recipient to = recipient_of(object);
        auto& home = at_home[std::string(to.country)];
        if (!home) home = std::make_unique<Examiner>(std::string(to.country));
        home->examine(to, {6, 7}, lines, findings);
        tallies[fmt::format("{:<15} {}", text(object, "source"), to.country)].add(++row, findings);
        if (lines.count > 0) check_printed(lines, object);
        if (lines.count > 0 && to.country == "FR") check_french(lines);
        abroad.examine(to, {6, 7}, lines, findings);
        if (lines.count > 0) check_printed(lines, object);
    }
    for (const auto& [name, tally] : tallies) {
        if (tally.addresses < 15) continue;
        std::string kinds;
        for (const auto& [code, entry] : tally.entries) kinds += fmt::format(" {} {}", code, entry.count);
        fmt::print("{}: {} addresses, {} refused, {} warned:{}\n", name, tally.addresses, tally.refused, tally.warned,
                   kinds);
        CHECK(tally.refused * 20 <= tally.addresses);
    }
}

TEST_CASE("OpenCage puts code and town into the same order in nine of ten countries", "[address][corpora]") {
    const auto objects = read_objects(source_of_recipients() + " | grep '\"opencage\"'");
    Lines lines;
    std::size_t compared = 0, same = 0;
    for (const json& object : objects) {
        const Recipient to = recipient_of(object);
        const auto oracle = folded(text(object, "oracle"));
        if (oracle.empty()) continue;
        Writer writer{std::string(to.country)};
        if (!writer.write(to, {7, 7}, lines)) continue;
        const auto code = folded(to.postal_code), town = folded(to.city);
        const auto order = [&](const std::string& line) {
            if (line.find(town) == line.npos) return 0;
            return line.find(town) < line.find_first_of("0123456789") ? 1 : 2;
        };
        const auto end = lines.lines.begin() + static_cast<long>(lines.count);
        const auto ours =
            std::find_if(lines.lines.begin(), end, [&](const auto& line) { return order(folded(line)) != 0; });
        if (order(oracle) == 0 || ours == end) continue;
        ++compared;
        const bool agrees = order(oracle) == order(folded(*ours));
        same += agrees ? 1 : 0;
        if (!agrees) fmt::print("{}: OpenCage \"{}\", Pli \"{}\"\n", to.country, text(object, "oracle"), *ours);
    }
    fmt::print("{} of {} lines of code and town in the same order\n", same, compared);
    CHECK(compared > 90);
    CHECK(same * 10 >= compared * 9);
}

TEST_CASE("La Poste's own towns and GeoNames' places are found under their codes", "[address]") {
    CHECK(look_up("FR", "31000", "Toulouse").fit == PlaceFit::Fits);
    CHECK(look_up("FR", "42100", "Saint-Étienne").fit == PlaceFit::Fits);
    CHECK(look_up("FR", "42100", "ST ETIENNE").fit == PlaceFit::Fits);
    CHECK(look_up("FR", "42100", "Lyon").fit == PlaceFit::Elsewhere);
    CHECK(look_up("FR", "97400", "Saint-Denis").fit == PlaceFit::Fits);
    CHECK(look_up("DE", "50667", "Koeln").fit == PlaceFit::Fits);
    CHECK(look_up("DE", "60311", "Frankfurt").fit == PlaceFit::Fits);
    CHECK(look_up("DE", "10117", "Berlin-Mitte").fit == PlaceFit::Fits);
    CHECK(look_up("DE", "53111", "Köln").fit == PlaceFit::Elsewhere);
    CHECK(look_up("DE", "00000", "Köln").fit == PlaceFit::UnknownCode);
    CHECK(look_up("AT", "1010", "Wien").fit == PlaceFit::Fits);
    CHECK(look_up("CH", "8001", "Zuerich").fit == PlaceFit::Fits);
    CHECK(look_up("LI", "9490", "Vaduz").fit == PlaceFit::Fits);
    CHECK(look_up("LU", "2163", "Luxembourg").fit == PlaceFit::Fits);
    CHECK(look_up("PL", "00-950", "Warszawa").fit == PlaceFit::NoTable);
}

TEST_CASE("every country of ISO 3166-1 has a form, and a name in every language of a sender's post", "[address]") {
    std::ifstream file("/usr/share/iso-codes/json/iso_3166-1.json");
    if (!file) {
        WARN("left out: the package iso-codes is not installed");
        return;
    }
    const json countries = json::parse(file);
    for (const auto& entry : countries["3166-1"]) {
        const auto code = entry["alpha_2"].get<std::string>();
        INFO(code);
        const Form* form = form_of(code);
        REQUIRE(form != nullptr);
        CHECK((form->prints(Part::Town) || code == "SG"));
        CHECK((form->prints(Part::Code) || form->codes.empty()));
        for (const char* sender :
             {"DE", "FR", "GB", "IT", "ES", "NL", "PL", "SE", "DK", "FI", "CZ", "HU", "PT", "TR", "GR"}) {
            Writer writer{std::string(sender)};
            if (writer.is_home(code)) continue;
            Recipient to;
            to.name = "A";
            to.city = "B";
            to.country = code;
            Lines lines;
            REQUIRE(writer.write(to, {9, 9}, lines));
            const std::string& country = lines.lines[lines.count - 1];
            INFO(sender << ": " << country);
            CHECK(country.size() > 2);
            CHECK(country.find_first_of("()0123456789") == country.npos);
        }
    }
}
