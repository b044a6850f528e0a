#include <catch2/catch.hpp>

#include "tests/layouts/drawing_table.hpp"

namespace pli::layouts {
namespace {

using Catch::Contains;
using trial::DrawingTable;
using trial::told;

/// The import of a drawing table does nothing, and tells the repairs it was asked for.
Compiled compiled(const std::string& rest) {
    DrawingTable table;
    table.files["flyer.pdf"] = "a PDF";
    return table.compile(R"({"profile": "DIN5008-B", )" + rest + "}");
}

}  // namespace

TEST_CASE("a template has its PDF repaired, and what was done is a note that stops nothing", "[layouts][repair]") {
    const auto result = compiled(R"("kind": "pdf", "file": "flyer.pdf", "repair": ["scale", "clear-zone=address"])");
    CHECK(result.result);
    CHECK_THAT(told(result.findings), Contains("note repaired") && Contains("scale") && Contains("clear-zone=address"));
}

TEST_CASE("a letterhead and a back are repaired as an upload is", "[layouts][repair]") {
    const auto result = compiled(R"("kind": "document", "letterhead": "flyer.pdf", "repair": ["embed-fonts"],
                                    "back": {"pdf": "flyer.pdf"}, "sides": "duplex", "body": [{"text": "Hello"}])");
    CHECK(result.result);
    std::size_t notes = 0;
    for (const auto& finding : result.findings) notes += finding.severity == Finding::Severity::Note ? 1 : 0;
    CHECK(notes == 2);
}

TEST_CASE("a template without repairs tells of none", "[layouts][repair]") {
    CHECK_THAT(told(compiled(R"("kind": "pdf", "file": "flyer.pdf")").findings), !Contains("repaired"));
}

TEST_CASE("a cover page before a letterhead, and repairs that are no text, are refused with their place",
          "[layouts][repair]") {
    const auto cover = compiled(R"("letterhead": "flyer.pdf", "repair": ["cover-page"], "body": [])");
    CHECK_FALSE(cover.result);
    CHECK_THAT(told(cover.findings), Contains("error repair ") && Contains("a letterhead takes no cover page"));
    CHECK_THAT(told(compiled(R"("kind": "pdf", "file": "flyer.pdf", "repair": [1])").findings),
               Contains("error wrong-kind"));
}

}  // namespace pli::layouts
