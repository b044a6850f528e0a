#include "service/print_house.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <vector>

#include "service/settings.hpp"

namespace pli::service {
namespace fs = std::filesystem;
namespace {

/// One reader for each table; what none of them asked for is a misspelling.
Result<PrintHouse> read_tables(const toml::table& root, const std::string& file) {
    PrintHouse house;
    house.file = file;
    house.name = fs::path(file).stem().string();
    Settings settings(root, file);
    settings.text("house", "name", house.name);
    settings.text("house", "contact", house.contact);
    house.press = read_press(settings);
    settings.text("inserter", "omr", house.omr);
    settings.leave("delivery");  // service/delivery_setup.cpp, when something is delivered
    for (const auto* stock : {"paper", "envelope", "insert"})
        settings.leave(stock);  // the post office weighs with them
    TRY(settings.refuse_unknown());
    return house;
}

std::string houses_in(const fs::path& folder) {
    std::vector<std::string> names;
    std::error_code error;
    for (const auto& entry : fs::directory_iterator(folder, error))
        if (entry.path().extension() == ".toml") names.push_back(entry.path().stem().string());
    std::sort(names.begin(), names.end());
    return names.empty() ? "there are none yet" : fmt::format("there are: {}", fmt::join(names, ", "));
}

}  // namespace

Result<PrintHouse> read_print_house(const std::string& file) {
    if (!fs::is_regular_file(file))
        return failure(Fault::NotFound, file, "there is no such file, or it may not be read",
                       houses_in(fs::path(file).parent_path()));
    try {
        return read_tables(toml::parse_file(file), file);
    } catch (const toml::parse_error& error) {
        const auto at = error.source().begin;
        return failure(Fault::BadInput, fmt::format("{}:{}:{}", file, at.line, at.column),
                       std::string(error.description()));
    }
}

Result<PrintHouse> open_print_house(const std::string& workspace, std::string_view name) {
    const auto folder = fs::path(workspace) / "print-houses";
    if (name.find('/') != std::string_view::npos || name.starts_with("."))
        return failure(Fault::BadInput, std::string(name), "is not the name of a print house",
                       "write the file's name without folder and .toml");
    return read_print_house((folder / (std::string(name) + ".toml")).lexically_normal().string());
}

}  // namespace pli::service
