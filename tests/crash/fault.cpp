/// Loaded before libc into the program under test (LD_PRELOAD): counts what it does to the files of one folder and to its
/// sockets, and at step n kills it or lets the call fail. What to do is in the environment, because there is no other way
/// in:
///   PLI_FAULT_FOLDER  whose files count; sockets count always
///   PLI_FAULT_LOG     each step is a line there: "fsync out/.b.part/print.pdf"
///   PLI_FAULT_AT      the step, from 1; without it nothing fails
///   PLI_FAULT_KIND    kill: dies before the call. torn: half of what is written arrives, then it dies. full: no space from
///                     here on. broken: this one call fails (EIO; on a socket the connection is gone for good)
#include <dlfcn.h>
#include <fcntl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <climits>
#include <csignal>
#include <cstdarg>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <string>
#include <string_view>

namespace {

enum class Kind { None, Kill, Torn, Full, Broken };

struct Orders {
    std::string folder;
    int log = -1;
    long at = 0;
    Kind kind = Kind::None;
};

std::string from_environment(const char* name) {
    const char* value = std::getenv(name);
    return value ? value : "";
}

Kind kind_named(std::string_view name) {
    if (name == "kill") return Kind::Kill;
    if (name == "torn") return Kind::Torn;
    if (name == "full") return Kind::Full;
    return name == "broken" ? Kind::Broken : Kind::None;
}

const Orders& orders() {
    static const Orders read = [] {
        Orders orders;
        orders.folder = from_environment("PLI_FAULT_FOLDER");
        orders.at = std::strtol(from_environment("PLI_FAULT_AT").c_str(), nullptr, 10);
        orders.kind = kind_named(from_environment("PLI_FAULT_KIND"));
        const auto log = from_environment("PLI_FAULT_LOG");
        if (!log.empty())
            orders.log = static_cast<int>(
                ::syscall(SYS_openat, AT_FDCWD, log.c_str(), O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0644));
        return orders;
    }();
    return read;
}

std::string path_of(int file) {
    char link[64], path[PATH_MAX];
    std::snprintf(link, sizeof link, "/proc/self/fd/%d", file);
    const auto length = ::readlink(link, path, sizeof path);
    return length > 0 ? std::string(path, static_cast<std::size_t>(length)) : std::string();
}

std::string absolute(int folder, const char* path) {
    if (path[0] == '/') return path;
    const std::string base =
        folder == AT_FDCWD ? path_of(static_cast<int>(::syscall(SYS_openat, AT_FDCWD, ".", O_PATH | O_CLOEXEC, 0)))
                           : path_of(folder);
    return base + "/" + path;
}

std::atomic<long> step{0};
std::atomic<bool> full{false}, disconnected{false};

[[noreturn]] void die() {
    ::kill(::getpid(), SIGKILL);
    while (true) ::pause();
}

enum class Verdict { Go, Fail, HalfThenDie };

void write_down(const char* call, const std::string& what) {
    if (orders().log < 0) return;
    const auto line = std::string(call) + " " + what + "\n";
    static_cast<void>(::syscall(SYS_write, orders().log, line.data(), line.size()));
}

/// Whether the call may go on; errno is set where it must not.
Verdict judge(const char* call, const std::string& path, bool takes_space) {
    const auto& folder = orders().folder;
    const bool socket = path.starts_with("socket:");
    if (folder.empty() || (!socket && !path.starts_with(folder + "/"))) return Verdict::Go;
    const bool now = ++step == orders().at;
    write_down(call, socket ? "the database" : path.substr(folder.size() + 1));
    if (now && orders().kind == Kind::Kill) die();
    if (now && orders().kind == Kind::Torn) return Verdict::HalfThenDie;
    if (now && orders().kind == Kind::Full) full = true;
    if (now && orders().kind == Kind::Broken && socket) disconnected = true;
    if (socket && disconnected) {
        errno = ECONNRESET;
        return Verdict::Fail;
    }
    if (now && orders().kind == Kind::Broken) {
        errno = EIO;
        return Verdict::Fail;
    }
    if (full && takes_space && !socket) {
        errno = ENOSPC;
        return Verdict::Fail;
    }
    return Verdict::Go;
}

template <class Call>
Call real(const char* name) {
    return reinterpret_cast<Call>(::dlsym(RTLD_NEXT, name));
}

/// A call that has no halves: torn, it happens, and is the last.
template <class Act>
auto whole(const char* call, const std::string& path, bool takes_space, Act act) -> decltype(act()) {
    switch (judge(call, path, takes_space)) {
        case Verdict::Fail: return static_cast<decltype(act())>(-1);
        case Verdict::HalfThenDie: act(); die();
        case Verdict::Go: break;
    }
    return act();
}

template <class Act>
ssize_t halved(const char* call, int file, std::size_t size, Act act) {
    switch (judge(call, path_of(file), true)) {
        case Verdict::Fail: return -1;
        case Verdict::HalfThenDie: act(size / 2); die();
        case Verdict::Go: break;
    }
    return act(size);
}

/// A connection that is gone is so for both sides: else each would wait for the other.
ssize_t or_cut(int socket, ssize_t outcome) {
    if (!disconnected) return outcome;
    const int why = errno;
    ::shutdown(socket, SHUT_RDWR);
    errno = why;
    return outcome;
}

bool creates(int flags) { return (flags & O_CREAT) != 0; }

}  // namespace

