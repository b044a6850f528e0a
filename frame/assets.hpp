#pragma once
#include <cstdint>
#include <memory>
#include <string>
#include <variant>
#include <vector>

#include "frame/frame.hpp"

namespace pli {

/// Drawn once, placed by many letters: the static layer of a template, a static paragraph. Becomes a Form XObject.
/// A layer's items may place images and pages, never another layer.
struct Layer {
    Frame frame;
};

/// Pixels or a JPEG file as it came. Becomes an Image XObject, compressed once. Grey prints with the black plate alone.
struct Image {
    enum class Coding : std::uint8_t { Raw, Jpeg };
    enum class Space : std::uint8_t { Gray, Rgb, Cmyk };
    Coding coding = Coding::Raw;
    Space space = Space::Gray;
    bool inverted = false;                   // Adobe CMYK JPEGs store the complement
    std::uint8_t orientation = 1;            // EXIF: how the stored rows stand, 1 to 8
    std::uint32_t columns = 0, rows = 0;     // as it stands upright
    std::uint16_t total_ink = 0;             // Cmyk: the heaviest spots' inks together, in thousandths of one
    std::shared_ptr<const std::string> icc;  // Rgb: the profile it brought; none: sRGB
    std::string data;                        // Raw: 8 bits a component, rows from top, no padding. Jpeg: the file
    std::string alpha;                       // empty, or 8 bits a pixel: becomes a soft mask

    bool lies_on_its_side() const { return orientation >= 5; }
    std::uint32_t stored_columns() const { return lies_on_its_side() ? rows : columns; }
    std::uint32_t stored_rows() const { return lies_on_its_side() ? columns : rows; }
};

/// One indirect object of a foreign PDF, serialised; the numbers it refers to are left open.
struct ForeignObject {
    struct Reference {
        std::uint32_t offset;  // into `bytes`, where "N 0 R" has to be inserted
        std::uint32_t object;  // index into ForeignPage::objects
    };
    std::string bytes;  // body between "N 0 obj\n" and "\nendobj", streams included
    std::vector<Reference> references;
};

/// A page of an uploaded PDF as one Form XObject: `objects[form]` is the form, the others are what it needs.
/// Its /Matrix and /BBox are such that drawing it at (0,0) shows `size`, upright, origin bottom left, in points.
struct ForeignPage {
    Size size;
    std::uint32_t form = 0;
    /// Shared by the pages of one upload, so that common fonts and images are written once.
    std::shared_ptr<const std::vector<ForeignObject>> objects;
    /// For previews, which let a sandboxed child rasterise it: the upload's bytes and the page, counted from 0.
    std::shared_ptr<const std::string> source;
    int source_page = 0;
    /// The object that stands for sRGB, the meaning of device RGB in an upload that does not say which it is. `render`
    /// puts its own in its place.
    static constexpr std::uint32_t none = UINT32_MAX;
    std::uint32_t srgb_space = none;
};

using Asset = std::variant<Layer, Image, ForeignPage>;

/// A named ink of its own plate; shown on screen and on proofs as the CMYK given.
struct Spot {
    std::string name;
    Colour alternate;  // Space::Cmyk, at full tint
};

/// All shared things of a run. Filled while templates are compiled, in the order of the templates, by one thread;
/// afterwards only read, by all.
struct Assets {
    std::vector<Asset> items;
    std::vector<Spot> spots;

    AssetId add(Asset asset) {
        items.push_back(std::move(asset));
        return {static_cast<std::uint32_t>(items.size() - 1)};
    }
    const Asset& operator[](AssetId id) const { return items[id.value]; }
};

}  // namespace pli
