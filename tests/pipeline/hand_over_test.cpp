#include "pipeline/hand_over.hpp"

#include <fmt/format.h>
#include <sys/resource.h>

#include <catch2/catch.hpp>
#include <csignal>
#include <filesystem>
#include <fstream>

#include "tests/pipeline/print_house.hpp"

namespace {

using namespace pli;
using namespace pli::pipeline;
using namespace pli::pipeline::test;
namespace fs = std::filesystem;

/// One batch of letters, all of one class.
Queue small_queue(std::int64_t count = 20) {
    Queue queue;
    for (std::int64_t id = 1; id <= count; ++id) queue.letters.push_back({.id = id, .key = fmt::format("k{}", id)});
    return queue;
}

const std::string batch_name = "2026-11-22-1-a4-80-dl-simplex-black-0001";
const std::string hidden_name = ".2026-11-22-1-a4-80-dl-simplex-black-0001.part";

/// While it lives no file can grow beyond `bytes`: what a full disk looks like to a program.
class FullDisk {
public:
    explicit FullDisk(rlim_t bytes) : signal_(std::signal(SIGXFSZ, SIG_IGN)) {
        ::getrlimit(RLIMIT_FSIZE, &before_);
        const rlimit limit{bytes, before_.rlim_max};
        REQUIRE(::setrlimit(RLIMIT_FSIZE, &limit) == 0);
    }
    ~FullDisk() {
        ::setrlimit(RLIMIT_FSIZE, &before_);
        std::signal(SIGXFSZ, signal_);
    }
    FullDisk(const FullDisk&) = delete;
    FullDisk& operator=(const FullDisk&) = delete;

private:
    rlimit before_{};
    void (*signal_)(int);
};

bool is_empty_folder(const std::string& path) { return !fs::exists(path) || fs::is_empty(path); }

}  // namespace

TEST_CASE("a batch folder holds what the print house is promised, and sha256sum agrees", "[pipeline]") {
    const Folder out;
    const Workshop workshop;
    auto queue = small_queue();
    const auto report = queue.run(workshop.plan(out.path()), workshop.composition());
    REQUIRE(report);
    std::string names;
    for (const auto& [name, bytes] : all_files(out / batch_name)) names += name + " ";
    CHECK(names ==
          "READY SHA256SUMS control.pdf manifest.csv manifest.jsonl places.csv posting-list.csv posting-list.pdf "
          "print.pdf "
          "ticket.xjdf ");
    const auto checked = output_of(fmt::format("cd {} && sha256sum -c SHA256SUMS", out / batch_name));
    CHECK(checked ==
          "print.pdf: OK\nmanifest.csv: OK\nmanifest.jsonl: OK\nplaces.csv: OK\nposting-list.csv: "
          "OK\nposting-list.pdf: OK\n"
          "control.pdf: OK\nticket.xjdf: OK\n");
    CHECK(all_files(out.path()).size() == 10);  // nothing hidden is left
}

TEST_CASE("a whole and equal batch from before a crash is found, not written again", "[pipeline]") {
    const Folder out;
    const Workshop workshop;
    REQUIRE(small_queue().run(workshop.plan(out.path()), workshop.composition()));
    const auto written = fs::last_write_time(out / batch_name + "/print.pdf");
    auto queue = small_queue();  // nothing was committed
    REQUIRE(queue.run(workshop.plan(out.path()), workshop.composition()));
    REQUIRE(queue.done.size() == 1);
    CHECK(queue.done[0].found_ready);
    CHECK(queue.batch_of.size() == 20);
    CHECK(fs::last_write_time(out / batch_name + "/print.pdf") == written);
    CHECK(all_files(out.path()).size() == 10);
}

TEST_CASE("a folder without READY is what a crash left: it is replaced", "[pipeline]") {
    const Folder out;
    const Workshop workshop;
    fs::create_directories(out / batch_name);
    std::ofstream(out / batch_name + "/print.pdf") << "half a file";
    std::ofstream(out / batch_name + "/stray") << "x";
    auto queue = small_queue();
    REQUIRE(queue.run(workshop.plan(out.path()), workshop.composition()));
    CHECK_FALSE(queue.done[0].found_ready);
    CHECK(all_files(out / batch_name).size() == 10);
}

