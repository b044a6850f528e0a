#include "preflight/objects.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace pli::preflight {

Object entry(Object object, const std::string& key) {
    if (object.isStream()) return object.getDict().getKey(key);
    return object.isDictionary() ? object.getKey(key) : Object::newNull();
}

bool has(Object object, const std::string& key) { return !entry(std::move(object), key).isNull(); }

bool is_name(Object object, std::string_view name) { return object.isName() && object.getName() == name; }

std::string name_of(Object object) { return object.isName() ? object.getName() : std::string(); }

std::optional<double> number_of(Object object) {
    double value = 0;
    if (!object.getValueAsNumber(value) || !std::isfinite(value)) return std::nullopt;
    return value;
}

std::optional<std::int64_t> integer_of(Object object) {
    if (!object.isInteger()) return std::nullopt;
    return object.getIntValue();
}

std::vector<Object> items_of(Object object) {
    if (object.isArray()) return object.getArrayAsVector();
    return object.isNull() ? std::vector<Object>{} : std::vector<Object>{object};
}

std::uint32_t number_in_file(const Object& object) {
    return static_cast<std::uint32_t>(std::max(object.getObjectID(), 0));
}

std::string in_words(Object object) {
    if (object.isName()) return object.getName();
    if (object.isArray()) return fmt::format("an array of {}", object.getArrayNItems());
    if (object.isStream()) return "a stream";
    if (object.isDictionary()) return "a dictionary";
    if (object.isString()) return fmt::format("({})", object.getStringValue());
    if (object.isInteger()) return fmt::format("{}", object.getIntValue());
    if (object.isReal()) return object.getRealValue();
    if (object.isBool()) return object.getBoolValue() ? "true" : "false";
    return "nothing";
}

bool Box::within(const Box& other) const {
    constexpr double rounding = 0.01;
    return left >= other.left - rounding && bottom >= other.bottom - rounding && right <= other.right + rounding &&
           top <= other.top + rounding;
}

bool Box::touches(const Box& other) const {
    return left < other.right && right > other.left && bottom < other.top && top > other.bottom;
}

std::optional<Box> box_of(Object object) {
    if (!object.isArray() || object.getArrayNItems() != 4) return std::nullopt;
    std::array<double, 4> edges{};
    for (int i = 0; i < 4; ++i) {
        const auto edge = number_of(object.getArrayItem(i));
        if (!edge) return std::nullopt;
        edges[static_cast<std::size_t>(i)] = *edge;
    }
    return Box{std::min(edges[0], edges[2]), std::min(edges[1], edges[3]), std::max(edges[0], edges[2]),
               std::max(edges[1], edges[3])};
}

Matrix operator*(const Matrix& a, const Matrix& b) {
    return {a[0] * b[0] + a[1] * b[2], a[0] * b[1] + a[1] * b[3],        a[2] * b[0] + a[3] * b[2],
            a[2] * b[1] + a[3] * b[3], a[4] * b[0] + a[5] * b[2] + b[4], a[4] * b[1] + a[5] * b[3] + b[5]};
}

std::optional<Matrix> matrix_of(Object object) {
    if (object.isNull()) return identity;
    if (!object.isArray() || object.getArrayNItems() != 6) return std::nullopt;
    Matrix matrix{};
    for (int i = 0; i < 6; ++i) {
        const auto value = number_of(object.getArrayItem(i));
        if (!value) return std::nullopt;
        matrix[static_cast<std::size_t>(i)] = *value;
    }
    return matrix;
}

double scale_of(const Matrix& matrix) { return std::sqrt(std::abs(matrix[0] * matrix[3] - matrix[1] * matrix[2])); }

}  // namespace pli::preflight
