#pragma once
#include <cstdint>
#include <deque>
#include <string>
#include <string_view>
#include <vector>

#include "pipeline/franking.hpp"
#include "postage/packing.hpp"

namespace pli::pipeline {

/// What trays are packed by: of each piece its franking (4 bytes), of each stretch of one destination its key. Empty
/// where the run has no post office.
/// Threads  one thread at a time
class PostageList {
public:
    explicit PostageList(const postage::PostOffice* office) : office_(office) {}

    /// The next piece, in the order of their numbers.
    void add(const Franking* franking, std::string_view country, std::string_view postal_code);

    bool empty() const { return frankings_.empty(); }
    /// nullptr without a post office.
    const Franking* of(std::uint32_t piece) const { return office_ ? kinds_[frankings_[piece]] : nullptr; }
    postage::Packing pack() const;

private:
    const postage::PostOffice* office_;
    std::vector<const Franking*> kinds_;  // by Franking::number
    std::deque<std::uint32_t> frankings_;
    std::vector<postage::PostalRun> runs_;
};

/// In which tray and bundle each piece lies, counted from 1, as the pieces are gone through in order; 0 where there is
/// none.
class PackPlaces {
public:
    explicit PackPlaces(const postage::Packing& packing) : packing_(packing) {}
    struct Place {
        std::uint32_t tray = 0, bundle = 0;
    };
    Place of(std::uint32_t piece);

private:
    const postage::Packing& packing_;
    std::size_t tray_ = 0, bundle_ = 0;
};

}  // namespace pli::pipeline
