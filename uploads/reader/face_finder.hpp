#pragma once
#include <fontconfig/fontconfig.h>

#include <optional>
#include <string>

#include "base/release.hpp"
#include "uploads/reader/free_faces.hpp"

namespace pli::uploads::reader {

/// What is known of a font that is not there, from its name and its descriptor.
struct FaceTraits {
    std::string name;    // "MyriadPro-Bold", without the six letters of a subset
    std::string family;  // "Myriad Pro", where the upload says it
    bool serif = false, fixed = false, bold = false, italic = false;
    std::string language;  // of its collection of characters: "zh-cn"; empty: none
};

/// The faces of the system and of a workspace.
/// Source   fontconfig; its caches, so that a face is opened only when it is taken
class FaceFinder {
public:
    /// `folder`: the workspace's own fonts, may be empty.
    explicit FaceFinder(const std::string& folder);

    /// The face of that very name, or of that family with weight and slant.
    std::optional<FaceFile> called(const FaceTraits& traits) const;
    /// The likest face that has a character.
    std::optional<FaceFile> with(char32_t character, const FaceTraits& traits) const;

private:
    Handle<FcConfig, FcConfigDestroy> config_;
};

}  // namespace pli::uploads::reader
