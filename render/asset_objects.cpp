#include "render/asset_objects.hpp"

#include <cassert>

#include "render/deflate.hpp"
#include "render/icc.hpp"
#include "render/operators.hpp"
#include "render/pdf_text.hpp"

namespace pli::render {

namespace {

std::string image_entries(const Image& image, std::string_view colour_space) {
    std::string entries = "/Type/XObject/Subtype/Image/BitsPerComponent 8/Width ";
    entries += std::to_string(image.stored_columns()) + "/Height " + std::to_string(image.stored_rows());
    entries += "/ColorSpace";
    entries += colour_space;
    return entries;
}

std::string colour_space_of(const Image& image, RgbSpaces& spaces) {
    switch (image.space) {
        case Image::Space::Gray: return "/DeviceGray";
        case Image::Space::Rgb: return " " + spaces.of(image.icc.get()).reference();
        case Image::Space::Cmyk: return "/DeviceCMYK";
    }
    return "/DeviceGray";
}

std::string decimal(std::int64_t v, int places) {
    char digits[24];
    return {digits, put_decimal(digits, v, places)};
}

}  // namespace

ObjectId RgbSpaces::of(const std::string* profile) {
    const std::string& bytes = profile != nullptr ? *profile : srgb_profile();
    ObjectId& space = spaces_[bytes];
    if (space.number == 0) {
        const ObjectId stream = file_.add_stream("/N 3/Filter/FlateDecode", deflate_once(bytes));
        space = file_.add("[/ICCBased " + stream.reference() + "]");
    }
    return space;
}

ObjectId write_image(PdfFile& file, const Image& image, RgbSpaces& spaces, std::string_view more) {
    std::string entries = image_entries(image, colour_space_of(image, spaces)) + "/Intent/RelativeColorimetric";
    entries += more;
    if (image.inverted) entries += "/Decode[1 0 1 0 1 0 1 0]";
    if (!image.alpha.empty()) {
        const ObjectId mask =
            file.add_stream(image_entries(image, "/DeviceGray") + "/Filter/FlateDecode", deflate_once(image.alpha));
        entries += "/SMask " + mask.reference();
    }
    if (image.coding == Image::Coding::Jpeg) return file.add_stream(entries + "/Filter/DCTDecode", image.data);
    return file.add_stream(entries + "/Filter/FlateDecode", deflate_once(image.data));
}

std::string reuse_hints(std::string_view name, bool alone) {
    return "/GTS_Scope/File/GTS_XID" + text_string(name) + "/GTS_Encapsulated " + (alone ? "true" : "false");
}

bool stands_alone(const Image& image) { return image.alpha.empty(); }

void write_form(PdfFile& file, ObjectId id, Size size, std::string_view entries, std::string_view operators) {
    constexpr Length around = around_layer;  // the box clips
    const auto points = [](Length length) { return decimal(length.to_centipoints(), 2); };
    std::string all = "/Type/XObject/Subtype/Form/BBox[" + points(-around) + " " + points(-around) + " " +
                      points(size.width + around) + " " + points(size.height + around) + "]/Filter/FlateDecode";
    all += entries;
    file.write_stream(id, all, deflate_once(operators));
}

ObjectId write_spot(PdfFile& file, const Spot& spot) {
    std::string full_tint;
    for (const auto part : spot.alternate.parts) full_tint += decimal(part, 3) + " ";
    full_tint.pop_back();
    return file.add("[/Separation" + name_object(spot.name) +
                    "/DeviceCMYK<</FunctionType 2/Domain[0 1]/N 1/C0[0 0 0 0]/C1[" + full_tint + "]>>]");
}

ObjectId write_registration(PdfFile& file) {
    return file.add("[/Separation/All/DeviceCMYK<</FunctionType 2/Domain[0 1]/N 1/C0[0 0 0 0]/C1[1 1 1 1]>>]");
}

ObjectId write_overprint_states(PdfFile& file) {
    return file.add(
        "<</O0<</OP false/op false/OPM 1>>/O1<</OP false/op true/OPM 1>>"
        "/O2<</OP true/op false/OPM 1>>/O3<</OP true/op true/OPM 1>>>>");
}

ObjectId ForeignObjects::number(Copied& copied, std::uint32_t object, std::vector<std::uint32_t>& open) {
    ObjectId& id = copied.ids[object];
    if (id.number == 0) {
        id = file_.reserve();
        open.push_back(object);
    }
    return id;
}

/// The object's bytes from `from` on, with the numbers it has here.
std::string ForeignObjects::body(const ForeignObject& object, std::size_t from, Copied& copied,
                                 std::vector<std::uint32_t>& open) {
    std::string body;
    for (const ForeignObject::Reference& reference : object.references) {
        body.append(object.bytes, from, reference.offset - from);
        body += number(copied, reference.object, open).reference();
        from = reference.offset;
    }
    return body.append(object.bytes, from);
}

ObjectId ForeignObjects::write(const ForeignPage& page, std::string_view entries) {
    const Objects& objects = *page.objects;
    Copied& copied = copied_[&objects];
    copied.ids.resize(objects.size());
    if (page.srgb_space != ForeignPage::none) copied.ids[page.srgb_space] = spaces_.of(nullptr);
    std::vector<std::uint32_t> open;
    const ObjectId form = number(copied, page.form, open);
    while (!open.empty()) {
        const std::uint32_t index = open.back();
        open.pop_back();
        const bool is_form = index == page.form;
        constexpr std::string_view opening = "<<";
        assert(!is_form || objects[index].bytes.starts_with(opening));
        const std::string head = is_form ? std::string(opening).append(entries) : std::string();
        file_.write_whole(copied.ids[index], head + body(objects[index], is_form ? opening.size() : 0, copied, open));
    }
    return form;
}

}  // namespace pli::render
