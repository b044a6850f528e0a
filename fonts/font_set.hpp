#pragma once
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "base/result.hpp"
#include "fonts/features.hpp"
#include "frame/frame.hpp"

struct hb_face_t;

namespace pli::fonts {

class MixedCodes;
class GlyphTexts;
class NumberPairs;
struct Setting;

/// One axis of a variable font: "wght" 350.
struct AxisValue {
    std::string tag;
    double value = 0;
    bool operator==(const AxisValue&) const = default;
};

/// One face of one font file, immutable once loaded. The file is mapped, so an unused face costs nothing.
/// Units    design units, `units_per_em` to the em, y upwards
/// Threads  share freely; shaping goes through a Shaper, of which each thread has its own
struct Face {
    std::string file;    // path as found
    unsigned index = 0;  // in a TTC
    std::string family, style, postscript_name;
    int weight = 400;  // what was found; compare with the query to see whether a bold or an italic is there
    bool italic = false;
    bool cff = false;  // outlines are CFF: embedded as FontFile3, else FontFile2
    int units_per_em = 1000;
    int ascender = 0, descender = 0, line_gap = 0, cap_height = 0, x_height = 0;
    int underline_position = 0, underline_thickness = 0;
    int italic_angle = 0;  // degrees, counter-clockwise
    int bbox[4] = {0, 0, 0, 0};
    std::vector<std::uint16_t> widths;  // advance of each glyph
    hb_face_t* hb = nullptr;            // immutable; owned by the FontSet. Of a variable font, the instance made static
    bool whole = false;                 // its licence bits forbid cutting it down: it is embedded with all its glyphs
    std::vector<AxisValue> axes;        // a variable font's instance, each axis of it; empty for other fonts
    hb_face_t* variable = nullptr;      // a variable font as it came: shapes the instance
};

struct FaceQuery {
    std::string family;
    int weight = 400;  // 1..1000 as in CSS
    bool italic = false;
    int width = 100;                // per cent of the normal width
    std::string instance{};         // variable fonts: one of their named styles, "Medium"; it sets all axes
    std::vector<AxisValue> axes{};  // variable fonts: these axes on top of all that
    bool operator==(const FaceQuery&) const = default;
};

/// A style as text asks for it: the face wanted, then the fallbacks, tried in this order character by character.
struct ChainId {
    std::uint16_t value = 0;
    bool operator==(const ChainId&) const = default;
};

/// The faces of a run. Chains are requested while templates are compiled, by one thread; after `freeze()` the set is
/// read-only and shared. FaceIds depend on the order of requests alone.
/// A family is looked for in the workspace's `fonts/` folder, then among the system's fonts (fontconfig, exact family
/// name only: a substitute is never taken silently).
/// A setting's language decides between Noto's faces for Chinese, Japanese and Korean.
/// Errors   chain: NotFound "no font named ..."; BadInput: unreadable or damaged file, an axis or instance the font has
///          not, embedding not permitted (OS/2 fsType). A fallback that is not installed, or may not be embedded, is
///          left out without an error
/// Threads  const members from any thread after freeze()
class FontSet {
public:
    struct Options {
        std::string folder;                  // the workspace's fonts/; may be empty
        std::vector<std::string> fallbacks;  // families tried in this order after the one asked for
    };
    explicit FontSet(Options options);
    ~FontSet();
    FontSet(FontSet&&) noexcept;
    FontSet& operator=(FontSet&&) noexcept;

    Result<ChainId> chain(const FaceQuery& query, const TextSetting& setting = {});
    void freeze();

    const std::vector<FaceId>& faces_of(ChainId chain) const;
    const Face& face(FaceId id) const;
    std::size_t face_count() const;
    const Setting& setting_of(ChainId chain) const;
    /// Features the chain's setting asks for and its first face has not, by tag.
    std::vector<std::string> missing_features(ChainId chain) const;

    /// Tables of a face, and of a chain's first face with the chain's setting; made when first asked for and shared by
    /// all threads.
    const GlyphTexts& texts_of(FaceId id) const;
    const NumberPairs& numbers_of(ChainId chain) const;
    const MixedCodes& codes_of(FaceId id) const;

private:
    struct State;
    std::unique_ptr<State> state_;
};

/// The families tried when pli.toml names none: the Noto families for the scripts of Europe, the Middle East and Asia.
/// Of Noto Sans CJK the face for the text's language comes first.
const std::vector<std::string>& default_fallbacks();

}  // namespace pli::fonts
