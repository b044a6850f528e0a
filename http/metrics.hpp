#pragma once
#include <array>
#include <atomic>
#include <chrono>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace pli::http {

struct Route;

/// What is counted of requests: by route and status, and how long they took.
/// Source   Prometheus text format 0.0.4
/// Threads  every member from any; counting takes no lock
class Metrics {
public:
    Metrics();
    /// `route` nullptr: none of ours.
    void count(const Route* route, int status, std::chrono::nanoseconds took);
    void refused_at_the_door() { ++refused_; }
    std::string text() const;

    struct Gauge {
        std::string name, help, kind, labels;
        double value = 0;
    };
    static void append(std::string& text, const std::vector<Gauge>& gauges);

private:
    static constexpr std::array<double, 10> bounds{0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1, 5};
    struct Row {
        std::array<std::atomic<std::uint64_t>, 6> by_status{};  // 0: none of 1xx to 5xx
        std::array<std::atomic<std::uint64_t>, bounds.size() + 1> by_time{};
        std::atomic<std::uint64_t> nanoseconds{0};
    };
    std::vector<std::unique_ptr<Row>> rows_;  // one a route, and one for the rest
    std::atomic<std::uint64_t> refused_{0};
};

}  // namespace pli::http
