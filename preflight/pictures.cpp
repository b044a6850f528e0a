#include "preflight/pictures.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "preflight/graphics_states.hpp"
#include "preflight/streams.hpp"

namespace pli::preflight {
namespace {

bool is_jpeg2000(Object image) {
    const auto filters = items_of(entry(image, "/Filter"));
    return !filters.empty() && is_name(filters.back(), "/JPXDecode");
}

void check_bits(const Inspection& inspection, Object image, const Picture& picture) {
    const bool known =
        picture.bits == 1 || picture.bits == 2 || picture.bits == 4 || picture.bits == 8 || picture.bits == 16;
    if (picture.width < 1 || picture.height < 1)
        inspection.find(RuleId::ImageDictionary, image, fmt::format("{} by {} pixels", picture.width, picture.height));
    if (!known || (picture.mask && picture.bits != 1))
        inspection.find(RuleId::ImageDictionary, image,
                        "/BitsPerComponent " + in_words(entry(image, "/BitsPerComponent")));
}

void check_soft_mask(const Inspection& inspection, ColourSpaces& spaces, Object image) {
    Object mask = entry(image, "/SMask");
    if (mask.isNull()) return;
    const bool grey = is_name(entry(mask, "/ColorSpace"), "/DeviceGray") && is_name(entry(mask, "/Subtype"), "/Image");
    if (!mask.isStream() || !grey || has(mask, "/SMask") || has(mask, "/Mask")) {
        inspection.find(RuleId::ImageDictionary, image, "a soft mask that is no grey image");
        return;
    }
    check_picture(inspection, spaces, mask, Object::newNull());
}

void check_mask(const Inspection& inspection, ColourSpaces& spaces, Object image) {
    Object mask = entry(image, "/Mask");
    if (!mask.isStream()) return;
    Object stencil = entry(mask, "/ImageMask");
    if (!stencil.isBool() || !stencil.getBoolValue())
        inspection.find(RuleId::ImageDictionary, image, "a /Mask that is no image mask");
    else
        check_picture(inspection, spaces, mask, Object::newNull());
}

}  // namespace

Picture check_picture(const Inspection& inspection, ColourSpaces& spaces, Object image, Object resources) {
    check_stream_dictionary(inspection, image);
    const auto whole = [&](const char* key) { return integer_of(entry(image, key)).value_or(0); };
    Object stencil = entry(image, "/ImageMask");
    const bool mask = stencil.isBool() && stencil.getBoolValue();
    Picture picture{number_in_file(image), whole("/Width"), whole("/Height"), mask ? 1 : whole("/BitsPerComponent"),
                    mask};
    if (mask && has(image, "/BitsPerComponent")) picture.bits = whole("/BitsPerComponent");
    if (is_jpeg2000(image)) picture.bits = 8;  // it says so itself
    check_bits(inspection, image, picture);
    Object space = entry(image, "/ColorSpace");
    if (mask != space.isNull() && !is_jpeg2000(image))
        inspection.find(RuleId::ImageDictionary, image, mask ? "a mask with a colour space" : "no /ColorSpace");
    if (!mask && !space.isNull() &&
        spaces.read(space, std::move(resources), picture.object)->kind == ColourSpace::Kind::Pattern)
        inspection.find(RuleId::ColourSpace, image, "an image in a pattern space");
    if (has(image, "/Alternates")) inspection.find(RuleId::Alternates, image, "/Alternates");
    if (Object intent = entry(image, "/Intent"); !intent.isNull())
        check_rendering_intent(inspection, number_in_file(image), in_words(intent));
    check_soft_mask(inspection, spaces, image);
    check_mask(inspection, spaces, image);
    return picture;
}

void check_resolution(const Inspection& inspection, const Picture& picture, const Matrix& matrix) {
    const auto longer = std::max(picture.width, picture.height);
    constexpr std::int64_t smallest_bitmap = 200;
    if (longer <= 2 || (picture.bits == 1 && longer < smallest_bitmap)) return;
    const double across = std::hypot(matrix[0], matrix[1]) / 72, down = std::hypot(matrix[2], matrix[3]) / 72;
    if (!(across > 0) || !(down > 0)) return;
    const double resolution =
        std::min(static_cast<double>(picture.width) / across, static_cast<double>(picture.height) / down);
    const double wanted = picture.bits == 1 ? inspection.limits.bitmap_resolution : inspection.limits.image_resolution;
    if (resolution < wanted - 0.5)
        inspection.find(RuleId::ImageResolution, picture.object,
                        fmt::format("{:.0f} pixels an inch, wanted are {:.0f}", resolution, wanted));
}

}  // namespace pli::preflight
