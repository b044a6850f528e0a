#pragma once
#include <deque>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "preflight/font_program.hpp"
#include "preflight/inspection.hpp"

namespace pli::preflight {

struct Font {
    enum class Kind : std::uint8_t { Simple, Composite, Type3 };
    Kind kind = Kind::Simple;
    std::uint32_t object = 0;
    bool codes_are_cids = false;  // two bytes each, through Identity-H or Identity-V
    std::vector<bool> shown;      // CIDs that were shown
    Object dictionary{};          // of a composite font: its descendant's
    FontProgram program{};
    bool judged = false;  // the program could be read
};

/// Judges each font when it is first selected, remembers what it shows, and compares that with its program at the end.
/// Source   ISO 32000-1 §9.5 to §9.9; ISO 15930-7: embedding, matching widths
class Fonts {
public:
    explicit Fonts(const Inspection& inspection) : inspection_(inspection) {}

    /// Never null. `is_new` tells a Type 3 font whose glyphs have to be looked at.
    Font* read(Object dictionary, bool& is_new);
    void show(Font& font, std::string_view codes);
    /// Glyphs and widths of everything that was shown.
    void finish();

private:
    void check(Font& font, Object dictionary);
    void check_simple(Object dictionary);
    void check_composite(Font& font, Object dictionary);
    void check_unicode(const Font& font, Object dictionary);
    void check_program(Font& font, Object dictionary, const std::string& subtype);
    void finish(const Font& font);

    const Inspection& inspection_;
    std::deque<Font> fonts_;
    std::unordered_map<std::uint32_t, Font*> known_;
};

}  // namespace pli::preflight
