#include "tests/pipeline/omr_camera.hpp"

#include <bit>
#include <catch2/catch.hpp>
#include <cmath>

#include "pipeline/mark_files.hpp"

namespace pli::pipeline::test {
namespace {

const Day today = Day::of(2026, 11, 22);

bool says(const OmrProfile& omr, SheetMarks marks, OmrSign sign) {
    for (std::size_t i = 0; i < omr.positions.size(); ++i)
        if (omr.positions[i].sign == sign) return (marks >> i & 1) != 0;
    return false;
}

unsigned number_in(const OmrProfile& omr, SheetMarks marks, OmrSign sign) {
    unsigned number = 0;
    for (std::size_t i = 0; i < omr.positions.size(); ++i)
        if (omr.positions[i].sign == sign && (marks >> i & 1) != 0) number |= 1u << omr.positions[i].number;
    return number;
}

bool has(const OmrProfile& omr, OmrSign sign) {
    for (const auto position : omr.positions)
        if (position.sign == sign) return true;
    return false;
}

}  // namespace

OmrProfile shipped(const std::string& name) {
    const auto files = MarkFiles::load("pipeline/marks", "");
    if (!files) FAIL(files.error().text());
    return files->omr(name, today).value();
}

std::optional<SheetMarks> read_sheet(const PagePixels& page, const OmrProfile& omr, double x, double y) {
    const Size a4{210_mm, 297_mm};
    const double left = x + omr.left_on(a4).to_mm(), first = y + omr.first.to_mm(), pitch = omr.pitch.to_mm();
    const auto zone = omr.zone_on(a4);
    const auto marks =
        marks_in_lane(page, left + omr.length.to_mm() / 2, y + zone.top().to_mm(), y + zone.bottom().to_mm());
    if (marks.empty()) return std::nullopt;
    SheetMarks seen = 0;
    for (const SeenMark& mark : marks) {
        const double position = (mark.middle - first) / pitch;
        CHECK(std::abs(position - std::round(position)) < 0.05);
        CHECK(mark.thickness == Approx(omr.thickness.to_mm()).margin(0.2));
        CHECK(mark.right - mark.left == Approx(omr.length.to_mm()).margin(0.3));
        seen |= 1u << static_cast<int>(std::round(position));
    }
    const double beside = omr.beside.to_mm() - 0.3, length = omr.length.to_mm();
    CHECK(is_clear(page, {left - beside, y + zone.top().to_mm(), beside - 0.3, zone.size.height.to_mm()}));
    CHECK(is_clear(page, {left + length + 0.3, y + zone.top().to_mm(), beside - 0.3, zone.size.height.to_mm()}));
    return seen;
}

std::vector<unsigned> collate(const OmrProfile& omr, const std::vector<SheetMarks>& sheets) {
    std::vector<unsigned> pieces;
    unsigned collected = 0, expected = omr.sequence_from % 8;
    for (const SheetMarks marks : sheets) {
        CHECK(std::popcount(marks) % 2 == 0);
        CHECK((marks & 1) == 1);  // the first position of every shipped profile is always black
        CHECK(number_in(omr, marks, OmrSign::Sequence) == expected);
        expected = (expected + 1) % 8;
        ++collected;
        const bool last =
            has(omr, OmrSign::Last) ? says(omr, marks, OmrSign::Last) : !says(omr, marks, OmrSign::NotLast);
        if (!last) continue;
        pieces.push_back(collected);
        collected = 0;
    }
    CHECK(collected == 0);
    return pieces;
}

}  // namespace pli::pipeline::test
