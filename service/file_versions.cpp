#include "service/file_versions.hpp"

#include <dirent.h>
#include <fmt/format.h>
#include <sys/stat.h>

#include <algorithm>
#include <iterator>
#include <memory>

#include "base/release.hpp"

namespace pli::service {
namespace {

constexpr int deepest = 8;  // folders within folders; a link may lead back up

void add(std::string& out, const std::string& path, int depth) {
    struct stat found {};
    if (stat(path.c_str(), &found) != 0) return;
    fmt::format_to(std::back_inserter(out), "{}:{}:{}:{}.{}:{}.{}\n", path, found.st_ino, found.st_size,
                   found.st_mtim.tv_sec, found.st_mtim.tv_nsec, found.st_ctim.tv_sec, found.st_ctim.tv_nsec);
    if (!S_ISDIR(found.st_mode) || depth == deepest) return;
    const Handle<DIR, closedir> folder(opendir(path.c_str()));
    std::vector<std::string> names;
    while (const auto* entry = folder ? readdir(folder.get()) : nullptr)
        if (entry->d_name[0] != '.') names.emplace_back(entry->d_name);
    std::ranges::sort(names);  // the order of a folder is the disk's affair
    for (const auto& name : names) add(out, fmt::format("{}/{}", path, name), depth + 1);
}

}  // namespace

std::string versions_of(const std::vector<std::string>& paths) {
    std::string out;
    for (const auto& path : paths) add(out, path, 0);
    return out;
}

}  // namespace pli::service
