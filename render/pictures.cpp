#include "render/pictures.hpp"

#include <fmt/format.h>
#include <png.h>

#include <algorithm>
#include <array>
#include <string_view>

#include "render/icc.hpp"
#include "render/ink_meter.hpp"
#include "render/jpeg.hpp"
#include "render/png_profile.hpp"

namespace pli::render {
namespace {

constexpr std::string_view png_signature = "\x89PNG\r\n\x1a\n";
constexpr std::string_view jpeg_signature = "\xff\xd8\xff";

/// libpng's simplified reader: it reports errors as values, undoes palettes, interlacing and bit depths, and holds
/// chunks that are not pixels to 8 MB.
class PngReader {
public:
    explicit PngReader(std::string_view bytes) {
        png_.version = PNG_IMAGE_VERSION;
        good_ = png_image_begin_read_from_memory(&png_, bytes.data(), bytes.size()) != 0;
        png_.flags |= PNG_IMAGE_FLAG_16BIT_sRGB;  // 16 bits without gAMA are as bright as 8 bits would be
        png_.format &= PNG_FORMAT_FLAG_ALPHA | PNG_FORMAT_FLAG_COLOR;
    }
    ~PngReader() { png_image_free(&png_); }
    PngReader(const PngReader&) = delete;
    PngReader& operator=(const PngReader&) = delete;

    bool good() const { return good_; }
    const char* message() const { return png_.message; }
    std::uint32_t columns() const { return png_.width; }
    std::uint32_t rows() const { return png_.height; }
    bool colour() const { return (png_.format & PNG_FORMAT_FLAG_COLOR) != 0; }
    bool alpha() const { return (png_.format & PNG_FORMAT_FLAG_ALPHA) != 0; }

    std::string pixels() {
        std::string pixels(PNG_IMAGE_SIZE(png_), '\0');
        good_ = png_image_finish_read(&png_, nullptr, pixels.data(), 0, nullptr) != 0;
        return pixels;
    }

private:
    png_image png_{};
    bool good_ = false;
};

/// Every `step`th group of `count` bytes, from `first`.
std::string picked(std::string_view pixels, std::size_t first, std::size_t count, std::size_t step) {
    std::string part;
    part.reserve(pixels.size() / step * count);
    for (std::size_t i = first; i < pixels.size(); i += step) part.append(pixels.substr(i, count));
    return part;
}

bool colourless(std::string_view rgb) {
    for (std::size_t i = 0; i < rgb.size(); i += 3)
        if (rgb[i] != rgb[i + 1] || rgb[i] != rgb[i + 2]) return false;
    return true;
}

bool opaque(std::string_view alpha) {
    return std::ranges::all_of(alpha, [](char value) { return value == '\xff'; });
}

/// A black logo saved as RGB is grey here, so that it prints with black ink alone.
void drop_what_is_not_used(Image& image) {
    if (image.space == Image::Space::Rgb && colourless(image.data)) {
        image.data = picked(image.data, 0, 1, 3);
        image.space = Image::Space::Gray;
    }
    if (opaque(image.alpha)) image.alpha.clear();
}

Result<Image> decode_png(std::string_view bytes, std::string_view where) {
    ProfiledPng split = split_profile(bytes);
    PngReader png(split.png);
    const auto damaged = [&] {
        return failure(Fault::BadInput, std::string(where), fmt::format("the PNG is damaged: {}", png.message()),
                       "save the picture again as PNG");
    };
    if (!png.good()) return damaged();
    if (std::uint64_t{png.columns()} * png.rows() > most_pixels)
        return failure(
            Fault::BadInput, std::string(where),
            fmt::format("the picture has {} × {} pixels, more than 100 megapixels", png.columns(), png.rows()),
            "reduce it to 300 dpi at its printed size");
    std::string pixels = png.pixels();
    if (!png.good()) return damaged();
    Image image;
    image.space = png.colour() ? Image::Space::Rgb : Image::Space::Gray;
    image.columns = png.columns();
    image.rows = png.rows();
    const std::size_t inks = png.colour() ? 3 : 1;
    image.alpha = png.alpha() ? picked(pixels, inks, 1, inks + 1) : std::string();
    image.data = png.alpha() ? picked(pixels, 0, inks, inks + 1) : std::move(pixels);
    drop_what_is_not_used(image);
    if (image.space == Image::Space::Rgb && !split.profile.empty())
        image.icc = std::make_shared<const std::string>(std::move(split.profile));
    return image;
}

}  // namespace

Result<Image> decode_image(const std::string& bytes, std::string_view where) {
    if (bytes.starts_with(png_signature)) return decode_png(bytes, where);
    if (!bytes.starts_with(jpeg_signature))
        return failure(Fault::BadInput, std::string(where), "the picture is neither PNG nor JPEG",
                       "save it as PNG or JPEG");
    return read_jpeg(bytes, where);
}

Result<Image> in_inks_of(Image image, const OutputProfile& press) {
    if (image.space != Image::Space::Rgb) return image;
    const std::string pixels = image.coding == Image::Coding::Jpeg ? TRY(jpeg_pixels(image)) : std::move(image.data);
    image.data = TRY(rgb_to_cmyk(pixels, image.icc ? *image.icc : srgb_profile(), press.bytes));
    image.coding = Image::Coding::Raw;
    image.space = Image::Space::Cmyk;
    image.icc.reset();
    InkMeter meter;
    meter.add(image.data, false);
    image.total_ink = meter.heaviest();
    return image;
}

}  // namespace pli::render
