#pragma once
#include <functional>
#include <map>
#include <string>
#include <vector>

#include "tests/cli/shell.hpp"

namespace pli::test {

/// A command that is to be struck at each of its steps, in a copy of a workspace.
struct Scene {
    std::string workspace;     // as it is before the command
    std::string command;       // one call of pli, from within the workspace: "pli run --date 2026-11-23"
    std::string settled;       // prints what must be the same in the end, however often the command was struck
    std::string between = {};  // what somebody does before the command is given again
    std::function<void(const std::string& folder)> furnish =
        {};  // what a copy needs beside its files: its own database
};

/// What a fault at one step came to.
struct Trial {
    long step = 0;
    std::string kind, what;  // "torn", "write queue.sqlite-wal"
    Ran struck, again;       // the command with the fault, and once more without
    std::string settled;
};

/// How the trials ended at first: killed; refused with an error; done, the fault notwithstanding.
struct Tally {
    std::map<std::string, int> killed, refused, done;  // by kind
    std::string text() const;
};

/// The matrix of one command: death and, by turns, each other kind of fault at each different step it takes. Neighbouring
/// steps that do the same to the same file count as one; of what is said to the database some sixty words are taken. All
/// kinds at all steps if PLI_CRASH_MATRIX is "whole".
class Matrix {
public:
    Matrix(const Folder& scratch, Scene scene);

    /// What an undisturbed run leaves behind.
    const std::string& expected() const { return expected_; }
    std::size_t steps() const { return steps_.size(); }
    std::vector<Trial> trials() const;  // planned: `struck` and `again` are empty
    /// Does it; the workspace it was done in stays until the next.
    void carry_out(Trial& trial);
    const Tally& tally() const { return tally_; }

private:
    std::string copy_of_workspace(std::string_view name) const;
    Ran in(const std::string& folder, const std::string& command) const;

    const Folder& scratch_;
    Scene scene_;
    std::vector<std::string> steps_;  // in the order of an undisturbed run
    std::string expected_;
    Tally tally_;
};

}  // namespace pli::test
