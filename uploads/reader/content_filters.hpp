#pragma once
#include <qpdf/QPDFObjectHandle.hh>
#include <string>

#include "uploads/reader/layers.hpp"

namespace pli::uploads::reader {

/// Content without the marks of its layers, and without what hidden layers paint: painting operators go, those that
/// change the graphics state stay. `resources` resolves the names used in `content`.
/// Source   ISO 32000-1 §8.11.3.2 (optional content in content streams), Annex A (operators)
std::string without_layers(const std::string& content, const QPDFObjectHandle& resources, const Layers& layers);

/// "r g b rg" with three equal numbers becomes "g", so that the black of a Cairo-made page lands on the K plate alone.
/// Source   facts measured with Ghostscript's tiffsep: "0 0 0 rg" prints on all four plates
std::string grey_rgb_to_k(const std::string& content);

}  // namespace pli::uploads::reader
