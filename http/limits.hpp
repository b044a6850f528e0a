#pragma once
#include <chrono>
#include <mutex>
#include <string>
#include <unordered_map>

namespace pli::http {

/// So many requests a second for each name, and as many at once as in two seconds.
/// Threads  any
class RateLimit {
public:
    using Clock = std::chrono::steady_clock;
    /// 0: no limit.
    explicit RateLimit(double a_second) : rate_(a_second) {}
    /// False: too many.
    bool take(const std::string& name, Clock::time_point now);

private:
    struct Bucket {
        double left = 0;
        Clock::time_point filled;
    };
    double rate_;
    std::mutex mutex_;
    std::unordered_map<std::string, Bucket> buckets_;
};

}  // namespace pli::http
