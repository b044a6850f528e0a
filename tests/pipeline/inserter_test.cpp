#include "tests/pipeline/inserter.hpp"

#include <fmt/format.h>

#include <catch2/catch.hpp>

#include "tests/pipeline/omr_camera.hpp"
#include "tests/pipeline/print_house.hpp"

/// From the pixels of print.pdf to closed envelopes: cut by the marks, stacked, fed, grouped by the codes. Nothing but
/// the print file and what stands on the control sheet is looked at; what should have come out is known from the queue.

namespace {

using namespace pli;
using namespace pli::pipeline;
using namespace pli::pipeline::test;

constexpr pipeline::test::Spot content_code{88, 58, 20, 20};

/// Every page carries a code of its own, "17/2" for page 2 of letter 17, so that a camera can tell what was printed.
Composition letters_with_codes(const Workshop& workshop) {
    auto made = workshop.composition();
    made.typesetter = []() -> Typeset {
        return [](const Letter& letter, layouts::TypesetLetter& out) -> Done {
            out.clear();
            out.page_count = std::stoul(std::string(letter.recipient.extra));
            out.pages.resize(std::max(out.pages.size(), out.page_count));
            for (std::size_t page = 0; page < out.page_count; ++page) {
                auto& frame = out.pages[page];
                frame.clear();
                frame.size = {210_mm, 297_mm};
                const auto words = frame.add_text(fmt::format("{}/{}", letter.id.value, page + 1));
                frame.items.emplace_back(
                    Code{Symbology::DataMatrix, Correction::M, {{90_mm, 60_mm}, {16_mm, 16_mm}}, words});
            }
            return {};
        };
    };
    return made;
}

struct Job {
    std::string name;
    PressScheme press;
};

PressScheme scheme(Size sheet, Arrangement arrangement) {
    PressScheme press;
    press.paper = PressScheme::Paper::Sheet;
    press.sheet = sheet;
    press.arrangement = arrangement;
    return press;
}

Job four_up_with_everything() {
    auto press = scheme({500_mm, 707_mm}, {2, 2, Method::CutAndStack, Turn::SideToSide, 3});
    press.heads = Heads::Together;
    press.bleed = 3_mm;
    press.gutter = 6_mm;
    press.marks = {true, true, true, true, {105_mm, 210_mm}, true};
    return {"B2, four up, heads together, bleed, lifts of 3", press};
}

Job roll_in_sequence() {
    PressScheme press;
    press.paper = PressScheme::Paper::Roll;
    press.sheet = {520_mm, {}};
    press.arrangement = {2, 1, Method::InSequence};
    return {"roll, two columns merged", press};
}

std::vector<Job> jobs(Turn turn) {
    const auto tumbling = turn == Turn::HeadToFoot;
    auto four = four_up_with_everything();
    four.press.arrangement.turn = turn;
    auto alone = PressScheme{};
    alone.arrangement.turn = turn;
    std::vector<Job> all{{"one up", alone},
                         {"SRA3, two up", scheme(sra3, {2, 1, Method::CutAndStack, turn})},
                         {"SRA3, two up, lifts of 4", scheme(sra3, {2, 1, Method::CutAndStack, turn, 4})},
                         {"A3, two up, ticks", scheme(a3, {2, 1, Method::CutAndStack, turn})},
                         {"A4 on SRA4", scheme({225_mm, 320_mm}, {1, 1, Method::CutAndStack, turn, 5})},
                         {"three in sequence", scheme({707_mm, 500_mm}, {3, 1, Method::InSequence, turn, 7})},
                         four};
    if (!tumbling) all.push_back(roll_in_sequence());  // a web is not turned head to foot
    return all;
}

struct Printed {
    std::string pdf;
    Queue queue;
};

Printed print(const Folder& out, const PressScheme& press, bool duplex, const OmrProfile* omr) {
    const Workshop workshop;
    auto plan = workshop.plan(out.path());
    plan.rules.press = press;
    plan.omr = omr;
    Printed printed;
    for (std::int64_t id = 1; id <= 9; ++id)
        printed.queue.letters.push_back({.id = 100 + id,
                                         .pages = static_cast<std::uint32_t>(1 + id * id % (duplex ? 5 : 3)),
                                         .template_index = duplex ? 1u : 0u,
                                         .key = "k"});
    const auto report = printed.queue.run(plan, letters_with_codes(workshop)).value();
    REQUIRE(report.batches.size() == 1);
    printed.pdf = report.batches[0].folder + "/print.pdf";
    return printed;
}

/// What a reader finds who opens the envelope: the pages' codes in the order of reading.
std::vector<std::string> read(const Envelope& envelope) {
    std::vector<const PagePixels*> sides;
    for (const auto* leaf : envelope.leaves) sides.insert(sides.end(), {&leaf->front, &leaf->back});
    auto codes = codes_of(sides, content_code);
    std::erase(codes, "");
    return codes;
}

void check_envelopes(const Inserted& inserted, const Queue& queue) {
    for (const auto& stop : inserted.stops) FAIL_CHECK("the inserter stops: " << stop);
    REQUIRE(inserted.envelopes.size() == queue.letters.size());
    for (std::size_t i = 0; i < queue.letters.size(); ++i) {
        const auto& letter = queue.letters[i];
        CHECK(inserted.envelopes[i].piece == i + 1);
        std::vector<std::string> pages;
        for (std::uint32_t page = 1; page <= letter.pages; ++page)
            pages.push_back(fmt::format("{}/{}", letter.id, page));
        CHECK(read(inserted.envelopes[i]) == pages);
    }
}

}  // namespace

