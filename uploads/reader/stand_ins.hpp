#pragma once
#include <qpdf/QPDFObjectHandle.hh>
#include <string>
#include <vector>

#include "base/result.hpp"
#include "uploads/reader/face_finder.hpp"
#include "uploads/reader/substitutes.hpp"
#include "uploads/survey.hpp"

namespace pli::uploads::reader {

/// What may be put in the place of a font that is not embedded, as far as the upload alone tells.
StandIn stand_in_for(const QPDFObjectHandle& font);

/// What its name and its descriptor say of a font. `fact`: as PageFont has read it.
FaceTraits traits_of(const QPDFObjectHandle& font, const FontFact& fact);

/// A character that is set, and how wide the upload has it; no width: as wide as the face has it.
struct WantedCharacter {
    std::u32string text;
    std::optional<double> width;  // in thousandths
};

/// The faces that set the characters of one font, the likest first; each character takes the first that has it.
class StandInFaces {
public:
    StandInFaces(const FaceFinder& finder, FaceTraits traits) : finder_(finder), traits_(std::move(traits)) {}

    /// Chooses the first face: that of the same name where it is installed and may be embedded, else of the free faces of
    /// its kind the one whose widths are nearest to those of the upload.
    Done choose(const std::vector<WantedCharacter>& characters);
    /// What a character draws, stretched like the others and centred in its width; nothing where no face has it.
    std::optional<DrawnGlyph> draw(const WantedCharacter& wanted);

    const SubstituteFace& first() const { return faces_.front(); }
    const FaceTraits& traits() const { return traits_; }
    bool same_family() const { return same_family_; }
    /// The names of the faces that set something.
    std::vector<std::string> names() const;
    double least_stretch() const { return least_; }
    double most_stretch() const { return most_; }

private:
    struct Part {
        std::size_t face = 0;
        std::uint16_t glyph = 0;
    };
    std::optional<std::vector<Part>> parts_of(const std::u32string& text);
    std::optional<Part> part_for(char32_t character);
    std::optional<Part> part_in(std::size_t face, char32_t character) const;
    void add(const FaceFile& file);
    std::vector<std::string> likest_files() const;

    const FaceFinder& finder_;
    FaceTraits traits_;
    std::vector<SubstituteFace> faces_;
    std::vector<bool> used_;
    bool same_family_ = false;
    double usual_stretch_ = 1, least_ = 1, most_ = 1;
};

}  // namespace pli::uploads::reader
