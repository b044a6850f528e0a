#include "render/jpeg.hpp"

#include <fmt/format.h>

#include <csetjmp>
#include <cstddef>
#include <cstdio>  // jpeglib.h needs FILE and does not say so
#include <cstdlib>
#include <utility>
#include <vector>

extern "C" {
#include <jerror.h>
#include <jpeglib.h>
}

#include "render/icc.hpp"
#include "render/ink_meter.hpp"
#include "render/pictures.hpp"

namespace pli::render {
namespace {

/// libjpeg leaves by longjmp. Only the functions that call it stand between here and there, and they hold nothing that
/// a destructor would have to free.
struct Complaints {
    jpeg_error_mgr manager{};
    std::jmp_buf exit{};
    bool cut_short = false;
    char message[JMSG_LENGTH_MAX] = {};
};

Complaints& complaints_of(j_common_ptr info) { return *reinterpret_cast<Complaints*>(info->err); }

void leave(j_common_ptr info) {
    info->err->format_message(info, complaints_of(info).message);
    std::longjmp(complaints_of(info).exit, 1);
}

/// Most warnings are harmless (extra bytes between markers); missing data is not.
void note(j_common_ptr info, int level) {
    const int code = info->err->msg_code;
    if (level < 0 && (code == JWRN_JPEG_EOF || code == JWRN_HIT_MARKER)) complaints_of(info).cut_short = true;
}

constexpr int exif_marker = JPEG_APP0 + 1, icc_marker = JPEG_APP0 + 2;

class Decoder {
public:
    Decoder() {
        info_.err = jpeg_std_error(&complaints_.manager);
        complaints_.manager.error_exit = leave;
        complaints_.manager.emit_message = note;
    }
    ~Decoder() { jpeg_destroy_decompress(&info_); }
    Decoder(const Decoder&) = delete;
    Decoder& operator=(const Decoder&) = delete;

