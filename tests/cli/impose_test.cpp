#include <fmt/format.h>

#include <catch2/catch.hpp>
#include <filesystem>
#include <nlohmann/json.hpp>

#include "tests/cli/shell.hpp"

namespace pli::test {
namespace {

using Catch::Contains;

/// A PDF of pages of these sizes in points, each a stroked square with a tint that runs 10 points over the trim.
std::string pages_of(const std::vector<std::pair<int, int>>& sizes) {
    std::string pdf = "%PDF-1.4\n1 0 obj <</Type/Catalog/Pages 2 0 R>> endobj\n", kids;
    for (std::size_t i = 0; i < sizes.size(); ++i) {
        const auto [width, height] = sizes[i];
        const auto number = 3 + 2 * i;
        const auto content = fmt::format("0 0 1 0 k -10 -10 40 40 re f 0 0 0 1 K 50 50 {} {} re S", 10 * (i + 1), 20);
        kids += fmt::format("{} 0 R ", number);
        pdf += fmt::format(
            "{} 0 obj <</Type/Page/Parent 2 0 R/MediaBox[-20 -20 {} {}]/TrimBox[0 0 {} {}]/Contents {} 0 R"
            "/Resources<<>>>> endobj\n",
            number, width + 20, height + 20, width, height, number + 1);
        pdf +=
            fmt::format("{} 0 obj <</Length {}>> stream\n{}\nendstream endobj\n", number + 1, content.size(), content);
    }
    return pdf + fmt::format("2 0 obj <</Type/Pages/Count {}/Kids[{}]>> endobj\ntrailer <</Root 1 0 R>>\n",
                             sizes.size(), kids);
}

const std::vector<std::pair<int, int>> ten_a6(10, {298, 420});

Ran impose(const Folder& scratch, const std::string& options) {
    return sh(fmt::format("cd '{}' && pli impose in.pdf {} --date 2026-11-22 -o out.pdf", scratch.path(), options));
}

std::string house(std::string_view press) { return "[press]\n" + std::string(press); }

/// Opens a workspace whose print house has this file.
Ran with_house(std::string_view file) {
    const Folder scratch;
    const auto workspace = new_workspace(scratch, "[batches]\nprint_house = \"lyon\"\n");
    std::filesystem::create_directories(workspace + "/print-houses");
    write_file(workspace + "/print-houses/lyon.toml", file);
    return sh("cd '" + workspace + "' && pli run --date 2026-11-22");
}

}  // namespace

TEST_CASE("any PDF is imposed, and the result is PDF/X-4 for our own checker and sound for qpdf", "[cli][impose]") {
    const Folder scratch;
    write_file(scratch / "in.pdf", pages_of(ten_a6));
    const auto options =
        GENERATE("--sheet SRA3 --step-and-repeat --bleed 3 --marks crop,colour-bar,slug,registration",
                 "--sheet SRA3 --up 4x2 --cut-and-stack --duplex", "--sheet B2 --in-sequence --bleed 2",
                 "--sheet A3 --duplex --turn work-and-tumble --pages-each 4 --depth 2",
                 "--sheet roll --web 330 --heads feet-together --cut-off 320");
    INFO(options);
    const auto ran = impose(scratch, options);
    INFO(ran.out << ran.err);
    CHECK(ran.status == 0);
    CHECK_THAT(ran.out, Contains("PDF/X-4") && Contains("yes"));
    CHECK(sh("qpdf --check '" + (scratch / "out.pdf") + "'").status == 0);
    CHECK_FALSE(std::filesystem::exists(scratch / "out.pdf.part"));
}

TEST_CASE("imposing tells how many sheets it made: piles of every second page, lifts of a given depth",
          "[cli][impose]") {
    const Folder scratch;
    write_file(scratch / "in.pdf", pages_of(ten_a6));
    const auto ran =
        sh("cd '" + scratch.path() + "' && pli --json impose in.pdf --sheet A4 --up 2x1 --duplex --depth 2 -o out.pdf");
    const auto report = nlohmann::json::parse(ran.out);
    CHECK(report.at("imposition") == "2x1 cut-and-stack");
    CHECK(report.at("pages") == 10);
    CHECK(report.at("press_sheets") == 3);  // five leaves on two piles, four of them in the first lift
    CHECK(report.at("lifts") == 2);
    CHECK(report.at("print_pages") == 6);
}

TEST_CASE("the bleed of a page is printed around its cut, as far as asked", "[cli][impose]") {
    const Folder scratch;
    write_file(scratch / "in.pdf", pages_of({{298, 420}}));
    const auto ink = [&](const std::string& options) {
        REQUIRE(impose(scratch, "--sheet 200x200 --up 1x1 " + options).status == 0);
        // Just outside the lower left corner of the trim, which is centred.
        return sh(fmt::format(
                      "cd '{}' && pdftoppm -r 254 -gray -x {} -y {} -W 10 -H 10 out.pdf c && tail -c 100 c-1.pgm | "
                      "tr -d '\\377' | wc -c",
                      scratch.path(), 474 - 15, 1741 - 20))
            .out;
    };
    CHECK(ink("--bleed 3 --marks crop") == "100\n");
    CHECK(ink("--marks crop") == "0\n");
}

TEST_CASE("pages of several sizes are refused with their number, or centred where that is asked for", "[cli][impose]") {
    const Folder scratch;
    write_file(scratch / "in.pdf", pages_of({{298, 420}, {200, 300}}));
    const auto refused = impose(scratch, "--sheet SRA3");
    CHECK(refused.status == 2);
    CHECK_THAT(refused.err,
               Contains("in.pdf, page 2: is 70.56 x 105.8 mm, page 1 is 105.1 x 148.2 mm") && Contains("--centre"));
    CHECK_FALSE(std::filesystem::exists(scratch / "out.pdf"));
    CHECK(impose(scratch, "--sheet SRA3 --centre").status == 0);
}

TEST_CASE("what cannot be imposed is refused with a reason and leaves no file", "[cli][impose]") {
    const Folder scratch;
    write_file(scratch / "in.pdf", pages_of(ten_a6));
    const auto says = [&](const std::string& options, const std::string& words) {
        const auto ran = impose(scratch, options);
        INFO(ran.err);
        CHECK(ran.status == 2);
        CHECK_THAT(ran.err, Contains(words));
        CHECK_FALSE(std::filesystem::exists(scratch / "out.pdf"));
    };
    says("--sheet A4 --up 3x1", "3 columns of 105.1 x 148.2 mm need 315.4 mm, the sheet is 297 mm wide");
    says("--sheet foolscap", "\"foolscap\" is no sheet");
    says("--sheet roll", "a roll needs its width");
    says("--sheet SRA3 --up 0x1", "\"0x1\" is no grid");
    says("--sheet SRA3 --depth 0", "expected a whole number from 1");
    says("--sheet SRA3 --bleed -1", "expected millimetres from 0 to 100");
    says("--sheet SRA3 --cut-and-stack --step-and-repeat", "excludes");
    says("--sheet SRA3 --profile nowhere.toml", "there is no such file");
    write_file(scratch / "in.pdf", "not a PDF");
    says("--sheet SRA3", "in.pdf");
}

TEST_CASE("a print house's file is refused before anything is typeset, with line, cause and remedy", "[cli][impose]") {
    const auto says = [](std::string_view press, const std::string& words) {
        const auto ran = with_house(house(press));
        INFO(press << "\n" << ran.err);
        CHECK(ran.status == 2);
        CHECK_THAT(ran.err, Contains(words));
    };
    says("sheet = \"SRA3\"\nup = \"3x1\"\n",
         "lyon.toml:3:6: press.up: 3 columns of A4 need 630 mm, the sheet is 450 mm wide: 180 mm too little");
    says("sheet = \"A3\"\nup = \"2x1\"\nmarks = [\"slug\"]\n", "9 mm too little");
    says("sheet = \"A3\"\nmarks = \"slug\"\n", "expected a list of texts");
    says("sheet = \"SRA3\"\nturn = \"sideways\"\n", "press.turn: \"sideways\" is not known");
    says("sheet = \"roll\"\nweb_mm = 520\nturn = \"work-and-tumble\"\n", "cannot be turned head to foot");
    says("sheet = \"SRA3\"\nimposition = \"step-and-repeat\"\n", "prints each letter once in every cell");
    says("sheet = \"SRA3\"\npile_dept = 5\n", "press.pile_dept: is not a setting Pli knows");
    says("up = \"2x1\"\n", "needs a press sheet");
    says("sheet = \"SRA3\"\nfolds_mm = [99, \"198\"]\n", "expected a list of millimetres");
    says("sheet = [450, 320]\n", "expected a text in quotes");
}

TEST_CASE("a print house that is not there is refused with those that are", "[cli][impose]") {
    const Folder scratch;
    const auto workspace = new_workspace(scratch, "[batches]\nprint_house = \"paris\"\n");
    std::filesystem::create_directories(workspace + "/print-houses");
    write_file(workspace + "/print-houses/lyon.toml", "");
    const auto ran = sh("cd '" + workspace + "' && pli run");
    CHECK(ran.status == 2);
    CHECK_THAT(ran.err, Contains("print-houses/paris.toml: there is no such file") && Contains("there are: lyon"));
    const auto beside = new_workspace(scratch, "[batches]\nprint_house = \"lyon\"\nimposition = \"1-up\"\n");
    CHECK_THAT(sh("cd '" + beside + "' && pli run").err,
               Contains("batches.imposition: stands in print-houses/lyon.toml"));
}

}  // namespace pli::test
