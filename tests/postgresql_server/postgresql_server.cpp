#include "tests/postgresql_server/postgresql_server.hpp"

#include <grp.h>
#include <pwd.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <catch2/catch.hpp>
#include <chrono>
#include <filesystem>
#include <thread>
#include <vector>

namespace pli::test {
namespace fs = std::filesystem;
namespace {

/// Debian keeps each version's programs in a folder of its own.
std::string folder_of_programs() {
    std::vector<std::string> found;
    std::error_code error;
    for (const auto& version : fs::directory_iterator("/usr/lib/postgresql", error))
        if (fs::exists(version.path() / "bin" / "initdb")) found.push_back((version.path() / "bin").string());
    return found.empty() ? std::string() : *std::max_element(found.begin(), found.end());
}

/// PostgreSQL refuses to run as root; its package brings a user of its own.
void become_unprivileged() {
    if (geteuid() != 0) return;
    const auto* user = getpwnam("postgres");
    if (user == nullptr || initgroups(user->pw_name, user->pw_gid) != 0 || setgid(user->pw_gid) != 0 ||
        setuid(user->pw_uid) != 0)
        _exit(127);
}

/// As that user, saying nothing. The process ends with the tests, however they end.
pid_t started(const std::vector<std::string>& command, const std::string& log) {
    const auto child = fork();
    if (child != 0) return child;
    become_unprivileged();
    prctl(PR_SET_PDEATHSIG, SIGQUIT);
    if (std::freopen(log.c_str(), "a", stdout) == nullptr || dup2(STDOUT_FILENO, STDERR_FILENO) < 0) _exit(127);
    std::vector<char*> arguments;
    for (const auto& argument : command) arguments.push_back(const_cast<char*>(argument.c_str()));
    arguments.push_back(nullptr);
    execv(arguments[0], arguments.data());
    _exit(127);
}

int ended(pid_t process) {
    int status = 0;
    waitpid(process, &status, 0);
    return status;
}

}  // namespace

PostgresqlServer* PostgresqlServer::shared() {
    static const auto server = start();
    return server.get();
}

std::unique_ptr<PostgresqlServer> PostgresqlServer::start() {
    std::unique_ptr<PostgresqlServer> server(new PostgresqlServer);
    server->programs_ = folder_of_programs();
    if (server->programs_.empty()) {
        WARN("skipped with PostgreSQL: it is not installed");
        return nullptr;
    }
    if (server->make_cluster() && server->resume()) return server;
    WARN("skipped with PostgreSQL: it does not start: " << read_file(server->folder_ / "log"));
    return nullptr;
}

bool PostgresqlServer::make_cluster() {
    if (geteuid() == 0) {
        const auto* user = getpwnam("postgres");
        if (user == nullptr || chown(folder_.path().c_str(), user->pw_uid, user->pw_gid) != 0) return false;
    }
    return ended(started({programs_ + "/initdb", "-D", folder_ / "data", "-A", "trust", "-U", "pli", "-E", "UTF8",
                          "--locale=C", "--no-sync"},
                         folder_ / "log")) == 0;
}

bool PostgresqlServer::resume() {
    process_ = started({programs_ + "/postgres", "-D", folder_ / "data", "-k", folder_.path(), "-c",
                        "listen_addresses=", "-c", "fsync=off", "-c", "max_wal_size=1GB"},
                       folder_ / "log");
    for (int tries = 0; tries < 300; ++tries) {
        if (answers()) return true;
        std::this_thread::sleep_for(std::chrono::milliseconds(50));
    }
    return false;
}

PostgresqlServer::~PostgresqlServer() {
    if (process_ > 0) stop();
}

void PostgresqlServer::stop() {
    kill(process_, SIGQUIT);
    ended(process_);
    process_ = -1;
}

bool PostgresqlServer::answers() const { return run(programs_ + "/pg_isready -q -h " + folder_.path()).status == 0; }

std::string PostgresqlServer::fresh_place() {
    return "postgresql://pli@/postgres?host=" + folder_.path() + "&schema=queue_" + std::to_string(++places_);
}

std::string PostgresqlServer::place_in(const std::string& database) const {
    return "postgresql://pli@/" + database + "?host=" + folder_.path();
}

std::string PostgresqlServer::ask(const std::string& sql) const {
    return output_of(programs_ + "/psql -X -A -t -U pli -h " + folder_.path() + " postgres -c \"" + sql + "\"");
}

void PostgresqlServer::cut_connections() const {
    ask("SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE backend_type = 'client backend'"
        " AND pid <> pg_backend_pid()");
}

}  // namespace pli::test
