#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/length.hpp"
#include "base/result.hpp"
#include "frame/assets.hpp"
#include "frame/field_lines.hpp"
#include "uploads/import.hpp"
#include "uploads/opinion.hpp"
#include "uploads/repair.hpp"
#include "uploads/sight.hpp"
#include "uploads/spots_seen.hpp"
#include "uploads/survey.hpp"

namespace pli::uploads {

/// The form of one page among the objects of its upload.
struct PageForm {
    Size size;
    std::uint32_t form = 0;
    std::vector<FieldLine> field_lines{};
};
/// Objects of one upload: a small message must not become a large list.
inline constexpr std::size_t most_objects = 1'000'000;
struct ImportedPages {
    std::vector<ForeignObject> objects;
    std::vector<PageForm> pages;
    std::uint32_t srgb_space = ForeignPage::none;
};

/// What the child says: why it refuses (Error::where names the rule that is broken, for the parent knows the place), or
/// what it was asked for.
using Reply =
    std::variant<Error, ImportedPages, Raster, Survey, Repaired, Sight, std::vector<Raster>, Opinion, SpotsSeen>;

/// Numbers as the machine has them (both ends are one build on one machine), every sequence behind its length.
std::string pack(const Reply& reply);

/// Believes nothing: the child may have been taken over by the file it read.
/// Errors   BadInput: cut short, a number that points nowhere, an object that is none
Result<Reply> unpack(std::string_view bytes);

}  // namespace pli::uploads
