#pragma once
#include <string_view>

#include "base/result.hpp"
#include "uploads/repair.hpp"

namespace pli::uploads::reader {

struct RepairOrder {
    std::vector<Repair> repairs;  // in the order in which they are carried out
    Size sheet;
    int most_pages = 0;
    std::uint64_t most_bytes = 0;
    std::string fonts_folder{};
};

/// Opens the upload, carries out the repairs and writes it again: without encryption, without what only viewers use,
/// with an identifier made of its content.
/// Errors   as open_upload, printed_pages and each repair; qpdf's exceptions pass through
Result<Repaired> repair_upload(const std::string& bytes, std::string_view press_profile, const RepairOrder& order);

}  // namespace pli::uploads::reader
