#pragma once
#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "frame/frame.hpp"

namespace pli::pipeline {

/// A letter's first page as it was printed, and who it is for.
struct Sample {
    std::uint32_t piece = 0;  // from 1; 0: none yet
    std::int64_t letter = 0;
    std::string country, postal_code;
    std::uint64_t lot = 0;
    Frame page;
};

/// The samples of a batch: its first and last piece and a few drawn by lot in between. The lots come from batch id and
/// piece number, so that they are the same on every machine and cannot be chosen by hand.
/// Frames are swapped with the seat, never copied: the last piece is kept anew with every letter.
/// Threads  one thread at a time
class SampleDrawer {
public:
    explicit SampleDrawer(std::string_view batch_id);

    struct Offered {
        std::uint32_t piece;
        std::int64_t letter;
        std::string_view country, postal_code;
    };
    /// The pieces in their order. `page` may come back as another one's, to be set anew.
    void offer(const Offered& piece, Frame& page);

    /// By piece, each once.
    std::vector<const Sample*> samples() const;

private:
    static constexpr std::size_t drawn = 4;
    static void keep(Sample& place, const Offered& piece, std::uint64_t lot, Frame& page);
    std::uint64_t seed_;
    Sample first_, last_;
    std::array<Sample, drawn> by_lot_;
};

}  // namespace pli::pipeline
