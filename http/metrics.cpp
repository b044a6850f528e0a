#include "http/metrics.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "http/router.hpp"

namespace pli::http {
namespace {

std::string labels_of(std::size_t row) {
    if (row >= routes().size()) return "method=\"\",route=\"none\"";
    const auto& route = routes()[row];
    return fmt::format("method=\"{}\",route=\"{}\"", route.method, route.path);
}

/// Backslash, quote and line end are what a label's value must escape.
void append_gauge(std::string& text, const Metrics::Gauge& gauge) {
    text += gauge.name;
    if (!gauge.labels.empty()) text += "{" + gauge.labels + "}";
    text += fmt::format(" {}\n", gauge.value);
}

}  // namespace

Metrics::Metrics() {
    for (std::size_t i = 0; i <= routes().size(); ++i) rows_.push_back(std::make_unique<Row>());
}

void Metrics::count(const Route* route, int status, std::chrono::nanoseconds took) {
    auto& row = *rows_[route == nullptr ? routes().size() : static_cast<std::size_t>(route - routes().data())];
    const int family = status / 100;
    ++row.by_status[family >= 1 && family <= 5 ? static_cast<std::size_t>(family) : 0];
    const double seconds = std::chrono::duration<double>(took).count();
    ++row.by_time[static_cast<std::size_t>(std::ranges::lower_bound(bounds, seconds) - bounds.begin())];
    row.nanoseconds += static_cast<std::uint64_t>(took.count());
}

std::string Metrics::text() const {
    std::string text = "# HELP pli_http_requests_total Requests answered.\n# TYPE pli_http_requests_total counter\n";
    for (std::size_t i = 0; i < rows_.size(); ++i)
        for (std::size_t family = 1; family < 6; ++family)
            if (const auto n = rows_[i]->by_status[family].load(); n > 0)
                text += fmt::format("pli_http_requests_total{{{},status=\"{}xx\"}} {}\n", labels_of(i), family, n);
    text +=
        "# HELP pli_http_request_seconds Time from the last byte of a request to its answer.\n"
        "# TYPE pli_http_request_seconds histogram\n";
    for (std::size_t i = 0; i < rows_.size(); ++i) {
        std::uint64_t sum = 0;
        for (const auto& bucket : rows_[i]->by_time) sum += bucket.load();
        if (sum == 0) continue;
        std::uint64_t below = 0;
        for (std::size_t b = 0; b < bounds.size(); ++b)
            text += fmt::format("pli_http_request_seconds_bucket{{{},le=\"{}\"}} {}\n", labels_of(i), bounds[b],
                                below += rows_[i]->by_time[b].load());
        text += fmt::format("pli_http_request_seconds_bucket{{{},le=\"+Inf\"}} {}\n", labels_of(i), sum);
        text += fmt::format("pli_http_request_seconds_sum{{{}}} {}\n", labels_of(i),
                            static_cast<double>(rows_[i]->nanoseconds.load()) / 1e9);
        text += fmt::format("pli_http_request_seconds_count{{{}}} {}\n", labels_of(i), sum);
    }
    text += fmt::format(
        "# HELP pli_http_refused_total Requests refused before they were read: not HTTP, too large, too slow.\n"
        "# TYPE pli_http_refused_total counter\npli_http_refused_total {}\n",
        refused_.load());
    return text;
}

void Metrics::append(std::string& text, const std::vector<Gauge>& gauges) {
    std::string_view last;
    for (const auto& gauge : gauges) {
        if (gauge.name != last)
            text += fmt::format("# HELP {0} {1}\n# TYPE {0} {2}\n", gauge.name, gauge.help, gauge.kind);
        last = gauge.name;
        append_gauge(text, gauge);
    }
}

}  // namespace pli::http
