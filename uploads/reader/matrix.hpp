#pragma once
#include <algorithm>
#include <array>
#include <cmath>
#include <qpdf/QPDFObjectHandle.hh>

#include "base/length.hpp"

namespace pli::uploads::reader {

/// Numbers of a PDF before they become lengths, in points of the paper or in units of some space within it.
struct Place {
    double x = 0, y = 0;
};

/// Maps (x, y) to (a x + c y + e, b x + d y + f).
/// Source   ISO 32000-1 §8.3.4
struct Matrix {
    double a = 1, b = 0, c = 0, d = 1, e = 0, f = 0;

    constexpr Place at(double x, double y) const { return {a * x + c * y + e, b * x + d * y + f}; }
    /// First this, then `next`.
    constexpr Matrix then(const Matrix& n) const {
        return {a * n.a + b * n.c, a * n.b + b * n.d,       c * n.a + d * n.c,
                c * n.b + d * n.d, e * n.a + f * n.c + n.e, e * n.b + f * n.d + n.f};
    }
    double x_scale() const { return std::hypot(a, b); }
    double y_scale() const { return std::hypot(c, d); }
    /// Of a length whose direction is not known.
    double scale() const { return std::sqrt(std::abs(a * d - b * c)); }
};

/// Six numbers, or the matrix that changes nothing.
inline Matrix matrix_from(QPDFObjectHandle array) {
    if (!array.isMatrix()) return {};
    const auto m = array.getArrayAsMatrix();
    return {m.a, m.b, m.c, m.d, m.e, m.f};
}

/// What a mark covers, sides parallel to the paper's; empty until something is included.
struct Extent {
    double left = 1e12, top = 1e12, right = -1e12, bottom = -1e12;

    bool empty() const { return !(left <= right && top <= bottom); }
    void include(Place p) {
        left = std::min(left, p.x), right = std::max(right, p.x);
        top = std::min(top, p.y), bottom = std::max(bottom, p.y);
    }
    Extent common(const Extent& o) const {
        return {std::max(left, o.left), std::max(top, o.top), std::min(right, o.right), std::min(bottom, o.bottom)};
    }
    Extent grown(double by) const { return {left - by, top - by, right + by, bottom + by}; }
    double width() const { return right - left; }
    double height() const { return bottom - top; }
};

inline Extent extent_of(const Matrix& matrix, double x, double y, double width, double height) {
    Extent extent;
    extent.include(matrix.at(x, y));
    extent.include(matrix.at(x + width, y));
    extent.include(matrix.at(x, y + height));
    extent.include(matrix.at(x + width, y + height));
    return extent;
}

/// A number of the wild as a length: 100 m at most, so that no sum overflows.
inline Length length_of(double points) {
    constexpr double most = 283'465;
    return Length::pt(std::isfinite(points) ? std::clamp(points, -most, most) : 0);
}
inline Rect rect_of(const Extent& e) {
    if (e.empty()) return {};
    const Point origin{length_of(e.left), length_of(e.top)};
    return {origin, {length_of(e.right) - origin.x, length_of(e.bottom) - origin.y}};
}

}  // namespace pli::uploads::reader
