#pragma once
#include <compare>
#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "base/mass.hpp"
#include "base/money.hpp"
#include "base/result.hpp"
#include "pipeline/batch_spec.hpp"
#include "pipeline/hand_over.hpp"
#include "pipeline/manifest.hpp"

namespace pli::pipeline {

/// posting-list.csv: how many pieces of each thickness go to each country, by which product and for how much, from which
/// piece number to which, and the totals in the last row. What the lettershop counts against and the posting is filled
/// in from.
/// Errors   Environment: cannot write
/// Threads  one object per thread
class PostingList {
public:
    void add(const ManifestRow& row);
    Result<HiddenFolder::FileSum> write(const HiddenFolder& folder, const BatchSpec& batch) const;

    struct Tally {
        std::uint32_t pieces = 0, sheets = 0, pages = 0, first_piece = 0, last_piece = 0;
        Mass mass;
        Money postage;
        void add(const ManifestRow& row);
        void add(const Tally& other);
    };
    const Tally& total() const { return total_; }
    /// The rows of the file in their order, the total left out.
    struct Line {
        std::string country;
        std::uint32_t sheets = 0;
        const Franking* franking = nullptr;
        Tally tally{};
    };
    std::vector<Line> lines() const;
    /// By product and country, what a person should know with it.
    std::vector<Postings> postings() const;

private:
    struct Group {
        std::string country;
        std::uint32_t sheets;
        const Franking* franking;
        auto operator<=>(const Group&) const = default;
    };
    std::map<Group, Tally> groups_;  // looked up for each piece: by where the franking is, not by what it says
    Tally total_;
};

}  // namespace pli::pipeline
