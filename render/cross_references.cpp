#include "render/cross_references.hpp"

#include <cassert>

#include "render/deflate.hpp"

namespace pli::render {
namespace {

constexpr std::uint64_t in_a_stream = std::uint64_t{1} << 39;
constexpr std::uint8_t free_object = 0, plain_object = 1, object_in_stream = 2;  // types of table 18

}  // namespace

std::uint32_t CrossReferences::reserve() {
    places_.emplace_back();
    return static_cast<std::uint32_t>(places_.size());
}

void CrossReferences::put(std::uint32_t object, std::uint64_t place) {
    Place& bytes = places_[object - 1];
    assert(bytes == Place{} && "an object is written once");
    for (std::size_t i = bytes.size(); i-- > 0; place >>= 8) bytes[i] = static_cast<std::uint8_t>(place);
}

void CrossReferences::at_offset(std::uint32_t object, std::uint64_t offset) {
    assert(offset < in_a_stream);  // half a terabyte
    put(object, offset);
}

void CrossReferences::in_stream(std::uint32_t object, std::uint32_t stream, std::uint32_t index) {
    assert(index < most_in_a_stream);
    put(object, in_a_stream | std::uint64_t{stream} << 8 | index);
}

CrossReferences::Row CrossReferences::row(const Place& place) {
    assert(place != Place{} && "a reserved number was never written");
    if ((place[0] & 0x80) == 0) return {plain_object, place[0], place[1], place[2], place[3], place[4], 0};
    const auto high = static_cast<std::uint8_t>(place[0] & 0x7F);
    return {object_in_stream, 0, high, place[1], place[2], place[3], place[4]};
}

/// Each row as its difference to the one above (PNG's predictor Up): neighbours differ little.
std::string CrossReferences::data() const {
    constexpr std::uint8_t up = 2;
    constexpr std::size_t piece = 64 * 1024;
    StreamDeflater deflater;
    Row above{};
    std::string rows;
    const auto add = [&](const Row& row) {
        rows += static_cast<char>(up);
        for (std::size_t i = 0; i < row.size(); ++i) rows += static_cast<char>(row[i] - above[i]);
        above = row;
        if (rows.size() < piece) return;
        deflater.add(rows);
        rows.clear();
    };
    add({free_object, 0, 0, 0, 0, 0, 0xFF});
    for (const Place& place : places_) add(row(place));
    deflater.add(rows);
    return deflater.finish();
}

}  // namespace pli::render
