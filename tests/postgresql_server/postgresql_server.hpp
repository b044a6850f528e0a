#pragma once
#include <sys/types.h>

#include <memory>
#include <string>

#include "tests/outside/outside.hpp"

namespace pli::test {

/// A PostgreSQL server as an ordinary process on a socket in a folder of its own, gone with the tests. It forgets nothing that
/// it confirmed while it runs, and does not wait for the disk.
class PostgresqlServer {
public:
    /// The one of this program, started when it is first asked for. nullptr: there is no PostgreSQL here, or it does not
    /// start (the reason is warned of).
    static PostgresqlServer* shared();
    /// Another one, to be stopped at will.
    static std::unique_ptr<PostgresqlServer> start();
    ~PostgresqlServer();
    PostgresqlServer(const PostgresqlServer&) = delete;
    PostgresqlServer& operator=(const PostgresqlServer&) = delete;

    /// An address for libpq and for `store` in pli.toml, with a schema that nobody has used yet.
    std::string fresh_place();
    /// The same, in a database of its own.
    std::string place_in(const std::string& database) const;
    /// As a superuser, with psql; the rows, columns separated by |.
    std::string ask(const std::string& sql) const;
    /// Ends the processes that serve connections, as a cut line would.
    void cut_connections() const;
    /// Ends the server at once, as a power cut would; `resume` starts it again with what it has kept.
    void stop();
    bool resume();

private:
    PostgresqlServer() = default;
    bool make_cluster();
    bool answers() const;

    Folder folder_;
    std::string programs_;
    pid_t process_ = -1;
    int places_ = 0;
};

}  // namespace pli::test
