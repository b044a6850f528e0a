#pragma once
#include <string>

#include "base/result.hpp"

namespace pli::http {

/// A folder with a name of its own, gone with its owner unless it was kept.
/// Errors   Environment: cannot be made
class ScratchFolder {
public:
    /// Beside its future place, so that it can be renamed into it.
    static Result<ScratchFolder> within(const std::string& parent, const std::string& prefix);
    ~ScratchFolder();
    ScratchFolder(ScratchFolder&& other) noexcept;
    ScratchFolder& operator=(ScratchFolder&&) = delete;

    const std::string& path() const { return path_; }
    std::string name() const;
    /// Puts it in the place of another folder, which is gone then; nobody sees a state in between.
    Done take_place_of(const std::string& path);

private:
    explicit ScratchFolder(std::string path) : path_(std::move(path)) {}
    std::string path_;
};

}  // namespace pli::http
