#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>
#include <set>

#include "uploads/inspection.hpp"

namespace pli::uploads {
namespace {

/// More sheets than an envelope takes go into the next larger one, where the carrier has one for them.
void check_sheets(const Inspection& inspection) {
    const CarrierLimits& carrier = inspection.zones.carrier;
    const int pages = static_cast<int>(inspection.survey.pages.size());
    const int sheets = inspection.sides == Sides::Duplex ? (pages + 1) / 2 : pages;
    if (carrier.sheets == 0 || sheets <= carrier.sheets) return;
    const bool larger = sheets <= carrier.larger_sheets;
    Finding one = finding(larger ? RuleId::LargerEnvelope : RuleId::TooManySheets, 0, {},
                          fmt::format("{} pages on {} sheets", pages, sheets));
    one.expected = fmt::format("at most {} sheets in {}", carrier.sheets,
                               carrier.envelope.empty() ? "the envelope" : carrier.envelope);
    if (carrier.larger_sheets > 0)
        one.expected += fmt::format(", at most {} in {}", carrier.larger_sheets, carrier.larger_envelope);
    inspection.add(std::move(one));
}

RuleId rule_for(const FontFact& font) {
    if (font.stand_in == StandIn::SameWidths) return RuleId::StandardFontNotEmbedded;
    return font.stand_in == StandIn::Nearest ? RuleId::FontNotEmbedded : RuleId::FontUnknown;
}

/// On which pages a font sets text; none where it is only named.
std::vector<int> pages_with(const Survey& survey, std::size_t font) {
    std::vector<int> pages;
    for (std::size_t i = 0; i < survey.pages.size(); ++i)
        if (std::ranges::any_of(survey.pages[i].texts, [&](const TextMark& text) { return text.font == font; }))
            pages.push_back(static_cast<int>(i) + 1);
    return pages;
}

/// One sentence for all fonts that are missing on the same pages.
void check_fonts(const Inspection& inspection) {
    const auto& fonts = inspection.survey.document.fonts;
    std::map<std::pair<RuleId, std::vector<int>>, std::set<std::string>> missing;
    for (std::size_t i = 0; i < fonts.size(); ++i) {
        const FontFact& font = fonts[i];
        if (font.embedded || font.kind == FontKind::Type3) continue;
        missing[{rule_for(font), pages_with(inspection.survey, i)}].insert(quoted(font.name));
    }
    for (const auto& [place, names] : missing)
        for (const int page : place.second)
            inspection.add(place.first, page, {}, fmt::format("not embedded: {}", fmt::join(names, ", ")));
}

void check_layers(const Inspection& inspection) {
    for (const LayerFact& layer : inspection.survey.document.layers) {
        const std::string name = quoted(layer.name);
        if (layer.screen_differs)
            inspection.add(RuleId::PrintOnlyLayer, 0, {},
                           layer.hidden ? fmt::format("the layer {} shows on the screen and is not printed", name)
                                        : fmt::format("the layer {} is printed and does not show on the screen", name));
        else if (layer.hidden)
            inspection.add(RuleId::HiddenLayer, 0, {}, fmt::format("the layer {} is hidden", name));
    }
}

void check_output_intents(const Inspection& inspection) {
    const std::string& press = inspection.zones.press.condition;
    for (const OutputIntentFact& intent : inspection.survey.document.output_intents) {
        if (intent.condition == press && !press.empty()) continue;
        inspection.add(RuleId::OutputIntent, 0, {},
                       fmt::format("made for the printing condition {}", quoted(intent.condition)));
    }
}

std::string counted(int count, const char* one, const char* many) {
    return fmt::format("{} {}", count, count == 1 ? one : many);
}

void check_active_content(const Inspection& inspection) {
    const DocumentFacts& document = inspection.survey.document;
    if (document.scripts > 0)
        inspection.add(RuleId::ActiveContent, 0, {}, counted(document.scripts, "JavaScript", "JavaScripts"));
    if (document.launches > 0)
        inspection.add(RuleId::ActiveContent, 0, {},
                       counted(document.launches, "action that starts a program", "actions that start a program"));
    if (document.external_streams > 0)
        inspection.add(
            RuleId::ActiveContent, 0, {},
            counted(document.external_streams, "piece of data in another file", "pieces of data in other files"));
    for (const std::string& name : document.embedded_files)
        inspection.add(RuleId::EmbeddedFiles, 0, {}, fmt::format("the file {} is embedded", quoted(name)));
    if (document.signatures > 0)
        inspection.add(RuleId::Signature, 0, {},
                       counted(document.signatures, "digital signature", "digital signatures"));
}

void check_form_fields(const Inspection& inspection) {
    const auto& fields = inspection.survey.document.fields;
    const auto count = std::ranges::count_if(fields, [](const FieldFact& field) { return field.kind != "Sig"; });
    if (count > 0)
        inspection.add(RuleId::FormFields, 0, {},
                       counted(static_cast<int>(count), "form field: it is printed as it is filled in",
                               "form fields: they are printed as they are filled in"));
}

/// Links show nothing of their own, and form fields have a finding of the document.
void check_annotations(const Inspection& inspection, const PageView& page) {
    std::map<std::pair<std::string, bool>, int> kinds;
    for (const AnnotationFact& note : page.facts.annotations)
        if (note.kind != "Link" && note.kind != "Popup" && note.kind != "Widget") ++kinds[{note.kind, note.prints}];
    for (const auto& [kind, count] : kinds)
        inspection.add(RuleId::Annotations, page.number, {},
                       fmt::format("{} ({}): {}", counted(count, "comment", "comments"), kind.first,
                                   kind.second ? "printed" : "not printed"));
}

/// As people call them.
std::string_view name_of_code(std::string_view kind) {
    return kind == "QRCode" ? "QR" : kind == "MicroQRCode" ? "Micro QR" : kind == "Code128" ? "Code 128" : kind;
}

void check_codes(const Inspection& inspection, const PageView& page) {
    for (const CodeSeen& code : page.seen.codes)
        inspection.add(code.matrix ? RuleId::CodeOnPage : RuleId::BarcodeOnPage, page.number, code.where,
                       fmt::format("a {} code that says {}", name_of_code(code.kind), quoted(code.text)));
}

}  // namespace

void check_document(const Inspection& inspection) {
    check_sheets(inspection);
    check_fonts(inspection);
    check_layers(inspection);
    check_output_intents(inspection);
    check_active_content(inspection);
    check_form_fields(inspection);
    if (inspection.survey.document.truncated)
        inspection.add(RuleId::TooMuchToSurvey, 0, {}, "more fonts, fields or layers than are looked at");
}

void check_extras(const Inspection& inspection, const PageView& page) {
    check_annotations(inspection, page);
    check_codes(inspection, page);
}

}  // namespace pli::uploads
