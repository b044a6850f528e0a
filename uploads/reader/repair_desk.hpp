#pragma once
#include <qpdf/QPDF.hh>
#include <string>
#include <string_view>
#include <vector>

#include "uploads/repair.hpp"

namespace pli::uploads::reader {

/// What the repairs of one upload share: the PDF they change in place, what they work towards, and what they tell.
struct RepairDesk {
    QPDF& pdf;
    Size sheet;
    std::string_view press_profile;  // ICC; empty: not known
    std::string fonts_folder;        // the workspace's own; may be empty
    std::uint64_t most_bytes = 0;    // of a page that is drawn to see whether it is empty
    std::vector<Deed>& deeds;

    void tell(const Repair& repair, int page, std::string what) const {
        deeds.push_back({std::string(name_of(repair)), page, std::move(what)});
    }
};

}  // namespace pli::uploads::reader
