#pragma once
#include <string>
#include <vector>

#include "base/day.hpp"
#include "base/result.hpp"
#include "uploads/check.hpp"
#include "uploads/repair.hpp"

namespace pli::service {

struct UploadCheckRequest {
    std::string file;
    std::string profile;  // empty: that of the workspace's country, else DIN5008-B
    uploads::Sides sides = uploads::Sides::Simplex;
    Day day;
    std::vector<std::string> repairs{};  // done before the check, as uploads::parse_repair takes them
};

struct CheckedUpload {
    std::string bytes;  // repaired, where that was asked
    std::vector<uploads::Deed> repaired;
    uploads::SheetZones zones;
    uploads::Report report;
};

/// Checks a file outside any template. The folder need not be a workspace: if it is, its own profiles and its press are
/// used.
/// Errors   NotFound: no such file or profile; BadInput: pli.toml, a profile or a repair; as uploads::repair; Environment
Result<CheckedUpload> check_upload(const std::string& workspace, const UploadCheckRequest& request);

/// A PNG for each page: the page, the window, zones and folds on it, and the findings, numbered, beside it.
/// Errors   as uploads::draw_pages; NotFound: no font for the captions
struct FindingsPicture {
    int page = 0;
    std::string png;
};
Result<std::vector<FindingsPicture>> draw_findings(const CheckedUpload& checked, const UploadCheckRequest& request);

}  // namespace pli::service
