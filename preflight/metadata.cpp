#include <fmt/format.h>

#include <array>
#include <charconv>

#include "preflight/document.hpp"
#include "preflight/streams.hpp"
#include "preflight/xmp.hpp"

namespace pli::preflight {
namespace {

/// A moment as digits, "20261122210000+0000", so that the notations of PDF and XMP compare. Empty: not complete.
std::string moment_of(std::string_view text, std::string_view separators) {
    std::string digits;
    std::size_t i = 0;
    for (; i < text.size() && digits.size() < 14; ++i) {
        if (text[i] >= '0' && text[i] <= '9')
            digits += text[i];
        else if (separators.find(text[i]) == std::string_view::npos)
            return {};
    }
    if (digits.size() != 14) return {};
    if (i < text.size() && text[i] == '.') i = std::min(text.find_first_not_of("0123456789", i + 1), text.size());
    std::string zone(text.substr(i));
    std::erase_if(zone, [](char c) { return c == ':' || c == '\''; });
    if (zone == "Z" || zone == "-0000" || zone == "Z0000") zone = "+0000";
    if (zone.size() == 3) zone += "00";
    const bool right = zone.size() == 5 && (zone[0] == '+' || zone[0] == '-') &&
                       zone.find_first_not_of("0123456789", 1) == std::string::npos;
    return right ? digits + zone : std::string();
}
std::string xmp_moment(std::string_view text) { return moment_of(text, "-T:"); }
std::string pdf_moment(std::string_view text) { return text.starts_with("D:") ? moment_of(text.substr(2), "") : ""; }

class MetadataCheck {
public:
    MetadataCheck(const Inspection& inspection, const Xmp& xmp, Object stream)
        : inspection_(inspection),
          xmp_(xmp),
          stream_(std::move(stream)),
          info_(entry(inspection.pdf.getTrailer(), "/Info")) {}

    void check(bool has_parts) {
        check_version();
        check_dates();
        check_identity();
        check_trapped();
        check_info();
        check_parts(has_parts);
    }

private:
    std::string value(std::string_view name_space, std::string_view name) const {
        return xmp_.property(name_space, name).value_or("");
    }
    /// Trimmed, because XMP is.
    std::string info(const char* key) const {
        Object text = entry(info_, key);
        const std::string value = text.isString() ? text.getUTF8Value() : name_of(text);
        return std::string(trimmed(value));
    }

    void check_version() {
        const std::string version = value(name_space::pdfx, "GTS_PDFXVersion");
        if (version != "PDF/X-4")
            inspection_.find(RuleId::XmpVersion, stream_, shown("pdfxid:GTS_PDFXVersion", version));
        const std::string in_info = info("/GTS_PDFXVersion");
        if (!in_info.empty() && in_info != version)
            inspection_.find(RuleId::InfoMatch, info_, "/GTS_PDFXVersion " + in_info + " in the Info dictionary");
    }

    void check_dates() {
        for (const char* name : {"CreateDate", "ModifyDate", "MetadataDate"}) {
            const std::string date = value(name_space::xmp, name);
            if (xmp_moment(date).empty())
                inspection_.find(RuleId::XmpDates, stream_, shown("xmp:" + std::string(name), date));
        }
    }

    void check_identity() {
        if (value(name_space::dc, "title").empty()) inspection_.find(RuleId::XmpTitle, stream_, "no dc:title");
        for (const char* name : {"DocumentID", "VersionID", "RenditionClass"})
            if (value(name_space::media, name).empty())
                inspection_.find(RuleId::XmpIds, stream_, fmt::format("no xmpMM:{}", name));
    }

    void check_trapped() {
        const std::string in_xmp = value(name_space::pdf, "Trapped");
        if (in_xmp != "True" && in_xmp != "False")
            inspection_.find(RuleId::Trapped, stream_, shown("pdf:Trapped", in_xmp));
        Object trapped = entry(info_, "/Trapped");
        if (!is_name(trapped, "/True") && !is_name(trapped, "/False"))
            inspection_.find(RuleId::Trapped, info_, "/Trapped is " + in_words(trapped));
        else if (name_of(trapped).substr(1) != in_xmp && !in_xmp.empty())
            inspection_.find(RuleId::Trapped, info_, shown("/Trapped" + name_of(trapped) + ", pdf:Trapped", in_xmp));
    }

    void check_info() {
        compare("/Title", value(name_space::dc, "title"));
        compare("/Creator", value(name_space::xmp, "CreatorTool"));
        compare("/Producer", value(name_space::pdf, "Producer"));
        compare_date("/CreationDate", value(name_space::xmp, "CreateDate"));
        compare_date("/ModDate", value(name_space::xmp, "ModifyDate"));
    }

    void compare(const char* key, const std::string& in_xmp) {
        if (has(info_, key) && info(key) != in_xmp)
            inspection_.find(RuleId::InfoMatch, info_, fmt::format("{} {}, in XMP {}", key, info(key), in_xmp));
    }

    void compare_date(const char* key, const std::string& in_xmp) {
        const std::string here = info(key);
        if (has(info_, key) && (pdf_moment(here).empty() || pdf_moment(here) != xmp_moment(in_xmp)))
            inspection_.find(RuleId::InfoMatch, info_, fmt::format("{} {}, in XMP {}", key, here, in_xmp));
    }

    void check_parts(bool has_parts) {
        const std::string version = value(name_space::pdfvt, "GTS_PDFVTVersion");
        if (has_parts != (version == "PDF/VT-1") || (!has_parts && !version.empty()))
            inspection_.find(
                RuleId::VtVersion, stream_,
                shown("pdfvtid:GTS_PDFVTVersion", version) + (has_parts ? " with" : " without") + " /DPartRoot");
        const std::string date = value(name_space::pdfvt, "GTS_PDFVTModDate");
        if (!version.empty() && xmp_moment(date) != xmp_moment(value(name_space::xmp, "ModifyDate")))
            inspection_.find(RuleId::VtModDate, stream_, shown("pdfvtid:GTS_PDFVTModDate", date));
    }

    static std::string shown(const std::string& name, const std::string& text) {
        return text.empty() ? "no " + name : name + " " + text;
    }

    const Inspection& inspection_;
    const Xmp& xmp_;
    Object stream_, info_;
};

/// PDF/X-1a and X-3 name themselves in the Info dictionary.
std::string other_version(const Inspection& inspection) {
    Object version = entry(entry(inspection.pdf.getTrailer(), "/Info"), "/GTS_PDFXVersion");
    return version.isString() ? "; the Info dictionary says " + version.getUTF8Value() : "";
}

}  // namespace

void check_metadata(const Inspection& inspection, bool has_parts) {
    Object catalogue = entry(inspection.pdf.getTrailer(), "/Root");
    Object stream = entry(catalogue, "/Metadata");
    if (!stream.isStream() || !is_name(entry(stream, "/Type"), "/Metadata") ||
        !is_name(entry(stream, "/Subtype"), "/XML"))
        inspection.find(RuleId::Metadata, catalogue, "/Metadata is " + in_words(stream) + other_version(inspection));
    if (!stream.isStream()) return;
    if (has(stream, "/Filter"))
        inspection.find(RuleId::MetadataFilter, stream, "/Filter" + in_words(entry(stream, "/Filter")));
    std::string packet;
    if (!check_and_decode(inspection, stream, packet)) return;
    const auto xmp = Xmp::parse(packet);
    if (!xmp) {
        inspection.find(RuleId::MetadataXml, stream, xmp.error().text());
        return;
    }
    MetadataCheck(inspection, *xmp, stream).check(has_parts);
}

}  // namespace pli::preflight
