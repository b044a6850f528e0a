#pragma once
#include <string>

#include "frame/frame.hpp"

namespace pli {

/// The frame as text, one item a line, lengths in millimetres: what accepted tests compare and a reviewer reads.
/// Source   layout only; glyphs are shown as ids with their advances where they differ from run to run
/// Threads  pure
std::string dump(const Frame& frame);

}  // namespace pli
