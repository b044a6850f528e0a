#pragma once
#include <qpdf/QPDFObjectHandle.hh>
#include <string>
#include <string_view>

#include "frame/frame.hpp"
#include "uploads/survey.hpp"

namespace pli::uploads::reader {

/// A colour space as a page names it.
/// Source   ISO 32000-1 §8.6
struct ColourSpace {
    Ink ink = Ink::Grey;
    bool calibrated = false;
    bool indexed = false;  // components are those of a table's entries
    std::uint8_t components = 1;
    std::uint16_t name = PageColour::unnamed;

    /// Before any component is set: black, or full ink of spots.
    PageColour initial() const;
};

/// `value` is a name or an array; `resources` resolves names and tells what device colours mean. New spot inks are added
/// to the document's.
class ColourSpaces {
public:
    explicit ColourSpaces(DocumentFacts& document) : document_(document) {}
    ColourSpace read(const QPDFObjectHandle& value, const QPDFObjectHandle& resources, int depth = 0);

private:
    ColourSpace named(const std::string& name, const QPDFObjectHandle& resources, int depth);
    ColourSpace icc_based(const QPDFObjectHandle& profile, const QPDFObjectHandle& resources, int depth);
    std::uint16_t ink_named(const std::string& name);

    DocumentFacts& document_;
};

/// What the full ink of a Separation looks like in CMYK, by the end of its tint function; black where that cannot be
/// read.
Colour spot_look(const QPDFObjectHandle& separation);

}  // namespace pli::uploads::reader
