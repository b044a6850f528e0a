#include "store/postgresql_arrays.hpp"

namespace pli::store {
namespace {

// Object identifiers of types, which PostgreSQL never changes: src/include/catalog/pg_type.dat.
constexpr std::uint32_t bigint_type = 20, text_type = 25, bytea_type = 17;

template <class Number>
void append(std::string& bytes, Number number) {
    for (int shift = (static_cast<int>(sizeof number) - 1) * 8; shift >= 0; shift -= 8)
        bytes += static_cast<char>(static_cast<std::uint64_t>(number) >> shift & 0xff);
}

std::string head(std::uint32_t type, std::size_t count) {
    std::string bytes;
    append(bytes, std::uint32_t{count > 0 ? 1u : 0u});  // dimensions
    append(bytes, std::uint32_t{0});                    // no NULL
    append(bytes, type);
    if (count == 0) return bytes;
    append(bytes, static_cast<std::uint32_t>(count));
    append(bytes, std::uint32_t{1});  // the first one's index
    return bytes;
}

std::string array_of(std::uint32_t type, std::span<const std::string_view> values) {
    auto bytes = head(type, values.size());
    for (const auto value : values) {
        append(bytes, static_cast<std::uint32_t>(value.size()));
        bytes += value;
    }
    return bytes;
}

}  // namespace

std::string array_of(std::span<const std::int64_t> numbers) {
    auto bytes = head(bigint_type, numbers.size());
    for (const auto number : numbers) {
        append(bytes, std::uint32_t{sizeof number});
        append(bytes, number);
    }
    return bytes;
}

std::string array_of_texts(std::span<const std::string_view> texts) { return array_of(text_type, texts); }
std::string array_of_blobs(std::span<const std::string_view> blobs) { return array_of(bytea_type, blobs); }

std::int64_t number_in(std::string_view bytes) {
    if (bytes.empty()) return 0;
    std::int64_t number = static_cast<signed char>(bytes[0]);
    for (const char byte : bytes.substr(1)) number = number * 256 + static_cast<unsigned char>(byte);
    return number;
}

}  // namespace pli::store
