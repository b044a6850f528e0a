#pragma once
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "uploads/import.hpp"

namespace pli::uploads {

/// How a child ended, and what it had said by then.
struct ChildOutcome {
    enum class End { Exited, Signalled, OutOfTime, TooMuchOutput };
    End end = End::Exited;
    int code = 0;           // exit status, or the signal's number
    std::string output;     // its standard output
    std::string complaint;  // the beginning of its standard error
};

/// Runs `pli-import` with `input` on its standard input, under the clock and the output limit of `limits`. The program
/// is looked for beside the running one, or where the environment variable PLI_IMPORT says.
/// Errors   Environment: the program is missing, or the system has no room for a process or a pipe
/// Threads  any; never touches the signals or children of others
Result<ChildOutcome> run_child(const std::vector<std::string>& arguments, std::string_view input, const Limits& limits);

/// A child that was started ahead: its libraries are loaded, it is locked in, and waits for its one order and its one
/// upload. Nobody's upload has been seen by it before, and it ends after this one. Its parent must outlive it: the kernel
/// kills it when the thread that started it ends.
/// Threads  one object per thread
class WaitingChild {
public:
    /// Errors   as run_child
    static Result<WaitingChild> start(const std::vector<std::string>& arguments);
    ~WaitingChild();
    WaitingChild(WaitingChild&&) noexcept;
    WaitingChild& operator=(WaitingChild&&) = delete;

    /// Tells it what to do and listens to the end. Call once.
    /// Errors   Environment: it is not there any more
    Result<ChildOutcome> tell(std::string_view order, std::string_view input, const Limits& limits);

private:
    struct State;
    explicit WaitingChild(std::unique_ptr<State> state);
    std::unique_ptr<State> state_;
};

}  // namespace pli::uploads
