#include "render/asset_objects.hpp"

#include "render/deflate.hpp"
#include "render/operators.hpp"
#include "render/pdf_text.hpp"

namespace pli::render {

namespace {

std::string image_entries(const Image& image, std::string_view colour_space) {
    std::string entries = "/Type/XObject/Subtype/Image/BitsPerComponent 8/Width " + std::to_string(image.columns);
    entries += "/Height " + std::to_string(image.rows) + "/ColorSpace";
    entries += colour_space;
    return entries;
}

std::string decimal(std::int64_t v, int places) {
    char digits[24];
    return {digits, put_decimal(digits, v, places)};
}

}  // namespace

std::string_view image_colour_space(Image::Space space) {
    switch (space) {
        case Image::Space::Gray: return "/DeviceGray";
        case Image::Space::Rgb: return "/DeviceRGB";
        case Image::Space::Cmyk: return "/DeviceCMYK";
    }
    return "/DeviceGray";
}

ObjectId write_image(PdfFile& file, const Image& image) {
    std::string entries = image_entries(image, image_colour_space(image.space));
    if (image.inverted) entries += "/Decode[1 0 1 0 1 0 1 0]";
    if (!image.alpha.empty()) {
        const ObjectId mask =
            file.add_stream(image_entries(image, "/DeviceGray") + "/Filter/FlateDecode", deflate_once(image.alpha));
        entries += "/SMask " + mask.reference();
    }
    if (image.coding == Image::Coding::Jpeg) return file.add_stream(entries + "/Filter/DCTDecode", image.data);
    return file.add_stream(entries + "/Filter/FlateDecode", deflate_once(image.data));
}

void write_form(PdfFile& file, ObjectId id, Size size, std::string_view entries, std::string_view operators) {
    std::string all = "/Type/XObject/Subtype/Form/BBox[0 0 " + decimal(size.width.to_centipoints(), 2) + " " +
                      decimal(size.height.to_centipoints(), 2) + "]/Filter/FlateDecode";
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

ObjectId ForeignObjects::write(const ForeignPage& page) {
    const Objects& objects = *page.objects;
    Copied& copied = copied_[&objects];
    copied.ids.resize(objects.size());
    std::vector<std::uint32_t> open;
    const ObjectId form = number(copied, page.form, open);
    while (!open.empty()) {
        const std::uint32_t index = open.back();
        open.pop_back();
        std::string body;
        std::size_t from = 0;
        for (const ForeignObject::Reference& reference : objects[index].references) {
            body.append(objects[index].bytes, from, reference.offset - from);
            body += number(copied, reference.object, open).reference();
            from = reference.offset;
        }
        body.append(objects[index].bytes, from);
        file_.write(copied.ids[index], body);
    }
    return form;
}

}  // namespace pli::render
