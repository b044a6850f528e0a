#include "preflight/print_pages.hpp"

#include <algorithm>
#include <qpdf/Buffer.hh>
#include <qpdf/QPDF.hh>
#include <qpdf/QPDFObjectHandle.hh>
#include <qpdf/QPDFPageDocumentHelper.hh>
#include <qpdf/QPDFPageObjectHelper.hh>
#include <qpdf/QPDFWriter.hh>

#include "preflight/objects.hpp"
#include "preflight/sums.hpp"

namespace pli::preflight {
namespace {

std::string_view text_of(const Buffer& buffer) {
    return {reinterpret_cast<const char*>(const_cast<Buffer&>(buffer).getBuffer()), buffer.getSize()};
}

/// Without what leads from a page to the rest of the file.
Object alone(QPDF& pdf, const Object& page) {
    Object copy = Object(page).shallowCopy();
    for (const char* key : {"/Parent", "/DPart", "/Annots", "/B", "/Metadata", "/PieceInfo"}) copy.removeKey(key);
    for (const char* inherited : {"/Resources", "/MediaBox", "/CropBox", "/Rotate"})
        for (Object node = page; node.isDictionary() && !copy.hasKey(inherited); node = node.getKey("/Parent"))
            if (node.hasKey(inherited)) copy.replaceKey(inherited, node.getKey(inherited));
    return pdf.makeIndirectObject(copy);
}

tl::unexpected<Error> unreadable(const std::exception& error) {
    return failure(Fault::BadInput, "print.pdf", std::string("cannot be read: ") + error.what());
}

}  // namespace

PrintPages::PrintPages() : pdf_(std::make_unique<QPDF>()) {}
PrintPages::PrintPages(PrintPages&&) noexcept = default;
PrintPages& PrintPages::operator=(PrintPages&&) noexcept = default;
PrintPages::~PrintPages() = default;

Result<PrintPages> PrintPages::open(const std::string& path) {
    PrintPages print;
    print.pdf_->setSuppressWarnings(true);
    try {
        print.pdf_->processFile(path.c_str());
        print.pages_ = print.pdf_->getAllPages();
    } catch (const std::exception& error) {
        return unreadable(error);
    }
    return print;
}

std::uint32_t PrintPages::count() const { return static_cast<std::uint32_t>(pages_.size()); }

Result<std::vector<std::uint32_t>> PrintPages::content_sums(std::uint32_t page) {
    std::vector<std::uint32_t> sums;
    try {
        for (Object stream : items_of(entry(pages_.at(page - 1), "/Contents")))
            sums.push_back(adler32(text_of(*stream.getStreamData(qpdf_dl_generalized))));
    } catch (const std::exception& error) {
        return unreadable(error);
    }
    return sums;
}

Result<std::string> PrintPages::extract(const std::vector<std::uint32_t>& pages) {
    try {
        QPDF chosen;
        chosen.emptyPDF();
        QPDFPageDocumentHelper into(chosen);
        for (const std::uint32_t page : pages)
            into.addPage(QPDFPageObjectHelper(alone(*pdf_, pages_.at(page - 1))), false);
        QPDFWriter writer(chosen);
        writer.setOutputMemory();
        writer.setStreamDataMode(qpdf_s_preserve);
        writer.setObjectStreamMode(qpdf_o_disable);
        writer.setDeterministicID(true);
        writer.write();
        const std::unique_ptr<Buffer> bytes(writer.getBuffer());
        return std::string(text_of(*bytes));
    } catch (const std::exception& error) {
        return unreadable(error);
    }
}

}  // namespace pli::preflight
