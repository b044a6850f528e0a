// How fast a queue is: letters in, frozen into a run, read and committed in batches, told. The place is that of `store` in
// pli.toml, and must be empty.
#include <fmt/format.h>

#include <chrono>
#include <cstdlib>
#include <ctime>
#include <string>
#include <vector>

#include "store/letter_store.hpp"

using namespace pli;

namespace {

template <class T>
T need(Result<T> result) {
    if (result) return *std::move(result);
    fmt::print(stderr, "{}\n", result.error().text());
    std::exit(1);
}
void need(const Done& done) {
    if (done) return;
    fmt::print(stderr, "{}\n", done.error().text());
    std::exit(1);
}

double cpu_seconds() { return static_cast<double>(std::clock()) / CLOCKS_PER_SEC; }

/// One line of the table: what was done with how many letters, and how long it took since the last line, by the clock and of
/// this process's processor time; a server's is its own.
class Stopwatch {
public:
    void tell(const char* what, std::int64_t letters) {
        const auto now = Clock::now();
        const double seconds = std::chrono::duration<double>(now - last_).count();
        fmt::print("{:<28} {:>8.2f} s {:>10.0f} letters/s {:>8.2f} s CPU\n", what, seconds,
                   static_cast<double>(letters) / seconds, cpu_seconds() - cpu_);
        last_ = Clock::now();
        cpu_ = cpu_seconds();
    }

private:
    using Clock = std::chrono::steady_clock;
    Clock::time_point last_ = Clock::now();
    double cpu_ = cpu_seconds();
};

void add(store::LetterStore& queue, std::int64_t letters) {
    const auto names = std::make_shared<FieldNames>(FieldNames{{"order", "coupon", "text"}});
    std::string key, postal_code, order;
    std::int64_t n = 0;
    const auto next = [&](jobs::NewLetter& letter) {
        if (n == letters) return false;
        key = fmt::format("bench-{}", ++n);
        postal_code = fmt::format("{:05}", n * 7'919 % 95'000);
        letter = {};
        letter.key = key;
        letter.template_name = "letter";
        letter.recipient.name = "Friederike Sophia Mustermann";
        letter.recipient.street = "Rue du Faubourg Saint-Antoine 128";
        letter.recipient.postal_code = postal_code;
        letter.recipient.city = "Paris";
        letter.fields = {names,
                         {{key, FieldKind::Text}, {"WELCOME-2026", FieldKind::Text}, {"merci", FieldKind::Text}}};
        return true;
    };
    need(queue.add({next, {1'000}}));
}

/// As the night run does, without the letters themselves.
void commit_all(store::LetterStore& queue, const store::RunRecord& run, std::size_t batch_size) {
    const auto next = need(queue.letters_of(run));
    std::vector<LetterId> batch;
    int number = 0;
    const auto close = [&] {
        if (batch.empty()) return;
        const auto pieces = static_cast<std::uint32_t>(batch.size());
        const auto name = fmt::format("{}-bench-{:04}", run.run, ++number);
        need(queue.commit(run, {name, "bench", "out/" + name, pieces, pieces, pieces}, batch, {2'000}));
        batch.clear();
    };
    while (auto letter = need(next())) {
        batch.push_back(letter->id);
        if (batch.size() == batch_size) close();
    }
    close();
}

}  // namespace

int main(int argc, char** argv) {
    if (argc != 3) {
        fmt::print(stderr, "bench_queue PLACE LETTERS\n");
        return 2;
    }
    const std::int64_t letters = std::atoll(argv[2]);
    const auto queue = need(store::open(argv[1]));
    Stopwatch watch;
    add(*queue, letters);
    watch.tell("add", letters);
    const auto order = [](std::string_view country, std::string_view code) {
        return std::string(country).append(code);
    };
    const auto run = need(queue->open_run(store::RunOrder{{20'000}, order, {1'500}}));
    watch.tell("freeze", letters);
    commit_all(*queue, *run, 10'000);
    need(queue->finish_run(*run));
    watch.tell("read and commit", letters);
    watch = {};
    store::Filter page;
    page.batch = run->run + "-bench-0001";
    const auto listed = need(queue->list(page));
    watch.tell("list 100 of a batch", static_cast<std::int64_t>(listed.size()));
    need(queue->events_of(listed.back().id));
    watch.tell("events of a letter", 1);
    return 0;
}
