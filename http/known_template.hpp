#pragma once
#include "base/day.hpp"
#include "base/result.hpp"
#include "http/router.hpp"
#include "service/workspace.hpp"

namespace pli::http {

/// A template is a folder's name: nothing that leads out of the workspace.
/// Errors   NotFound
Done known_template(const service::Workspace& workspace, const std::string& name);

/// The day a request came, in UTC.
constexpr Day today(const Call& call) { return {static_cast<std::int32_t>(call.now.seconds / 86'400)}; }

}  // namespace pli::http
