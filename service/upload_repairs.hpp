#pragma once
#include <memory>
#include <string>
#include <vector>

#include "base/day.hpp"
#include "base/result.hpp"
#include "layouts/profile.hpp"
#include "uploads/repair.hpp"

namespace pli::service {

/// What repairs of an upload work towards.
struct RepairAim {
    const layouts::Profile& profile;
    bool duplex = false;
    std::shared_ptr<const std::string> press_profile;  // ICC; empty: convert-rgb is refused
    std::string fonts_folder{};                        // of the workspace; empty: the system's fonts alone
};

/// Puts the places of a profile where repairs name them: `clear-zone` alone means everything that an upload must leave
/// free (address field, reserved zones, franking, sheet code), `clear-zone=address|window|return-line|reserved|franking|
/// sheet-code` one kind of them; `cover-page` gets an empty back on two-sided jobs.
/// Errors   BadInput: as uploads::parse_repair; a zone that the profile does not have
Result<uploads::RepairPlan> repair_plan(const std::vector<std::string>& repairs, const RepairAim& aim);

/// The profile of the press that a folder is set up for; of the built-in one where it is no workspace.
/// Errors   as press_setup
Result<std::shared_ptr<const std::string>> press_profile(const std::string& folder);

/// The fonts that a workspace brings; empty where it has none.
std::string fonts_folder_of(const std::string& workspace);

struct RepairRequest {
    std::string file, profile;
    std::vector<std::string> repairs;
    Day day;
    bool duplex = false;
};

/// A file repaired for a profile, outside any template. The folder need not be a workspace: if it is, its own profiles
/// and its press are used.
/// Errors   as repair_plan, uploads::repair and press_setup; NotFound: no such file or profile
Result<uploads::Repaired> repair_upload(const std::string& workspace, const RepairRequest& request);

}  // namespace pli::service
