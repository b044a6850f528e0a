#pragma once
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "base/day.hpp"
#include "base/result.hpp"
#include "fonts/font_set.hpp"
#include "frame/assets.hpp"
#include "intake/intake.hpp"
#include "layouts/profile.hpp"
#include "layouts/template.hpp"
#include "pipeline/night_run.hpp"
#include "render/proof.hpp"
#include "store/letter_store.hpp"

namespace pli::service {

/// A merchant's folder: pli.toml, templates/NAME/template.json, fonts/, profiles/, queue.sqlite, out/.
/// Errors   NotFound: no pli.toml; BadInput: pli.toml with line and column
struct Workspace {
    std::string folder;
    std::string name, country = "FR";
    std::vector<std::string> fallback_fonts;
    pipeline::BatchRules rules;
    std::string out, queue;  // absolute paths

    static Result<Workspace> open(const std::string& folder);
    static Done create(const std::string& folder);  // pli init
    std::vector<std::string> templates() const;     // sorted names
};

/// Templates compiled against one font set and one list of assets. Movable; the parts keep their addresses.
struct Composing {
    std::unique_ptr<layouts::ProfileSet> profiles;
    std::unique_ptr<fonts::FontSet> fonts;
    std::unique_ptr<Assets> assets;
    std::vector<layouts::CompiledTemplate> templates;  // in the order asked for
    std::vector<layouts::Finding> findings;
};
Result<Composing> compose(const Workspace& workspace, const std::vector<std::string>& templates, Day day);

struct NightRunOptions {
    Day day;
    std::string out;  // empty: the workspace's
    int threads = 0;
    std::function<void(std::uint64_t done, std::uint64_t of)> progress;
};
struct NightRunResult {
    std::string run;  // empty: nothing was due
    bool resumed = false;
    pipeline::RunReport report;
    std::vector<pipeline::Rejected> rejected;  // the first 1000
};
/// Locks the workspace, opens or resumes the run, runs it, commits batch by batch.
/// Errors   Busy: another run holds the workspace
Result<NightRunResult> run_night(const Workspace& workspace, const NightRunOptions& options);

}  // namespace pli::service
