#include "service/installation.hpp"

#include <cstdlib>
#include <filesystem>

namespace pli::service {
namespace fs = std::filesystem;

std::string profiles_folder() {
    if (const char* data = std::getenv("PLI_DATA")) return (fs::path(data) / "profiles").string();
    std::error_code error;
    const auto installed = fs::read_symlink("/proc/self/exe", error).parent_path().parent_path() / "share/pli/profiles";
    if (!error && fs::exists(installed)) return installed.string();
    return PLI_SOURCE_FOLDER "/layouts/profiles";
}

}  // namespace pli::service
