#pragma once
#include <chrono>
#include <cstdint>
#include <map>
#include <nlohmann/json_fwd.hpp>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/day.hpp"
#include "base/result.hpp"
#include "service/clock.hpp"

namespace pli::cli {

/// What a verb leaves behind, as the process's exit status.
enum class Exit : int { Done = 0, WithFindings = 1, BadInput = 2, Environment = 3 };

/// How the person (or program) in front wants to hear it. Set by the options every verb has.
struct Session {
    std::string workspace = ".";
    bool json = false;
};

/// One readable line on stderr, red where a terminal wants colour; with --json an object on stdout as well.
Exit report(const Session& session, const Error& error);
void warn(std::string_view text);

/// `{"ok":…}` on stdout.
void print(const nlohmann::json& report);

/// A small table on stdout: the last column is right-aligned where it is a number.
void print_table(const std::vector<std::pair<std::string, std::string>>& rows);

/// 1234567 → "1 234 567", with a thin no-break space.
std::string grouped(std::uint64_t number);

/// One line on a terminal's stderr, rewritten a few times a second: done, rate, time left. Silent in a pipe.
class Progress {
public:
    explicit Progress(std::string what);
    ~Progress();
    Progress(const Progress&) = delete;
    Progress& operator=(const Progress&) = delete;
    void show(std::uint64_t done, std::uint64_t of);  // of = 0: unknown

private:
    using Clock = std::chrono::steady_clock;
    std::string what_;
    bool visible_;
    bool shown_ = false;
    Clock::time_point began_, last_;
};

/// --map COLUMN=FIELD, as often as given.
Result<std::map<std::string, std::string>> read_map(const std::vector<std::string>& entries);

/// The person's own calendar day.
std::string today();
using service::now;

}  // namespace pli::cli
