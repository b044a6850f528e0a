#pragma once
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "frame/assets.hpp"
#include "render/pdf_file.hpp"

namespace pli::render {

/// The RGB colour spaces of a file, each profile written once: PDF/X-4 knows no device RGB beside a CMYK press.
/// Source   ISO 32000-1 §8.6.5.5 (ICCBased); ISO 15930-7:2010 §6.3
class RgbSpaces {
public:
    explicit RgbSpaces(PdfFile& file) : file_(file) {}
    /// The array object of a profile's colour space; without a profile, that of sRGB.
    ObjectId of(const std::string* profile);

private:
    PdfFile& file_;
    std::map<std::string_view, ObjectId> spaces_;  // by the profile's bytes, which the assets keep
};

/// An image with its soft mask. `entries` are added to its dictionary.
/// Source   ISO 32000-1 §8.9.5, §11.6.5.3; DCTDecode as it came
ObjectId write_image(PdfFile& file, const Image& image, RgbSpaces& spaces, std::string_view entries);

/// What a front end may rely on when it keeps a shared object for the next letter: it stays the same throughout the
/// file, under this name. `alone`: how it looks depends on nothing around it.   Source: ISO 16612-2:2010 §6.7
std::string reuse_hints(std::string_view name, bool alone);
/// An opaque image with its rendering intent is such an object. A form is none: its overprint looks at what lies below.
bool stands_alone(const Image& image);

/// So far a layer's drawing may reach beyond its edges before it is cut: accents, swashes, a number before its item.
inline constexpr Length around_layer = Length::pt(36);

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
    ForeignObjects(PdfFile& file, RgbSpaces& spaces) : file_(file), spaces_(spaces) {}
    /// Gives the form, to whose dictionary `entries` are added.
    ObjectId write(const ForeignPage& page, std::string_view entries);

private:
    using Objects = std::vector<ForeignObject>;
    struct Copied {
        std::vector<ObjectId> ids;  // by index; number 0: not yet
    };
    std::string body(const ForeignObject& object, std::size_t from, Copied& copied, std::vector<std::uint32_t>& open);
    ObjectId number(Copied& copied, std::uint32_t object, std::vector<std::uint32_t>& open);

    PdfFile& file_;
    RgbSpaces& spaces_;
    std::unordered_map<const Objects*, Copied> copied_;  // only looked up in, so that addresses leave no trace
};

}  // namespace pli::render
