#include "pipeline/night_run.hpp"

#include <catch2/catch.hpp>
#include <set>

#include "tests/pipeline/print_house.hpp"

namespace {

using namespace pli;
using namespace pli::pipeline;
using namespace pli::pipeline::test;

std::map<std::string, std::string> files_with(const Workshop& workshop, int threads, const PressScheme& press) {
    const Folder out;
    auto plan = workshop.plan(out.path());
    plan.threads = threads;
    plan.rules.max_pieces = 150;
    plan.rules.press = press;
    Queue queue;
    queue.letters = mixed_letters(1000);
    REQUIRE(queue.run(plan, workshop.composition()));
    return all_files(out.path());
}

}  // namespace

TEST_CASE("the bytes of a run do not depend on the number of threads", "[pipeline]") {
    const auto imposition = GENERATE(PressScheme{}, two_up_on(sra3));
    const Workshop workshop;
    const auto one = files_with(workshop, 1, imposition);
    CHECK(one.size() > 7 * 6);
    CHECK((files_with(workshop, 2, imposition) == one));
    CHECK((files_with(workshop, 8, imposition) == one));
}

TEST_CASE("letters that fail are reported, the rest go on, and no number is missing", "[pipeline]") {
    const Folder out;
    const Workshop workshop;
    auto plan = workshop.plan(out.path());
    plan.rules.max_pieces = 100;
    Queue queue;
    queue.letters = mixed_letters(500);
    const auto report = queue.run(plan, workshop.composition()).value();
    CHECK(report.letters == 500);
    CHECK(report.rejected == queue.rejected.size());
    CHECK(report.batched + report.rejected == 500);
    CHECK(queue.rejected.size() == 15);
    CHECK(queue.rejected.at(1007) == "address: 7 lines, the field holds 6");

    std::set<std::string> letters;
    for (const auto& batch : report.batches) {
        const auto rows = csv_rows(batch.folder + "/manifest.csv");
        CHECK(rows.size() == batch.pieces);
        CHECK(batch.pieces <= 100);
        for (std::size_t n = 0; n < rows.size(); ++n) {
            CHECK(rows[n].at("piece") == std::to_string(n + 1));
            CHECK(queue.batch_of.at(std::stol(rows[n].at("letter"))) == batch.name + "#" + rows[n].at("piece"));
            letters.insert(rows[n].at("letter"));
        }
    }
    CHECK(letters.size() == report.batched);
}

TEST_CASE("a batch is full at the number of pieces that the rules allow", "[pipeline]") {
    const Folder out;
    const Workshop workshop;
    auto plan = workshop.plan(out.path());
    plan.rules.max_pieces = 10;
    Queue queue;
    for (std::int64_t id = 1; id <= 30; ++id) queue.letters.push_back({.id = id, .key = {}});
    const auto report = queue.run(plan, workshop.composition()).value();
    REQUIRE(report.batches.size() == 3);
    for (const auto& batch : report.batches) CHECK(batch.pieces == 10);
    CHECK(report.batches[2].name == "2026-11-22-1-a4-80-dl-simplex-black-0003");
}

TEST_CASE("a letter may ask for both sides of the paper and then runs in another batch", "[pipeline]") {
    const Folder out;
    const Workshop workshop;
    auto plan = workshop.plan(out.path());
    RunEvents events;
    int given = 0;
    events.next = [&]() -> Result<std::optional<Letter>> {
        if (given == 2) return std::optional<Letter>{};
        auto letter = make_letter({.id = ++given, .pages = 3, .key = {}});
        if (given == 2) letter.options.sides = Sides::Duplex;
        return std::optional<Letter>{std::move(letter)};
    };
    events.ready = [](const BatchDone&) -> Done { return {}; };
    events.rejected = [](Rejected) -> Done { return {}; };
    const auto report = run_pipeline(plan, events, workshop.composition()).value();
    REQUIRE(report.batches.size() == 2);
    CHECK(report.batches[0].sheets == 3);
    CHECK(report.batches[1].production_class == "a4-80-dl-duplex-black");
    CHECK(report.batches[1].sheets == 2);
}

TEST_CASE("a run without letters makes no batch and no folder", "[pipeline]") {
    const Folder out;
    const Workshop workshop;
    Queue queue;
    const auto report = queue.run(workshop.plan(out / "batches"), workshop.composition()).value();
    CHECK(report.batches.empty());
    CHECK(all_files(out.path()).empty());
}

TEST_CASE("a test letter is never printed", "[pipeline]") {
    const Folder out;
    const Workshop workshop;
    Queue queue;
    auto events = queue.events();
    bool given = false;
    events.next = [&]() -> Result<std::optional<Letter>> {
        if (std::exchange(given, true)) return std::optional<Letter>{};
        auto letter = make_letter({.id = 5, .key = {}});
        letter.options.test = true;
        return std::optional<Letter>{std::move(letter)};
    };
    const auto report = run_pipeline(workshop.plan(out.path()), events, workshop.composition()).value();
    CHECK(report.batched == 0);
    CHECK_THAT(queue.rejected.at(5), Catch::Contains("test letter"));
}

TEST_CASE("a letter without pages, or with more sheets than the code can count, is rejected", "[pipeline]") {
    const Folder out;
    const Workshop workshop;
    Queue queue;
    queue.letters = {{.id = 1, .pages = 0, .key = {}}, {.id = 2, .pages = 1000, .key = {}}, {.id = 3, .key = {}}};
    const auto report = queue.run(workshop.plan(out.path()), workshop.composition()).value();
    CHECK(report.batched == 1);
    CHECK_THAT(queue.rejected.at(1), Catch::Contains("no page"));
    CHECK_THAT(queue.rejected.at(2), Catch::Contains("1000 pages"));
}

TEST_CASE("a queue that cannot be read ends the run, and open batches leave nothing behind", "[pipeline]") {
    const Folder out;
    const Workshop workshop;
    Queue queue;
    queue.letters = mixed_letters(200);
    auto events = queue.events();
    int given = 0;
    events.next = [&, next = events.next]() -> Result<std::optional<Letter>> {
        if (++given > 150) return failure(Fault::Environment, "queue.sqlite", "cannot be read");
        return next();
    };
    const auto report = run_pipeline(workshop.plan(out.path()), events, workshop.composition());
    REQUIRE_FALSE(report);
    CHECK(report.error().where == "queue.sqlite");
    CHECK(queue.batch_of.empty());
    CHECK(all_files(out.path()).empty());
}

TEST_CASE("a maximum of pieces that no code can count is refused", "[pipeline]") {
    const auto pieces = GENERATE(0u, 10'000'000u);
    const Folder out;
    const Workshop workshop;
    auto plan = workshop.plan(out.path());
    plan.rules.max_pieces = pieces;
    const auto report = Queue{}.run(plan, workshop.composition());
    REQUIRE_FALSE(report);
    CHECK_THAT(report.error().text(), Catch::Contains("max_pieces"));
}
