#pragma once
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "frame/assets.hpp"
#include "render/pdf_file.hpp"

namespace pli::render {

/// The colour space an image's samples are in, as a PDF object.
std::string_view image_colour_space(Image::Space space);

/// An image with its soft mask.   Source: ISO 32000-1 §8.9.5, §11.6.5.3; DCTDecode as it came
ObjectId write_image(PdfFile& file, const Image& image);

/// A layer's operators as a Form XObject that draws with the batch's resources.   Source: ISO 32000-1 §8.10
void write_form(PdfFile& file, ObjectId id, Size size, std::string_view entries, std::string_view operators);

/// A spot ink: shown as its CMYK where there is no plate for it.   Source: ISO 32000-1 §8.6.6.4, §7.10.3
ObjectId write_spot(PdfFile& file, const Spot& spot);

/// The colour of marks that stand on every plate.   Source: ISO 32000-1 §8.6.6.4
ObjectId write_registration(PdfFile& file);

/// /O0 to /O3, the states FrameOperators names: 1 fills overprint, 2 strokes do.   Source: ISO 32000-1 §8.6.7
ObjectId write_overprint_states(PdfFile& file);

/// Copies objects of uploads, each once, with new numbers; only what the forms used need.
class ForeignObjects {
public:
    explicit ForeignObjects(PdfFile& file) : file_(file) {}
    ObjectId write(const ForeignPage& page);  // the form

private:
    using Objects = std::vector<ForeignObject>;
    struct Copied {
        std::vector<ObjectId> ids;  // by index; number 0: not yet
    };
    ObjectId number(Copied& copied, std::uint32_t object, std::vector<std::uint32_t>& open);

    PdfFile& file_;
    std::unordered_map<const Objects*, Copied> copied_;  // only looked up in, so that addresses leave no trace
};

}  // namespace pli::render
