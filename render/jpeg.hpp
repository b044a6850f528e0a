#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/result.hpp"
#include "frame/assets.hpp"

namespace pli::render {

/// A JPEG as it came, with its size, inks, orientation and profile, after all of it has been decoded once: a file cut
/// short by a bad copy would print half a logo. One without any colour is kept as its luminance, bit for bit.
/// Errors   BadInput: damaged, cut short, over 100 megapixels; Unsupported: a coding libjpeg does not read
Result<Image> read_jpeg(const std::string& bytes, std::string_view where);

/// The pixels as stored, rows from the top: 3 bytes each for RGB.
Result<std::string> jpeg_pixels(const Image& image);

/// The pixels as stored, as 8-bit RGB, rows from the top, for proofs. Inverted CMYK is put right.
Result<std::string> jpeg_to_rgb(const Image& image);

/// The first component of a JPEG as a grey JPEG, without decoding it.
std::optional<std::string> jpeg_luminance(std::string_view jpeg);

/// Tag 0x0112 of an EXIF segment's TIFF part; 1 where it says nothing.   Source: EXIF 2.3 §4.5, §4.6.4
std::uint8_t exif_orientation(std::string_view tiff);

}  // namespace pli::render
