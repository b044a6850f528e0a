#include "outside.hpp"

#include <array>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <stdexcept>

namespace pli::test {

Folder::Folder() {
    std::string pattern = (std::filesystem::temp_directory_path() / "pli-render-XXXXXX").string();
    if (mkdtemp(pattern.data()) == nullptr) throw std::runtime_error("no temporary folder");
    path_ = pattern;
}
Folder::~Folder() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
}

Outcome run(const std::string& command) {
    Outcome outcome;
    FILE* pipe = popen((command + " 2>&1").c_str(), "r");
    if (pipe == nullptr) return outcome;
    std::array<char, 4096> block{};
    while (const std::size_t count = std::fread(block.data(), 1, block.size(), pipe)) {
        outcome.output.append(block.data(), count);
    }
    outcome.status = pclose(pipe);
    return outcome;
}

std::string read_file(const std::string& path) {
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
}

void write_file(const std::string& path, std::string_view bytes) {
    std::ofstream(path, std::ios::binary).write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
}

void write_pgm(const std::string& path, const render::Modules& modules) {
    constexpr int scale = 8, quiet = 4;
    const int columns = (modules.columns + 2 * quiet) * scale, rows = (modules.rows + 2 * quiet) * scale;
    std::string picture = "P5\n" + std::to_string(columns) + " " + std::to_string(rows) + "\n255\n";
    for (int y = 0; y < rows; ++y) {
        for (int x = 0; x < columns; ++x) {
            const int column = x / scale - quiet, row = y / scale - quiet;
            const bool inside = column >= 0 && row >= 0 && column < modules.columns && row < modules.rows;
            picture += inside && modules.dark(column, row) ? '\0' : '\xFF';
        }
    }
    write_file(path, picture);
}

}  // namespace pli::test
