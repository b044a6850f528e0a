#include "uploads/reader/repair_pages.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <qpdf/QPDFAcroFormDocumentHelper.hh>
#include <qpdf/QPDFEmbeddedFileDocumentHelper.hh>
#include <qpdf/QPDFPageDocumentHelper.hh>
#include <qpdf/QPDFPageObjectHelper.hh>

#include "uploads/reader/content_filters.hpp"
#include "uploads/reader/contents.hpp"
#include "uploads/reader/import_pages.hpp"

namespace pli::uploads::reader {
namespace {

constexpr int print_flag = 4, hidden_flags = 1 | 2;  // ISO 32000-1 table 165

bool prints(QPDFObjectHandle annotation) {
    auto flags = annotation.isDictionary() ? annotation.getKey("/F") : QPDFObjectHandle::newNull();
    const int value = flags.isInteger() ? flags.getIntValueAsInt() : 0;
    return (value & print_flag) != 0 && (value & hidden_flags) == 0;
}

std::string counted(std::size_t count, const char* one, const char* many) {
    return fmt::format("{} {}", count, count == 1 ? one : many);
}

/// Removes the keys that are there; whether one was.
bool remove_keys(QPDFObjectHandle dictionary, std::initializer_list<const char*> keys) {
    bool found = false;
    for (const char* key : keys) {
        found = found || dictionary.hasKey(key);
        dictionary.removeKey(key);
    }
    return found;
}

void strip_actions(const RepairDesk& desk) {
    auto root = desk.pdf.getRoot();
    bool found = remove_keys(root, {"/OpenAction", "/AA"});
    auto names = root.getKey("/Names");
    if (names.isDictionary()) found = remove_keys(names, {"/JavaScript"}) || found;
    for (QPDFObjectHandle page : desk.pdf.getAllPages()) found = remove_keys(page, {"/AA"}) || found;
    if (found) desk.tell(Flatten{}, 0, "scripts and actions were taken out");
}

void strip_files(const RepairDesk& desk) {
    auto root = desk.pdf.getRoot();
    const auto files = QPDFEmbeddedFileDocumentHelper(desk.pdf).getEmbeddedFiles().size();
    bool found = remove_keys(root, {"/AF", "/Collection"});
    auto names = root.getKey("/Names");
    if (names.isDictionary()) found = remove_keys(names, {"/EmbeddedFiles"}) || found;
    if (found || files > 0)
        desk.tell(Flatten{}, 0, counted(files, "embedded file was", "embedded files were") + " taken out");
}

bool is_white(const Raster& raster) {
    return std::ranges::all_of(raster.rgb, [](std::uint8_t value) { return value == 255; });
}

QPDFObjectHandle empty_page(QPDF& pdf, Size sheet) {
    auto page = QPDFObjectHandle::newDictionary();
    page.replaceKey("/Type", QPDFObjectHandle::newName("/Page"));
    page.replaceKey("/MediaBox", QPDFObjectHandle::newFromRectangle({0, 0, sheet.width.to_pt(), sheet.height.to_pt()}));
    page.replaceKey("/Resources", QPDFObjectHandle::newDictionary());
    return pdf.makeIndirectObject(page);
}

}  // namespace

void tell_annotations(const RepairDesk& desk) {
    std::size_t drawn = 0, dropped = 0;
    for (QPDFObjectHandle page : desk.pdf.getAllPages()) {
        auto annotations = page.getKey("/Annots");
        if (!annotations.isArray()) continue;
        for (auto& annotation : annotations.getArrayAsVector()) ++(prints(annotation) ? drawn : dropped);
    }
    if (drawn > 0)
        desk.tell(Flatten{}, 0, counted(drawn, "annotation or field", "annotations or fields") + " became content");
    if (dropped > 0)
        desk.tell(Flatten{}, 0, counted(dropped, "annotation", "annotations") + " without the print flag left out");
}

void flatten_layers(const RepairDesk& desk) {
    const Layers layers(desk.pdf);
    if (!layers.any()) return;
    for (const Content& content : contents_of(desk.pdf))
        content.replace(without_layers(content.operators(), content.resources, layers));
    for (auto& object : desk.pdf.getAllObjects())
        if (object.isStream()) object.getDict().removeKey("/OC");
    desk.pdf.getRoot().removeKey("/OCProperties");
    desk.tell(Flatten{}, 0, "layers became plain content; what was hidden on paper is gone");
}

void flatten(const RepairDesk& desk) {
    flatten_layers(desk);
    strip_actions(desk);
    strip_files(desk);
}

/// At 72 dpi the finest line still greys a pixel: poppler draws none thinner than one.
Done drop_blank_pages(const RepairDesk& desk) {
    QPDFPageDocumentHelper document(desk.pdf);
    for (auto pages = document.getAllPages(); pages.size() > 1; pages.pop_back()) {
        const auto last = static_cast<std::uint32_t>(pages.size() - 1);
        if (!is_white(TRY(draw_page(desk.pdf, pages, {desk.most_bytes, last, 72})))) break;
        document.removePage(pages.back());
        desk.tell(DropBlankPages{}, static_cast<int>(last) + 1, "is empty and was taken off");
    }
    return {};
}

void add_cover(const RepairDesk& desk, const CoverPage& cover) {
    for (int page = 0; page < (cover.empty_back ? 2 : 1); ++page)
        QPDFPageDocumentHelper(desk.pdf).addPage(QPDFPageObjectHelper(empty_page(desk.pdf, desk.sheet)), true);
    desk.tell(cover, 0,
              cover.empty_back ? "a sheet for the address stands in front, its back empty"
                               : "a sheet for the address stands in front");
}

}  // namespace pli::uploads::reader
