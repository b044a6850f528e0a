#include "uploads/child_process.hpp"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <chrono>
#include <cstdlib>
#include <cstring>
#include <span>
#include <utility>

namespace pli::uploads {
namespace {

constexpr std::size_t complaint_limit = 2048;

/// Owns a file descriptor.
class Descriptor {
public:
    explicit Descriptor(int number = -1) : number_(number) {}
    ~Descriptor() { reset(); }
    Descriptor(Descriptor&& other) noexcept : number_(std::exchange(other.number_, -1)) {}
    Descriptor& operator=(Descriptor&& other) noexcept {
        reset(std::exchange(other.number_, -1));
        return *this;
    }
    int number() const { return number_; }
    bool open() const { return number_ >= 0; }
    void reset(int number = -1) {
        if (number_ >= 0) close(number_);
        number_ = number;
    }

private:
    int number_;
};

struct Pipe {
    Descriptor read_end, write_end;
};

auto system_failure(const char* what) {
    return failure(Fault::Environment, "pli-import", std::string(what) + ": " + std::strerror(errno));
}

Result<Pipe> open_pipe() {
    int ends[2];
    if (pipe2(ends, O_CLOEXEC) != 0) return system_failure("cannot open a pipe");
    return Pipe{Descriptor(ends[0]), Descriptor(ends[1])};
}

/// Leaves the place alone that a child, which has the same open file, begins to read at.
Done fill(const Descriptor& file, std::string_view bytes) {
    for (std::size_t done = 0; done < bytes.size();) {
        const ssize_t written =
            pwrite(file.number(), bytes.data() + done, bytes.size() - done, static_cast<off_t>(done));
        if (written < 0 && errno == EINTR) continue;
        if (written <= 0) return system_failure("cannot hold the upload in memory");
        done += static_cast<std::size_t>(written);
    }
    return {};
}

/// The upload as a file in memory: the child reads at its own pace, and the parent has nothing to feed meanwhile.
Result<Descriptor> memory_file(std::string_view bytes) {
    Descriptor file(memfd_create("upload", MFD_CLOEXEC));
    if (!file.open()) return system_failure("cannot hold the upload in memory");
    TRY(fill(file, bytes));
    return file;
}

Result<std::string> program_path() {
    std::string path;
    if (const char* named = std::getenv("PLI_IMPORT"); named != nullptr && *named != '\0') {
        path = named;
    } else {
        std::array<char, 4096> self{};
        const ssize_t length = readlink("/proc/self/exe", self.data(), self.size());
        if (length <= 0) return system_failure("cannot tell where this program lies");
        path.assign(self.data(), static_cast<std::size_t>(length));
        path.replace(path.rfind('/') + 1, std::string::npos, "pli-import");
    }
    if (access(path.c_str(), X_OK) == 0) return path;
    return failure(Fault::Environment, path, "the program that reads uploaded PDFs is not there",
                   "install pli-import beside pli, or name it in the environment variable PLI_IMPORT");
}

/// Little is handed on: the child's work depends on the upload, never on the locale, the user or their secrets.
std::vector<std::string> child_environment() {
    std::vector<std::string> kept{"LC_ALL=C", "TZ=UTC"};
    for (const char* name : {"LD_LIBRARY_PATH", "ASAN_OPTIONS", "UBSAN_OPTIONS", "TSAN_OPTIONS"})
        if (const char* value = std::getenv(name)) kept.push_back(std::string(name) + "=" + value);
    return kept;
}

std::vector<char*> pointers_to(std::vector<std::string>& texts) {
    std::vector<char*> pointers;
    for (std::string& text : texts) pointers.push_back(text.data());
    pointers.push_back(nullptr);
    return pointers;
}

struct Spawning {
    Spawning() {
        posix_spawn_file_actions_init(&files);
        posix_spawnattr_init(&attributes);
    }
    ~Spawning() {
        posix_spawn_file_actions_destroy(&files);
        posix_spawnattr_destroy(&attributes);
    }
    Spawning(const Spawning&) = delete;
    Spawning& operator=(const Spawning&) = delete;
    posix_spawn_file_actions_t files{};
    posix_spawnattr_t attributes{};
};

/// The standard streams, what orders come by where it waits for them, and nothing else of ours; signals as a fresh
/// program expects them.
void prepare(Spawning& spawning, std::span<const int> streams) {
    for (std::size_t stream = 0; stream < streams.size(); ++stream)
        posix_spawn_file_actions_adddup2(&spawning.files, streams[stream], static_cast<int>(stream));
    posix_spawn_file_actions_addclosefrom_np(&spawning.files, static_cast<int>(streams.size()));
    sigset_t all, none;
    sigfillset(&all);
    sigemptyset(&none);
    posix_spawnattr_setsigdefault(&spawning.attributes, &all);
    posix_spawnattr_setsigmask(&spawning.attributes, &none);
    posix_spawnattr_setflags(&spawning.attributes, POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK);
}

Result<pid_t> spawn(std::vector<std::string> command, std::span<const int> streams) {
    Spawning spawning;
    prepare(spawning, streams);
    std::vector<std::string> environment = child_environment();
    pid_t child = 0;
    const std::string path = command.front();
    errno = posix_spawn(&child, path.c_str(), &spawning.files, &spawning.attributes, pointers_to(command).data(),
                        pointers_to(environment).data());
    if (errno != 0) return system_failure("cannot start the program that reads uploaded PDFs");
    return child;
}

/// Appends what the pipe holds; closes the descriptor at its end. What exceeds `limit` is read and dropped.
void drain(Descriptor& from, std::string& into, std::size_t limit) {
    std::array<char, 65536> block;
    const ssize_t got = read(from.number(), block.data(), block.size());
    if (got < 0 && (errno == EINTR || errno == EAGAIN)) return;
    if (got <= 0) return from.reset();
    into.append(block.data(), std::min(static_cast<std::size_t>(got), limit - std::min(limit, into.size())));
}

/// Ready once the process has ended; a kernel before 5.3 has no such thing, then the end of its output must do.
Descriptor end_of(pid_t child) { return Descriptor(static_cast<int>(syscall(SYS_pidfd_open, child, 0))); }

class Listener {
public:
    Listener(Pipe output, Pipe complaint, pid_t child, const Limits& limits)
        : output_(std::move(output.read_end)),
          complaint_(std::move(complaint.read_end)),
          running_(end_of(child)),
          output_limit_(limits.output_bytes),
          deadline_(Clock::now() + std::chrono::seconds(limits.wall_seconds)) {}

