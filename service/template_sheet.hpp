#pragma once
#include <optional>
#include <string>
#include <vector>

#include "layouts/template.hpp"
#include "service/composing.hpp"
#include "service/workspace.hpp"
#include "uploads/check.hpp"

namespace pli::service {

/// A template for somebody who looks at it: what it is for, what may be filled in, where the sheet has its places, and
/// what is to be said about it.
struct TemplateSheet {
    std::string name, about, version, locale, profile;
    bool compiles = false;
    bool duplex = false;
    uploads::SheetZones zones;        // of its profile; no sheet where the template does not name one
    std::vector<std::string> fields;  // placeholders, in the order they are met
    std::string sample;               // JSON object
    std::vector<layouts::Finding> findings;
    std::vector<uploads::Finding> upload_findings;  // of a finished PDF, with page and place
};

/// `composing` holds this template alone.
/// Errors   Environment: as check_upload, for templates that are finished PDFs
Result<TemplateSheet> template_sheet(const Workspace& workspace, const std::string& name, const Composing& composing,
                                     Day day);

/// The envelopes a workspace may write for on a day, by name.
struct SheetName {
    std::string name, country, envelope;
};
/// Errors   as ProfileSet::load
Result<std::vector<SheetName>> sheets_there_are(const Workspace& workspace, Day day);

}  // namespace pli::service
