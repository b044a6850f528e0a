// docs/letter-life.md is held against the code, line by line.
#include <catch2/catch.hpp>

#include "jobs/letter_life.hpp"
#include "jobs/reason.hpp"
#include "tests/outside/outside.hpp"

using namespace pli;
using namespace pli::jobs;

namespace {

std::string arrow(std::string_view from, std::string_view to, Event event) {
    return "    " + std::string(from) + " --> " + std::string(to) + ": " + std::string(name(event)) + "\n";
}

/// The diagram, as Mermaid draws it.
std::string diagram() {
    std::string text = "stateDiagram-v2\n";
    for (std::size_t e = 0; e < event_count; ++e)
        if (const auto first = first_state(static_cast<Event>(e)))
            text += arrow("[*]", name(*first), static_cast<Event>(e));
    for (std::size_t s = 0; s < state_count; ++s)
        for (std::size_t e = 0; e < event_count; ++e) {
            const auto from = static_cast<State>(s);
            const auto event = static_cast<Event>(e);
            if (const auto to = after(from, event)) text += arrow(name(from), name(*to), event);
        }
    return text;
}

}  // namespace

TEST_CASE("the page on a letter's life draws every step there is, and no other", "[jobs]") {
    const auto page = pli::test::read_file("docs/letter-life.md");
    const auto begin = page.find("```mermaid\n") + 11;
    CHECK(page.substr(begin, page.find("```", begin) - begin) == diagram());
}

TEST_CASE("the page names every state, event and reason, the reasons with their texts", "[jobs]") {
    const auto page = pli::test::read_file("docs/letter-life.md");
    for (std::size_t s = 0; s < state_count; ++s)
        CHECK_THAT(page, Catch::Contains("| `" + std::string(name(static_cast<State>(s))) + "` |"));
    for (std::size_t r = 1; r < reason_count; ++r) {
        const auto reason = static_cast<Reason>(r);
        CHECK_THAT(page,
                   Catch::Contains("| `" + std::string(code(reason)) + "` | " + std::string(text(reason)) + " |"));
    }
}
