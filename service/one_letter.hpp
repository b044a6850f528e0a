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
    std::string data_file;  // JSON object of fields
    std::string data{};     // the same as text, if no file is named; both empty: the template's "sample"
};

/// A letter and whatever its views point into.
struct OneLetter {
    std::string template_name;
    Letter letter;
    std::optional<intake::LetterReader> reader;
};

/// The fields that a template brings to be looked at with, as JSON; with somebody to write to where it names nobody.
Result<std::string> sample_data(const Workspace& workspace, const std::string& template_name);

/// Errors   NotFound: no such letter, template or file; BadInput: what the reader of letters refuses
Result<OneLetter> find_letter(const Workspace& workspace, const OneLetterRequest& request);

}  // namespace pli::service
