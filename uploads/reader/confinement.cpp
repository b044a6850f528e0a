#include "uploads/reader/confinement.hpp"

#include <fcntl.h>
#include <linux/landlock.h>
#include <seccomp.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <initializer_list>

#include "base/release.hpp"

namespace pli::uploads::reader {
namespace {

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
constexpr bool sanitized = true;
#else
constexpr bool sanitized = false;
#endif

auto refused(const char* what) {
    return failure(Fault::Environment, "", std::string("the system refuses to confine the reader: ") + what,
                   std::strerror(errno));
}

bool limit(__rlimit_resource resource, std::uint64_t value) {
    const rlimit both{value, value};
    return setrlimit(resource, &both) == 0;
}

Done limit_resources(const Allowance& allowance) {
    const bool limited = limit(RLIMIT_CPU, allowance.cpu_seconds) && limit(RLIMIT_CORE, 0) && limit(RLIMIT_FSIZE, 0) &&
                         limit(RLIMIT_NOFILE, 32) && (sanitized || limit(RLIMIT_AS, allowance.memory_bytes));
    if (!limited) return refused("setrlimit");
    return {};
}

constexpr std::uint64_t read_access = LANDLOCK_ACCESS_FS_READ_FILE | LANDLOCK_ACCESS_FS_READ_DIR;

void open_folder_to(int ruleset, const char* folder) {
    const int descriptor = open(folder, O_PATH | O_CLOEXEC);
    if (descriptor < 0) return;  // a system without this folder has nothing to read there
    landlock_path_beneath_attr beneath{};
    beneath.allowed_access = read_access;
    beneath.parent_fd = descriptor;
    syscall(SYS_landlock_add_rule, ruleset, LANDLOCK_RULE_PATH_BENEATH, &beneath, 0);
    close(descriptor);
}

/// Poppler draws fonts that a PDF does not embed with the system's, and opens them by path when it meets them. Landlock
/// lets it see those folders only. False on a kernel without Landlock: then nothing may be opened, and a preview lacks
/// the text of fonts that are not embedded.
bool open_font_folders(const std::string& more_fonts) {
    landlock_ruleset_attr handled{};
    handled.handled_access_fs = (LANDLOCK_ACCESS_FS_MAKE_SYM << 1) - 1;  // all that Landlock's first version knows
    const long ruleset = syscall(SYS_landlock_create_ruleset, &handled, sizeof handled, 0);
    if (ruleset < 0) return false;
    for (const char* folder : {"/etc/fonts", "/usr/share/fontconfig", "/usr/share/fonts", "/usr/local/share/fonts",
                               "/var/cache/fontconfig", "/usr/share/poppler"})
        open_folder_to(static_cast<int>(ruleset), folder);
    if (!more_fonts.empty()) open_folder_to(static_cast<int>(ruleset), more_fonts.c_str());
    const bool locked = syscall(SYS_landlock_restrict_self, ruleset, 0) == 0;
    close(static_cast<int>(ruleset));
    return locked;
}

using Filter = Handle<void, seccomp_release>;

bool allow_calls(scmp_filter_ctx filter, std::initializer_list<int> calls) {
    return std::ranges::all_of(calls, [&](int call) { return seccomp_rule_add(filter, SCMP_ACT_ALLOW, call, 0) == 0; });
}

bool rule_where(scmp_filter_ctx filter, std::uint32_t action, int call, const scmp_arg_cmp& argument) {
    return seccomp_rule_add_array(filter, action, call, 1, &argument) == 0;
}

bool allow_calculation(scmp_filter_ctx filter) {
    const auto self = static_cast<scmp_datum_t>(getpid());
    const scmp_arg_cmp to_oneself{0, SCMP_CMP_EQ, self, 0};           // abort() ends in tgkill
    const scmp_arg_cmp no_code{2, SCMP_CMP_MASKED_EQ, PROT_EXEC, 0};  // memory that holds data never becomes program
    return allow_calls(filter, {SCMP_SYS(read), SCMP_SYS(write), SCMP_SYS(munmap), SCMP_SYS(mremap), SCMP_SYS(brk),
                                SCMP_SYS(madvise), SCMP_SYS(futex), SCMP_SYS(exit), SCMP_SYS(exit_group),
                                SCMP_SYS(rt_sigreturn), SCMP_SYS(rt_sigprocmask), SCMP_SYS(clock_gettime),
                                SCMP_SYS(gettimeofday), SCMP_SYS(getrandom), SCMP_SYS(fstat), SCMP_SYS(lseek),
                                SCMP_SYS(close), SCMP_SYS(gettid), SCMP_SYS(getpid)}) &&
           rule_where(filter, SCMP_ACT_ALLOW, SCMP_SYS(mmap), no_code) &&
           rule_where(filter, SCMP_ACT_ALLOW, SCMP_SYS(mprotect), no_code) &&
           rule_where(filter, SCMP_ACT_ALLOW, SCMP_SYS(tgkill), to_oneself);
}

/// Opening for reading is let through to Landlock; looking is harmless; trying to write is told "no" instead of killed,
/// because fontconfig refreshes its caches whenever it thinks it may.
bool allow_reading_fonts(scmp_filter_ctx filter, bool landlocked) {
    bool good =
        allow_calls(filter, {SCMP_SYS(newfstatat), SCMP_SYS(access), SCMP_SYS(faccessat), SCMP_SYS(readlink),
                             SCMP_SYS(getdents64), SCMP_SYS(pread64), SCMP_SYS(fcntl), SCMP_SYS(fstatfs),
                             SCMP_SYS(statfs), SCMP_SYS(fadvise64), SCMP_SYS(uname), SCMP_SYS(sysinfo),
                             SCMP_SYS(sched_getaffinity), SCMP_SYS(getuid), SCMP_SYS(geteuid), SCMP_SYS(getcwd)});
    for (const int call : {SCMP_SYS(mkdir), SCMP_SYS(unlink), SCMP_SYS(link), SCMP_SYS(rename), SCMP_SYS(chmod),
                           SCMP_SYS(ioctl), SCMP_SYS(prctl)})
        good = good && seccomp_rule_add(filter, SCMP_ACT_ERRNO(EACCES), call, 0) == 0;
    const auto open_action = landlocked ? SCMP_ACT_ALLOW : SCMP_ACT_ERRNO(EACCES);
    constexpr scmp_datum_t writing = O_WRONLY | O_RDWR | O_CREAT | O_TRUNC;
    const int open_call = SCMP_SYS(openat);
    return good && rule_where(filter, open_action, open_call, {2, SCMP_CMP_MASKED_EQ, writing, 0}) &&
           rule_where(filter, SCMP_ACT_ERRNO(EACCES), open_call, {2, SCMP_CMP_MASKED_EQ, O_WRONLY, O_WRONLY}) &&
           rule_where(filter, SCMP_ACT_ERRNO(EACCES), open_call, {2, SCMP_CMP_MASKED_EQ, O_RDWR, O_RDWR});
}

Done filter_system_calls(Doors doors, bool landlocked) {
    const Filter filter(seccomp_init(SCMP_ACT_KILL_PROCESS));
    if (!filter || !allow_calculation(filter.get())) return refused("seccomp rules");
    if (doors == Doors::Denied && seccomp_rule_add(filter.get(), SCMP_ACT_ERRNO(EACCES), SCMP_SYS(openat), 0) != 0)
        return refused("seccomp rules");
    if (doors == Doors::Fonts && !allow_reading_fonts(filter.get(), landlocked)) return refused("seccomp rules");
    if (seccomp_load(filter.get()) != 0) return refused("seccomp filter");
    return {};
}

}  // namespace

Done confine(const Allowance& allowance, Doors doors, const std::string& more_fonts) {
    TRY(limit_resources(allowance));
    prctl(PR_SET_PDEATHSIG, SIGKILL);  // nobody would wait for the answer
    if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0) return refused("no_new_privs");
    if (sanitized) return {};
    const bool landlocked = doors == Doors::Fonts && open_font_folders(more_fonts);
    return filter_system_calls(doors, landlocked);
}

}  // namespace pli::uploads::reader
