#pragma once
#include <optional>
#include <string>
#include <vector>

namespace pli::stamping {

/// How a page says which part of it is the paper.
enum class Boxes {
    MediaAlone,
    MediaInherited,
    Crop,
    CropInvertedInherited,  // corners the wrong way round, written at the node above
    CropBeyondMedia,
    Trim,
    TrimInverted,
    TrimInheritedIgnored,  // TrimBox is no inheritable entry: one at the node above means nothing
    TrimAndBleed,
};
inline constexpr int box_kinds = 9;

/// A page that shows one upright A4 sheet, whatever it takes to say so.
struct Geometry {
    int rotate = 0;
    std::optional<double> unit;         // UserUnit
    double origin_x = 0, origin_y = 0;  // the lower left corner of its largest box, in its own units
    Boxes boxes = Boxes::MediaAlone;

    std::string told() const;
};

/// A PDF of these pages. Each says "here" at (60, 130) mm of the upright sheet and has a black square of 5 mm with its
/// top left corner at (60, 150) mm. What lies outside the paper is grey.
std::string odd_pdf(const std::vector<Geometry>& pages);

}  // namespace pli::stamping
