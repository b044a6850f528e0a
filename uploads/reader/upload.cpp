#include "uploads/reader/upload.hpp"

#include <fmt/format.h>

#include <qpdf/Buffer.hh>
#include <qpdf/QPDFAcroFormDocumentHelper.hh>
#include <qpdf/QPDFAnnotationObjectHelper.hh>
#include <qpdf/QPDFExc.hh>
#include <qpdf/QPDFFormFieldObjectHelper.hh>
#include <qpdf/QPDFPageDocumentHelper.hh>
#include <string_view>

namespace pli::uploads::reader {
namespace {

constexpr std::string_view save_again = "open it in a PDF program, save or print it as a new PDF and upload that";

/// ISO 32000-1 Annex H.3: readers accept a header anywhere in the first 1024 bytes.
bool looks_like_pdf(std::string_view bytes) {
    return bytes.substr(0, 1024 + 5).find("%PDF-") != std::string_view::npos;
}

auto not_a_pdf(std::string_view bytes) {
    if (bytes.empty()) return failure(Fault::BadInput, "not-a-pdf", "the file is empty", "upload it again");
    if (bytes.substr(0, 2) == "\x1f\x8b")
        return failure(Fault::BadInput, "not-a-pdf", "the file is compressed with gzip",
                       "unpack it and upload the PDF inside");
    return failure(Fault::BadInput, "not-a-pdf", "the file is not a PDF (no %PDF- at its beginning)",
                   "export your design as PDF");
}

auto not_opened(const QPDFExc& problem) {
    if (problem.getErrorCode() == qpdf_e_password)
        return failure(Fault::Unsupported, "password", "the PDF is protected with a password",
                       "save it without password protection");
    if (problem.getErrorCode() == qpdf_e_unsupported)
        return failure(Fault::Unsupported, "password", problem.getMessageDetail(), "save it without protection");
    return failure(Fault::BadInput, "damaged", "the PDF is damaged: " + problem.getMessageDetail(),
                   std::string(save_again));
}

Done may_be_printed(QPDF& pdf) {
    if (pdf.isEncrypted() && !pdf.allowPrintLowRes())
        return failure(Fault::Unsupported, "printing-forbidden", "the PDF's protection forbids printing",
                       "ask its author for a copy that may be printed");
    if (pdf.isEncrypted() && !pdf.allowPrintHighRes())
        return failure(Fault::Unsupported, "printing-forbidden",
                       "the PDF's protection allows printing in low resolution only",
                       "ask its author for a copy that may be printed");
    // Pages of a dynamic XFA form hold "please wait" only; the form itself is made by Adobe's reader alone.
    QPDFObjectHandle rendering = pdf.getRoot().getKey("/NeedsRendering");
    if (rendering.isBool() && rendering.getBoolValue())
        return failure(Fault::Unsupported, "dynamic-form", "the PDF is a dynamic XFA form",
                       "print it to a new PDF and upload that");
    return {};
}

/// A text or a choice that is filled in and has no look of its own: readers make one, and so does qpdf.
bool lacks_look(QPDFFormFieldObjectHelper field, QPDFAnnotationObjectHelper widget) {
    const bool has_text = field.isText() || field.isChoice();
    return has_text && !field.getValueAsString().empty() && widget.getAppearanceStream("/N").isNull();
}

/// qpdf puts a field's value into its look while the stream is read, and does so once: whoever reads it again finds it
/// empty. So it is read here, and kept.
void keep_look(QPDFAnnotationObjectHelper widget) {
    QPDFObjectHandle look = widget.getAppearanceStream("/N");
    if (!look.isStream() || !look.isDataModified()) return;
    const auto drawn = look.getStreamData(qpdf_dl_all);
    look.replaceStreamData(drawn, QPDFObjectHandle::newNull(), QPDFObjectHandle::newNull());
}

void draw_fields(QPDF& pdf) {
    QPDFAcroFormDocumentHelper form(pdf);
    if (!form.hasAcroForm()) return;
    form.generateAppearancesIfNeeded();
    for (const auto& page : QPDFPageDocumentHelper(pdf).getAllPages())
        for (auto& widget : form.getWidgetAnnotationsForPage(page)) {
            QPDFFormFieldObjectHelper field = form.getFieldForAnnotation(widget);
            if (lacks_look(field, widget)) field.generateAppearance(widget);
            keep_look(widget);
        }
}

void draw_annotations(QPDF& pdf) {
    draw_fields(pdf);
    QPDFPageDocumentHelper(pdf).flattenAnnotations(an_print, an_invisible | an_hidden);
}

}  // namespace

Result<std::unique_ptr<QPDF>> open_upload(const std::string& bytes) {
    auto pdf = std::make_unique<QPDF>();
    pdf->setSuppressWarnings(true);
    try {
        if (!looks_like_pdf(bytes)) return not_a_pdf(bytes);
        pdf->processMemoryFile("upload", bytes.data(), bytes.size());
        TRY(may_be_printed(*pdf));
    } catch (const QPDFExc& problem) {
        return not_opened(problem);
    }
    return pdf;
}

Result<std::vector<QPDFPageObjectHelper>> printed_pages(QPDF& pdf, int most) {
    const auto count = pdf.getAllPages().size();
    if (count == 0) return failure(Fault::BadInput, "no-pages", "the PDF has no pages", std::string(save_again));
    if (count > static_cast<std::size_t>(most))
        return failure(Fault::BadInput, "too-many-sheets",
                       fmt::format("the PDF has {} pages, at most {} are taken", count, most),
                       "upload only the pages to print");
    draw_annotations(pdf);
    return QPDFPageDocumentHelper(pdf).getAllPages();
}

}  // namespace pli::uploads::reader
