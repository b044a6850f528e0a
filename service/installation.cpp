#include "service/installation.hpp"

#include <cstdlib>
#include <filesystem>

namespace pli::service {
namespace fs = std::filesystem;

namespace {

std::string data_folder(const char* name, const char* in_source_tree) {
    if (const char* data = std::getenv("PLI_DATA")) return (fs::path(data) / name).string();
    std::error_code error;
    const auto installed = fs::read_symlink("/proc/self/exe", error).parent_path().parent_path() / "share/pli" / name;
    if (!error && fs::exists(installed)) return installed.string();
    return in_source_tree;
}

}  // namespace

std::string profiles_folder() { return data_folder("profiles", PLI_SOURCE_FOLDER "/layouts/profiles"); }
std::string postage_folder() { return data_folder("postage", PLI_SOURCE_FOLDER "/postage"); }
std::string marks_folder() { return data_folder("marks", PLI_SOURCE_FOLDER "/pipeline/marks"); }

}  // namespace pli::service
