#pragma once
#include <cstdint>
#include <string>
#include <vector>

#include "render/pdf_file.hpp"

namespace pli::render {

/// How the pages of a batch belong together, for a digital front end that prints, finds or repeats single records.
struct DocumentParts {
    std::uint32_t count = 1;        // as many as the sides speak of
    std::string level = "Page";     // what a part is: "Piece", "PressSheet"
    std::string job, piece_prefix;  // the batch's name; what a piece's number is written behind
    /// What the pieces are called, by their place from 0; none: as their place from 1.
    const std::vector<std::uint32_t>* numbers = nullptr;
};

/// The pages' side of it: sides of one part follow each other, parts rise by one.
struct PartOfSide {
    std::uint32_t part = 0;               // from 0
    std::vector<std::uint32_t> pieces{};  // numbers of the pieces printed on it, from 1
};

/// The tree of document parts, two levels deep: the batch, and its pieces or, where a press sheet holds several, its press sheets. Written while the
/// pages come; the parts have consecutive object numbers, so that nothing is kept of them.
/// Source   ISO 16612-2:2010 (PDF/VT) §6.5, whose tables are ISO 32000-2 §14.12; ISO 21812-1 (CIP4 metadata)
class PartTree {
public:
    PartTree(PdfFile& file, const DocumentParts& parts);

    /// The part a page names in its /DPart.
    ObjectId part(const PartOfSide& side) const { return {first_.number + side.part}; }
    void add(const PartOfSide& side, ObjectId page);
    /// The root of the tree, once all pages are there.
    ObjectId finish();

private:
    void write_part();
    void write_root(ObjectId node, ObjectId root);
    std::string metadata() const;
    std::string piece_id(std::uint32_t piece) const;

    PdfFile& file_;
    const DocumentParts& parts_;
    ObjectId node_, first_;
    PartOfSide open_;
    ObjectId first_page_, last_page_;
};

}  // namespace pli::render
