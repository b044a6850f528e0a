#pragma once
#include <array>
#include <cstdint>
#include <map>
#include <memory>
#include <qpdf/QPDFObjectHandle.hh>
#include <string>
#include <string_view>
#include <vector>

#include "uploads/reader/character_map.hpp"
#include "uploads/reader/font_program.hpp"
#include "uploads/reader/matrix.hpp"
#include "uploads/survey.hpp"

namespace pli::uploads::reader {

/// One character of a string, as its font understands it. Lengths in ems: of the font's size.
struct Character {
    std::uint32_t code = 0;
    std::uint32_t glyph = 0;  // the CID that a composite font gives the code
    std::uint8_t bytes = 1;
    double width = 0;
    std::string text;  // UTF-8; empty: not known, or nothing
    bool known = false;
    bool word_space = false;  // word spacing is added to it: the single byte 32, whatever it shows
};

/// A font of a page: how its strings part into characters, how wide they are, what they say.
/// Source   ISO 32000-1 §9.5 to §9.10
class PageFont {
public:
    /// `map`: the CMap of a composite font that names one of the predefined, where whoever asks can read it.
    explicit PageFont(const QPDFObjectHandle& dictionary, std::string_view map = {});

    /// The first character of `bytes`, which is not empty.
    Character first_of(std::string_view bytes) const;

    const FontFact& fact() const { return fact_; }
    bool vertical() const { return map_.vertical(); }
    double ascent() const { return ascent_; }
    double descent() const { return descent_; }  // below the baseline, negative
    /// What size 1 comes to: a Type 3 font may be drawn at any scale.
    double em_height() const { return fact_.kind == FontKind::Type3 ? ascent_ - descent_ : 1; }
    QPDFObjectHandle dictionary() const { return dictionary_; }
    /// Into DocumentFacts::fonts.
    std::uint16_t index = 0;

private:
    void read_simple();
    void read_composite(std::string_view map);
    void read_descriptor(const QPDFObjectHandle& descriptor);
    void read_program(const QPDFObjectHandle& descriptor);
    void read_encoding(const QPDFObjectHandle& encoding);
    void read_simple_widths();
    void read_composite_widths(const QPDFObjectHandle& widths);
    void read_type3();
    std::string own_text(std::uint8_t code) const;
    double composite_width(std::uint32_t glyph) const;
    std::string composite_text(std::uint32_t code, std::uint32_t glyph) const;

    struct Run {
        std::uint32_t low = 0, high = 0;
        double width = 0;
    };
    QPDFObjectHandle dictionary_;
    FontFact fact_;
    std::string standard_;
    bool composite_ = false;
    double ascent_ = 0.75, descent_ = -0.25, em_ = 1, default_width_ = 1, missing_width_ = 0;
    std::array<Character, 256> simple_;
    CharacterMap map_, to_unicode_;
    FontProgram program_;
    std::vector<Run> runs_;                    // of equal widths, by glyph
    std::vector<std::uint16_t> glyph_of_cid_;  // CIDToGIDMap; empty: the same
};

/// The fonts of a document, each read once.
class FontBook {
public:
    explicit FontBook(DocumentFacts& document) : document_(document) {}
    /// nullptr: no font, or more fonts than are read.
    const PageFont* font(const QPDFObjectHandle& dictionary);
    const DocumentFacts& document() const { return document_; }

private:
    DocumentFacts& document_;
    std::map<QPDFObjGen, std::unique_ptr<PageFont>> fonts_;
    std::vector<std::unique_ptr<PageFont>> direct_;
};

}  // namespace pli::uploads::reader
