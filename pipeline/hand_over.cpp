#include "pipeline/hand_over.hpp"

#include <fmt/format.h>
#include <sys/stat.h>

#include <cerrno>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <utility>

#include "pipeline/output_file.hpp"

namespace pli::pipeline {
namespace {

namespace fs = std::filesystem;

Done remove_folder(const std::string& path) {
    std::error_code error;
    fs::remove_all(path, error);
    if (!error) return {};
    errno = error.value();
    return cannot("removed", path);
}

Done make_folders(const std::string& path) {
    std::error_code error;
    fs::create_directories(path, error);
    if (!error) return {};
    errno = error.value();
    return cannot("created", path);
}

bool exists(const std::string& path) {
    std::error_code error;
    return fs::exists(path, error);
}

std::string content_of(const std::string& path) {
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
}

}  // namespace

std::string sums_text(const std::vector<HiddenFolder::FileSum>& files) {
    std::string text;
    for (const auto& file : files) text += fmt::format("{}  {}\n", Digest::hex(file.sha256), file.name);
    return text;
}

Done remove_stale_folders(const std::string& out, const std::string& batches) {
    const auto prefix = "." + batches;
    std::error_code error;
    std::vector<std::string> stale;
    for (fs::directory_iterator entry(out, error), end; !error && entry != end; entry.increment(error)) {
        const auto name = entry->path().filename().string();
        if (name.starts_with(prefix) && name.ends_with(".part")) stale.push_back(entry->path().string());
    }
    for (const auto& folder : stale) TRY(remove_folder(folder));
    return {};
}

Result<HiddenFolder> HiddenFolder::create(const std::string& out, const std::string& name, const std::string& attempt) {
    TRY(make_folders(out));
    auto path = fmt::format("{}/.{}{}{}.part", out, name, attempt.empty() ? "" : ".", attempt);
    TRY(remove_folder(path));
    if (::mkdir(path.c_str(), 0777) != 0) return cannot("created", path);
    return HiddenFolder(out, std::move(path), fmt::format("{}/{}", out, name));
}

HiddenFolder::~HiddenFolder() {
    // Best effort: after an error there is nobody left to tell, and the next run removes what stays.
    if (!path_.empty()) static_cast<void>(remove_folder(path_));
}
HiddenFolder::HiddenFolder(HiddenFolder&& other) noexcept
    : out_(std::move(other.out_)), path_(std::exchange(other.path_, {})), final_(std::move(other.final_)) {}
HiddenFolder& HiddenFolder::operator=(HiddenFolder&& other) noexcept {
    std::swap(out_, other.out_);
    std::swap(path_, other.path_);
    std::swap(final_, other.final_);
    return *this;
}

Result<bool> HiddenFolder::found_equal(const std::string& sums) const {
    if (!exists(final_ + "/READY")) return false;
    if (content_of(final_ + "/SHA256SUMS") == sums) return true;
    return failure(Fault::Environment, final_, "holds another batch of this name, ready and different",
                   "move it away if it was never printed, or run into another output folder");
}

/// What has the final name and is not ready is left from a crash, or belongs to a process that lost its lease and does not know
/// it yet. Renamed before it is removed, so that nobody can write READY into half of it.
Done HiddenFolder::put_aside() const {
    if (!exists(final_)) return {};
    const auto aside = path_.substr(0, path_.size() - std::string_view(".part").size()) + ".aside.part";
    TRY(remove_folder(aside));
    if (std::rename(final_.c_str(), aside.c_str()) != 0) return cannot("renamed", final_);
    return remove_folder(aside);
}

Done HiddenFolder::write_ready() const {
    auto ready = TRY(OutputFile::create(final_ + "/READY"));
    TRY(ready.close());
    return sync_folder(final_);
}

Result<HiddenFolder::Outcome> HiddenFolder::hand_over(const std::vector<FileSum>& files) {
    const auto sums = sums_text(files);
    auto list = TRY(OutputFile::create(path("SHA256SUMS")));
    TRY(list.write(sums));
    TRY(list.close());
    TRY(sync_folder(path_));
    if (TRY(found_equal(sums))) return Outcome::FoundReady;
    TRY(put_aside());
    if (std::rename(path_.c_str(), final_.c_str()) != 0) {
        if (TRY(found_equal(sums))) return Outcome::FoundReady;  // another process was quicker with the same batch
        return cannot("renamed", path_);
    }
    // From here on the final name is what has to go if the rest fails.
    path_ = final_;
    TRY(sync_folder(out_));
    TRY(write_ready());
    path_.clear();
    return Outcome::Written;
}

}  // namespace pli::pipeline
