#pragma once
#include <string>

#include "layouts/template.hpp"
#include "render/batch_pdf.hpp"
#include "render/proof.hpp"
#include "service/composing.hpp"
#include "service/preview.hpp"

namespace pli::service {

/// What boards of the same templates share.
struct BoardSupplies {
    render::Rasterise rasterise;
    render::PixelShelf* shelf = nullptr;  // none: nothing is kept beyond this board
    std::string name{};                   // of the templates among all that share the shelf
};

/// Where one letter after the other is typeset and drawn: keeps shaped words, glyphs in pixels and its buffers.
/// Threads  one object per thread; `composing` is shared and outlives it
class DrawingBoard {
public:
    DrawingBoard(const Composing& composing, Day day, const std::string& country, BoardSupplies supplies);

    /// Errors   as preview
    Result<Preview> draw(const Letter& letter, const PreviewRequest& request);

private:
    Result<std::string> picture(const PreviewRequest& request);
    Result<std::string> pdf();

    const Composing& composing_;
    Day day_;
    layouts::Typesetter typesetter_;
    layouts::TypesetLetter typeset_;
    render::Proofer proofer_;
    render::PngWriter png_;
};

}  // namespace pli::service
