#include <fmt/format.h>

#include <catch2/catch.hpp>
#include <filesystem>
#include <set>

#include "pipeline/franking.hpp"
#include "pipeline/labels.hpp"
#include "tests/pipeline/print_house.hpp"

namespace {

using namespace pli;
using namespace pli::pipeline;
using namespace pli::pipeline::test;
namespace fs = std::filesystem;

postage::PostOffice office(const std::string& country, std::vector<std::string> products = {}) {
    postage::Settings settings;
    settings.country = country;
    settings.products = std::move(products);
    return postage::PostOffice::open({"postage", ""}, std::move(settings), Day::of(2026, 11, 22)).value();
}

/// `count` letters of one sheet to one German town after another.
std::vector<TestLetter> german_letters(std::int64_t count) {
    std::vector<TestLetter> letters;
    for (std::int64_t n = 0; n < count; ++n) {
        TestLetter letter;
        letter.id = n + 1;
        letter.key = fmt::format("k{}", n);
        letter.country = "DE";
        letter.postal_code = fmt::format("{:05}", 1000 + n * 98'000 / count);
        letters.push_back(std::move(letter));
    }
    return letters;
}

struct Night {
    const Workshop workshop;
    const Folder out;
    Queue queue;
    RunReport report;

    void run(std::vector<TestLetter> letters, const postage::PostOffice* at,
             std::vector<RunPlan::Expected> expected = {}) {
        auto plan = workshop.plan(out.path());
        plan.country = "DE";
        plan.post_office = at;
        plan.expected = std::move(expected);
        queue.letters = std::move(letters);
        auto done = queue.run(plan, workshop.composition());
        if (!done) FAIL(done.error().text());
        report = std::move(*done);
    }
    std::string file(std::size_t batch, const std::string& name) const {
        return report.batches.at(batch).folder + "/" + name;
    }
};

std::int64_t ten_thousandths(const std::string& amount) {
    return amount.empty() ? 0 : Money::parse(amount, {}).value().value;
}

}  // namespace

TEST_CASE("each piece has its weight, product and price, and the posting list adds them up", "[pipeline][postage]") {
    const auto at = office("DE");
    Night night;
    night.run(mixed_letters(300), &at);
    for (std::size_t batch = 0; batch < night.report.batches.size(); ++batch) {
        const auto pieces = csv_rows(night.file(batch, "manifest.csv"));
        const auto posting = csv_rows(night.file(batch, "posting-list.csv"));
        std::int64_t amount = 0, listed = 0;
        double mass = 0;
        for (const auto& piece : pieces) {
            CHECK_FALSE(piece.at("product").empty());
            CHECK(piece.at("currency") == "EUR");
            amount += ten_thousandths(piece.at("postage"));
            mass += std::stod(piece.at("weight_g"));
        }
        for (std::size_t i = 0; i + 1 < posting.size(); ++i) {
            listed += ten_thousandths(posting[i].at("amount"));
            CHECK(ten_thousandths(posting[i].at("amount")) ==
                  ten_thousandths(posting[i].at("postage")) * std::stoll(posting[i].at("pieces")));
        }
        CHECK(posting.back().at("country") == "total");
        CHECK(ten_thousandths(posting.back().at("amount")) == amount);
        CHECK(listed == amount);
        CHECK(std::stod(posting.back().at("total_weight_g")) ==
              Approx(mass).margin(0.01 * static_cast<double>(pieces.size())));
        Money told;
        for (const auto& line : night.report.batches[batch].postings) told += line.postage;
        CHECK(told.value == amount);
    }
}

TEST_CASE("trays hold the pieces of the manifest in their order, and their labels can be read", "[pipeline][postage]") {
    const auto at = office("DE");
    Night night;
    night.run(german_letters(2'500), &at);
    REQUIRE(night.report.batches.size() == 1);
    const auto pieces = csv_rows(night.file(0, "manifest.csv"));
    std::set<int> trays;
    int before = 1;
    for (const auto& piece : pieces) {
        const int tray = std::stoi(piece.at("tray"));
        REQUIRE((tray == before || tray == before + 1));
        REQUIRE(piece.at("sort_key") == piece.at("postal_code"));
        REQUIRE(piece.at("bundle").empty());  // the German post wants trays alone
        trays.insert(before = tray);
    }
    CHECK(trays.size() > 1);
    const auto pdf = night.file(0, "labels.pdf");
    const auto text = output_of("pdftotext -layout " + pdf + " -");
    for (const int tray : trays)
        CHECK_THAT(text, Catch::Contains(fmt::format("Briefbehälter {} of {}", tray, trays.size())));
    CHECK_THAT(text, Catch::Contains(night.report.batches[0].name));
    output_of("qpdf --check " + pdf);
    CHECK_THAT(output_of("pdffonts " + pdf), Catch::Contains("yes yes"));
    CHECK_THAT(read_file(night.file(0, "SHA256SUMS")), Catch::Contains("labels.pdf"));
}

TEST_CASE("the code on a label is read back by an outside program", "[pipeline][postage]") {
    const auto at = office("CH");
    Night night;
    night.run(german_letters(5), &at);  // abroad, for the Swiss post: one tray, one bundle
    const auto& batch = night.report.batches.at(0);
    const auto id = csv_rows(night.file(0, "manifest.csv"))[0].at("batch_id");
    const auto picture = night.out / "label";
    output_of("pdftoppm -r 200 -f 1 -l 1 -png -singlefile " + night.file(0, "labels.pdf") + " " + picture);
    const auto read = output_of("dmtxread -n -N1 -m4000 " + picture + ".png || true");
    INFO(batch.name);
    CHECK_THAT(read, Catch::Contains("2" + id + "1000010000001"));
}

TEST_CASE("a bulk product makes batches of its own, and is taken only where the run is large enough",
          "[pipeline][postage]") {
    const auto at = office("DE", {"dialogpost-standard", "dialogpost-standard-easy"});
    Night large;
    large.run(german_letters(600), &at, {{0, "DE", "", 600}});
    REQUIRE(large.report.batches.size() == 1);
    CHECK_THAT(large.report.batches[0].production_class, Catch::EndsWith("-dialogpost-standard-easy"));
    CHECK(csv_rows(large.file(0, "manifest.csv"))[0].at("postage") == "0.57");  // November
    Night small;
    small.run(german_letters(400), &at, {{0, "DE", "", 400}});
    CHECK(csv_rows(small.file(0, "manifest.csv"))[0].at("product") == "standardbrief");
    CHECK(small.report.batches[0].production_class == "a4-80-dl-simplex-black");
}

TEST_CASE("a regional product takes the pieces of regions that have enough, the others go as single letters",
          "[pipeline][postage]") {
    const auto at = office("DE", {"dialogpost-standard-region"});
    auto letters = german_letters(300);
    for (std::size_t i = 0; i < letters.size(); ++i) letters[i].postal_code = i < 250 ? "53111" : "99084";
    Night night;
    night.run(letters, &at, {{0, "DE", "53", 250}, {0, "DE", "99", 50}});
    REQUIRE(night.report.batches.size() == 2);
    std::map<std::string, std::uint32_t> pieces;
    for (const auto& batch : night.report.batches)
        pieces[csv_rows(batch.folder + "/manifest.csv")[0].at("product")] += batch.pieces;
    CHECK(pieces == std::map<std::string, std::uint32_t>{{"dialogpost-standard-region", 250}, {"standardbrief", 50}});
}

TEST_CASE("a country without a price does not stop the batch: its letters go out unpriced and say why",
          "[pipeline][postage]") {
    const auto at = office("AT");
    Night night;
    auto letters = german_letters(3);
    letters[2].country = "AT";
    letters[2].postal_code = "1010";
    night.run(letters, &at);
    const auto pieces = csv_rows(night.file(0, "manifest.csv"));
    REQUIRE(pieces.size() == 3);
    CHECK(pieces[0].at("postage_flags") == "unpriced");
    CHECK(pieces[0].at("weight_g") == "9.44");
    CHECK(pieces[0].at("postage").empty());
    CHECK(pieces[2].at("postage") == "1.00");
    CHECK_THAT(night.report.batches[0].postings[0].remark, Catch::Contains("Österreichische Post has no price for DE"));
    CHECK(night.report.rejected == 0);
}

TEST_CASE("without a post office the columns stand there empty, and there are no labels", "[pipeline][postage]") {
    Night night;
    night.run(german_letters(3), nullptr);
    const auto pieces = csv_rows(night.file(0, "manifest.csv"));
    for (const auto* column : {"weight_g", "product", "postage", "sort_key", "tray"})
        CHECK(pieces[0].at(column).empty());
    CHECK_THAT(read_file(night.file(0, "manifest.jsonl")), Catch::Contains("\"weight_g\":null"));
    CHECK_FALSE(fs::exists(night.file(0, "labels.pdf")));
}

TEST_CASE("what is weighed, priced and packed is the same for any number of threads", "[pipeline][postage]") {
    const auto at = office("DE", {"dialogpost-standard-easy"});
    const auto files = [&](int threads) {
        const Workshop workshop;
        const Folder out;
        auto plan = workshop.plan(out.path());
        plan.country = "DE";
        plan.threads = threads;
        plan.post_office = &at;
        plan.expected = {{0, "DE", "", 700}};
        Queue queue;
        queue.letters = german_letters(700);
        REQUIRE(queue.run(plan, workshop.composition()));
        return all_files(out.path());
    };
    const auto one = files(1);
    CHECK(one == files(3));
    CHECK(one.size() >= 8);
}
