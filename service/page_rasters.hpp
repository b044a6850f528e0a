#pragma once
#include "base/result.hpp"
#include "frame/assets.hpp"
#include "render/proof.hpp"
#include "uploads/ready_readers.hpp"

namespace pli::service {

/// An uploaded page in pixels, drawn by a locked-in reader that is started for it.
/// Errors   as uploads::rasterise
Result<render::Picture> rasterise_page(const ForeignPage& page, int dpi);

/// The same by readers that wait already, and only once for each content and resolution: letterheads stay the same
/// while the rest of a template is worked on.
/// Threads  any
class PageRasters {
public:
    PageRasters(render::PixelShelf& shelf, uploads::ReadyReaders& readers) : shelf_(shelf), readers_(readers) {}
    Result<render::Picture> rasterise(const ForeignPage& page, int dpi);

private:
    render::PixelShelf& shelf_;
    uploads::ReadyReaders& readers_;
};

}  // namespace pli::service
