#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "base/result.hpp"
#include "pipeline/press_scheme.hpp"

namespace pli::service {

/// What a print house asks for, `print-houses/NAME.toml` of the workspace: one table a subject. docs/print-house-setup.md
/// describes the file.
/// A new table: a member here, a reader in a file of its own, one line where the tables are read (print_house.cpp).
struct PrintHouse {
    std::string file;             // where it was read: for errors found later
    std::string name, contact;    // [house]
    pipeline::PressScheme press;  // [press]; fits its sheet
    std::string omr;              // [inserter]; empty: no marks but the code
};

/// Errors   NotFound: no such file, naming those there are; BadInput: a key with line and column, cause and remedy
Result<PrintHouse> open_print_house(const std::string& workspace, std::string_view name);
/// The same for any file.
Result<PrintHouse> read_print_house(const std::string& file);

class Settings;
/// [press], service/press_table.cpp. What does not fit the sheet is complained of, saying by how many millimetres.
pipeline::PressScheme read_press(Settings& settings);

/// "SRA3", "A4", "707x500": a sheet as people write it; landscape where it is a name. None: not a sheet.
std::optional<Size> sheet_from(std::string_view words);
/// "2x1": columns and rows, at most 16 each. None: not a grid.
std::optional<std::pair<std::uint32_t, std::uint32_t>> grid_from(std::string_view words);

}  // namespace pli::service
