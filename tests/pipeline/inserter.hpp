#pragma once
#include <cstdint>
#include <string>
#include <vector>

#include "tests/pipeline/page_pixels.hpp"

namespace pli::pipeline::test {

/// What the foreman sets his machines to: it stands on the control sheet, not in the marks.
struct Setup {
    bool duplex = false;
    bool turned_head_to_foot = false;  // how the press turns the paper for its back
    bool strips_are_merged = false;    // the cutter puts the columns' sheets one behind the other
};

/// A letter sheet after the cut, as it lies in the inserter: its front upwards, its head away from the operator.
struct Leaf {
    PagePixels front, back;   // back: turned over like the page of a book; empty when simplex
    bool was_turned = false;  // the operator had to turn its pile
};

/// Rasterises the print file, finds the cuts by the marks in the pixels (the trim's edges are known), cuts lift after
/// lift, puts pile n + 1 under pile n, and turns the piles of letters that stand on their heads. Where lifts end is read
/// off the slug lines.
std::vector<Leaf> cut_and_stacked(const std::string& pdf, const Setup& setup);

/// Every DataMatrix of a spot, in millimetres of the leaf; empty texts where there is none.
std::vector<std::string> codes_of(const std::vector<const PagePixels*>& sides, const Spot& spot);

/// A closed envelope: which sheets went into it.
struct Envelope {
    std::uint32_t piece = 0;
    std::vector<const Leaf*> leaves;
};
struct Inserted {
    std::vector<Envelope> envelopes;
    std::uint32_t blanks = 0;        // sheets without a code, thrown out
    std::vector<std::string> stops;  // what the machine would have stopped for
};
/// Feeds leaf after leaf and closes an envelope when its sheets are complete, by their codes alone.
Inserted insert(const std::vector<Leaf>& leaves);

}  // namespace pli::pipeline::test
