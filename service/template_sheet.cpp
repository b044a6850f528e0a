#include "service/template_sheet.hpp"

#include <algorithm>
#include <filesystem>
#include <nlohmann/json.hpp>

#include "service/installation.hpp"
#include "service/one_letter.hpp"
#include "service/upload_check.hpp"
#include "service/upload_zones.hpp"

namespace pli::service {
namespace fs = std::filesystem;
namespace {

using Json = nlohmann::json;

std::string text_of(const Json& object, const char* key) {
    const auto found = object.find(key);
    return found != object.end() && found->is_string() ? found->get<std::string>() : std::string();
}

/// A finished PDF is looked at as `pli upload check` does, because places are told there.
Done look_at_upload(const Workspace& workspace, const Json& json, Day day, TemplateSheet& sheet) {
    const auto file = text_of(json, "file");
    if (text_of(json, "kind") != "pdf" || file.empty() || sheet.zones.sheet.width <= Length{}) return {};
    const auto path = fs::path(workspace.template_folder(sheet.name)) / file;
    if (fs::path(file).is_absolute() || file.find("..") != std::string::npos || !fs::exists(path)) return {};
    UploadCheckRequest request{path.string(), sheet.profile, {}, day, {}};
    if (sheet.duplex) request.sides = uploads::Sides::Duplex;
    const auto repairs = json.find("repair");
    if (repairs != json.end() && repairs->is_array())
        for (const auto& one : *repairs)
            if (one.is_string()) request.repairs.push_back(one.get<std::string>());
    auto checked = TRY(check_upload(workspace.folder, request));
    for (auto& told : uploads::together(std::move(checked.report.findings)))
        sheet.upload_findings.push_back(std::move(told.finding));
    return {};
}

}  // namespace

Result<TemplateSheet> template_sheet(const Workspace& workspace, const std::string& name, const Composing& composing,
                                     Day day) {
    TemplateSheet sheet;
    sheet.name = name;
    sheet.findings = composing.findings;
    sheet.compiles = composing.broken.front().empty();
    sheet.sample = sample_data(workspace, name).value_or("{}");
    const auto text = read_file(workspace.template_folder(name) + "/template.json");
    const auto json = Json::parse(text.value_or("{}"), nullptr, false);
    if (!json.is_object()) return sheet;
    sheet.about = text_of(json, "about");
    sheet.profile = text_of(json, "profile");
    sheet.duplex = text_of(json, "sides") == "duplex";
    if (const auto profile = composing.profiles->find(sheet.profile, day))
        sheet.zones = zones_of(**profile, composing.press->upload_limits);
    if (sheet.compiles) {
        const auto& compiled = composing.templates.front();
        sheet.version = compiled.version();
        sheet.locale = compiled.locale();
        sheet.fields = compiled.placeholders();
    }
    TRY(look_at_upload(workspace, json, day, sheet));
    return sheet;
}

Result<std::vector<SheetName>> sheets_there_are(const Workspace& workspace, Day day) {
    const auto profiles =
        TRY(layouts::ProfileSet::load(profiles_folder(), (fs::path(workspace.folder) / "profiles").string()));
    std::vector<SheetName> names;
    for (const auto& profile : profiles.all())
        if (const auto held = profiles.find(profile.name, day); held && *held == &profile)
            names.push_back({profile.name, profile.country, profile.envelope});
    std::ranges::sort(names, {}, &SheetName::name);
    return names;
}

}  // namespace pli::service
