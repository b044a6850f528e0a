#include "service/upload_repairs.hpp"

#include <algorithm>
#include <filesystem>

#include "service/composing.hpp"
#include "service/installation.hpp"
#include "service/press_setup.hpp"
#include "service/workspace.hpp"

namespace pli::service {
namespace {

namespace fs = std::filesystem;
using uploads::ClearZone;

struct Zone {
    std::string_view name;
    Rect box;
    bool every_front = false;
};

std::vector<Zone> zones_of(const layouts::Profile& profile) {
    std::vector<Zone> zones{{"address", profile.address_field}, {"window", profile.always_visible}};
    if (profile.return_line) zones.push_back({"return-line", *profile.return_line});
    for (const Rect& reserved : profile.reserved) zones.push_back({"reserved", reserved});
    if (profile.hybrid_franking) zones.push_back({"franking", *profile.hybrid_franking});
    if (profile.sheet_code.size.width > Length{}) zones.push_back({"sheet-code", profile.sheet_code, true});
    return zones;
}

/// The window is within the address field, the return line too: clearing all means the whole of it.
bool wanted(const Zone& zone, const ClearZone& clear) {
    if (clear.name.empty()) return zone.name != "window" && zone.name != "return-line";
    return clear.name == zone.name;
}

Result<std::vector<ClearZone>> placed(const ClearZone& clear, const layouts::Profile& profile) {
    std::vector<ClearZone> found;
    if (clear.zone.size.width > Length{}) found.push_back(clear);
    if (!found.empty()) return found;
    for (const Zone& zone : zones_of(profile)) {
        if (!wanted(zone, clear)) continue;
        const bool everywhere = zone.every_front && clear.name.empty();
        found.push_back({std::string(zone.name), zone.box, everywhere ? ClearZone::every_page : clear.page});
    }
    if (!found.empty()) return found;
    return failure(Fault::BadInput, "clear-zone=" + clear.name, "the profile " + profile.name + " has no such zone",
                   "address, window, return-line, reserved, franking or sheet-code; or x:y:width:height in mm");
}

}  // namespace

Result<uploads::RepairPlan> repair_plan(const std::vector<std::string>& repairs, const RepairAim& aim) {
    uploads::RepairPlan plan;
    plan.sheet = aim.profile.sheet;
    plan.press_profile = aim.press_profile;
    plan.fonts_folder = aim.fonts_folder;
    for (const std::string& words : repairs) {
        uploads::Repair repair = TRY(uploads::parse_repair(words));
        if (auto* cover = std::get_if<uploads::CoverPage>(&repair)) cover->empty_back |= aim.duplex;
        if (const auto* clear = std::get_if<ClearZone>(&repair)) {
            const auto zones = TRY(placed(*clear, aim.profile));
            plan.repairs.insert(plan.repairs.end(), zones.begin(), zones.end());
        } else {
            plan.repairs.push_back(std::move(repair));
        }
    }
    return plan;
}

Result<std::shared_ptr<const std::string>> press_profile(const std::string& folder) {
    Workspace workspace;
    if (fs::exists(fs::path(folder) / "pli.toml")) workspace = TRY(Workspace::open(folder));
    const auto press = TRY(press_setup(workspace));
    return std::make_shared<const std::string>(press.condition.profile->bytes);
}

std::string fonts_folder_of(const std::string& workspace) {
    std::error_code none;
    const auto folder = fs::absolute(fs::path(workspace) / "fonts", none);
    return fs::is_directory(folder, none) ? folder.string() : std::string();
}

Result<uploads::Repaired> repair_upload(const std::string& folder, const RepairRequest& request) {
    const auto profiles = TRY(layouts::ProfileSet::load(profiles_folder(), (fs::path(folder) / "profiles").string()));
    const auto icc = TRY(press_profile(folder));
    const auto* profile = TRY(profiles.find(request.profile, request.day));
    const auto plan = TRY(repair_plan(request.repairs, {*profile, request.duplex, icc, fonts_folder_of(folder)}));
    return uploads::repair(TRY(read_file(request.file)), plan, request.file);
}

}  // namespace pli::service
