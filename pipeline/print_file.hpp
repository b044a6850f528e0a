#pragma once
#include <string>

#include "base/result.hpp"
#include "fonts/font_set.hpp"
#include "frame/assets.hpp"
#include "pipeline/imposition.hpp"
#include "pipeline/piece_list.hpp"
#include "pipeline/press_layout.hpp"
#include "render/batch_pdf.hpp"
#include "render/page_content.hpp"

namespace pli::pipeline {

/// The contents lie in the file already; this says which of them make up which page, and closes it.
struct PrintJob {
    const fonts::FontSet& fonts;
    const Assets& assets;
    fonts::ChainId mark_chain;
    std::string name, id;  // in slug lines; what piece numbers are written behind
    bool colour = true;    // marks on all plates, instead of on the black one
    const PressLayout& layout;
    const PieceList& pieces;
    const Stacking& stacking;
};

/// Takes the file, so that its object table is gone before the next step needs memory.
/// Errors   Environment: cannot write; MissingGlyph: the mark face cannot set the slug line
Result<render::BatchPdf::Closed> close_print_file(render::BatchPdf pdf, const PrintJob& job, render::ResourceUse use);

}  // namespace pli::pipeline