    /// Until the child is gone and all it said is heard, the clock has run down, or it says too much.
    ChildOutcome listen() {
        ChildOutcome outcome;
        while (output_.open() || complaint_.open() || running_.open()) {
            const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(deadline_ - Clock::now()).count();
            if (left <= 0) return ended(std::move(outcome), ChildOutcome::End::OutOfTime);
            if (wait_for_news(static_cast<int>(left))) take_in(outcome);
            if (outcome.output.size() > output_limit_)
                return ended(std::move(outcome), ChildOutcome::End::TooMuchOutput);
        }
        return outcome;
    }

private:
    using Clock = std::chrono::steady_clock;
    static ChildOutcome ended(ChildOutcome outcome, ChildOutcome::End end) {
        outcome.end = end;
        return outcome;
    }
    bool wait_for_news(int milliseconds) {
        news_ = {pollfd{output_.number(), POLLIN, 0}, pollfd{complaint_.number(), POLLIN, 0},
                 pollfd{running_.number(), POLLIN, 0}};
        return poll(news_.data(), news_.size(), milliseconds) > 0;
    }
    void take_in(ChildOutcome& outcome) {
        if (news_[0].revents != 0) drain(output_, outcome.output, output_limit_ + 1);
        if (news_[1].revents != 0) drain(complaint_, outcome.complaint, complaint_limit);
        if (news_[2].revents != 0) running_.reset();
    }
    Descriptor output_, complaint_, running_;
    std::size_t output_limit_;
    Clock::time_point deadline_;
    std::array<pollfd, 3> news_{};
};

/// Kills what still runs; one that has ended keeps the status it ended with.
void reap(pid_t child, ChildOutcome& outcome) {
    kill(child, SIGKILL);
    int status = 0;
    while (waitpid(child, &status, 0) < 0 && errno == EINTR) {
    }
    if (outcome.end != ChildOutcome::End::Exited) return;
    if (WIFSIGNALED(status)) outcome.end = ChildOutcome::End::Signalled;
    outcome.code = WIFSIGNALED(status) ? WTERMSIG(status) : WEXITSTATUS(status);
}

/// A child, and our ends of what it says.
struct Child {
    pid_t process = 0;
    Pipe output, complaint;
};

/// `orders`: what it gets its order by, if it has to wait for one.
Result<Child> start_child(const std::vector<std::string>& arguments, const Descriptor& upload,
                          const Descriptor& orders = Descriptor()) {
    std::vector<std::string> command{TRY(program_path())};
    command.insert(command.end(), arguments.begin(), arguments.end());
    Child child;
    child.output = TRY(open_pipe());
    child.complaint = TRY(open_pipe());
    std::vector<int> streams{upload.number(), child.output.write_end.number(), child.complaint.write_end.number()};
    if (orders.open()) streams.push_back(orders.number());
    child.process = TRY(spawn(std::move(command), streams));
    child.output.write_end.reset();
    child.complaint.write_end.reset();
    return child;
}

ChildOutcome hear(Child child, const Limits& limits) {
    auto outcome = Listener(std::move(child.output), std::move(child.complaint), child.process, limits).listen();
    reap(child.process, outcome);
    return outcome;
}

/// Whole or not at all; a child that is gone must not end us by a signal.
bool send_all(const Descriptor& to, std::string_view order) {
    return send(to.number(), order.data(), order.size(), MSG_NOSIGNAL) == static_cast<ssize_t>(order.size());
}

}  // namespace

Result<ChildOutcome> run_child(const std::vector<std::string>& arguments, std::string_view input,
                               const Limits& limits) {
    const Descriptor upload = TRY(memory_file(input));
    return hear(TRY(start_child(arguments, upload)), limits);
}

struct WaitingChild::State {
    Child child;
    Descriptor upload, orders;
};

WaitingChild::WaitingChild(std::unique_ptr<State> state) : state_(std::move(state)) {}
WaitingChild::WaitingChild(WaitingChild&&) noexcept = default;
WaitingChild::~WaitingChild() {
    if (state_ == nullptr) return;
    ChildOutcome unheard;
    reap(state_->child.process, unheard);
}

Result<WaitingChild> WaitingChild::start(const std::vector<std::string>& arguments) {
    auto state = std::make_unique<State>();
    state->upload = TRY(memory_file({}));
    int ends[2];
    if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) != 0) return system_failure("cannot open a pipe");
    state->orders.reset(ends[0]);
    const Descriptor theirs(ends[1]);
    state->child = TRY(start_child(arguments, state->upload, theirs));
    return WaitingChild(std::move(state));
}

Result<ChildOutcome> WaitingChild::tell(std::string_view order, std::string_view input, const Limits& limits) {
    TRY(fill(state_->upload, input));
    if (!send_all(state_->orders, order)) return system_failure("the waiting reader is not there any more");
    const auto state = std::move(state_);  // it is reaped below
    return hear(std::move(state->child), limits);
}

}  // namespace pli::uploads
