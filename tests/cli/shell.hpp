#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "tests/outside/outside.hpp"

namespace pli::test {

/// What a command line left behind.
struct Ran {
    int status = 0;
    std::string out, err;
};
/// Runs it through sh; `pli` in it is the program under test.
Ran sh(const std::string& command);

/// A workspace with a template `thanks` (French, right window) and nothing queued.
std::string new_workspace(const Folder& scratch, std::string_view settings = "");

/// Every batch folder below `out` that is READY, sorted.
std::vector<std::string> ready_batches(const std::string& out);
std::size_t count_of(const std::string& text, std::string_view part);

}  // namespace pli::test