TEST_CASE("a ready batch with other contents is never overwritten", "[pipeline]") {
    const Folder out;
    const Workshop workshop;
    REQUIRE(small_queue(19).run(workshop.plan(out.path()), workshop.composition()));
    const auto before = all_files(out.path());
    auto queue = small_queue(20);
    const auto report = queue.run(workshop.plan(out.path()), workshop.composition());
    REQUIRE_FALSE(report);
    CHECK(report.error().fault == Fault::Environment);
    CHECK_THAT(report.error().text(), Catch::Contains(batch_name) && Catch::Contains("ready and different"));
    CHECK(all_files(out.path()) == before);
    CHECK(queue.batch_of.empty());
}

TEST_CASE("what a crashed run left under hidden names is cleared away", "[pipeline]") {
    const Folder out;
    const Workshop workshop;
    fs::create_directories(out / hidden_name);
    fs::create_directories(out / ".2026-11-22-1-a4-other-class-0007.part");
    fs::create_directories(out / ".2026-11-22-12-a4-other-run-0001.part");
    std::ofstream(out / hidden_name + "/print.pdf") << "half a file";
    REQUIRE(small_queue().run(workshop.plan(out.path()), workshop.composition()));
    CHECK_FALSE(fs::exists(out / hidden_name));
    CHECK_FALSE(fs::exists(out / ".2026-11-22-1-a4-other-class-0007.part"));
    CHECK(fs::exists(out / ".2026-11-22-12-a4-other-run-0001.part"));
}

TEST_CASE("a full disk leaves no batch, no half-written folder and no letter lost", "[pipeline]") {
    const auto limit = GENERATE(rlim_t{0}, rlim_t{100}, rlim_t{3'000}, rlim_t{12'000});
    const Folder out;
    const Workshop workshop;
    auto queue = small_queue(300);
    {
        const FullDisk full(limit);
        const auto report = queue.run(workshop.plan(out.path()), workshop.composition());
        REQUIRE_FALSE(report);
        CHECK(report.error().fault == Fault::Environment);
        CHECK_THAT(report.error().text(), Catch::Contains(out.path()) && Catch::Contains("File too large"));
    }
    CHECK(is_empty_folder(out.path()));
    CHECK(queue.batch_of.empty());
    REQUIRE(queue.run(workshop.plan(out.path()), workshop.composition()));
    CHECK(queue.batch_of.size() == 300);
}

TEST_CASE("a disk that fills up with the manifest, when print.pdf is whole, leaves no batch either", "[pipeline]") {
    const Folder out;
    const Workshop workshop;
    Queue queue;
    queue.letters = {{.id = 1, .key = std::string(300'000, 'k')}};
    {
        const FullDisk full(200'000);
        const auto report = queue.run(workshop.plan(out.path()), workshop.composition());
        REQUIRE_FALSE(report);
        CHECK_THAT(report.error().text(), Catch::Contains("pieces.notes") && Catch::Contains("free disk space"));
    }
    CHECK(is_empty_folder(out.path()));
    {
        const FullDisk full(450'000);  // the notes fit, the manifest does not: its row holds every quote twice
        queue.letters[0].key = std::string(300'000, '"');
        const auto report = queue.run(workshop.plan(out.path()), workshop.composition());
        REQUIRE_FALSE(report);
        CHECK_THAT(report.error().text(), Catch::Contains("manifest.csv") && Catch::Contains("free disk space"));
    }
    CHECK(is_empty_folder(out.path()));
    CHECK(queue.batch_of.empty());
}

TEST_CASE("an output folder that cannot be made is named with its reason", "[pipeline]") {
    const Folder out;
    const Workshop workshop;
    std::ofstream(out / "file") << "x";
    auto queue = small_queue();
    const auto report = queue.run(workshop.plan(out / "file/batches"), workshop.composition());
    REQUIRE_FALSE(report);
    CHECK(report.error().fault == Fault::Environment);
    CHECK_THAT(report.error().text(), Catch::Contains("file/batches") && Catch::Contains("Not a directory"));
    CHECK(queue.batch_of.empty());
}

TEST_CASE("a failing commit ends the run, and the next run commits the same batch", "[pipeline]") {
    const Folder out;
    const Workshop workshop;
    auto queue = small_queue();
    auto events = queue.events();
    events.ready = [](const BatchDone&) -> Done { return failure(Fault::Busy, "queue.sqlite", "is locked"); };
    const auto report = run_pipeline(workshop.plan(out.path()), events, workshop.composition());
    REQUIRE_FALSE(report);
    CHECK(report.error().fault == Fault::Busy);
    REQUIRE(queue.run(workshop.plan(out.path()), workshop.composition()));
    CHECK(queue.done[0].found_ready);
}
