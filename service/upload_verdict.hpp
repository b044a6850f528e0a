#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "layouts/template.hpp"
#include "uploads/check.hpp"

namespace pli::service {

/// What a template's upload is checked against, and where the answer is remembered.
struct UploadCourt {
    uploads::SheetZones zones;
    uploads::Sides sides = uploads::Sides::Simplex;
    std::string memory;  // a folder; empty: nothing is remembered
    bool fresh = false;  // asks again even where the answer is known
};

/// What the workspace gives.
struct UploadGround {
    const layouts::ProfileSet& profiles;
    const uploads::PressLimits& press;
    bool sheet_codes = true;
    Day day;
};
/// The zones of the template's profile, and the places of its stamps that its JSON tells: codes, and texts with a width.
/// Nothing where the template is no upload, or too broken to say what it is for.
std::optional<UploadCourt> court_of(std::string_view template_json, const UploadGround& ground);

/// The findings of uploads::check as those of a template: what is fatal is an error, the rest but infos a warning. The
/// same upload before the same zones is looked at once: a night run does not draw each flyer again.
/// Errors   Environment: as uploads::check
Result<std::vector<layouts::Finding>> judge(const std::string& bytes, std::string_view where, const UploadCourt& court);

}  // namespace pli::service
