#include "uploads/reader/confinement.hpp"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <catch2/catch.hpp>
#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <cstring>
#include <functional>

namespace pli::uploads {
namespace {

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
constexpr bool sanitized = true;
#else
constexpr bool sanitized = false;
#endif

constexpr int confinement_failed = 99;

/// The wait status of a process that locks itself in and then tries something; the try's result is its exit status.
int status_of(reader::Doors doors, const std::function<int()>& attempt) {
    const pid_t child = fork();
    if (child == 0) {
        if (!reader::confine({512u << 20, 1}, doors)) _exit(confinement_failed);
        _exit(attempt());
    }
    int status = 0;
    waitpid(child, &status, 0);
    return status;
}

bool killed_for_call(int status) { return WIFSIGNALED(status) && WTERMSIG(status) == SIGSYS; }
int exit_of(int status) { return WIFEXITED(status) ? WEXITSTATUS(status) : -1; }
int open_result(const char* path, int flags) { return open(path, flags) >= 0 ? 0 : errno; }

bool not_here() {
    if (sanitized) WARN("skipped: a build with sanitizers is not locked in");
    return sanitized;
}

}  // namespace

TEST_CASE("behind closed doors no file, no network, no program, no process", "[uploads]") {
    if (not_here()) return;
    using reader::Doors;
    CHECK(exit_of(status_of(Doors::Closed, [] { return 7; })) == 7);
    CHECK(killed_for_call(status_of(Doors::Closed, [] { return open_result("/etc/passwd", O_RDONLY); })));
    CHECK(killed_for_call(status_of(Doors::Closed, [] { return socket(AF_INET, SOCK_STREAM, 0); })));
    CHECK(killed_for_call(status_of(Doors::Closed, [] { return execl("/bin/true", "true", nullptr); })));
    CHECK(killed_for_call(status_of(Doors::Closed, [] { return static_cast<int>(fork()); })));
    CHECK(killed_for_call(status_of(Doors::Closed, [] { return kill(getppid(), SIGTERM); })));
}

TEST_CASE("what the upload wrote into memory never runs as a program", "[uploads]") {
    if (not_here()) return;
    for (const auto doors : {reader::Doors::Closed, reader::Doors::Fonts}) {
        CHECK(killed_for_call(status_of(doors, [] {
            return mmap(nullptr, 4096, PROT_READ | PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0) == MAP_FAILED ? 1 : 0;
        })));
        CHECK(killed_for_call(status_of(doors, [] {
            void* page = mmap(nullptr, 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
            return mprotect(page, 4096, PROT_READ | PROT_EXEC);
        })));
    }
}

TEST_CASE("with the font door open, fonts can be read and nothing else", "[uploads]") {
    if (not_here()) return;
    using reader::Doors;
    CHECK(exit_of(status_of(Doors::Fonts, [] { return open_result("/etc/passwd", O_RDONLY); })) == EACCES);
    CHECK(exit_of(status_of(Doors::Fonts, [] { return open_result("/etc/fonts/fonts.conf", O_RDONLY); })) == 0);
    CHECK(exit_of(status_of(Doors::Fonts, [] { return open_result("/usr/share/fonts/new", O_WRONLY); })) == EACCES);
    CHECK(killed_for_call(status_of(Doors::Fonts, [] { return socket(AF_INET, SOCK_STREAM, 0); })));
}

TEST_CASE("memory and time run out for the child alone", "[uploads]") {
    if (not_here()) return;
    const auto greedy = [] { return std::malloc(std::size_t{1} << 30) == nullptr ? 5 : 6; };
    CHECK(exit_of(status_of(reader::Doors::Closed, greedy)) == 5);
    const int busy = status_of(reader::Doors::Closed, [] {
        volatile bool busy_on = true;
        while (busy_on) {
        }
        return 0;
    });
    CHECK(WIFSIGNALED(busy));
}

}  // namespace pli::uploads
