#include "render/operators.hpp"

#include <algorithm>
#include <array>
#include <cstring>

namespace pli::render {

namespace {

/// A short piece of a number. All four bytes are written, `length` of them count.
struct Digits {
    char bytes[4];
    std::uint8_t length;
};

char* put(char* at, const Digits& digits) {
    std::memcpy(at, digits.bytes, sizeof digits.bytes);
    return at + digits.length;
}

/// Whole numbers below 1,000, which nearly all are: coordinates are some hundred points.
constexpr auto wholes = [] {
    std::array<Digits, 1000> table{};
    for (unsigned v = 0; v < table.size(); ++v) {
        Digits& out = table[v];
        if (v >= 100) out.bytes[out.length++] = static_cast<char>('0' + v / 100);
        if (v >= 10) out.bytes[out.length++] = static_cast<char>('0' + v / 10 % 10);
        out.bytes[out.length++] = static_cast<char>('0' + v % 10);
    }
    return table;
}();

/// What hundredths put behind a whole number: nothing, ".5" or ".25".
constexpr auto fractions = [] {
    std::array<Digits, 100> table{};
    for (unsigned v = 1; v < table.size(); ++v) {
        table[v] = {{'.', static_cast<char>('0' + v / 10), static_cast<char>('0' + v % 10), 0}, 3};
        if (v % 10 == 0) table[v].length = 2;
    }
    return table;
}();

}  // namespace

char* put_integer(char* at, std::int64_t v) {
    if (v < 0) {
        *at++ = '-';
        v = -v;
    }
    if (v < 1000) return put(at, wholes[static_cast<std::size_t>(v)]);
    char digits[20];
    char* first = digits + sizeof digits;
    do {
        *--first = static_cast<char>('0' + v % 10);
        v /= 10;
    } while (v != 0);
    const auto count = static_cast<std::size_t>(digits + sizeof digits - first);
    std::memcpy(at, first, count);
    return at + count;
}

char* put_hundredths(char* at, std::int64_t v) {
    if (v < 0) {
        *at++ = '-';
        v = -v;
    }
    const auto whole = static_cast<std::uint64_t>(v) / 100, fraction = static_cast<std::uint64_t>(v) % 100;
    if (whole != 0 || fraction == 0) at = put_integer(at, static_cast<std::int64_t>(whole));
    return put(at, fractions[fraction]);
}

char* put_decimal(char* at, std::int64_t v, int places) {
    if (v < 0) {
        *at++ = '-';
        v = -v;
    }
    std::int64_t scale = 1;
    for (int i = 0; i < places; ++i) scale *= 10;
    const std::int64_t whole = v / scale;
    std::int64_t fraction = v % scale;
    if (whole != 0 || fraction == 0) at = put_integer(at, whole);  // ".5" is a number in PDF
    if (fraction == 0) return at;
    *at++ = '.';
    while (fraction != 0) {
        scale /= 10;
        *at++ = static_cast<char>('0' + fraction / scale);
        fraction %= scale;
    }
    return at;
}

void Operators::grow(std::size_t bytes) {
    const std::size_t wanted = std::max<std::size_t>({used_ + bytes, capacity_ * 2, 4096});
    std::unique_ptr<char[]> bigger(new char[wanted]);
    if (used_ != 0) std::memcpy(bigger.get(), bytes_.get(), used_);
    bytes_ = std::move(bigger);
    capacity_ = wanted;
}

Operators& Operators::integer(std::int64_t v) {
    char* end = put_integer(room(24), v);
    *end++ = ' ';
    commit(end);
    return *this;
}

Operators& Operators::hundredths(std::int64_t v) {
    char* end = put_hundredths(room(24), v);
    *end++ = ' ';
    commit(end);
    return *this;
}

Operators& Operators::decimal(std::int64_t v, int places) {
    char* end = put_decimal(room(24), v, places);
    *end++ = ' ';
    commit(end);
    return *this;
}

}  // namespace pli::render