extern "C" {

ssize_t write(int file, const void* bytes, std::size_t size) {
    static const auto call = real<decltype(&::write)>("write");
    return halved("write", file, size, [&](std::size_t part) { return call(file, bytes, part); });
}

ssize_t pwrite64(int file, const void* bytes, std::size_t size, off64_t at) {
    static const auto call = real<decltype(&::pwrite64)>("pwrite64");
    return halved("write", file, size, [&](std::size_t part) { return call(file, bytes, part, at); });
}

ssize_t pwrite(int file, const void* bytes, std::size_t size, off_t at) { return pwrite64(file, bytes, size, at); }

ssize_t send(int file, const void* bytes, std::size_t size, int flags) {
    static const auto call = real<decltype(&::send)>("send");
    return or_cut(file, halved("send", file, size, [&](std::size_t part) { return call(file, bytes, part, flags); }));
}

ssize_t recv(int file, void* bytes, std::size_t size, int flags) {
    static const auto call = real<decltype(&::recv)>("recv");
    return or_cut(file, whole("receive", path_of(file), false, [&] { return call(file, bytes, size, flags); }));
}

int fsync(int file) {
    static const auto call = real<decltype(&::fsync)>("fsync");
    return whole("sync", path_of(file), true, [&] { return call(file); });
}

int fdatasync(int file) {
    static const auto call = real<decltype(&::fdatasync)>("fdatasync");
    return whole("sync", path_of(file), true, [&] { return call(file); });
}

int ftruncate64(int file, off64_t size) {
    static const auto call = real<decltype(&::ftruncate64)>("ftruncate64");
    return whole("cut", path_of(file), false, [&] { return call(file, size); });
}

int ftruncate(int file, off_t size) { return ftruncate64(file, size); }

int rename(const char* from, const char* to) {
    static const auto call = real<decltype(&::rename)>("rename");
    return whole("rename", absolute(AT_FDCWD, from), false, [&] { return call(from, to); });
}

int mkdir(const char* path, mode_t mode) {
    static const auto call = real<decltype(&::mkdir)>("mkdir");
    return whole("mkdir", absolute(AT_FDCWD, path), true, [&] { return call(path, mode); });
}

int unlink(const char* path) {
    static const auto call = real<decltype(&::unlink)>("unlink");
    return whole("remove", absolute(AT_FDCWD, path), false, [&] { return call(path); });
}

int unlinkat(int folder, const char* path, int flags) {
    static const auto call = real<decltype(&::unlinkat)>("unlinkat");
    return whole("remove", absolute(folder, path), false, [&] { return call(folder, path, flags); });
}

int open64(const char* path, int flags, ...) {
    va_list more;
    va_start(more, flags);
    const auto mode = creates(flags) ? va_arg(more, mode_t) : 0;
    va_end(more);
    static const auto call = real<int (*)(const char*, int, ...)>("open64");
    if (!creates(flags)) return call(path, flags, mode);
    return whole("create", absolute(AT_FDCWD, path), true, [&] { return call(path, flags, mode); });
}

int open(const char* path, int flags, ...) {
    va_list more;
    va_start(more, flags);
    const auto mode = creates(flags) ? va_arg(more, mode_t) : 0;
    va_end(more);
    return open64(path, flags, mode);
}

}  // extern "C"
