#pragma once
#include <cstdint>
#include <string>
#include <string_view>

#include "base/result.hpp"
#include "frame/assets.hpp"
#include "render/press_condition.hpp"

namespace pli::render {

constexpr std::uint64_t most_pixels = 100'000'000;

/// PNG (8 and 16 bit, grey, RGB, palette, with or without alpha) to raw pixels; JPEG is looked at and kept as it came.
/// A picture without any colour comes as grey, one without any transparency without alpha. RGB keeps the profile it
/// brought; CMYK is for the press it will meet, whatever profile it brought.
/// Errors   BadInput: neither, or damaged, or more than 100 megapixels
Result<Image> decode_image(const std::string& bytes, std::string_view where);

/// An RGB picture in the inks of a press; others are left as they are.
Result<Image> in_inks_of(Image image, const OutputProfile& press);

/// An SVG as a one-page PDF of its own size (librsvg on a Cairo PDF surface), to be imported like an upload.
/// Errors   BadInput with the parser's message
Result<std::string> svg_to_pdf(const std::string& svg, std::string_view where);

}  // namespace pli::render
