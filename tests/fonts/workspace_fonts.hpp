#pragma once
#include <string>

#include "fonts/font_set.hpp"
#include "fonts/shaper.hpp"

namespace pli::fonts {

/// The usual set: one style with the usual fallbacks.
struct OneStyle {
    FontSet fonts{{"", default_fallbacks()}};
    ChainId chain;
    explicit OneStyle(FaceQuery query = {"Noto Sans", 400, false}) : chain(fonts.chain(query).value()) {
        fonts.freeze();
    }
    const Face& face_of(FaceId id) const { return fonts.face(id); }
};

}  // namespace pli::fonts
