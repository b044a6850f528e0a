#pragma once
#include <optional>
#include <string_view>

namespace pli::intake {

/// Which of , ; tab | divides the columns: the one by which the first rows fall into the most columns, each row alike.
/// Comma where no character does. `first_text` is the beginning of the file.
char recognise_delimiter(std::string_view first_text);

/// Excel's first line "sep=;" names the delimiter and is no row.
struct ExcelHint {
    char delimiter = ',';
    std::size_t bytes = 0;  // of the line with its end
};
std::optional<ExcelHint> excel_hint(std::string_view first_text);

}  // namespace pli::intake
