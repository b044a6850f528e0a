#pragma once
#include <cstdint>
#include <string>
#include <string_view>

#include "base/result.hpp"
#include "frame/assets.hpp"

namespace pli::render {

/// A JPEG's size and inks, after all of it has been decoded once: a file cut short by a bad copy would print half a
/// logo. `data` stays empty. Errors   BadInput: damaged, cut short, over 100 megapixels; Unsupported: a coding libjpeg
/// does not read
Result<Image> inspect_jpeg(std::string_view bytes, std::string_view where);

/// The pixels as 8-bit RGB, rows from the top, for proofs. Inverted CMYK is put right.
Result<std::string> jpeg_to_rgb(const Image& image);

}  // namespace pli::render
