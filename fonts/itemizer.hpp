#pragma once
#include <hb.h>

#include <cstdint>
#include <memory>
#include <string_view>
#include <vector>

#include "fonts/shaper.hpp"

namespace pli::fonts {

/// A stretch of text of one script, one direction and one face.
struct TextItem {
    std::uint32_t first = 0, length = 0;  // bytes
    std::uint8_t level = 0;
    hb_script_t script = HB_SCRIPT_COMMON;
    FaceId face;
};

/// Pango's itemiser over the faces of a FontSet. Pango sees a font map of our own that holds the faces of one chain and
/// nothing else: its choice of fallback is then the same on every machine, and neither fontconfig nor FreeType runs.
/// Threads  one object per thread; everything Pango keeps belongs to it
class Itemizer {
public:
    explicit Itemizer(const FontSet& fonts);
    ~Itemizer();

    /// The text must be UTF-8. A character no face has goes to the chain's first face. Logical order.
    std::vector<TextItem> itemize(ChainId chain, std::string_view text, Shaper::Base base);

private:
    struct State;
    std::unique_ptr<State> state_;
};

}  // namespace pli::fonts
