#pragma once
#include <nlohmann/json_fwd.hpp>
#include <string>

#include "layouts/template.hpp"
#include "service/upload_check.hpp"

namespace pli::http {

/// What a check found, as pli template check and pli upload check tell it with --json.
nlohmann::json as_json(const layouts::Finding& finding);
nlohmann::json as_json(const service::CheckedUpload& checked);

}  // namespace pli::http
