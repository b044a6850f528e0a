#include "tests/outside/outside.hpp"

#include <stdlib.h>
#include <sys/wait.h>

#include <array>
#include <catch2/catch.hpp>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <stdexcept>

namespace pli::test {

namespace fs = std::filesystem;

Folder::Folder() {
    path_ = (fs::temp_directory_path() / "pli-test-XXXXXX").string();
    if (mkdtemp(path_.data()) == nullptr) throw std::runtime_error("no temporary folder");
}
Folder::~Folder() {
    std::error_code ignored;
    fs::remove_all(path_, ignored);
}
std::string Folder::write(std::string_view name, std::string_view bytes) const {
    write_file(*this / name, bytes);
    return *this / name;
}

std::string read_file(const std::string& path) {
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
}

void write_file(const std::string& path, std::string_view bytes) {
    fs::create_directories(fs::path(path).parent_path());
    std::ofstream(path, std::ios::binary).write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
}

namespace {

Outcome heard(const std::string& command) {
    Outcome outcome;
    std::FILE* pipe = popen(command.c_str(), "re");
    if (pipe == nullptr) throw std::runtime_error("no process for: " + command);
    std::array<char, 65536> block{};
    while (const std::size_t count = std::fread(block.data(), 1, block.size(), pipe))
        outcome.output.append(block.data(), count);
    const int status = pclose(pipe);
    outcome.status = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
    return outcome;
}

}  // namespace

Outcome run(const std::string& command) { return heard("exec 2>&1; " + command); }

std::string output_of(const std::string& command) {
    auto [status, output] = heard(command);
    INFO(command);
    REQUIRE(status == 0);
    return std::move(output);
}

}  // namespace pli::test
