#include "service/upload_check.hpp"

#include <algorithm>
#include <filesystem>

#include "layouts/profile.hpp"
#include "service/composing.hpp"
#include "service/installation.hpp"
#include "service/press_setup.hpp"
#include "service/upload_repairs.hpp"
#include "service/upload_zones.hpp"
#include "service/workspace.hpp"

namespace pli::service {
namespace fs = std::filesystem;
namespace {

/// What of a workspace an upload is checked against; without one, what holds everywhere.
struct Ground {
    layouts::ProfileSet profiles;
    uploads::PressLimits press;
    std::string country;
    bool sheet_codes = true;
};

Result<Ground> ground_of(const std::string& folder) {
    const bool workspace = fs::exists(fs::path(folder) / "pli.toml");
    auto profiles =
        TRY(layouts::ProfileSet::load(profiles_folder(), workspace ? (fs::path(folder) / "profiles").string() : ""));
    if (!workspace) return Ground{std::move(profiles), usual_press(), "", true};
    const auto opened = TRY(Workspace::open(folder));
    auto setup = TRY(press_setup(opened));
    return Ground{std::move(profiles), std::move(setup.upload_limits), opened.country, opened.rules.sheet_codes};
}

Result<const layouts::Profile*> profile_for(const Ground& ground, const UploadCheckRequest& request) {
    if (!request.profile.empty()) return ground.profiles.find(request.profile, request.day);
    for (const layouts::Profile& profile : ground.profiles.all())
        if (profile.country == ground.country) return ground.profiles.find(profile.name, request.day);
    return ground.profiles.find("DIN5008-B", request.day);
}

Done repair_first(CheckedUpload& checked, const layouts::Profile& profile, const std::string& workspace,
                  const UploadCheckRequest& request) {
    const bool duplex = request.sides == uploads::Sides::Duplex;
    const auto plan =
        TRY(repair_plan(request.repairs, {profile, duplex, TRY(press_profile(workspace)), fonts_folder_of(workspace)}));
    auto repaired = TRY(uploads::repair(checked.bytes, plan, request.file));
    checked.bytes = std::move(repaired.bytes);
    checked.repaired = std::move(repaired.deeds);
    return {};
}

}  // namespace

Result<CheckedUpload> check_upload(const std::string& workspace, const UploadCheckRequest& request) {
    const Ground ground = TRY(ground_of(workspace));
    const layouts::Profile* profile = TRY(profile_for(ground, request));
    CheckedUpload checked;
    checked.bytes = TRY(read_file(request.file));
    if (!request.repairs.empty()) TRY(repair_first(checked, *profile, workspace, request));
    checked.zones = zones_of(*profile, ground.press);
    if (!ground.sheet_codes)
        std::erase_if(checked.zones.zones,
                      [](const uploads::Zone& zone) { return zone.kind == uploads::ZoneKind::SheetCode; });
    const std::string name = fs::path(request.file).filename().string();
    checked.report = TRY(uploads::check(checked.bytes, name, checked.zones, {{}, request.sides}));
    return checked;
}

}  // namespace pli::service
