#include "http/known_template.hpp"

#include <fmt/format.h>

#include <filesystem>

#include "http/names.hpp"

namespace pli::http {

Done known_template(const service::Workspace& workspace, const std::string& name) {
    std::error_code ignored;
    if (good_name(name) && std::filesystem::exists(workspace.template_folder(name) + "/template.json", ignored))
        return {};
    return failure(Fault::NotFound, "", fmt::format("there is no template \"{}\"", name.substr(0, 60)),
                   "GET /v2/templates lists those there are");
}

}  // namespace pli::http
