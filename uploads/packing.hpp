#pragma once
#include <array>
#include <cmath>
#include <concepts>
#include <cstdint>
#include <cstring>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

#include "base/length.hpp"

namespace pli::uploads {

/// Values as bytes: numbers as the machine has them (both ends are one build on one machine), every sequence behind its
/// length.
template <class Number>
void put(std::string& out, Number value) {
    static_assert(std::is_arithmetic_v<Number> || std::is_enum_v<Number>);
    char raw[sizeof value];
    std::memcpy(raw, &value, sizeof value);
    out.append(raw, sizeof value);
}
inline void put_text(std::string& out, std::string_view text) {
    put(out, std::uint64_t{text.size()});
    out.append(text);
}

/// Reads forward; once anything is missing, everything after is empty and `broken` stays set.
class Reader {
public:
    explicit Reader(std::string_view bytes) : rest_(bytes) {}

    template <class Number>
    Number number() {
        Number value{};
        const std::string_view raw = take(sizeof value);
        if (raw.size() == sizeof value) std::memcpy(&value, raw.data(), sizeof value);
        return value;
    }
    std::string_view text() { return take(number<std::uint64_t>()); }
    /// How many things follow that take at least `least` bytes each: a lie about the count cannot ask for memory.
    std::size_t count(std::size_t least) {
        const auto claimed = number<std::uint64_t>();
        if (claimed > rest_.size() / least) broken_ = true;
        return broken_ ? 0 : static_cast<std::size_t>(claimed);
    }
    bool broken() const { return broken_; }
    void refuse_unless(bool good) { broken_ = broken_ || !good; }
    bool at_end() const { return rest_.empty(); }

private:
    std::string_view take(std::uint64_t length) {
        if (length > rest_.size()) broken_ = true;
        if (broken_) return {};
        const auto taken = rest_.substr(0, static_cast<std::size_t>(length));
        rest_.remove_prefix(taken.size());
        return taken;
    }
    std::string_view rest_;
    bool broken_ = false;
};

template <class Given, class Type>
concept Any = std::same_as<std::remove_const_t<Given>, Type>;

// One list of members serves both directions, so that they cannot part: `each(way, value)` hands every member of
// `value` to `way`, which is a Writing or a Reading. An enum says by `last_of` how far it goes.
void each(auto& way, Any<Point> auto& v) { way(v.x, v.y); }
void each(auto& way, Any<Size> auto& v) { way(v.width, v.height); }
void each(auto& way, Any<Rect> auto& v) { way(v.origin, v.size); }

class Writing {
public:
    explicit Writing(std::string& out) : out_(out) {}
    void operator()(const auto&... values) { (one(values), ...); }

private:
    void one(Length length) { put(out_, length.nm()); }
    void one(const std::string& text) { put_text(out_, text); }
    template <class Value>
    void one(const std::vector<Value>& values) {
        put(out_, std::uint64_t{values.size()});
        for (const Value& value : values) one(value);
    }
    template <class Value, std::size_t Count>
    void one(const std::array<Value, Count>& values) {
        for (const Value& value : values) one(value);
    }
    template <class Value>
    void one(const std::optional<Value>& value) {
        put(out_, static_cast<std::uint8_t>(value.has_value()));
        if (value) one(*value);
    }
    template <class Value>
    void one(const Value& value) {
        if constexpr (std::is_class_v<Value>)
            each(*this, value);
        else
            put(out_, value);
    }
    std::string& out_;
};

class Reading {
public:
    explicit Reading(Reader& in) : in_(in) {}
    void operator()(auto&... values) { (one(values), ...); }

private:
    /// Sums of lengths below 1 km stay far from overflow.
    void one(Length& length) {
        constexpr std::int64_t most = 1'000'000'000'000;
        const auto nm = in_.number<std::int64_t>();
        in_.refuse_unless(nm > -most && nm < most);
        length = Length::nm(in_.broken() ? 0 : nm);
    }
    void one(std::string& text) { text = in_.text(); }
    void one(bool& value) { value = in_.number<std::uint8_t>() != 0; }
    template <class Value>
    void one(std::vector<Value>& values) {
        const std::size_t count = in_.count(1);
        for (std::size_t i = 0; i < count && !in_.broken(); ++i) one(values.emplace_back());
    }
    template <class Value, std::size_t Count>
    void one(std::array<Value, Count>& values) {
        for (Value& value : values) one(value);
    }
    template <class Value>
    void one(std::optional<Value>& value) {
        if (in_.number<std::uint8_t>() != 0) one(value.emplace());
    }
    template <class Value>
    void one(Value& value) {
        if constexpr (std::is_class_v<Value>)
            each(*this, value);
        else
            value = in_.number<Value>();
        if constexpr (std::is_floating_point_v<Value>) in_.refuse_unless(std::isfinite(value));
        if constexpr (std::is_enum_v<Value>) in_.refuse_unless(value <= last_of(value));
    }
    Reader& in_;
};

}  // namespace pli::uploads
