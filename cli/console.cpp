#include "cli/console.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <nlohmann/json.hpp>

namespace pli::cli {
namespace {

bool coloured() {
    static const bool wanted = ::isatty(STDERR_FILENO) != 0 && std::getenv("NO_COLOR") == nullptr;
    return wanted;
}

/// Code points, not bytes: names and templates are not ASCII.
std::size_t width_of(std::string_view text) {
    return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), [](char c) { return (c & 0xC0) != 0x80; }));
}

std::string_view name_of(Fault fault) {
    switch (fault) {
        case Fault::BadInput: return "bad-input";
        case Fault::AddressTooLong: return "address-too-long";
        case Fault::MissingGlyph: return "missing-glyph";
        case Fault::Overflow: return "overflow";
        case Fault::NotFound: return "not-found";
        case Fault::Unsupported: return "unsupported";
        case Fault::Busy: return "busy";
        case Fault::Newer: return "newer";
        case Fault::Environment: return "environment";
    }
    return "error";
}

bool is_environment(Fault fault) {
    return fault == Fault::Environment || fault == Fault::Busy || fault == Fault::Newer;
}

std::string duration(double seconds) {
    const auto whole = static_cast<std::int64_t>(seconds + 0.5);
    if (whole < 60) return fmt::format("{} s", whole);
    if (whole < 3600) return fmt::format("{} min {:02} s", whole / 60, whole % 60);
    return fmt::format("{} h {:02} min", whole / 3600, whole / 60 % 60);
}

}  // namespace

Exit report(const Session& session, const Error& error) {
    if (session.json)
        print({{"ok", false},
               {"fault", name_of(error.fault)},
               {"where", error.where},
               {"message", error.message},
               {"remedy", error.remedy}});
    fmt::print(stderr, "{}pli: {}{}\n", coloured() ? "\033[31m" : "", error.text(), coloured() ? "\033[0m" : "");
    return is_environment(error.fault) ? Exit::Environment : Exit::BadInput;
}

void warn(std::string_view text) {
    fmt::print(stderr, "{}{}{}\n", coloured() ? "\033[33m" : "", text, coloured() ? "\033[0m" : "");
}

void print(const nlohmann::json& report) {
    fmt::print("{}\n", report.dump(2, ' ', false, nlohmann::json::error_handler_t::replace));
}

void print_table(const std::vector<std::pair<std::string, std::string>>& rows) {
    std::size_t left = 0, right = 0;
    for (const auto& [name, value] : rows) {
        left = std::max(left, width_of(name));
        if (!value.empty() && value.front() >= '0' && value.front() <= '9' && width_of(value) < 14)
            right = std::max(right, width_of(value));
    }
    for (const auto& [name, value] : rows) {
        const bool number = !value.empty() && value.front() >= '0' && value.front() <= '9' && width_of(value) <= right;
        fmt::print("  {}{}  {}{}\n", name, std::string(left - width_of(name), ' '),
                   std::string(number ? right - width_of(value) : 0, ' '), value);
    }
}

std::string grouped(std::uint64_t number) {
    std::string digits = std::to_string(number);
    for (auto at = static_cast<std::ptrdiff_t>(digits.size()) - 3; at > 0; at -= 3)
        digits.insert(static_cast<std::size_t>(at), "\u202f");
    return digits;
}

Progress::Progress(std::string what)
    : what_(std::move(what)), visible_(::isatty(STDERR_FILENO) != 0), began_(Clock::now()), last_(began_) {}

Progress::~Progress() {
    if (shown_) fmt::print(stderr, "\r\033[K");
}

void Progress::show(std::uint64_t done, std::uint64_t of) {
    const auto now = Clock::now();
    if (!visible_ || now - last_ < std::chrono::milliseconds(100)) return;
    last_ = now;
    shown_ = true;
    const double seconds = std::chrono::duration<double>(now - began_).count();
    const double rate = static_cast<double>(done) / seconds;
    std::string line = fmt::format("\r\033[K{} {}", grouped(done), what_);
    if (of > 0) line += fmt::format(" of {} ({} %)", grouped(of), done * 100 / of);
    line += fmt::format(" · {}/s", grouped(static_cast<std::uint64_t>(rate)));
    if (of > done && rate > 0) line += fmt::format(" · {} left", duration(static_cast<double>(of - done) / rate));
    fmt::print(stderr, "{}", line);
}

std::string today() { return service::local_day(now()).iso(); }

Result<std::map<std::string, std::string>> read_map(const std::vector<std::string>& entries) {
    std::map<std::string, std::string> map;
    for (const auto& entry : entries) {
        const auto equals = entry.find('=');
        if (equals == std::string::npos || equals == 0)
            return failure(Fault::BadInput, "--map " + entry, "is not COLUMN=FIELD",
                           "for example: --map \"Kd-Name=last_name\"");
        map[entry.substr(0, equals)] = entry.substr(equals + 1);
    }
    return map;
}

}  // namespace pli::cli
