#pragma once
#include <cstdint>
#include <qpdf/QPDF.hh>
#include <string>

#include "preflight/findings.hpp"
#include "preflight/objects.hpp"

namespace pli::preflight {

/// What the print house asks beyond the standard.
struct Limits {
    double total_ink = 3.3;          // of four plates: 330 %
    double image_resolution = 200;   // pixels an inch, grey and colour
    double bitmap_resolution = 300;  // pixels an inch, one bit
    double line_width = 0.25;        // points
};

/// The press that the output intent names.
enum class PressColours : std::uint8_t { Unknown, Grey, Rgb, Cmyk };

/// What all inspectors share while one file is read.
struct Inspection {
    QPDF& pdf;
    Findings& findings;
    const Limits& limits;
    PressColours press = PressColours::Unknown;
    std::string press_profile{};  // the SHA-256 of the output intent's profile
    std::uint32_t page = 0;       // on which we are; 0: none

    void find(RuleId rule, std::uint32_t object, std::string found) const {
        findings.add(rule, {page, object}, std::move(found));
    }
    void find(RuleId rule, const Object& object, std::string found) const {
        find(rule, number_in_file(object), std::move(found));
    }
};

}  // namespace pli::preflight
