#pragma once
#include <memory>
#include <string>
#include <string_view>

#include "base/result.hpp"

namespace pli::render {

/// An ICC profile of a press, as it came and as it stands in a PDF.
struct OutputProfile {
    std::string name;  // its description
    std::string bytes;
    std::string deflated;  // once, because a run writes it into every batch
};

/// Errors   BadInput: no ICC profile, not of a press, not CMYK, newer than version 4, or without the tables both ways
Result<OutputProfile> read_output_profile(std::string bytes, std::string_view where);

/// What the inks of a batch mean: how it is printed, for which its colours were chosen. Becomes the output intent.
/// Source   ISO 15930-7:2010 §6.2 (output intent); the ICC's registry of characterisation data for the names
struct PressCondition {
    std::string identifier;  // "FOGRA39"
    std::string info;        // for people: paper, screen, standard
    std::string registry;    // where the identifier is explained; empty: the print house's own name
    std::shared_ptr<const OutputProfile> profile;
};

/// FOGRA39, coated offset, with the profile that ships with Pli: render/profiles/README.md tells where it comes from.
/// Threads  any
const PressCondition& coated_fogra39();

}  // namespace pli::render
