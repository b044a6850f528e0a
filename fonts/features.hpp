#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace pli::fonts {

/// A switch of a font: "smcp" on, "liga" off, "salt" at its second form.
/// Source   OpenType 1.9, registered features
struct Feature {
    std::uint32_t tag = 0;  // four letters, the first of them highest
    std::uint32_t value = 1;
    bool operator==(const Feature&) const = default;
    std::string name() const;  // "smcp"
};

/// "ss01", "+ss01", "-liga", "salt=2". Empty where it is none of these: a tag has four letters or digits.
std::optional<Feature> read_feature(std::string_view written);

/// How text is shaped beyond the choice of a face. Part of a chain's identity: words, numbers and whole lines of a
/// chain are all shaped with it.
/// Units    tracking in 1/1000 em, added behind each letter; where it is not zero the font's optional ligatures are
/// off,
///          and scripts whose letters join (Arabic) are left as they are
struct TextSetting {
    std::vector<Feature> features{};  // a later one wins over an earlier one of the same tag
    int tracking = 0;
    std::string language{};  // BCP 47: a font may have forms of its own for it ("locl"); empty: none
    bool operator==(const TextSetting&) const = default;
};

}  // namespace pli::fonts
