#pragma once
#include <compare>
#include <cstdint>
#include <map>
#include <string>

#include "base/result.hpp"
#include "pipeline/batch_spec.hpp"
#include "pipeline/hand_over.hpp"
#include "pipeline/manifest.hpp"

namespace pli::pipeline {

/// posting-list.csv: how many pieces of each thickness go to each country, from which piece number to which, and the
/// totals in the last row. What the lettershop counts against and the posting is filled in from.
/// Errors   Environment: cannot write
/// Threads  one object per thread
class PostingList {
public:
    void add(const ManifestRow& row);
    Result<HiddenFolder::FileSum> write(const HiddenFolder& folder, const BatchSpec& batch) const;

    struct Tally {
        std::uint32_t pieces = 0, sheets = 0, pages = 0, first_piece = 0, last_piece = 0;
        void add(const ManifestRow& row);
    };
    const Tally& total() const { return total_; }

private:
    struct Group {
        std::string country;
        std::uint32_t sheets;
        auto operator<=>(const Group&) const = default;
    };
    std::map<Group, Tally> groups_;  // ordered: the list reads by country, thinnest first
    Tally total_;
};

}  // namespace pli::pipeline
