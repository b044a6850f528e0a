#include <catch2/catch.hpp>
#include <random>
#include <sstream>

#include "layouts/json_source.hpp"
#include "layouts/placeholder.hpp"
#include "layouts/rich_text.hpp"

using namespace pli::layouts;

namespace {

constexpr const char* scraps[] = {"<p>",
                                  "</p>",
                                  "<b>",
                                  "</b>",
                                  "<ul>",
                                  "<li>",
                                  "</ul>",
                                  "<ol start=2>",
                                  "<a href='{x}'>",
                                  "</a>",
                                  "<br>",
                                  "<",
                                  ">",
                                  "&amp;",
                                  "&",
                                  "&eacute",
                                  "&#x1F600;",
                                  "{a}",
                                  "{",
                                  "}",
                                  "{b:money|—}",
                                  "\xff",
                                  "é",
                                  " ",
                                  "\u00A0",
                                  "text",
                                  "<!--",
                                  "-->",
                                  "<table>",
                                  "<td>",
                                  "'",
                                  "\"",
                                  "<span style='color:x",
                                  "'>",
                                  "</span>",
                                  "<h1>"};

std::string scrap_heap(std::mt19937& random) {
    std::string text;
    for (auto n = random() % 30; n > 0; --n) text += scraps[random() % std::size(scraps)];
    return text;
}

/// The byte that "t.json:3:7" means.
std::size_t offset_of(const std::string& text, const std::string& where) {
    std::size_t line = 0, column = 0;
    char colon = 0;
    std::istringstream(where.substr(where.find(':') + 1)) >> line >> colon >> column;
    std::size_t at = 0;
    for (; line > 1; --line) at = text.find('\n', at) + 1;
    for (; column > 1; --column) {
        do ++at;
        while ((text[at] & 0xC0) == 0x80);
    }
    return at;
}

}  // namespace

TEST_CASE("whatever is written as rich text, findings lie inside it and blocks are whole", "[layouts]") {
    std::mt19937 random(2026);
    for (int i = 0; i < 5'000; ++i) {
        const std::string html = scrap_heap(random);
        const RichText text = parse_rich_text(html);
        CAPTURE(html);
        for (const TextFinding& finding : text.findings) {
            REQUIRE(finding.offset <= html.size());
            REQUIRE_FALSE(finding.message.empty());
        }
        for (const RichBlock& block : text.blocks) REQUIRE_FALSE(block.spans.empty());
    }
}

TEST_CASE("a text without findings loses none of its letters", "[layouts]") {
    std::mt19937 random(11);
    std::size_t clean = 0;
    for (int i = 0; i < 20'000; ++i) {
        const std::string html = scrap_heap(random);
        const RichText text = parse_rich_text(html);
        if (!text.findings.empty() || html.find("<!--") != html.npos) continue;
        ++clean;
        std::size_t written = 0, kept = 0;
        for (std::size_t at = 0; (at = html.find("text", at)) != html.npos; ++at) ++written;
        for (const RichBlock& block : text.blocks) {
            std::string all;
            for (const Span& span : block.spans) {
                for (const Piece& piece : span.pieces) {
                    if (const auto* literal = std::get_if<std::string>(&piece)) all += *literal;
                }
            }
            for (std::size_t at = 0; (at = all.find("text", at)) != all.npos; ++at) ++kept;
        }
        CAPTURE(html);
        REQUIRE(kept == written);
    }
    CHECK(clean > 500);
}

TEST_CASE("every place a JSON source tells is where that value stands", "[layouts]") {
    const std::string text =
        "{\"a\": [1, -2.5e3, \"x\\\"]}\", [ ], {}],\n  \"é\" : {\"~/\": {\"\": null},\n\"t\\u0041\": [true,\n "
        "false]}\n,\"z\":0}";
    const auto source = JsonSource::parse("t.json", text);
    REQUIRE(source);
    const auto flat = source->value().flatten();
    REQUIRE(flat.size() == 9);
    for (const auto& [pointer, value] : flat.items()) {
        CAPTURE(pointer);
        std::istringstream rest(text.substr(offset_of(text, source->where(pointer))));
        nlohmann::json found;
        rest >> found;
        CHECK(found == source->value().at(nlohmann::json::json_pointer(pointer)));
    }
}
