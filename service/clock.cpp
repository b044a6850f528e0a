#include "service/clock.hpp"

#include <ctime>

namespace pli::service {

Instant now() { return {static_cast<std::int64_t>(std::time(nullptr))}; }

Day local_day(Instant at) {
    const auto seconds = static_cast<std::time_t>(at.seconds);
    std::tm local{};
    ::localtime_r(&seconds, &local);
    return Day::of(local.tm_year + 1900, local.tm_mon + 1, local.tm_mday);
}

}  // namespace pli::service
