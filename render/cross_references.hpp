#pragma once
#include <array>
#include <cstdint>
#include <deque>
#include <string>

namespace pli::render {

/// Where each object of a file is: at an offset, or in an object stream. Five bytes an object, because a run of a
/// million letters has three million.
/// Source   ISO 32000-1 §7.5.7 (object streams), §7.5.8 (cross-reference streams)
class CrossReferences {
public:
    /// The next number, its place still open.
    std::uint32_t reserve();
    void at_offset(std::uint32_t object, std::uint64_t offset);
    void in_stream(std::uint32_t object, std::uint32_t stream, std::uint32_t index);

    std::uint32_t size() const { return static_cast<std::uint32_t>(places_.size()) + 1; }  // object 0 included

    /// The data of the cross-reference stream, compressed, and the entries of its dictionary that describe it.
    std::string data() const;
    static constexpr std::string_view entries =
        "/Type/XRef/W[1 5 1]/Filter/FlateDecode/DecodeParms<</Predictor 12/Columns 7>>";
    static constexpr std::uint32_t most_in_a_stream = 256;

private:
    using Place = std::array<std::uint8_t, 5>;  // offset; or with the top bit set stream number and index
    using Row = std::array<std::uint8_t, 7>;    // as /W says
    void put(std::uint32_t object, std::uint64_t place);
    static Row row(const Place& place);

    std::deque<Place> places_;  // of object i + 1; a deque grows without a second copy of itself
};

}  // namespace pli::render
