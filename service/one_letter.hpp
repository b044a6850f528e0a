#pragma once
#include <optional>
#include <string>

#include "base/letter.hpp"
#include "base/result.hpp"
#include "intake/intake.hpp"
#include "service/workspace.hpp"

namespace pli::service {

/// One letter to look at: a queued one by its number, or a template with data.
struct OneLetterRequest {
    std::optional<LetterId> letter;
    std::string template_name;
    std::string data_file;  // JSON object of fields; empty: the template's "sample"
};

/// A letter and whatever its views point into.
struct OneLetter {
    std::string template_name;
    Letter letter;
    std::optional<intake::LetterReader> reader;
};

/// Errors   NotFound: no such letter, template or file; BadInput: what the reader of letters refuses
Result<OneLetter> find_letter(const Workspace& workspace, const OneLetterRequest& request);

}  // namespace pli::service
