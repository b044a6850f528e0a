#pragma once
#include <string>
#include <vector>

#include "base/result.hpp"
#include "fonts/face_file.hpp"
#include "fonts/font_set.hpp"

namespace pli::fonts {

/// Every axis of a variable font at the value a query asks for: a named instance where it names one, else weight, width
/// and slant with the other axes at their defaults; then the axes given by tag. Empty for a font that is not variable.
/// Weight and width are brought into the font's range (CSS Fonts 4 §5.2); an axis named outright has to fit it.
/// Source   OpenType 1.9, fvar and the registered axes
/// Errors   BadInput, with what the font has: no such instance or axis, a value out of range, axes asked of a font that
///          is not variable
Result<std::vector<AxisValue>> instance_axes(hb_face_t* face, const FaceQuery& query, const std::string& file);

/// The instance as a font without axes, all tables and glyph ids kept: what is measured, drawn and embedded.
/// Errors   BadInput: HarfBuzz cannot make the instance
Result<HbFace> pinned(hb_face_t* variable, const std::vector<AxisValue>& axes, const std::string& file);

/// The style and PostScript name of an instance: the font's own where it names these axes, else made of the axes.
/// Source   Adobe Technical Note #5902
void name_instance(Face& face, hb_face_t* variable, const std::vector<AxisValue>& axes);

}  // namespace pli::fonts
