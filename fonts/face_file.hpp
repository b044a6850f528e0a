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
    int lightest = 400, boldest = 400;               // what a variable font reaches; else `weight`
    int width = 100, narrowest = 100, widest = 100;  // per cent of normal
    bool slants = false;                             // a variable font that can be upright or italic
};

/// Maps a file: nothing is read until it is used. Null where it cannot be opened.
HbBlob map_file(const std::string& path);

/// Gives the memory of a mapped file back to the system until it is read again: looking a large font over touches
/// megabytes that setting text in it never needs.
void let_go_of_pages(hb_blob_t* file);

FaceNames names_of(hb_face_t* face);

/// Takes out what a PDF name cannot hold (ISO 32000-1 §7.2.2).
void clean_postscript_name(std::string& name);

/// For shaping: of a variable font the font as it came, set to the instance's axes, so that what is shaped does not
/// hang on how much of a layout table its static copy carries over.
HbFont shaping_font(const Face& face);

/// Reads metrics and widths; 65,000 widths take 0.1 ms. The tables were checked (font_check.hpp).
/// Source   OpenType 1.9: head, hhea, hmtx, OS/2, post, name
/// Errors   BadInput: embedding not permitted (OS/2 fsType)
Result<Face> read_face(hb_face_t* hb, const std::string& file, unsigned index);

}  // namespace pli::fonts
