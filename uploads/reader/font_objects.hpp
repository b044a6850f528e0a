#pragma once
#include <cstdint>
#include <qpdf/QPDFObjectHandle.hh>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "uploads/reader/substitutes.hpp"

namespace pli::uploads::reader {

// The objects that a font in a PDF is made of, as both ways of embedding one write them.

/// In thousandths, three decimals at most.
QPDFObjectHandle thousandths(double value);

struct FontLook {
    bool fixed = false, serif = false, symbolic = false, italic = false, bold = false;
};
/// Source   ISO 32000-1 §9.8
QPDFObjectHandle font_descriptor(const SubstituteFace::Metrics& metrics, const FontLook& look, const std::string& name);

/// Six letters made of what is in a subset: the same subset has the same name (ISO 32000-1 §9.6.4).
class SubsetTag {
public:
    void add(std::uint64_t value) { hash_ = (hash_ ^ value) * 0x100000001b3; }
    void add(std::string_view text) {
        for (const char c : text) add(static_cast<unsigned char>(c));
    }
    std::string letters() const;

private:
    std::uint64_t hash_ = 0xcbf29ce484222325;
};

/// A CMap from codes of one byte to text, in UTF-16.
/// Source   ISO 32000-1 §9.10.3; Adobe Technical Note 5014
std::string to_unicode_map(const std::vector<std::pair<std::uint8_t, std::u16string>>& texts);

}  // namespace pli::uploads::reader
