#pragma once
#include <nlohmann/json_fwd.hpp>

#include "address/findings.hpp"
#include "service/address_desk.hpp"

namespace pli::cli {

/// What was found in a list of addresses: for programs, and as a table for people.
nlohmann::json tally_as_json(const address::Tally& tally);
nlohmann::json address_as_json(const service::CheckedAddress& checked);
void print_tally(const address::Tally& tally);
/// The block as it is printed, and below it what was found.
void print_address(const service::CheckedAddress& checked);

}  // namespace pli::cli
