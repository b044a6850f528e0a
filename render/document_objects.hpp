#pragma once
#include <optional>
#include <string>

#include "base/day.hpp"
#include "render/pdf_file.hpp"
#include "render/press_condition.hpp"

namespace pli::render {

/// What a print file says about itself, in its Info dictionary, its XMP packet and its trailer alike.
/// Source   ISO 15930-7:2010 §6.1, §6.16 (PDF/X-4: XMP, identifiers, Trapped); ISO 16612-2:2010 §6.2 (PDF/VT-1)
struct DocumentFacts {
    std::string title;
    std::string seed;  // of the identifiers: the same batch has the same ones
    Instant created;   // of the run
};

/// A UUID that stands for `text`, always the same.
std::string uuid_of(std::string_view text);

/// The metadata packet.   Source: ISO 16684-1 (XMP)
std::string xmp_packet(const DocumentFacts& facts);

/// Where the document begins: its page tree and, if it has one, its tree of document parts.
struct DocumentRoots {
    ObjectId pages;
    std::optional<ObjectId> parts;
};

/// Catalogue, output intent, metadata and Info; gives the trailer's entries.
std::string write_document(PdfFile& file, const DocumentFacts& facts, const PressCondition& condition,
                           const DocumentRoots& roots);

}  // namespace pli::render
