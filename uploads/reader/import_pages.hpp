#pragma once
#include <cstdint>
#include <qpdf/QPDFPageObjectHelper.hh>
#include <string>
#include <vector>

#include "base/result.hpp"
#include "uploads/message.hpp"

namespace pli::uploads::reader {

struct Wanted {
    std::uint64_t most_bytes = 0;
    int most_pages = 0;
    bool grey_to_k = false;
    bool for_press = false;  // fonts must be embedded
    bool take_placeholders = false;
    Length bleed{};  // around the trim, kept where the page has it
};

/// All pages of an upload as forms over one list of objects, so that what pages share is kept once.
/// Errors   as of open_upload, form_of_page and ObjectCollector; qpdf's exceptions pass through
Result<ImportedPages> import_pages(const std::string& bytes, const Wanted& wanted);

struct Drawing {
    std::uint64_t most_bytes = 0;
    std::uint32_t page = 0;  // counted from 0
    int dpi = 72;
};

/// A page in pixels: as it was imported, so that a preview shows what will be printed and poppler never sees the
/// upload.
/// Errors   NotFound: no such page; else as import_pages
Result<Raster> draw_page(const std::string& bytes, const Drawing& drawing);
/// The same of an upload that is open; its pages are not changed.
Result<Raster> draw_page(QPDF& pdf, const std::vector<QPDFPageObjectHelper>& pages, const Drawing& drawing);

}  // namespace pli::uploads::reader
