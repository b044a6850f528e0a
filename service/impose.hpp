#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/day.hpp"
#include "base/letter.hpp"
#include "base/result.hpp"

namespace pli::service {

/// The keys of [press] as a command line says them; what is empty leaves the profile's, or the default.
struct PressWish {
    std::string sheet, orientation, up, imposition, turn, heads;
    std::optional<std::uint32_t> pile_depth;
    std::optional<double> bleed_mm, gutter_mm, edge_mm, web_mm, cut_off_mm;
    std::vector<std::string> marks;
    std::vector<double> folds_mm;
};

struct ImposeRequest {
    std::string file, output;
    std::string profile;  // a print house's file; empty: none
    PressWish press;
    Sides sides = Sides::Simplex;
    std::uint32_t pages_each = 0;  // pages that stay together in one pile; 0: those of one sheet
    bool centre = false;           // pages smaller than the largest stand in the middle of its place
    Day day;
};

struct Imposed {
    std::string imposition, sheet;  // "2x2 cut-and-stack", "B2"
    std::uint32_t pages = 0, press_sheets = 0, lifts = 0, print_pages = 0;
    std::uint64_t bytes = 0;
};

/// Lays the pages of any PDF on press sheets. The file comes through the sandbox as every upload does: each page becomes a
/// form, annotations are flattened, fonts must be embedded. The folder need not be a workspace: if it is, its press is used.
/// Errors   BadInput: as uploads::import_pdf, pages of several sizes, what does not fit the sheet; NotFound; Environment.
///          Nothing stands under the output's name then
Result<Imposed> impose(const std::string& workspace, const ImposeRequest& request);

}  // namespace pli::service
