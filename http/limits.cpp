#include "http/limits.hpp"

#include <algorithm>

namespace pli::http {

bool RateLimit::take(const std::string& name, Clock::time_point now) {
    if (rate_ <= 0) return true;
    constexpr std::size_t most = 100'000;
    const double full = 2 * rate_;
    const std::lock_guard lock(mutex_);
    if (buckets_.size() > most) buckets_.clear();
    const auto [found, fresh] = buckets_.try_emplace(name, Bucket{full, now});
    auto& bucket = found->second;
    bucket.left = std::min(full, bucket.left + rate_ * std::chrono::duration<double>(now - bucket.filled).count());
    bucket.filled = now;
    if (bucket.left < 1) return false;
    bucket.left -= 1;
    return true;
}

}  // namespace pli::http
