#pragma once
#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>

#include "base/result.hpp"

namespace pli::http {

/// A small JSON file that outlives a power cut: written beside itself, synced, renamed.
/// Errors   Environment: cannot be read or written; BadInput: is not JSON
Done write_kept(const std::string& path, const nlohmann::json& content, unsigned mode = 0600);
/// Null where there is no such file.
Result<nlohmann::json> read_kept(const std::string& path);

/// Who changes a kept file holds this, so that two processes do not undo each other's changes.
class FileLock {
public:
    static Result<FileLock> take(const std::string& path);
    /// nullopt: somebody else holds it.
    static Result<std::optional<FileLock>> try_take(const std::string& path);
    ~FileLock();
    FileLock(FileLock&& other) noexcept;
    FileLock& operator=(FileLock&&) = delete;

private:
    static Result<FileLock> open(const std::string& path);
    explicit FileLock(int file) : file_(file) {}
    int file_;
};

}  // namespace pli::http
