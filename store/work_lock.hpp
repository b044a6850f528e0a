#pragma once
#include <memory>
#include <string>

#include "base/result.hpp"

namespace pli::store {

/// Who works on a queue: whoever makes runs, results or reprints does it alone; workers share a run, by leases on its units. A
/// process that dies leaves no lock behind. SQLite: a file beside the queue's; PostgreSQL: an advisory lock of a session,
/// which holds for all machines.
/// Errors   Busy: somebody else is at work; Environment: the folder cannot be written, the database cannot be reached
class WorkLock {
public:
    enum class Kind : std::uint8_t { Alone, Shared };
    static Result<WorkLock> take(const std::string& place, Kind kind = Kind::Alone);

    /// What holds the lock until it is gone.
    class Hold {
    public:
        virtual ~Hold() = default;
    };

private:
    explicit WorkLock(std::unique_ptr<Hold> hold) : hold_(std::move(hold)) {}
    std::unique_ptr<Hold> hold_;
};

}  // namespace pli::store
