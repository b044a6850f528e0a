#include "store/work_lock.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <utility>

#include "store/drivers.hpp"
#include "store/postgresql_url.hpp"

namespace pli::store {
namespace {

using Kind = WorkLock::Kind;

tl::unexpected<Error> busy(const std::string& where, std::string_view who) {
    return failure(Fault::Busy, where, fmt::format("another run is at work here ({})", who),
                   "wait until it has finished");
}

class FileHold final : public WorkLock::Hold {
public:
    explicit FileHold(int file) : file_(file) {}
    ~FileHold() override { ::close(file_); }
    FileHold(const FileHold&) = delete;
    FileHold& operator=(const FileHold&) = delete;

private:
    int file_;
};

Result<std::unique_ptr<WorkLock::Hold>> lock_file(const std::string& path, Kind kind) {
    const int file = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0644);
    if (file < 0)
        return failure(Fault::Environment, path, fmt::format("cannot be opened: {}", std::strerror(errno)),
                       "check that the workspace may be written to");
    auto hold = std::make_unique<FileHold>(file);
    if (::flock(file, (kind == Kind::Alone ? LOCK_EX : LOCK_SH) | LOCK_NB) != 0) {
        std::array<char, 32> holder{};
        const auto length = ::pread(file, holder.data(), holder.size() - 1, 0);
        return busy(path, fmt::format("process {}", length > 0 ? holder.data() : "?"));
    }
    const auto self = std::to_string(::getpid());
    if (::ftruncate(file, 0) != 0 || ::pwrite(file, self.data(), self.size(), 0) < 0)
        return failure(Fault::Environment, path, "cannot be written");
    return std::unique_ptr<WorkLock::Hold>(std::move(hold));
}

class SessionHold final : public WorkLock::Hold {
public:
    explicit SessionHold(std::unique_ptr<Driver> session) : session_(std::move(session)) {}

private:
    std::unique_ptr<Driver> session_;  // its lock goes with it
};

/// A connection of its own, which does nothing else and so is never in a transaction that could be rolled back.
Result<std::unique_ptr<WorkLock::Hold>> lock_session(const std::string& url, Kind kind) {
    constexpr int work_lock = 0x506c694c;  // "PliL"
    Connection db(TRY(connect_postgresql(url, Driver::Access::Read)));
    const auto key = fmt::format("{}, hashtext('{}')", work_lock, db.schema());
    if (TRY(db.number(
            fmt::format("SELECT pg_try_advisory_lock{}({})::int", kind == Kind::Shared ? "_shared" : "", key))) == 0) {
        auto who = TRY(Statement::prepare(
            db,
            "SELECT coalesce(host(client_addr), 'this machine') FROM pg_locks JOIN pg_stat_activity USING (pid)"
            " WHERE locktype = 'advisory' AND granted AND classid = ?1::oid AND objid = (hashtext(?2)::bigint & "
            "4294967295)::oid"));
        const bool known = TRY(who.bind(work_lock, db.schema()).step());
        return busy(db.place(), known ? "on " + who.text(0) : "on another machine");
    }
    return std::unique_ptr<WorkLock::Hold>(std::make_unique<SessionHold>(db.release()));
}

}  // namespace

Result<WorkLock> WorkLock::take(const std::string& place, Kind kind) {
    return WorkLock(TRY(is_postgresql_url(place) ? lock_session(place, kind) : lock_file(place + ".lock", kind)));
}

}  // namespace pli::store
