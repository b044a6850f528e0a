#include "layouts/rich_text.hpp"

#include <fmt/format.h>

#include <catch2/catch.hpp>

using namespace pli;
using namespace pli::layouts;

namespace {

std::string shown(const SpanStyle& style) {
    std::string text;
    if (style.bold) text += 'b';
    if (style.italic) text += 'i';
    if (style.underline) text += 'u';
    if (!style.colour.empty()) text += " " + style.colour;
    if (style.size) text += fmt::format(" {}mm", style.size->to_mm());
    for (const std::string& name : style.classes) text += " ." + name;
    return text;
}

/// The blocks as text, one a line: "p: plain [b:bold] {field}".
std::string shown(const RichText& text) {
    constexpr const char* names[] = {"p", "h1", "h2", "h3", "*", "#"};
    std::string all;
    for (const RichBlock& block : text.blocks) {
        all += names[static_cast<int>(block.kind)];
        if (block.depth > 0) all += fmt::format("{}", block.depth);
        if (block.number > 0) all += fmt::format(".{}", block.number);
        if (block.continued) all += "+";
        for (const std::string& name : block.classes) all += " ." + name;
        all += ": ";
        for (const Span& span : block.spans) {
            const std::string style = shown(span.style);
            if (!style.empty()) all += "[" + style + ":";
            for (const Piece& piece : span.pieces) {
                if (const auto* placeholder = std::get_if<Placeholder>(&piece)) {
                    all += "{" + placeholder->path + "}";
                } else {
                    all += std::get<std::string>(piece);
                }
            }
            if (!style.empty()) all += "]";
        }
        all += "\n";
    }
    return all;
}

std::string read(std::string_view html) {
    const RichText text = parse_rich_text(html);
    CAPTURE(html);
    for (const TextFinding& finding : text.findings) FAIL_CHECK(finding.offset << ": " << finding.message);
    return shown(text);
}

TextFinding only_finding(std::string_view html) {
    const RichText text = parse_rich_text(html);
    CAPTURE(html);
    REQUIRE(text.findings.size() == 1);
    return text.findings[0];
}

}  // namespace

TEST_CASE("paragraphs, headings and styles come out as plain blocks and spans", "[layouts]") {
    CHECK(read("<h1>Merci&nbsp;!</h1><p class='lead'>Chère <b>{prenom}</b>, <i>tout <u>va</u></i> bien.") ==
          "h1: Merci\u00A0!\np .lead: Chère [b:{prenom}], [i:tout ][iu:va] bien.\n");
    CHECK(read("plain text") == "p: plain text\n");
    CHECK(read("one<p>two</p>three") == "p: one\np: two\np: three\n");
    CHECK(read("a<br>b<br/>") == "p: a\nb\n");
    CHECK(read("<p>x</p><p><br></p><p>y</p>") == "p: x\np: \n\np: y\n");
    CHECK(read("<span style='color: brand; font-size: 12pt; font-weight:bold' class='a b'>x</span>") ==
          "p: [b brand 4.233333mm .a .b:x]\n");
    CHECK(read("<p style='font-weight:bold'>x <span style='font-weight:normal'>y</span></p>") == "p: [b:x ]y\n");
    CHECK(read("") == "");
}

TEST_CASE("white space collapses as in a browser, but no-break spaces stay", "[layouts]") {
    CHECK(read("  <p>\n  a \t b <b> c </b> d\n</p>  <p>e</p>\n") == "p: a b [b:c ]d\np: e\n");
    CHECK(read("<p>1\u202F234,50\u00A0€ &#8239;x</p>") == "p: 1\u202F234,50\u00A0€ \u202Fx\n");
    CHECK(read("a <br> b") == "p: a\nb\n");
    CHECK(read("Tom &amp; Jerry &lt;3 &eacute;&#233; a < b") == "p: Tom & Jerry <3 éé a < b\n");
    CHECK(read("a<!-- not <script> printed -->b") == "p: ab\n");
}

