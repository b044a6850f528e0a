#pragma once
#include <array>
#include <cstdint>
#include <optional>
#include <qpdf/QPDFObjectHandle.hh>
#include <string>
#include <string_view>
#include <vector>

namespace pli::preflight {

/// Looking at PDF objects without expecting anything: a file under test may hold any object at any place. qpdf itself
/// answers a wrong question with a warning and a substitute, which is what a checker must not take for the file's word.
using Object = QPDFObjectHandle;

/// The entry of a dictionary or of a stream's dictionary; null where there is neither.
Object entry(Object object, const std::string& key);
bool has(Object object, const std::string& key);
bool is_name(Object object, std::string_view name);  // "/DeviceCMYK"
std::string name_of(Object object);                  // empty: no name
std::optional<double> number_of(Object object);
std::optional<std::int64_t> integer_of(Object object);
/// The items of an array; the object itself where it is no array; nothing where it is null.
std::vector<Object> items_of(Object object);
std::uint32_t number_in_file(const Object& object);  // 0: a direct object
/// What it is, in words: "/Name", "3 numbers", "a dictionary".
std::string in_words(Object object);

/// A box with its corners in order, in PDF units.
struct Box {
    double left = 0, bottom = 0, right = 0, top = 0;
    bool empty() const { return right <= left || top <= bottom; }
    /// Within a hundredth of a point: producers round boxes each for itself.
    bool within(const Box& other) const;
    bool touches(const Box& other) const;
};
std::optional<Box> box_of(Object object);

using Matrix = std::array<double, 6>;
constexpr Matrix identity{1, 0, 0, 1, 0, 0};
Matrix operator*(const Matrix& first, const Matrix& then);
std::optional<Matrix> matrix_of(Object object);
/// By how much lengths grow: the square root of the area's factor.
double scale_of(const Matrix& matrix);

}  // namespace pli::preflight
