#pragma once
#include <hb.h>

#include <memory>
#include <string>

#include "base/release.hpp"
#include "base/result.hpp"
#include "fonts/font_set.hpp"

namespace pli::fonts {

using HbBlob = Handle<hb_blob_t, hb_blob_destroy>;
using HbFace = Handle<hb_face_t, hb_face_destroy>;
using HbFont = Handle<hb_font_t, hb_font_destroy>;

/// What a font file says about one of its faces before anybody sets a line with it.
struct FaceNames {
    std::string family, style;      // typographic names where given, else the old ones
    std::string four_style_family;  // the old family name, which knows regular, bold, italic, bold italic only
    int weight = 400;
    bool italic = false;
    bool variable = false;
};

/// Maps a file: nothing is read until it is used. Null where it cannot be opened.
HbBlob map_file(const std::string& path);

FaceNames names_of(hb_face_t* face);

/// Reads metrics and widths; 65,000 widths take 0.1 ms.
/// Source   OpenType 1.9: head, hhea, hmtx, OS/2, post, name
/// Errors   BadInput: no outlines Pli can embed, a variable font, or embedding not permitted (OS/2 fsType)
Result<Face> read_face(hb_face_t* hb, const std::string& file, unsigned index);

}  // namespace pli::fonts
