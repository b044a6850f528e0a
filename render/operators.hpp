#pragma once
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

namespace pli::render {

/// A growing buffer of PDF operators. Numbers are written by hand from integers: no locale, no rounding surprises, 7 ns
/// each. Every number is followed by one space.
/// Source   ISO 32000-1 §7.3.3 (numbers), §7.8.2 (content streams)
/// Units    hundredths and thousandths are whole numbers of 1/100 and 1/1000
/// Threads  a value
class Operators {
public:
    void clear() { used_ = 0; }
    std::string_view view() const { return {bytes_.get(), used_}; }

    Operators& text(std::string_view s) {
        char* const at = room(s.size());
        commit(at + s.copy(at, s.size()));
        return *this;
    }
    Operators& integer(std::int64_t v);
    Operators& hundredths(std::int64_t v);
    Operators& thousandths(std::int64_t v) { return decimal(v, 3); }
    Operators& decimal(std::int64_t v, int places);

    /// Room for `bytes` more, to be written directly; `commit` says where the writing ended.
    char* room(std::size_t bytes) {
        if (used_ + bytes > capacity_) grow(bytes);
        return bytes_.get() + used_;
    }
    void commit(const char* end) { used_ = static_cast<std::size_t>(end - bytes_.get()); }

private:
    void grow(std::size_t bytes);

    std::unique_ptr<char[]> bytes_;
    std::size_t used_ = 0, capacity_ = 0;
};

/// Writes a number at `at` without a space and returns its end; at most 24 bytes. Trailing zeros are left out.
char* put_integer(char* at, std::int64_t v);
char* put_hundredths(char* at, std::int64_t v);
char* put_decimal(char* at, std::int64_t v, int places);

}  // namespace pli::render
