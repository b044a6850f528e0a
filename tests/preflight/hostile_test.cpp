#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <catch2/catch.hpp>
#include <cstdint>
#include <filesystem>
#include <fstream>

#include "content/lexer.hpp"
#include "tests/preflight/small_pdf.hpp"

// Files that want the checker to crash, to hang or to eat the machine. What they must end in is an answer.

namespace {
using namespace pli::preflight;
using namespace pli::preflight::test;

/// The same numbers on every machine.
struct Dice {
    std::uint64_t state = 1;
    std::size_t below(std::size_t end) {
        state = state * 6364136223846793005 + 1442695040888963407;
        return static_cast<std::size_t>(state >> 33) % end;
    }
};

/// A report or a refusal; a crash ends the test program.
bool answers(const std::string& bytes) {
    const std::string path =
        (std::filesystem::temp_directory_path() / fmt::format("pli-hostile-{}.pdf", ::getpid())).string();
    std::ofstream(path, std::ios::binary) << bytes;
    const auto report = check_pdf(path, "hostile.pdf");
    std::filesystem::remove(path);
    return report ? !report->findings.empty() || report->pages == 2 : !report.error().message.empty();
}

bool finds(const SmallPdf& pdf, std::string_view code) {
    const auto codes = codes_of(checked(pdf.bytes()));
    return std::find(codes.begin(), codes.end(), code) != codes.end();
}

std::string repeated(std::string_view text, std::size_t times) {
    std::string all;
    for (std::size_t i = 0; i < times; ++i) all += text;
    return all;
}

TEST_CASE("a file with bytes changed anywhere gets an answer", "[preflight]") {
    const std::string whole = SmallPdf().bytes();
    Dice dice;
    for (int round = 0; round < 400; ++round) {
        std::string damaged = whole;
        for (std::size_t i = 0; i <= dice.below(4); ++i)
            damaged[dice.below(damaged.size())] = static_cast<char>(dice.below(256));
        CHECK(answers(damaged));
    }
}

TEST_CASE("a file with pieces of itself moved about gets an answer", "[preflight]") {
    const std::string whole = SmallPdf().bytes();
    Dice dice;
    for (int round = 0; round < 200; ++round) {
        std::string damaged = whole;
        const std::size_t length = 1 + dice.below(40);
        damaged.replace(dice.below(whole.size() - length), length, whole, dice.below(whole.size() - length), length);
        CHECK(answers(damaged));
    }
}

TEST_CASE("a file cut off anywhere gets an answer", "[preflight]") {
    const std::string whole = SmallPdf().bytes();
    for (std::size_t size = 0; size < whole.size(); size += 97) CHECK(answers(whole.substr(0, size)));
}

TEST_CASE("content nested without end is a finding", "[preflight]") {
    SmallPdf saved;
    saved.objects.at(second_content).data = repeated("q ", 1'000'000);
    CHECK(finds(saved, "x4-save-restore"));
    SmallPdf arrays;
    arrays.objects.at(second_content).data = repeated("[", 3'000'000);
    CHECK(finds(arrays, "x4-content-syntax"));
    SmallPdf brackets;
    brackets.objects.at(second_content).data = repeated("(", 3'000'000);
    CHECK(finds(brackets, "x4-content-syntax"));
}

/// A chain of forms, each of which draws the next one twice.
SmallPdf chain(int length) {
    SmallPdf pdf;
    int next = form;
    for (int i = 0; i < length; ++i)
        next = pdf.add_stream(
            fmt::format("/Type/XObject/Subtype/Form/BBox[0 0 1 1]/Resources<</XObject<</X {} 0 R>>>>", next),
            "/X Do /X Do");
    pdf.replace(resources, "/X0 21 0 R", fmt::format("/X0 {} 0 R", next));
    return pdf;
}

TEST_CASE("forms that draw the next one twice do not take for ever, however deep", "[preflight]") {
    CHECK(codes_of(checked(chain(38).bytes())).empty());  // 2^38 times the last one
    CHECK(finds(chain(60), "x4-recursion"));
}

TEST_CASE("colour spaces, parts and pages that lead back to themselves are findings", "[preflight]") {
    SmallPdf space;
    const int number = space.add_object("[/Indexed 0 0 R 1 <0001>]");
    space.replace(number, "0 0 R", fmt::format("{} 0 R", number));
    space.replace(resources, "/S0[", fmt::format("/S1 {} 0 R/S0[", number));
    space.objects.at(second_content).data += " /S1 cs";
    CHECK(finds(space, "x4-colour-space"));
    SmallPdf parts;
    parts.replace(part_node, "20 0 R", "18 0 R");
    CHECK(finds(parts, "vt-parent"));
    SmallPdf pages;
    pages.replace(page_tree, "4 0 R", "2 0 R");
    CHECK(finds(pages, "x4-page-tree"));
}

TEST_CASE("fonts, profiles and pictures with absurd numbers are findings", "[preflight]") {
    SmallPdf widths;
    widths.replace(descendant, "/W[1[600 700]]", "/W[1[600 700 (x)] -99999999999 99999999999 5 7]");
    CHECK(codes_of(checked(widths.bytes())) == std::vector<std::string>{"x4-font-widths"});
    SmallPdf image;
    image.replace(picture, "/Width 100", "/Width -9223372036854775808");
    CHECK(finds(image, "x4-image"));
    SmallPdf inlined;
    inlined.objects.at(second_content).data += " BI /W 99999999999 /H 99999999999 /BPC 8 /CS /CMYK ID x EI";
    CHECK(finds(inlined, "x4-inline-image"));
    SmallPdf matrix;
    matrix.objects.at(second_content).data +=
        " q 1e 0 0 1 0 0 cm 99999999999999999999999999999999 0 0 0 0 0 cm /I0 Do Q";
    CHECK(finds(matrix, "x4-content-syntax"));
}

}  // namespace
