#include "preflight/check_pdf.hpp"

#include <fmt/format.h>

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <qpdf/QPDF.hh>

#include "preflight/document.hpp"
#include "preflight/pages.hpp"

namespace pli::preflight {
namespace {

Result<std::string> first_bytes(const std::string& path) {
    std::error_code error;
    if (!std::filesystem::exists(path, error)) return failure(Fault::NotFound, path, "no such file");
    if (std::filesystem::is_directory(path, error)) return failure(Fault::BadInput, path, "a folder, not a PDF");
    std::ifstream file(path, std::ios::binary);
    if (!file) return failure(Fault::Environment, path, std::strerror(errno));
    std::string bytes(16, '\0');
    file.read(bytes.data(), static_cast<std::streamsize>(bytes.size()));
    bytes.resize(static_cast<std::size_t>(file.gcount()));
    return bytes;
}

void note_warnings(Inspection& inspection) {
    const auto warnings = inspection.pdf.getWarnings();
    if (!warnings.empty())
        inspection.find(RuleId::Structure, 0,
                        fmt::format("{} (and {} more)", warnings.front().getMessageDetail(), warnings.size() - 1));
}

PdfReport inspect(Inspection& inspection, const std::string& path, std::string_view start) {
    PdfReport report;
    Fonts fonts(inspection);
    ColourSpaces spaces(inspection);
    ContentInspector inspector(inspection, fonts, spaces);
    check_document(inspection, start);
    check_output_intent(inspection);
    check_metadata(inspection, has(entry(inspection.pdf.getTrailer(), "/Root"), "/DPartRoot"));
    const auto pages = PageWalk(inspection, inspector, path).walk();
    fonts.finish();
    report.parts = check_parts(inspection, pages);
    report.pages = static_cast<std::uint32_t>(pages.size());
    return report;
}

}  // namespace

Result<PdfReport> check_pdf(const std::string& path, const std::string& name, const Limits& limits) {
    const std::string start = TRY(first_bytes(path));
    QPDF pdf;
    pdf.setSuppressWarnings(true);
    try {
        pdf.processFile(path.c_str());
    } catch (const std::exception& error) {
        const bool locked = pdf.isEncrypted();
        return failure(Fault::BadInput, path,
                       locked ? "encrypted with a password" : fmt::format("not a PDF: {}", error.what()));
    }
    Findings findings(name);
    Inspection inspection{pdf, findings, limits};
    PdfReport report;
    try {
        report = inspect(inspection, path, start);
    } catch (const std::exception& error) {  // qpdf, at an object that cannot be read
        inspection.find(RuleId::Structure, 0, error.what());
    }
    note_warnings(inspection);
    report.findings = findings.take();
    report.findings_left_out = findings.left_out();
    return report;
}

}  // namespace pli::preflight
