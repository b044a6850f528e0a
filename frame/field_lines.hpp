#pragma once
#include <cstdint>
#include <string>
#include <vector>

#include "base/length.hpp"
#include "frame/assets.hpp"

namespace pli {

constexpr Colour::Space last_of(Colour::Space) { return Colour::Space::Registration; }

/// How text of an upload looks, as far as another font must be found for it.
struct ForeignType {
    std::string font;  // as the upload names it: "Montserrat-SemiBold", "ArialMT"
    std::uint16_t weight = 400;
    bool serif = false, fixed_pitch = false, italic = false;
    Length size;
    Colour colour;  // Space::Spot: `spot` names it
    std::string spot;
    Colour alternate{};        //   and this is its look
    bool colour_known = true;  // false: a colour that Pli has no ink for; `colour` is black
};

/// A part of a line: a placeholder, or text that moves when the values before it are longer or shorter.
struct LinePart {
    static constexpr std::uint32_t none = UINT32_MAX;
    std::string placeholder{};  // within its braces: "first_name:upper|dear"
    std::uint32_t form =
        none;  // text: among the objects of its page; drawn over the whole page, it shows the text where it stood
    Length left, right;  // where it stood
    ForeignType type{};  // of a placeholder
};

/// A line of an uploaded page whose placeholders were taken out, to be set anew with the values of each letter.
/// Units    Length from the page's top left corner
struct FieldLine {
    enum class Align : std::uint8_t { Left, Centre, Right };
    friend constexpr Align last_of(Align) { return Align::Right; }
    Align align = Align::Left;
    /// It cannot be set again (it stands turned, or in outlines) and is still on the page as it was.
    bool kept = false;
    Length baseline;
    Length room_left, room_right;   // how far it may reach before it meets something
    std::vector<LinePart> parts{};  // from left to right; what never moves is still on the page
};

/// An uploaded page, and what stood on it to be filled in.
struct FillablePage {
    ForeignPage page;
    std::vector<FieldLine> lines{};
};

}  // namespace pli
