#pragma once
#include <compare>
#include <cstdint>

namespace pli {

/// A weight, kept in whole micrograms: what a sheet of 80 g/m² weighs is exact, and sums never drift.
/// Units    enter with `Mass::g()`, `Mass::ug()`; leave with `to_g()`
/// Threads  a value
class Mass {
public:
    constexpr Mass() = default;
    static constexpr Mass ug(std::int64_t v) { return Mass(v); }
    static constexpr Mass g(double v) { return Mass(static_cast<std::int64_t>(v * 1e6 + (v < 0 ? -0.5 : 0.5))); }

    constexpr std::int64_t ug() const { return ug_; }
    constexpr double to_g() const { return static_cast<double>(ug_) / 1e6; }

    constexpr auto operator<=>(const Mass&) const = default;
    constexpr Mass& operator+=(Mass b) {
        ug_ += b.ug_;
        return *this;
    }
    friend constexpr Mass operator+(Mass a, Mass b) { return Mass(a.ug_ + b.ug_); }
    friend constexpr Mass operator-(Mass a, Mass b) { return Mass(a.ug_ - b.ug_); }
    friend constexpr Mass operator*(Mass a, std::int64_t k) { return Mass(a.ug_ * k); }

private:
    explicit constexpr Mass(std::int64_t v) : ug_(v) {}
    std::int64_t ug_ = 0;
};

}  // namespace pli
