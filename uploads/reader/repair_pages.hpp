#pragma once
#include "base/result.hpp"
#include "uploads/reader/layers.hpp"
#include "uploads/reader/repair_desk.hpp"

namespace pli::uploads::reader {

/// Counts what `printed_pages` is about to draw in and to drop, and tells it. Called before it.
void tell_annotations(const RepairDesk& desk);

/// Layers become plain content or go; scripts, actions, forms and files within the file go.
/// Source   ISO 32000-1 §8.11, §12.6, §7.11.4
void flatten(const RepairDesk& desk);

/// The first of these alone.
void flatten_layers(const RepairDesk& desk);

/// Pages at the end that show nothing: drawn by poppler, not a pixel is off white. The first page always stays.
/// Errors   as form_of_page, ObjectCollector, draw
Done drop_blank_pages(const RepairDesk& desk);

/// One or two empty pages of the sheet's size in front.
void add_cover(const RepairDesk& desk, const CoverPage& cover);

}  // namespace pli::uploads::reader
