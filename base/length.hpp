#pragma once
#include <compare>
#include <cstdint>

namespace pli {

/// A length on paper, kept in whole nanometres: `==` is exact and sums never drift.
/// Units    enter with `_mm`, `_pt`, `Length::mm()`; leave with `to_mm()`, `to_pt()`, `to_centipoints()`
/// Threads  a value
class Length {
public:
    constexpr Length() = default;
    static constexpr Length nm(std::int64_t v) { return Length(v); }
    static constexpr Length mm(double v) { return Length(rounded(v * 1e6)); }
    static constexpr Length pt(double v) { return Length(rounded(v * nm_per_pt)); }

    constexpr std::int64_t nm() const { return nm_; }
    constexpr double to_mm() const { return static_cast<double>(nm_) / 1e6; }
    constexpr double to_pt() const { return static_cast<double>(nm_) / nm_per_pt; }
    /// Hundredths of a PDF point, rounded half away from zero: the only coordinates that reach a content stream.
    constexpr std::int64_t to_centipoints() const {
        const std::int64_t scaled = nm_ * 720;  // 72 * 100 / 25.4e6 = 720 / 2.54e6
        return (scaled + (scaled < 0 ? -1'270'000 : 1'270'000)) / 2'540'000;
    }

    constexpr auto operator<=>(const Length&) const = default;
    constexpr Length operator-() const { return Length(-nm_); }
    constexpr Length& operator+=(Length b) {
        nm_ += b.nm_;
        return *this;
    }
    constexpr Length& operator-=(Length b) {
        nm_ -= b.nm_;
        return *this;
    }
    friend constexpr Length operator+(Length a, Length b) { return Length(a.nm_ + b.nm_); }
    friend constexpr Length operator-(Length a, Length b) { return Length(a.nm_ - b.nm_); }
    friend constexpr Length operator*(Length a, std::int64_t k) { return Length(a.nm_ * k); }
    friend constexpr Length operator*(std::int64_t k, Length a) { return a * k; }
    friend constexpr Length operator/(Length a, std::int64_t k) { return Length(a.nm_ / k); }
    constexpr Length scaled(double factor) const { return Length(rounded(static_cast<double>(nm_) * factor)); }

private:
    static constexpr double nm_per_pt = 25.4e6 / 72;
    static constexpr std::int64_t rounded(double v) { return static_cast<std::int64_t>(v + (v < 0 ? -0.5 : 0.5)); }
    explicit constexpr Length(std::int64_t v) : nm_(v) {}
    std::int64_t nm_ = 0;
};

inline namespace literals {
constexpr Length operator""_mm(long double v) { return Length::mm(static_cast<double>(v)); }
constexpr Length operator""_mm(unsigned long long v) { return Length::mm(static_cast<double>(v)); }
constexpr Length operator""_pt(long double v) { return Length::pt(static_cast<double>(v)); }
constexpr Length operator""_pt(unsigned long long v) { return Length::pt(static_cast<double>(v)); }
}  // namespace literals

struct Point {
    Length x, y;
    constexpr auto operator<=>(const Point&) const = default;
    friend constexpr Point operator+(Point a, Point b) { return {a.x + b.x, a.y + b.y}; }
};
struct Size {
    Length width, height;
    constexpr auto operator<=>(const Size&) const = default;
};
/// From the sheet's top left corner, y downwards, as every position in Pli.
struct Rect {
    Point origin;
    Size size;
    constexpr auto operator<=>(const Rect&) const = default;
    constexpr Length left() const { return origin.x; }
    constexpr Length top() const { return origin.y; }
    constexpr Length right() const { return origin.x + size.width; }
    constexpr Length bottom() const { return origin.y + size.height; }
    constexpr bool contains(const Rect& r) const {
        return r.left() >= left() && r.top() >= top() && r.right() <= right() && r.bottom() <= bottom();
    }
    constexpr bool overlaps(const Rect& r) const {
        return r.left() < right() && left() < r.right() && r.top() < bottom() && top() < r.bottom();
    }
};

}  // namespace pli
