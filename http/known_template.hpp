#pragma once
#include "base/day.hpp"
#include "base/result.hpp"
#include "http/router.hpp"
#include "service/clock.hpp"
#include "service/workspace.hpp"

namespace pli::http {

/// A template is a folder's name: nothing that leads out of the workspace.
/// Errors   NotFound
Done known_template(const service::Workspace& workspace, const std::string& name);

/// The day a request came: the same by which the command line and the night run go.
inline Day today(const Call& call) { return service::local_day(call.now); }

}  // namespace pli::http