TEST_CASE("lists keep their depth, numbers and later paragraphs", "[layouts]") {
    CHECK(read("<ul><li>a<li>b<ul><li>c</ul></ul>") == "*1: a\n*1: b\n*2: c\n");
    CHECK(read("<ol start=3 class=terms><li class=x><p>a</p><p>b</p></li><li>c</li></ol>") ==
          "#1.3 .terms .x: a\n#1.3+ .terms .x: b\n#1.4 .terms: c\n");
}

TEST_CASE("a link prints its target once", "[layouts]") {
    CHECK(read("<a href='https://pli.example/x'>our page</a>.") == "p: our page (pli.example/x).\n");
    CHECK(read("<a href='https://pli.example/'>pli.example</a>") == "p: pli.example\n");
    CHECK(read("<a href='https://pli.example'>https://pli.example</a>") == "p: https://pli.example\n");
    CHECK(read("<a href='mailto:a@b.example'>a@b.example</a>") == "p: a@b.example\n");
    CHECK(read("<a href='{shop_url}'>shop</a>") == "p: shop ({shop_url})\n");
}

TEST_CASE("anything a browser would drop or draw differently is reported where it stands", "[layouts]") {
    CHECK_THAT(only_finding("a<script>alert(1)</script>").message, Catch::Contains("<script> is not allowed"));
    CHECK(only_finding("a<script>alert(1)</script>").offset == 1);
    CHECK(only_finding("é<img src='x>y.png'>").offset == 2);
    CHECK_THAT(only_finding("<td>x</td>").message, Catch::Contains("<td>"));
    CHECK_THAT(only_finding("<body>x").message, Catch::Contains("<body>"));
    CHECK_THAT(only_finding("<style>p{}</style>").message, Catch::Contains("<style>"));
    CHECK_THAT(only_finding("x</b>").message, Catch::Contains("</b> closes nothing"));
    CHECK_THAT(only_finding("<b>x").message, Catch::Contains("<b> is never closed"));
    CHECK_THAT(only_finding("<p>x <b").message, Catch::Contains("has no end"));
    CHECK_THAT(only_finding("<p style='margin: 3mm'>x").message, Catch::Contains("'margin: 3mm'"));
    CHECK_THAT(only_finding("<p style='font-size: 12px'>x").remedy, Catch::Contains("pt or mm"));
    CHECK_THAT(only_finding("<p onclick='x()'>x").message, Catch::Contains("no attribute onclick"));
    CHECK(only_finding("<p onclick='x()'>x").offset == 3);
    CHECK_THAT(only_finding("<ul>x<li>y</ul>").message, Catch::Contains("<li> only"));
    CHECK_THAT(only_finding("<li>x</li>").message, Catch::Contains("outside"));
    CHECK_THAT(only_finding("<a href='x.example'>a<h1>b</h1></a>").message, Catch::Contains("whole paragraphs"));
    CHECK_THAT(only_finding("<ul><li></ul>").message, Catch::Contains("bullet alone"));
    CHECK_THAT(only_finding(std::string_view("a\0b", 3)).message, Catch::Contains("U+0000"));
}

TEST_CASE("a bad placeholder is found past entities and blanks", "[layouts]") {
    const std::string_view html = "<p>&eacute;  <b>x &amp; {a:shout}</b></p>";
    const TextFinding finding = only_finding(html);
    CHECK(finding.offset == html.find("{a"));
    CHECK(finding.code == "placeholder");
    CHECK_THAT(only_finding("{first<b>_name</b>").message, Catch::Contains("not closed"));
}

TEST_CASE("tags nested without end are refused before the parser sees them", "[layouts]") {
    std::string html;
    for (int i = 0; i < 50'000; ++i) html += "<b>";
    const RichText text = parse_rich_text(html);
    CHECK(text.blocks.empty());
    REQUIRE(text.findings.size() == 1);
    CHECK_THAT(text.findings[0].message, Catch::Contains("60 tags"));
}
