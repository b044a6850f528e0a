#include "tests/render/code_pictures.hpp"

namespace pli::test {

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
