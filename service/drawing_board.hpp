#pragma once
#include <string>

#include "layouts/template.hpp"
#include "render/batch_pdf.hpp"
#include "render/proof.hpp"
#include "service/composing.hpp"
#include "service/preview.hpp"

namespace pli::service {

/// Where pictures are inked and encoded; as many as letters are drawn at once, whatever the number of templates.
/// Threads  one object per thread
struct Easel {
    render::Canvas canvas;
    render::PngWriter png;
};

/// What is on the easel, as PNG or WebP.
Result<std::string> encoded(const PreviewRequest& request, Easel& easel);

/// What boards of the same templates share.
struct BoardSupplies {
    render::Rasterise rasterise;
    render::PixelShelf* shelf = nullptr;  // none: nothing is kept beyond this board
    std::string name{};                   // of the templates among all that share the shelf
};

/// Where one letter after the other is typeset and drawn: keeps shaped words and glyphs in pixels.
/// Threads  one object per thread; `composing` is shared and outlives it
class DrawingBoard {
public:
    DrawingBoard(const Composing& composing, Day day, const std::string& country, BoardSupplies supplies);

    /// Errors   as preview
    Result<Preview> draw(const Letter& letter, const PreviewRequest& request, Easel& easel);

private:
    Result<std::string> picture(const PreviewRequest& request, Easel& easel);
    Result<std::string> pdf();

    const Composing& composing_;
    Day day_;
    layouts::Typesetter typesetter_;
    layouts::TypesetLetter typeset_;
    render::Proofer proofer_;
};

}  // namespace pli::service
