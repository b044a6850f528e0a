#pragma once
#include <memory>
#include <string>
#include <vector>

#include "base/day.hpp"
#include "base/result.hpp"
#include "fonts/font_set.hpp"
#include "frame/assets.hpp"
#include "layouts/profile.hpp"
#include "layouts/template.hpp"
#include "pipeline/franking_code.hpp"
#include "pipeline/omr.hpp"
#include "service/press_setup.hpp"
#include "service/workspace.hpp"

namespace pli::service {

/// Templates compiled against one font set and one list of assets, which keep their addresses when this moves.
/// `templates[i]` belongs to the i-th name asked for; where `broken[i]` has a text it did not compile and must not be
/// used.
struct Composing {
    std::unique_ptr<layouts::ProfileSet> profiles;
    std::unique_ptr<fonts::FontSet> fonts;  // frozen
    std::unique_ptr<Assets> assets;
    std::vector<layouts::CompiledTemplate> templates;
    std::vector<std::string> broken;
    std::vector<layouts::Finding> findings;
    std::unique_ptr<PressSetup> press;
    bool fresh = false;                                // uploads are looked at again
    std::unique_ptr<pipeline::OmrProfile> omr;         // none: letters get no marks
    std::unique_ptr<pipeline::FrankingCode> franking;  // none: letters are franked otherwise
    fonts::ChainId marks;                              // the face of sheet codes, slug lines and the control sheet
};

/// Whether uploads are looked at again, or only those that nobody has looked at yet.
enum class UploadVerdicts : std::uint8_t { Remembered, Fresh };

/// Errors   BadInput: a profile file; NotFound: no font for the marks. A template's own errors are findings.
Result<Composing> compose(const Workspace& workspace, const std::vector<std::string>& templates, Day day,
                          UploadVerdicts verdicts = UploadVerdicts::Remembered);

/// A file of the workspace, whole.   Errors: NotFound, Environment
Result<std::string> read_file(const std::string& path);

}  // namespace pli::service
