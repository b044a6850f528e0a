#pragma once
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "base/result.hpp"
#include "fonts/font_set.hpp"
#include "fonts/subset.hpp"
#include "frame/assets.hpp"
#include "frame/frame.hpp"
#include "render/deflate.hpp"

namespace pli::render {

/// What the pages of a batch have used so far: glyphs by face, assets and spot inks by id. A union: order and threads
/// leave no trace. What a used layer uses itself is added when the batch closes.
struct ResourceUse {
    std::vector<fonts::GlyphSet> glyphs;  // by FaceId
    std::vector<bool> assets;             // by AssetId
    std::vector<bool> spots;              // by Colour::spot
    bool registration = false;            // the colour of all plates
    void merge(const ResourceUse& other);
};

/// One side as a PDF content stream, compressed, ready to be written behind "<</Length n/Filter/FlateDecode>>". Names
/// in it are the run's: /L<face> and /F<face>, /X<asset>, /S<spot>, /All, /O<overprint>; every page of a batch shares
/// one resource dictionary.
struct PageContent {
    Size size;
    std::string stream;
};

/// Encodes Frames in one thread: glyphs by short codes (fonts/mixed_codes.hpp), coordinates in hundredths of a point,
/// codes as 1-bit inline image masks, full black in DeviceCMYK, its tints in DeviceGray.
/// Source   ISO 32000-1 §8.9.7 (inline images), §9.4 (text); facts/engine-limits.md §1
/// Errors   Overflow: a code's payload does not fit the symbology (layouts checks capacity beforehand)
/// Threads  one object per thread; FontSet, Assets and tables are shared
class ContentEncoder {
public:
    /// Without tables the built-in ones of ISA-L are used: right, but 10 % larger.
    ContentEncoder(const fonts::FontSet& fonts, const Assets& assets,
                   std::shared_ptr<const DeflateTables> tables = nullptr);
    ~ContentEncoder();
    ContentEncoder(ContentEncoder&&) noexcept;

    /// `use` is added to; `out` is replaced.
    Done encode(const Frame& frame, ResourceUse& use, PageContent& out);

    /// The operators in clear: samples for `train_deflate`.
    Result<std::string> operators(const Frame& frame);

private:
    struct State;
    std::unique_ptr<State> state_;
};

}  // namespace pli::render
