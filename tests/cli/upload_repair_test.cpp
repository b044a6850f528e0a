#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include "tests/cli/shell.hpp"

namespace pli::test {
namespace {

using Catch::Contains;

/// US Letter: a word in Helvetica, not embedded, where the address goes, and another below.
constexpr const char* letter_pdf = R"(%PDF-1.4
1 0 obj <</Type/Catalog/Pages 2 0 R>> endobj
2 0 obj <</Type/Pages/Count 1/Kids[3 0 R]>> endobj
3 0 obj <</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents 4 0 R
/Resources<</Font<</F<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>>>>>>> endobj
4 0 obj <</Length 82>> stream
0 0 0 rg BT /F 14 Tf 350 600 Td (Window) Tj 0 -300 Td (Text) Tj ET                
endstream endobj
trailer <</Root 1 0 R>>
)";

}  // namespace

TEST_CASE("an upload is repaired from the command line, and each repair says what it did", "[cli][repair]") {
    const Folder scratch;
    write_file(scratch / "letter.pdf", letter_pdf);
    const auto ran =
        sh("pli upload repair '" + (scratch / "letter.pdf") + "' -r scale,embed-fonts,black-text,clear-zone " +
           "-p NF-right -o '" + (scratch / "out.pdf") + "'");
    CHECK(ran.status == 0);
    CHECK_THAT(ran.out, Contains("scale: page 1: 215.9 x 279.4 mm scaled to 97.3 %") &&
                            Contains("embed-fonts: Helvetica is set in NimbusSans-Regular") &&
                            Contains("black-text: page 1: 2 pieces of text") &&
                            Contains("clear-zone: page 1: zones were emptied: 6 characters"));
    CHECK(sh("qpdf --check '" + (scratch / "out.pdf") + "'").status == 0);
    const auto text = sh("pdftotext '" + (scratch / "out.pdf") + "' -").out;
    CHECK_THAT(text, Contains("Text") && !Contains("Window"));
}

TEST_CASE("a check repairs first where it is asked to, and judges what came of it", "[cli][repair]") {
    const Folder scratch;
    write_file(scratch / "letter.pdf", letter_pdf);
    const auto before = sh("pli --json upload check '" + (scratch / "letter.pdf") + "' -p NF-right");
    CHECK(before.status == 1);
    CHECK(nlohmann::json::parse(before.out).at("repairable") > 0);
    const auto after =
        sh("pli --json upload check '" + (scratch / "letter.pdf") +
           "' -p NF-right --repair scale,embed-fonts,black-text,clear-zone -o '" + (scratch / "out.pdf") + "'");
    const auto report = nlohmann::json::parse(after.out);
    CHECK(report.at("repairable") == 0);
    CHECK(report.at("fatal") == 0);
    CHECK(report.at("repaired").size() == 4);
    CHECK(sh("qpdf --check '" + (scratch / "out.pdf") + "'").status == 0);
}

TEST_CASE("a repair that does not exist is refused with those that do", "[cli][repair]") {
    const Folder scratch;
    write_file(scratch / "letter.pdf", letter_pdf);
    const auto ran = sh("pli upload repair '" + (scratch / "letter.pdf") + "' -r polish -p NF-right -o '" +
                        (scratch / "o.pdf") + "'");
    CHECK(ran.status == 2);
    CHECK_THAT(ran.err, Contains("polish") && Contains("embed-fonts"));
}

TEST_CASE("a letter on a repaired PDF passes the print house's checks; unrepaired its template is refused",
          "[cli][repair]") {
    const Folder scratch;
    const auto workspace = new_workspace(scratch);
    const std::string folder = workspace + "/templates/flyer";
    std::filesystem::create_directories(folder);
    write_file(folder + "/letter.pdf", letter_pdf);
    const std::string rest =
        R"("kind": "pdf", "file": "letter.pdf", "profile": "NF-right", "stamps": [{"address": "auto"}]})";
    write_file(folder + "/template.json", "{" + rest);
    const auto refused = sh("pli -w '" + workspace + "' template check flyer");
    CHECK(refused.status == 2);
    CHECK_THAT(refused.err, Contains("fonts are not embedded: Helvetica") && Contains("embed-fonts"));

    write_file(folder + "/template.json",
               R"({"repair": ["scale", "embed-fonts", "black-text", "clear-zone"], )" + rest);
    const auto checked = sh("pli -w '" + workspace + "' template check flyer");
    CHECK(checked.status == 0);
    CHECK_THAT(checked.err, Contains("note: ") && Contains("Helvetica is set in NimbusSans-Regular"));
    write_file(scratch / "c.csv",
               "key,first_name,last_name,street,postal_code,city,country\n1,Anne,Durand,3 rue M,69002,Lyon,FR\n");
    CHECK(sh("pli -w '" + workspace + "' letters add '" + (scratch / "c.csv") + "' --template flyer").status == 0);
    CHECK(sh("pli -w '" + workspace + "' run").status == 0);
    const auto batches = ready_batches(workspace + "/out");
    REQUIRE(batches.size() == 1);
    CHECK(sh("pli batch verify '" + batches.front() + "' --pdf").status == 0);
    const auto text = sh("pdftotext '" + batches.front() + "/print.pdf' -").out;
    CHECK_THAT(text, Contains("Anne Durand") && Contains("Text") && !Contains("Window"));
}

}  // namespace pli::test
