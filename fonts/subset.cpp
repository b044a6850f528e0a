#include "fonts/subset.hpp"

#include <fmt/format.h>
#include <hb-ot.h>
#include <hb-subset.h>

#include <array>

#include "fonts/cff_charset.hpp"
#include "fonts/face_file.hpp"
#include "fonts/glyph_texts.hpp"

namespace pli::fonts {
namespace {

using Input = Handle<hb_subset_input_t, hb_subset_input_destroy>;

/// What a PDF reader draws glyphs with; all else describes text, and the text is already set.
/// Source   ISO 32000-1 §9.9 table 126; "CFF " with head, hhea, hmtx and maxp makes a FontFile3 of subtype OpenType
constexpr std::array kept_tables{HB_TAG('g', 'l', 'y', 'f'), HB_TAG('l', 'o', 'c', 'a'), HB_TAG('h', 'e', 'a', 'd'),
                                 HB_TAG('h', 'h', 'e', 'a'), HB_TAG('h', 'm', 't', 'x'), HB_TAG('m', 'a', 'x', 'p'),
                                 HB_TAG('C', 'F', 'F', ' ')};

std::vector<hb_tag_t> tables_of(hb_face_t* face) {
    std::vector<hb_tag_t> tags(hb_face_get_table_tags(face, 0, nullptr, nullptr));
    auto count = static_cast<unsigned>(tags.size());
    hb_face_get_table_tags(face, 0, &count, tags.data());
    return tags;
}

void drop_other_tables(hb_subset_input_t* input, hb_face_t* face) {
    hb_set_t* dropped = hb_subset_input_set(input, HB_SUBSET_SETS_DROP_TABLE_TAG);
    for (const hb_tag_t tag : tables_of(face)) hb_set_add(dropped, tag);
    for (const hb_tag_t tag : kept_tables) hb_set_del(dropped, tag);
}

Input subset_input(const Face& face, const GlyphSet& glyphs) {
    Input input(hb_subset_input_create_or_fail());
    if (!input) return input;
    hb_subset_input_set_flags(input.get(), HB_SUBSET_FLAGS_RETAIN_GIDS | HB_SUBSET_FLAGS_NO_HINTING);
    drop_other_tables(input.get(), face.hb);
    for (const std::uint16_t glyph : glyphs.sorted()) hb_set_add(hb_subset_input_glyph_set(input.get()), glyph);
    return input;
}

std::string bytes_of(hb_blob_t* blob) {
    unsigned size = 0;
    const char* bytes = hb_blob_get_data(blob, &size);
    return {bytes, size};
}

/// Every table as it is: one face of a collection becomes a font of its own.
hb_face_t* with_all_tables(hb_face_t* face) {
    hb_face_t* copy = hb_face_builder_create();
    for (const hb_tag_t tag : tables_of(face)) {
        const HbBlob table(hb_face_reference_table(face, tag));
        hb_face_builder_add_table(copy, tag, table.get());
    }
    return copy;
}

/// The same font with its "CFF " table renumbered; null where that table is not well formed.
HbFace with_cids_by_glyph(hb_face_t* built) {
    const hb_tag_t cff_tag = HB_TAG('C', 'F', 'F', ' ');
    const HbBlob bytes_of_built(hb_face_reference_blob(built));
    const HbFace opened(hb_face_create(bytes_of_built.get(), 0));  // a face being built does not list its tables
    hb_face_t* const face = opened.get();
    HbFace copy(hb_face_builder_create());
    for (const hb_tag_t tag : tables_of(face)) {
        const HbBlob table(hb_face_reference_table(face, tag));
        std::string bytes = bytes_of(table.get());
        if (tag == cff_tag && !number_cids_by_glyph(bytes)) return nullptr;
        const HbBlob changed(hb_blob_create(bytes.data(), static_cast<unsigned>(bytes.size()), HB_MEMORY_MODE_DUPLICATE,
                                            nullptr, nullptr));
        hb_face_builder_add_table(copy.get(), tag, changed.get());
    }
    return copy;
}

}  // namespace

void GlyphSet::merge(const GlyphSet& other) {
    if (used_.size() < other.used_.size()) used_.resize(other.used_.size());
    for (std::size_t i = 0; i < other.used_.size(); ++i) used_[i] |= other.used_[i];
}

std::vector<std::uint16_t> GlyphSet::sorted() const {
    std::vector<std::uint16_t> glyphs;
    for (std::size_t glyph = 0; glyph < used_.size(); ++glyph)
        if (used_[glyph]) glyphs.push_back(static_cast<std::uint16_t>(glyph));
    return glyphs;
}

Result<std::string> subset(const Face& face, const GlyphSet& glyphs) {
    const Input input = subset_input(face, glyphs);
    HbFace result(face.whole ? with_all_tables(face.hb) : input ? hb_subset_or_fail(face.hb, input.get()) : nullptr);
    if (result && face.cff) result = with_cids_by_glyph(result.get());
    if (!result)
        return failure(Fault::BadInput, face.file,
                       fmt::format("\"{} {}\" cannot be cut down to the glyphs used", face.family, face.style),
                       "the font file is probably damaged: replace it");
    const HbBlob blob(hb_face_reference_blob(result.get()));
    return bytes_of(blob.get());
}

std::map<std::uint16_t, std::u32string> glyph_texts(const Face& face, const GlyphSet& glyphs) {
    const GlyphTexts all(face);
    std::map<std::uint16_t, std::u32string> texts;
    for (const std::uint16_t glyph : glyphs.sorted())
        if (const std::u32string_view text = all.of(glyph); !text.empty()) texts.emplace(glyph, text);
    return texts;
}

}  // namespace pli::fonts
