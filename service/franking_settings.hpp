#pragma once
#include <optional>

#include "pipeline/franking_code.hpp"
#include "service/settings.hpp"

namespace pli::service {

/// `[franking]` of pli.toml: the account with the post that its `system` names, with the keys that this system has.
/// pipeline::check_account says whether the post would take it. None: letters are franked otherwise.
std::optional<pipeline::FrankingAccount> read_franking(Settings& settings);

}  // namespace pli::service