TEST_CASE(
    "an inserter rebuilds every mailpiece from print file and sheet codes alone, for each imposition, turn and side",
    "[pipeline]") {
    const auto turn = GENERATE(Turn::SideToSide, Turn::HeadToFoot);
    const bool duplex = GENERATE(false, true);
    if (!duplex && turn == Turn::HeadToFoot) return;  // nothing is turned
    for (const auto& job : jobs(turn)) {
        INFO(job.name << (duplex ? ", duplex" : ", simplex"));
        const Folder out;
        const auto printed = print(out, job.press, duplex, nullptr);
        const Setup setup{duplex, turn == Turn::HeadToFoot, job.press.arrangement.method == Method::InSequence};
        const auto leaves = cut_and_stacked(printed.pdf, setup);
        const auto inserted = insert(leaves);
        check_envelopes(inserted, printed.queue);
        const auto sheets = leaves.size() - inserted.blanks;
        CHECK(inserted.blanks < sheets);
    }
}

TEST_CASE("an inserter rebuilds every mailpiece from print file and OMR marks alone, for each imposition and side",
          "[pipeline]") {
    const auto name = GENERATE("di-d1600", "generic");
    const bool duplex = GENERATE(false, true);
    const auto omr = shipped(name);
    for (const auto& job : jobs(duplex ? Turn::HeadToFoot : Turn::SideToSide)) {
        INFO(job.name << ", " << name << (duplex ? ", duplex" : ", simplex"));
        const Folder out;
        const auto printed = print(out, job.press, duplex, &omr);
        const auto leaves =
            cut_and_stacked(printed.pdf, {duplex, duplex, job.press.arrangement.method == Method::InSequence});
        std::vector<SheetMarks> fed;
        for (const auto& leaf : leaves)
            if (const auto marks = read_sheet(leaf.front, omr, 0, 0)) fed.push_back(*marks);
        std::vector<unsigned> expected;
        for (const auto& letter : printed.queue.letters)
            expected.push_back(duplex ? (letter.pages + 1) / 2 : letter.pages);
        CHECK(collate(omr, fed) == expected);
    }
}

TEST_CASE("a machine set up for the other turn finds wrong backs: the simulated inserter can tell", "[pipeline]") {
    const Folder out;
    const auto printed = print(out, scheme(sra3, {2, 1}), true, nullptr);
    const auto leaves = cut_and_stacked(printed.pdf, {true, true, false});
    const auto inserted = insert(leaves);
    REQUIRE_FALSE(inserted.envelopes.empty());
    bool wrong = false;
    for (std::size_t i = 0; i < inserted.envelopes.size(); ++i) {
        const auto pages = read(inserted.envelopes[i]);
        wrong = wrong || pages.size() != printed.queue.letters[i].pages;
    }
    CHECK(wrong);
}
