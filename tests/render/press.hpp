#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "fonts/font_set.hpp"
#include "fonts/shaper.hpp"
#include "frame/assets.hpp"
#include "frame/frame.hpp"
#include "render/batch_pdf.hpp"
#include "render/page_content.hpp"

namespace pli::test {

/// A frozen set with Noto Sans, its fallbacks and Nimbus Sans (CFF outlines); loaded once for all tests.
struct Type {
    fonts::FontSet fonts;
    fonts::ChainId sans, nimbus;
};
const Type& type();

/// A sheet of 100 by 70 mm, the smallest on which everything fits.
Frame card();
/// Shapes the text and puts it on the frame, with ActualText where the glyphs need it. Noto Sans, 12 pt, black.
void add_line(Frame& frame, Point baseline, std::string_view text);
void add_line(Frame& frame, Point baseline, std::string_view text, fonts::ChainId chain);
void add_code(Frame& frame, const Rect& box, Symbology symbology, std::string_view payload);

/// One PDF of these frames, a page each, in order.
render::BatchPdf::Closed press(const std::string& path, const Assets& assets, const std::vector<Frame>& frames);
std::function<bool(render::SheetSide&)> in_order(std::vector<render::ContentId> contents, Size size);
render::BatchPdfOptions options(const std::string& path);

}  // namespace pli::test
