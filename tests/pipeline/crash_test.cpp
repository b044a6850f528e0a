#include <fmt/format.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <unistd.h>

#include <catch2/catch.hpp>
#include <csignal>
#include <cstdlib>
#include <fstream>
#include <sstream>

#include "tests/pipeline/print_house.hpp"

/// A run is killed in a process of its own, again and again, and each time taken up where its queue stands.

namespace {

using namespace pli;
using namespace pli::pipeline;
using namespace pli::pipeline::test;

constexpr std::int64_t letters = 600;

/// The queue's outcome in one file, replaced as a whole like a transaction.
void save(const Queue& queue, const std::string& path) {
    {
        std::ofstream file(path + ".new");
        for (const auto& [letter, place] : queue.batch_of) file << "batched " << letter << ' ' << place << '\n';
        for (const auto& [letter, reason] : queue.rejected) file << "rejected " << letter << " x\n";
        for (const auto& [name, count] : queue.batches) file << "batches " << count << ' ' << name << '\n';
    }
    REQUIRE(std::rename((path + ".new").c_str(), path.c_str()) == 0);
}

Queue load(const std::string& path) {
    Queue queue;
    queue.letters = mixed_letters(letters);
    std::ifstream file(path);
    std::string kind, text;
    std::int64_t number = 0;
    while (file >> kind >> number >> text) {
        if (kind == "batched") queue.batch_of[number] = text;
        if (kind == "rejected") queue.rejected[number] = text;
        if (kind == "batches") queue.batches[text] = static_cast<std::uint32_t>(number);
    }
    return queue;
}

RunPlan plan_for(const Workshop& workshop, const std::string& folder) {
    auto plan = workshop.plan(folder + "/out");
    plan.threads = 2;
    plan.rules.max_pieces = 70;
    plan.rules.press = two_up_on(sra3);
    return plan;
}

/// Where the process dies.
struct Death {
    int before_commit = 0, after_commit = 0;  // at this batch of the run, from 1
    int microseconds = 0;                     // after the start
};

[[noreturn]] void die() {
    ::kill(::getpid(), SIGKILL);
    std::abort();
}

void run_until(const Death& death, const std::string& folder) {
    const Workshop workshop;
    auto queue = load(folder + "/queue");
    auto plan = plan_for(workshop, folder);
    plan.committed_batches = [before = queue.batches](const std::string& name) -> Result<std::uint32_t> {
        return before.contains(name) ? before.at(name) : 0u;
    };
    auto events = queue.events();
    int batch = 0;
    events.ready = [&, ready = events.ready](const BatchDone& done) -> Done {
        if (++batch == death.before_commit) die();
        auto outcome = ready(done);
        save(queue, folder + "/queue");
        if (batch == death.after_commit) die();
        return outcome;
    };
    // SIGALRM without a handler ends a process as suddenly as SIGKILL does.
    const itimerval alarm{{0, 0}, {0, death.microseconds}};
    ::setitimer(ITIMER_REAL, &alarm, nullptr);
    REQUIRE(run_pipeline(plan, events, workshop.composition()));
    const itimerval none{};
    ::setitimer(ITIMER_REAL, &none, nullptr);
}

/// Runs this program again as the process that dies; true if it came to its end.
bool survives(const Death& death, const std::string& folder) {
    const auto order = fmt::format("{} {} {} {}", death.before_commit, death.after_commit, death.microseconds, folder);
    const auto child = ::fork();
    REQUIRE(child >= 0);
    if (child == 0) {
        ::setenv("PLI_TEST_DEATH", order.c_str(), 1);
        ::execl("/proc/self/exe", "test_pipeline", "a run that may be killed", "-o", "/dev/null",
                static_cast<char*>(nullptr));
        ::_exit(127);
    }
    int status = 0;
    REQUIRE(::waitpid(child, &status, 0) == child);
    if (WIFEXITED(status)) REQUIRE(WEXITSTATUS(status) == 0);
    return WIFEXITED(status);
}

struct Outcome {
    std::map<std::string, std::string> files, batch_of_letter;
    bool operator==(const Outcome&) const = default;
};
Outcome outcome_in(const std::string& folder) {
    Outcome outcome{all_files(folder + "/out"), {}};
    for (const auto& [letter, place] : load(folder + "/queue").batch_of)
        outcome.batch_of_letter[std::to_string(letter)] = place;
    return outcome;
}

const Outcome& undisturbed() {
    static const Outcome outcome = [] {
        const Folder folder;
        run_until({}, folder.path());
        return outcome_in(folder.path());
    }();
    return outcome;
}

}  // namespace

TEST_CASE("a run that may be killed", "[.][pipeline]") {
    const char* order = std::getenv("PLI_TEST_DEATH");
    REQUIRE(order != nullptr);
    std::istringstream words(order);
    Death death;
    std::string folder;
    words >> death.before_commit >> death.after_commit >> death.microseconds >> folder;
    run_until(death, folder);
}

TEST_CASE("killed between READY and commit, the next run ends with the same batches and letters", "[pipeline]") {
    const auto batch = GENERATE(1, 3, 9);
    const Folder folder;
    REQUIRE_FALSE(survives({.before_commit = batch}, folder.path()));
    REQUIRE(survives({}, folder.path()));
    CHECK((outcome_in(folder.path()) == undisturbed()));
}

TEST_CASE("killed right after a commit, the next run ends with the same batches and letters", "[pipeline]") {
    const auto batch = GENERATE(1, 4);
    const Folder folder;
    REQUIRE_FALSE(survives({.after_commit = batch}, folder.path()));
    REQUIRE(survives({}, folder.path()));
    CHECK((outcome_in(folder.path()) == undisturbed()));
}

TEST_CASE("killed at any moment, again and again, a run loses no letter and repeats none", "[pipeline]") {
    const Folder folder;
    int deaths = 0;
    for (int attempt = 1; attempt <= 40; ++attempt) {
        // Odd steps walk through all moments of a run, however fast the machine is.
        const int microseconds = 500 + attempt * attempt * 7919 % 40'000;
        if (survives({.microseconds = microseconds}, folder.path())) break;
        ++deaths;
    }
    CHECK(deaths > 0);
    REQUIRE(survives({}, folder.path()));
    CHECK((outcome_in(folder.path()) == undisturbed()));
}
