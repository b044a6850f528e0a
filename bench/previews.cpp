// How long a picture of a letter takes, warm: bench_previews WORKSPACE [SECONDS [RATE]]. Requests come at a fixed rate
// (50 a second) to as many threads as there are processors, each with data that no request before it had, as when a
// person types; what is told counts from the moment a request was due, so that waiting for others counts as well.
#include <fmt/format.h>
#include <sys/resource.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstdlib>
#include <nlohmann/json.hpp>
#include <string>
#include <thread>
#include <vector>

#include "service/preview_desk.hpp"

namespace {

using Clock = std::chrono::steady_clock;
using namespace pli;

struct Load {
    std::string template_name;
    service::PreviewKind kind = service::PreviewKind::Png;
    int dpi = 96;
    double seconds = 10, rate = 50;
};

double milliseconds(Clock::duration time) { return std::chrono::duration<double, std::milli>(time).count(); }

double cpu_seconds() {
    rusage used{};
    getrusage(RUSAGE_SELF, &used);
    const auto seconds = [](const timeval& t) { return double(t.tv_sec) + double(t.tv_usec) / 1e6; };
    return seconds(used.ru_utime) + seconds(used.ru_stime);
}

/// The template's sample with a name that changes from request to request.
std::string typed(const nlohmann::json& sample, int request) {
    auto data = sample;
    const auto name = fmt::format("Amélie-{}", request);
    if (data.contains("recipient"))
        data["recipient"]["first_name"] = name;
    else
        data["first_name"] = name;
    return data.dump();
}

struct Figures {
    std::vector<double> waited;  // milliseconds, ascending
    double cpu = 0;              // milliseconds a request
    std::size_t bytes = 0;
    double at(double share) const { return waited[std::size_t(share * double(waited.size() - 1))]; }
};

Figures measure(service::PreviewDesk& desk, const Load& load, const nlohmann::json& sample) {
    const auto count = int(load.seconds * load.rate);
    std::vector<double> waited(std::size_t(count), 0);
    std::atomic<int> next{0};
    std::atomic<std::size_t> bytes{0};
    const auto began = Clock::now();
    const double cpu = cpu_seconds();
    const auto work = [&] {
        for (int request = 0; (request = next++) < count;) {
            const auto due = began + std::chrono::microseconds(std::int64_t(request * 1e6 / load.rate));
            std::this_thread::sleep_until(due);
            const auto drawn = desk.draw(
                {{}, load.template_name, {}, typed(sample, request), Day::of(2026, 11, 23), load.kind, 1, load.dpi});
            if (!drawn) {
                fmt::print(stderr, "{}\n", drawn.error().text());
                std::exit(1);
            }
            bytes = drawn->bytes.size();
            waited[std::size_t(request)] = milliseconds(Clock::now() - due);
        }
    };
    {
        std::vector<std::jthread> threads;
        for (unsigned i = 0; i < std::max(1u, std::thread::hardware_concurrency()); ++i) threads.emplace_back(work);
    }
    std::ranges::sort(waited);
    return {waited, (cpu_seconds() - cpu) * 1000 / count, bytes};
}

}  // namespace

int main(int count, char** arguments) {
    if (count < 2) return 2;
    const auto workspace = service::Workspace::open(arguments[1]);
    if (!workspace) return 2;
    Load load;
    if (count > 2) load.seconds = std::atof(arguments[2]);
    if (count > 3) load.rate = std::atof(arguments[3]);
    service::PreviewRoom room;
    service::PreviewDesk desk(arguments[1], room);
    fmt::print("{:<12} {:>5} {:>4} {:>8} {:>8} {:>8} {:>9} {:>9}\n", "template", "kind", "dpi", "p50 ms", "p99 ms",
               "most ms", "CPU ms", "bytes");
    for (const auto& name : workspace->template_names()) {
        const auto sample = nlohmann::json::parse(service::sample_data(*workspace, name).value());
        for (const auto& [kind, word, dpi] :
             {std::tuple{service::PreviewKind::Png, "png", 96}, std::tuple{service::PreviewKind::Png, "png", 150},
              std::tuple{service::PreviewKind::Webp, "webp", 96}, std::tuple{service::PreviewKind::Pdf, "pdf", 0}}) {
            load.template_name = name;
            load.kind = kind;
            load.dpi = dpi;
            auto warm = load;
            warm.seconds = 1;
            (void)measure(desk, warm, sample);
            const auto figures = measure(desk, load, sample);
            fmt::print("{:<12} {:>5} {:>4} {:>8.2f} {:>8.2f} {:>8.2f} {:>9.2f} {:>9}\n", name, word, dpi,
                       figures.at(0.5), figures.at(0.99), figures.waited.back(), figures.cpu, figures.bytes);
        }
    }
    return 0;
}
