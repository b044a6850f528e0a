#pragma once
#include <optional>
#include <string>

#include "base/day.hpp"
#include "base/letter.hpp"
#include "base/result.hpp"
#include "service/workspace.hpp"

namespace pli::service {

enum class PreviewKind : std::uint8_t { Png, Webp, Pdf };

/// One letter to look at: a queued one by its number, or a template with data (else with its own sample).
struct PreviewRequest {
    std::optional<LetterId> letter;
    std::string template_name;
    std::string data_file;  // JSON object of fields
    std::string data;       // the same as text, if no file is named; both empty: the template's "sample"
    Day day;
    PreviewKind kind = PreviewKind::Png;
    int page = 1;  // pictures only, from 1
    int dpi = 96;  // pictures only
};

struct Preview {
    std::string bytes;
    std::size_t pages = 0;  // of the whole letter
    std::string template_name, template_version;
};

/// Typesets one letter as the night run would and draws it: pictures from its Frames, PDF through the batch writer.
/// Who draws many keeps a PreviewDesk.
/// Errors   whatever would reject the letter; NotFound: no such letter, template or page
Result<Preview> preview(const Workspace& workspace, const PreviewRequest& request);

}  // namespace pli::service
