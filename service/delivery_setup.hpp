#pragma once
#include <string>

#include "base/result.hpp"
#include "delivery/place.hpp"
#include "service/workspace.hpp"

namespace pli::service {

/// `[delivery]` of a print house's file: where its batches go, how we log in, whom we trust, what a batch is called there.
struct DeliverySetup {
    delivery::Place place;
    std::string naming = "{batch}";  // {sender}, {run} and {batch} are replaced
};

/// The file print-houses/NAME.toml of the workspace.
/// Errors   NotFound: no such file, or it has no [delivery]; BadInput: a key, with line and column
Result<DeliverySetup> open_delivery(const Workspace& workspace, const std::string& print_house);

/// What the batch is called at the far side.
/// Errors   BadInput: a naming that makes no name of one folder
Result<std::string> far_name(const DeliverySetup& setup, const Workspace& workspace, const std::string& batch,
                             const std::string& run);

}  // namespace pli::service
