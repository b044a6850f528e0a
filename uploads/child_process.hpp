#pragma once
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

}  // namespace pli::uploads
