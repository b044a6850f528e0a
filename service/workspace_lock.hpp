#pragma once
#include <string>

#include "base/result.hpp"

namespace pli::service {

/// One run at a time on a workspace: an advisory lock on a file beside the queue, gone with the process that held it.
/// Errors   Busy, naming the process that holds it; Environment: the file cannot be made
class WorkspaceLock {
public:
    static Result<WorkspaceLock> take(const std::string& queue);
    ~WorkspaceLock();
    WorkspaceLock(WorkspaceLock&& other) noexcept;
    WorkspaceLock& operator=(WorkspaceLock&&) = delete;

private:
    explicit WorkspaceLock(int file) : file_(file) {}
    int file_;
};

}  // namespace pli::service
