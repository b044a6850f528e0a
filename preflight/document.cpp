#include "preflight/document.hpp"

#include <fmt/format.h>

#include <array>
#include <set>
#include <string>

#include "base/digest.hpp"
#include "preflight/icc_profile.hpp"
#include "preflight/streams.hpp"

namespace pli::preflight {
namespace {

/// 16 for "1.6"; nothing where it is no version.
std::optional<int> version_number(std::string_view text) {
    const bool right =
        text.size() == 3 && text[0] >= '0' && text[0] <= '9' && text[1] == '.' && text[2] >= '0' && text[2] <= '9';
    if (!right) return std::nullopt;
    return (text[0] - '0') * 10 + (text[2] - '0');
}

constexpr int newest_version = 16;

void check_header(const Inspection& inspection, std::string_view first_bytes) {
    const bool header = first_bytes.starts_with("%PDF-") && first_bytes.size() >= 9;
    const auto version = header ? version_number(first_bytes.substr(5, 3)) : std::nullopt;
    const bool ends = header && (first_bytes[8] == '\n' || first_bytes[8] == '\r');
    if (!version || !ends || *version > newest_version)
        inspection.find(RuleId::Header, 0, std::string(first_bytes.substr(0, 9)));
}

void check_version(const Inspection& inspection, Object catalogue) {
    Object version = entry(catalogue, "/Version");
    if (version.isNull()) return;
    const std::string name = name_of(version);
    const auto number = name.empty() ? std::nullopt : version_number(std::string_view(name).substr(1));
    if (!number || *number > newest_version) inspection.find(RuleId::CatalogVersion, catalogue, in_words(version));
}

void check_trailer(const Inspection& inspection) {
    Object trailer = inspection.pdf.getTrailer();
    if (has(trailer, "/Encrypt"))
        inspection.find(RuleId::Encryption, entry(trailer, "/Encrypt"), "/Encrypt in the trailer");
    const auto id = items_of(entry(trailer, "/ID"));
    bool right = id.size() == 2;
    for (const Object& half : id) right = right && Object(half).isString() && !Object(half).getStringValue().empty();
    if (!right) inspection.find(RuleId::FileId, 0, "/ID is " + in_words(entry(trailer, "/ID")));
}

void check_names(const Inspection& inspection, Object catalogue) {
    Object names = entry(catalogue, "/Names");
    if (has(names, "/JavaScript")) inspection.find(RuleId::Action, catalogue, "/Names/JavaScript");
    if (has(names, "/EmbeddedFiles")) inspection.find(RuleId::EmbeddedFile, catalogue, "/Names/EmbeddedFiles");
    if (has(names, "/AlternatePresentations"))
        inspection.find(RuleId::Alternates, catalogue, "/Names/AlternatePresentations");
    for (const char* key : {"/AF", "/Collection"})
        if (has(catalogue, key))
            inspection.find(RuleId::EmbeddedFile, catalogue, fmt::format("{} in the catalogue", key));
}

void check_form(const Inspection& inspection, Object catalogue) {
    Object form = entry(catalogue, "/AcroForm");
    if (form.isNull()) return;
    inspection.find(RuleId::Form, catalogue, has(form, "/XFA") ? "/AcroForm with /XFA" : "/AcroForm");
}

void check_viewer_areas(const Inspection& inspection, Object catalogue) {
    Object preferences = entry(catalogue, "/ViewerPreferences");
    for (const char* key : {"/ViewArea", "/ViewClip", "/PrintArea", "/PrintClip"}) {
        Object area = entry(preferences, key);
        if (!area.isNull() && !is_name(area, "/MediaBox") && !is_name(area, "/BleedBox"))
            inspection.find(RuleId::ViewerArea, catalogue, fmt::format("{} {}", key, in_words(area)));
    }
}

/// Both the default configuration and the others (ISO 32000-1 §8.11.4).
void check_optional_content(const Inspection& inspection, Object catalogue) {
    Object properties = entry(catalogue, "/OCProperties");
    if (properties.isNull()) return;
    std::vector<Object> configurations = items_of(entry(properties, "/Configs"));
    if (!has(properties, "/D")) inspection.find(RuleId::OptionalContent, properties, "no default configuration /D");
    configurations.insert(configurations.begin(), entry(properties, "/D"));
    std::set<std::string> names;
    for (Object& configuration : configurations) {
        if (!configuration.isDictionary()) continue;
        if (has(configuration, "/AS"))
            inspection.find(RuleId::OptionalContent, configuration, "a configuration with /AS");
        Object name = entry(configuration, "/Name");
        if (!name.isString() || name.getStringValue().empty())
            inspection.find(RuleId::OptionalContent, configuration, "a configuration without /Name");
        else if (!names.insert(name.getStringValue()).second)
            inspection.find(RuleId::OptionalContent, configuration, "two configurations named " + in_words(name));
    }
}

}  // namespace

void check_actions(const Inspection& inspection, Object owner) {
    for (const char* key : {"/AA", "/A"})
        if (has(owner, key)) {
            const std::string kind = name_of(entry(entry(owner, key), "/S"));
            inspection.find(RuleId::Action, owner, kind.empty() ? key : fmt::format("{} with {}", key, kind));
        }
    // A destination may stand there too: it only says where to begin reading.
    Object opening = entry(owner, "/OpenAction");
    if (opening.isDictionary())
        inspection.find(RuleId::Action, owner, "/OpenAction with " + in_words(entry(opening, "/S")));
}

void check_document(const Inspection& inspection, std::string_view first_bytes) {
    Object catalogue = entry(inspection.pdf.getTrailer(), "/Root");
    check_header(inspection, first_bytes);
    check_version(inspection, catalogue);
    check_trailer(inspection);
    check_names(inspection, catalogue);
    check_form(inspection, catalogue);
    check_viewer_areas(inspection, catalogue);
    check_optional_content(inspection, catalogue);
    check_actions(inspection, catalogue);
}

namespace {

PressColours press_of(const IccProfile& profile) {
    if (profile.components == 4) return PressColours::Cmyk;
    if (profile.components == 1) return PressColours::Grey;
    return profile.colours == "RGB " ? PressColours::Rgb : PressColours::Unknown;
}

void check_press_profile(Inspection& inspection, Object intent) {
    Object profile = entry(intent, "/DestOutputProfile");
    if (!profile.isStream()) {
        inspection.find(RuleId::IntentProfile, intent, "/DestOutputProfile is " + in_words(profile));
        return;
    }
    std::string bytes;
    if (!check_and_decode(inspection, profile, bytes)) return;
    const IccProfile icc = read_icc_profile(bytes);
    if (!icc.fault.empty()) {
        inspection.find(RuleId::IccProfile, profile, icc.fault);
        return;
    }
    inspection.press = press_of(icc);
    inspection.press_profile = Digest::hex_of(bytes);
    if (icc.device_class != "prtr" || inspection.press == PressColours::Unknown)
        inspection.find(RuleId::IntentProfile, profile,
                        fmt::format("class {}, colours {}", icc.device_class, icc.colours));
    const auto count = integer_of(entry(profile, "/N"));
    if (count != icc.components)
        inspection.find(RuleId::IntentProfile, profile,
                        fmt::format("/N {} for {}", in_words(entry(profile, "/N")), icc.colours));
}

}  // namespace

void check_output_intent(Inspection& inspection) {
    Object catalogue = entry(inspection.pdf.getTrailer(), "/Root");
    std::vector<Object> intents;
    for (const Object& intent : items_of(entry(catalogue, "/OutputIntents")))
        if (is_name(entry(intent, "/S"), "/GTS_PDFX")) intents.push_back(intent);
    if (intents.size() != 1)
        inspection.find(RuleId::Intent, catalogue, fmt::format("{} intents for PDF/X", intents.size()));
    if (intents.empty()) return;
    Object condition = entry(intents[0], "/OutputConditionIdentifier");
    if (!condition.isString() || condition.getStringValue().empty())
        inspection.find(RuleId::IntentCondition, intents[0], "/OutputConditionIdentifier is " + in_words(condition));
    check_press_profile(inspection, intents[0]);
}

}  // namespace pli::preflight