    bool read_header(std::string_view bytes) {
        if (setjmp(complaints_.exit) != 0) return false;
        jpeg_create_decompress(&info_);
        jpeg_mem_src(&info_, reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size());
        for (const int marker : {exif_marker, icc_marker}) jpeg_save_markers(&info_, marker, 0xFFFF);
        jpeg_read_header(&info_, TRUE);
        info_.out_color_space = info_.num_components == 1   ? JCS_GRAYSCALE
                                : info_.num_components == 4 ? JCS_CMYK
                                                            : JCS_RGB;
        return true;
    }
    /// Hands each row to `see`, which must not own anything: an error jumps over it.
    template <class See>
    bool read_rows(unsigned char* row, See see) {
        if (setjmp(complaints_.exit) != 0) return false;
        jpeg_start_decompress(&info_);
        while (info_.output_scanline < info_.output_height) {
            jpeg_read_scanlines(&info_, &row, 1);
            see(std::string_view(reinterpret_cast<const char*>(row), info_.output_width * components()));
        }
        return jpeg_finish_decompress(&info_) == TRUE;
    }
    /// What the first segment of a kind holds behind `name`.
    std::string_view segment(int marker, std::string_view name) const {
        for (const auto* saved = info_.marker_list; saved != nullptr; saved = saved->next) {
            const std::string_view data(reinterpret_cast<const char*>(saved->data), saved->data_length);
            if (saved->marker == marker && data.starts_with(name)) return data.substr(name.size());
        }
        return {};
    }
    std::string profile() {
        JOCTET* bytes = nullptr;
        unsigned size = 0;
        if (jpeg_read_icc_profile(&info_, &bytes, &size) == FALSE) return {};
        std::string profile(reinterpret_cast<const char*>(bytes), size);
        std::free(bytes);
        return profile;
    }
    const jpeg_decompress_struct& info() const { return info_; }
    const Complaints& complaints() const { return complaints_; }
    std::size_t components() const { return static_cast<std::size_t>(info_.num_components); }

private:
    Complaints complaints_;
    jpeg_decompress_struct info_{};
};

Image described(Decoder& decoder) {
    using namespace std::string_view_literals;
    Image image;
    image.coding = Image::Coding::Jpeg;
    image.orientation = exif_orientation(decoder.segment(exif_marker, "Exif\0\0"sv));
    image.columns = decoder.info().image_width;
    image.rows = decoder.info().image_height;
    if (image.lies_on_its_side()) std::swap(image.columns, image.rows);
    image.space = decoder.components() == 1   ? Image::Space::Gray
                  : decoder.components() == 4 ? Image::Space::Cmyk
                                              : Image::Space::Rgb;
    // Adobe's programs store the complement of CMYK and leave their marker; nothing in the file says so otherwise.
    image.inverted = image.space == Image::Space::Cmyk && decoder.info().saw_Adobe_marker != 0;
    if (auto profile = decoder.profile(); image.space == Image::Space::Rgb && is_rgb_source(profile))
        image.icc = std::make_shared<const std::string>(std::move(profile));
    return image;
}

/// What only the pixels tell.
struct Seen {
    bool colourless = true;
    InkMeter inks;
    void see(std::string_view row, const Image& image) {
        if (image.space == Image::Space::Cmyk) inks.add(row, image.inverted);
        if (image.space != Image::Space::Rgb || !colourless) return;
        for (std::size_t i = 0; i + 3 <= row.size(); i += 3)
            if (row[i] != row[i + 1] || row[i] != row[i + 2]) colourless = false;
    }
};

/// A black logo saved as RGB prints with black ink alone.
void drop_colour(Image& image) {
    auto grey = jpeg_luminance(image.data);
    if (!grey) return;
    image.data = std::move(*grey);
    image.space = Image::Space::Gray;
    image.icc.reset();
}

constexpr std::string_view save_again = "save the picture again as JPEG or PNG";

auto damaged(const Decoder& decoder, std::string_view where) {
    return failure(Fault::BadInput, std::string(where),
                   fmt::format("the JPEG is damaged: {}", decoder.complaints().message), std::string(save_again));
}

std::string inks_to_rgb(std::string_view inks, std::size_t components, bool inverted) {
    if (components == 3) return std::string(inks);
    std::string rgb;
    rgb.reserve(inks.size() / components * 3);
    const auto at = [&](std::size_t i) { return static_cast<unsigned>(static_cast<unsigned char>(inks[i])); };
    for (std::size_t i = 0; i < inks.size(); i += components)
        for (std::size_t channel = 0; channel < 3; ++channel) {
            if (components == 1) {
                rgb += inks[i];
                continue;
            }
            const unsigned ink = at(i + channel), key = at(i + 3);
            rgb += static_cast<char>(inverted ? ink * key / 255 : (255 - ink) * (255 - key) / 255);
        }
    return rgb;
}

}  // namespace

Result<Image> read_jpeg(const std::string& bytes, std::string_view where) {
    Decoder decoder;
    if (!decoder.read_header(bytes)) return damaged(decoder, where);
    Image image = described(decoder);
    if (std::uint64_t{image.columns} * image.rows > most_pixels)
        return failure(
            Fault::BadInput, std::string(where),
            fmt::format("the picture has {} × {} pixels, more than 100 megapixels", image.columns, image.rows),
            "reduce it to 300 dpi at its printed size");
    if (decoder.components() == 2 || decoder.components() > 4)
        return failure(Fault::Unsupported, std::string(where), "the JPEG is neither grey, RGB nor CMYK",
                       std::string(save_again));
    std::vector<unsigned char> row(decoder.info().image_width * decoder.components());
    Seen seen;
    const auto see = [&](std::string_view pixels) { seen.see(pixels, image); };
    if (!decoder.read_rows(row.data(), see)) return damaged(decoder, where);
    if (decoder.complaints().cut_short)
        return failure(Fault::BadInput, std::string(where), "the JPEG is cut short or damaged in the middle",
                       "copy the file again, or save it anew");
    image.data = bytes;
    image.total_ink = seen.inks.heaviest();
    if (image.space == Image::Space::Rgb && seen.colourless && decoder.info().jpeg_color_space == JCS_YCbCr)
        drop_colour(image);
    return image;
}

Result<std::string> jpeg_pixels(const Image& image) {
    Decoder decoder;
    if (!decoder.read_header(image.data)) return damaged(decoder, "");
    std::vector<unsigned char> row(decoder.info().image_width * decoder.components());
    std::string pixels;
    pixels.reserve(row.size() * decoder.info().image_height);
    if (!decoder.read_rows(row.data(), [&](std::string_view read) { pixels += read; })) return damaged(decoder, "");
    return pixels;
}

Result<std::string> jpeg_to_rgb(const Image& image) {
    const std::string pixels = TRY(jpeg_pixels(image));
    const std::size_t components = image.space == Image::Space::Gray ? 1 : image.space == Image::Space::Cmyk ? 4 : 3;
    return inks_to_rgb(pixels, components, image.inverted);
}

}  // namespace pli::render
