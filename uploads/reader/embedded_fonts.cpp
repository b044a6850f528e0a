#include "uploads/reader/embedded_fonts.hpp"

#include "uploads/reader/contents.hpp"
#include "uploads/reader/pdf_values.hpp"
#include "uploads/reader/stand_ins.hpp"

namespace pli::uploads::reader {

bool is_embedded(const QPDFObjectHandle& font) {
    auto descriptor = entry(font, "/FontDescriptor");
    if (const auto below = items_in(font, "/DescendantFonts"); !below.empty())
        descriptor = entry(below.front(), "/FontDescriptor");
    for (const char* key : {"/FontFile", "/FontFile2", "/FontFile3"})
        if (is_stream(entry(descriptor, key))) return true;
    return name_in(font, "/Subtype") == "/Type3";
}

std::string font_name(const QPDFObjectHandle& font) {
    const std::string name = name_in(font, "/BaseFont");
    if (name.size() < 2) return "a font without a name";
    return name.size() > 8 && name[7] == '+' ? name.substr(8) : name.substr(1);
}

std::set<std::string> drop_unused_fonts(QPDF& pdf, const std::map<QPDFObjGen, Codes>& used) {
    std::set<std::string> names;
    for (const Content& content : contents_of(pdf)) {
        auto fonts = entry(content.resources, "/Font");
        if (!fonts.isDictionary()) continue;
        for (auto& [key, font] : fonts.getDictAsMap()) {
            if (!font.isDictionary() || is_embedded(font) || used.contains(font.getObjGen())) continue;
            names.insert(font_name(font));
            fonts.removeKey(key);
        }
    }
    return names;
}

Done demand_embedded_fonts(QPDF& pdf) {
    const auto used = used_codes(pdf);
    drop_unused_fonts(pdf, used);
    std::set<std::string> missing;
    std::set<StandIn> stand_ins;
    for (const auto& [number, codes] : used) {
        const auto font = pdf.getObjectByObjGen(number);
        if (is_embedded(font)) continue;
        missing.insert(font_name(font));
        stand_ins.insert(stand_in_for(font));
    }
    if (missing.empty()) return {};
    std::string names;
    for (const auto& name : missing) names += (names.empty() ? "" : ", ") + name;
    const bool unknown = stand_ins.contains(StandIn::None), standard = *stand_ins.rbegin() == StandIn::SameWidths;
    return failure(Fault::Unsupported,
                   unknown    ? "font-unknown"
                   : standard ? "standard-font-not-embedded"
                              : "font-not-embedded",
                   "fonts are not embedded: " + names,
                   unknown ? "embed all fonts when you export, or turn the text into outlines"
                           : "embed all fonts when you export, or have it done: \"repair\": [\"embed-fonts\"]");
}

}  // namespace pli::uploads::reader
