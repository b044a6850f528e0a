#include "tests/uploads/second_reader.hpp"

#include <podofo/podofo.h>

#include <stdexcept>

namespace pli::uploads {

Seen read_with_podofo(const std::string& pdf) try {
    PoDoFo::PdfError::EnableLogging(false);
    PoDoFo::PdfMemDocument document;
    document.LoadFromBuffer(pdf.data(), static_cast<long>(pdf.size()));
    Seen seen;
    seen.pages = document.GetPageCount();
    const PoDoFo::PdfRect sheet = document.GetPage(0)->GetMediaBox();
    seen.width = sheet.GetWidth();
    seen.height = sheet.GetHeight();
    return seen;
} catch (const PoDoFo::PdfError& error) {
    throw std::runtime_error(error.what());
}

}  // namespace pli::uploads
