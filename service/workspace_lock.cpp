#include "service/workspace_lock.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <utility>

namespace pli::service {

Result<WorkspaceLock> WorkspaceLock::take(const std::string& queue) {
    const auto path = queue + ".lock";
    const int file = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0644);
    if (file < 0)
        return failure(Fault::Environment, path, fmt::format("cannot be opened: {}", std::strerror(errno)),
                       "check that the workspace may be written to");
    WorkspaceLock lock(file);
    if (::flock(file, LOCK_EX | LOCK_NB) != 0) {
        std::array<char, 32> holder{};
        const auto length = ::pread(file, holder.data(), holder.size() - 1, 0);
        return failure(Fault::Busy, path,
                       fmt::format("another run is at work here (process {})", length > 0 ? holder.data() : "?"),
                       "wait until it has finished");
    }
    const auto self = std::to_string(::getpid());
    if (::ftruncate(file, 0) != 0 || ::pwrite(file, self.data(), self.size(), 0) < 0)
        return failure(Fault::Environment, path, "cannot be written");
    return lock;
}

WorkspaceLock::WorkspaceLock(WorkspaceLock&& other) noexcept : file_(std::exchange(other.file_, -1)) {}
WorkspaceLock::~WorkspaceLock() {
    if (file_ >= 0) ::close(file_);
}

}  // namespace pli::service
