#include "tests/crash/matrix.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <catch2/catch.hpp>
#include <cstdlib>
#include <sstream>

namespace pli::test {
namespace {

std::vector<std::string> lines_of(const std::string& text) {
    std::vector<std::string> lines;
    std::istringstream in(text);
    for (std::string line; std::getline(in, line);) lines.push_back(line);
    return lines;
}

/// To or from the database.
bool is_word(std::string_view step) { return step.ends_with("the database"); }

/// What can go wrong with such a step.
std::vector<std::string> kinds_for(std::string_view step) {
    const auto does = step.substr(0, step.find(' '));
    if (is_word(step)) return {"kill", "broken"};
    if (does == "write") return {"kill", "torn", "full", "broken"};
    if (does == "create" || does == "mkdir" || does == "sync") return {"kill", "full", "broken"};
    return {"kill", "broken"};
}

bool whole_matrix() {
    const char* wanted = std::getenv("PLI_CRASH_MATRIX");
    return wanted && std::string_view(wanted) == "whole";
}

}  // namespace

std::string Tally::text() const {
    std::string text;
    for (const auto& [name, counts] : {std::pair{"killed", killed}, {"refused", refused}, {"done all the same", done}})
        for (const auto& [kind, count] : counts)
            text += fmt::format("{}{} {} {}", text.empty() ? "" : ", ", kind, name, count);
    return text;
}

Matrix::Matrix(const Folder& scratch, Scene scene) : scratch_(scratch), scene_(std::move(scene)) {
    const auto folder = copy_of_workspace("undisturbed");
    const auto log = scratch_ / "steps";
    const auto ran = in(folder, fmt::format("export LD_PRELOAD={} PLI_FAULT_FOLDER={} PLI_FAULT_LOG={}; {}", PLI_FAULT,
                                            folder, log, scene_.command));
    INFO(ran.out << ran.err);
    REQUIRE(ran.status <= 1);
    steps_ = lines_of(read_file(log));
    REQUIRE(steps_.size() > 5);
    expected_ = in(folder, scene_.settled).out;
}

std::vector<Trial> Matrix::trials() const {
    std::vector<Trial> trials;
    const auto words = static_cast<std::size_t>(std::ranges::count_if(steps_, is_word));
    for (std::size_t i = 0, word = 0; i < steps_.size(); ++i) {
        if (i > 0 && steps_[i] == steps_[i - 1] && !is_word(steps_[i]) && !whole_matrix()) continue;
        if (is_word(steps_[i]) && word++ % (words / 60 + 1) != 0 && !whole_matrix()) continue;
        const auto kinds = kinds_for(steps_[i]);
        for (std::size_t kind = 0; kind < kinds.size(); ++kind)
            if (whole_matrix() || kind == 0 || kind == 1 + i % (kinds.size() - 1))
                trials.push_back({static_cast<long>(i) + 1, kinds[kind], steps_[i], {}, {}, {}});
    }
    return trials;
}

void Matrix::carry_out(Trial& trial) {
    const auto folder = copy_of_workspace("struck");
    trial.struck =
        in(folder, fmt::format("(export LD_PRELOAD={} PLI_FAULT_FOLDER={} PLI_FAULT_KIND={} PLI_FAULT_AT={}; {})",
                               PLI_FAULT, folder, trial.kind, trial.step, scene_.command));
    auto& counts = trial.struck.status >= 128 ? tally_.killed : trial.struck.status > 1 ? tally_.refused : tally_.done;
    ++counts[trial.kind];
    if (!scene_.between.empty()) REQUIRE(in(folder, scene_.between).status == 0);
    trial.again = in(folder, scene_.command);
    trial.settled = in(folder, scene_.settled).out;
}

std::string Matrix::copy_of_workspace(std::string_view name) const {
    const auto folder = scratch_ / name;
    REQUIRE(sh(fmt::format("rm -rf {0}; cp -a {1} {0}", folder, scene_.workspace)).status == 0);
    if (scene_.furnish) scene_.furnish(folder);
    return folder;
}

Ran Matrix::in(const std::string& folder, const std::string& command) const {
    return sh(fmt::format("cd {} && {}", folder, command));
}

}  // namespace pli::test
