#pragma once
#include <string>
#include <vector>

#include "base/day.hpp"
#include "base/result.hpp"
#include "uploads/check.hpp"

namespace pli::service {

struct UploadCheckRequest {
    std::string file;
    std::string profile;  // empty: that of the workspace's country, else DIN5008-B
    uploads::Sides sides = uploads::Sides::Simplex;
    Day day;
};

struct CheckedUpload {
    std::string bytes;
    uploads::SheetZones zones;
    uploads::Report report;
};

/// Checks a file outside any template. The folder need not be a workspace: if it is, its own profiles and its press are
/// used.
/// Errors   NotFound: no such file or profile; BadInput: pli.toml or a profile; Environment
Result<CheckedUpload> check_upload(const std::string& workspace, const UploadCheckRequest& request);

/// A PNG for each page: the page, the window, zones and folds on it, and the findings, numbered, beside it.
/// Errors   as uploads::draw_pages; NotFound: no font for the captions
struct FindingsPicture {
    int page = 0;
    std::string png;
};
Result<std::vector<FindingsPicture>> draw_findings(const CheckedUpload& checked, const UploadCheckRequest& request);

}  // namespace pli::service
