#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "pipeline/code_drawing.hpp"
#include "pipeline/omr.hpp"

namespace pli::pipeline {

/// Mark profiles of inserters (omr/*.toml) and measures of postal codes (codes/*.toml), all dated, each figure with its
/// source. What a workspace has in its own marks/ folder wins over what Pli brings, by name.
/// Errors   load: BadInput with file, line and column; find: NotFound naming what there is on that day
/// Threads  immutable once loaded; share freely
class MarkFiles {
public:
    static Result<MarkFiles> load(const std::string& folder, const std::string& extra);
    Result<OmrProfile> omr(std::string_view name, Day on) const;
    Result<CodeDrawing> code(std::string_view name, Day on) const;
    const std::vector<OmrProfile>& all_omr() const { return omr_; }
    const std::vector<CodeDrawing>& all_codes() const { return codes_; }

private:
    std::vector<OmrProfile> omr_;
    std::vector<CodeDrawing> codes_;
};

}  // namespace pli::pipeline
