#include "http/journal.hpp"

#include <fmt/chrono.h>
#include <unistd.h>

#include <atomic>
#include <chrono>
#include <nlohmann/json.hpp>

namespace pli::http {
namespace {
std::atomic<bool> quiet_now{false};
}

void note(std::string_view event, const nlohmann::json& facts) {
    if (quiet_now) return;
    using namespace std::chrono;
    const auto now = floor<milliseconds>(system_clock::now());
    const auto time = fmt::gmtime(system_clock::to_time_t(floor<seconds>(now)));
    auto line = fmt::format("{{\"at\":\"{:%Y-%m-%dT%H:%M:%S}.{:03}Z\",\"event\":\"{}\"", time,
                            (now - floor<seconds>(now)).count(), event);
    const auto rest = facts.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
    line += rest.size() > 2 ? "," + rest.substr(1) : "}";
    line += '\n';
    for (std::size_t done = 0; done < line.size();) {
        const auto written = ::write(STDERR_FILENO, line.data() + done, line.size() - done);
        if (written <= 0) return;  // nobody reads the log: the letters are more important
        done += static_cast<std::size_t>(written);
    }
}

void silence(bool quiet) { quiet_now = quiet; }

}  // namespace pli::http
