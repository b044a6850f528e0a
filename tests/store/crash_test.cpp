// A child process works on the queue and is killed in the middle, as a power cut or an operator would.
#include <fmt/format.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <catch2/catch.hpp>
#include <set>

#include "tests/store/letters_for_tests.hpp"

using namespace pli;
using namespace pli::store;
using namespace pli::store::test;

namespace {

/// Runs `work` in a child until it has written `progress` bytes to its pipe, then kills it.
template <class Work>
void killed_after(int progress, Work work) {
    int ends[2];
    REQUIRE(pipe(ends) == 0);
    const auto child = fork();
    REQUIRE(child >= 0);
    if (child == 0) {
        close(ends[0]);
        work(ends[1]);
        _exit(0);
    }
    close(ends[1]);
    char byte = 0;
    for (int seen = 0; seen < progress && read(ends[0], &byte, 1) == 1;) ++seen;
    REQUIRE(kill(child, SIGKILL) == 0);
    int status = 0;
    REQUIRE(waitpid(child, &status, 0) == child);
    close(ends[0]);
    REQUIRE(WIFSIGNALED(status));  // else the child had ended by itself and nothing was tested
}

void tell(int pipe) {
    if (write(pipe, "x", 1) != 1) _exit(1);
}

/// Adds letters without end, telling after every 10,000 handed over.
void add_for_ever(const std::string& path, int pipe) {
    auto store = store::open(path);
    if (!store) _exit(1);
    std::int64_t n = 0;
    std::string key;
    const auto names = std::make_shared<FieldNames>(FieldNames{{"n"}});
    const auto next = [&](jobs::NewLetter& letter) {
        key = fmt::format("k{}", ++n);
        letter.key = key;
        letter.template_name = "thanks";
        letter.fields = {names, {{key, FieldKind::Text}}};
        if (n % 10'000 == 0) tell(pipe);
        return true;
    };
    static_cast<void>((*store)->add({next, {}}));
}

/// Goes on with the run in batches of 50, rejecting every tenth letter, telling after each batch.
void work_through(const std::string& path, int pipe, bool finish) {
    auto store = store::open(path);
    if (!store) _exit(1);
    const auto run = (*store)->open_run(Day{20'000}).value().value();
    auto number = (*store)->committed_batches(run, "a4-dl").value();
    const auto next = (*store)->letters_of(run).value();
    std::vector<LetterId> batch;
    const auto close_batch = [&] {
        if (batch.empty()) return;
        const auto pieces = static_cast<std::uint32_t>(batch.size());
        if (!(*store)->commit(run, batch_named(fmt::format("b-{}", ++number), pieces), batch, {})) _exit(1);
        batch.clear();
        tell(pipe);
    };
    while (auto letter = next().value()) {
        if (letter->id.value % 10 == 0) {
            if (!(*store)->reject(run, letter->id, {jobs::Reason::BadData, "tenth"}, {})) _exit(1);
            continue;
        }
        batch.push_back(letter->id);
        if (batch.size() == 50) close_batch();
    }
    close_batch();
    if (finish && !(*store)->finish_run(run)) _exit(1);
    if (!finish) pause();
}

}  // namespace

TEST_CASE("killed while adding: whole letters only, and the same file again queues each once", "[store]") {
    Folder folder;
    const auto path = folder / "queue.sqlite";
    killed_after(7, [&](int pipe) { add_for_ever(path, pipe); });
    auto store = store::open(path);
    REQUIRE(store);
    const auto there = count(**store, jobs::State::Queued);
    CHECK(there >= 40'000);  // the transactions before the kill stand
    const auto added = add(**store, numbered(70'000));
    CHECK(added.known == there);
    CHECK(added.queued == 70'000 - there);
    const auto run = opened(**store);
    CHECK(keys_of(**store, run).size() == 70'000);  // each has its contents
}

TEST_CASE("killed in the middle of a run, several times: no letter is lost and none is in two batches", "[store]") {
    Folder folder;
    const auto path = folder / "queue.sqlite";
    {
        auto store = store::open(path);
        REQUIRE(store);
        add(**store, numbered(2'000));
    }
    for (const int batches : {1, 7, 3, 12}) killed_after(batches, [&](int pipe) { work_through(path, pipe, false); });
    int ends[2];
    REQUIRE(pipe(ends) == 0);
    work_through(path, ends[1], true);
    auto store = store::open(path);
    REQUIRE(store);
    CHECK(count(**store, jobs::State::Batched) == 1'800);
    CHECK(count(**store, jobs::State::Rejected) == 200);
    Filter batched;
    batched.state = jobs::State::Batched;
    batched.limit = 5'000;
    std::set<std::pair<std::string, std::uint32_t>> pieces;
    const auto letters = (*store)->list(batched);
    REQUIRE(letters);
    for (const auto& letter : *letters) pieces.emplace(letter.batch, letter.piece);
    CHECK(pieces.size() == 1'800);
}
