#pragma once
#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>
#include <type_traits>

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

}  // namespace pli::uploads
