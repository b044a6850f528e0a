#pragma once
#include <optional>
#include <string>

#include "base/day.hpp"
#include "base/letter.hpp"
#include "base/result.hpp"
#include "service/workspace.hpp"

namespace pli::service {

enum class PreviewKind : std::uint8_t { Png, Pdf };

/// One letter to look at: a queued one by its number, or a template with data (else with its own sample).
struct PreviewRequest {
    std::optional<LetterId> letter;
    std::string template_name;
    std::string data_file;  // JSON object of fields; empty: the template's "sample"
    Day day;
    PreviewKind kind = PreviewKind::Png;
    int page = 1;  // PNG only, from 1
    int dpi = 96;
};

struct Preview {
    std::string bytes;
    std::size_t pages = 0;  // of the whole letter
};

/// Typesets one letter as the night run would and draws it: PNG through Cairo, PDF through the batch writer.
/// Errors   whatever would reject the letter; NotFound: no such letter, template or page
Result<Preview> preview(const Workspace& workspace, const PreviewRequest& request);

}  // namespace pli::service
