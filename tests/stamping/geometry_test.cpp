#include <fmt/format.h>

#include <catch2/catch.hpp>

#include "tests/stamping/odd_pages.hpp"
#include "tests/stamping/print_shop.hpp"

/// Stamps and uploads at their place in millimetres, read from the printed batch by MuPDF and poppler.

namespace pli::stamping {
namespace {

constexpr double text_tolerance = 0.05, pixel_tolerance = 0.12;  // mm; what is asked for is 0.2

constexpr std::size_t pages_of_an_upload = 120;

/// Every turn with every unit, origin and way to write boxes; odd ways to write a turn with two of them.
std::vector<Geometry> all_geometries() {
    std::vector<Geometry> all;
    for (const int rotate : {0, 90, 180, 270, -90, 450})
        for (const std::optional<double> unit : {std::optional<double>(), {0.5}, {1.0}, {2.5}})
            for (const double origin : {0.0, -300.5, 5000.25})
                for (int boxes = 0; boxes < box_kinds; boxes += rotate < 0 || rotate > 270 ? box_kinds - 1 : 1)
                    all.push_back({rotate, unit, origin, -2 * origin, static_cast<Boxes>(boxes)});
    return all;
}

std::string stamps_on_all(std::size_t pages) {
    std::string stamps;
    for (std::size_t page = 1; page <= pages; ++page)
        stamps += fmt::format(R"({}{{"address": "auto", "page": {}}},
            {{"return_line": "Atelier, 69002 Lyon", "page": {}}},
            {{"text": "{{today:date}}", "at": {{"x": 30, "baseline": 200}}, "page": {}}},
            {{"text": "right", "at": {{"right_x": 190, "baseline": 210.5}}, "page": {}}},
            {{"qr": "https://merci.example/{}", "size": 20, "at": {{"x": 25, "y": 150}}, "page": {}}})",
                              page == 1 ? "" : ",", page, page, page, page, page, page);
    return "[" + stamps + "]";
}

constexpr Area shown{0, 147, 66, 26};

struct Seen {
    std::vector<PrintedLine> lines;
    std::vector<PrintedWord> words;
    Grey grey;
};

void check_text(const Seen& page, const PrintShop& shop) {
    const auto upload = only_line(page.lines, "here");
    CHECK(upload.x == Approx(60).margin(text_tolerance));
    CHECK(upload.baseline == Approx(130).margin(text_tolerance));
    const auto date = only_line(page.lines, "22 nov. 2026");
    CHECK(date.x == Approx(30).margin(text_tolerance));
    CHECK(date.baseline == Approx(200).margin(text_tolerance));
    CHECK(only_line(page.lines, "right").baseline == Approx(210.5).margin(text_tolerance));
    CHECK(only_line(page.lines, "Zoe Lange").x == Approx(shop.profile().address.left().to_mm()).margin(text_tolerance));
}

void check_words(const Seen& page) {
    const auto begins = [&](std::string_view text) {
        for (const auto& word : page.words)
            if (word.text == text) return word.x;
        return -1.0;
    };
    CHECK(begins("here") == Approx(60).margin(text_tolerance));
    CHECK(begins("22") == Approx(30).margin(text_tolerance));
}

void check_ink(const Seen& page, const Area& asked) {
    const Area around{asked.left - 2, asked.top - 2, asked.width + 4, asked.height + 4};
    const Area ink = ink_in(page.grey, shown, around);
    CHECK(ink.left == Approx(asked.left).margin(pixel_tolerance));
    CHECK(ink.top == Approx(asked.top).margin(pixel_tolerance));
    CHECK(ink.width == Approx(asked.width).margin(2 * pixel_tolerance));
    CHECK(ink.height == Approx(asked.height).margin(2 * pixel_tolerance));
}

/// What has no asked place of its own stands where it stands on the plainest page.
void check_like_first(const Seen& page, const Seen& first, const Area& code) {
    for (const char* text : {"Zoe Lange", "75011 PARIS", "Atelier, 69002 Lyon", "right"}) {
        const auto here = only_line(page.lines, text), there = only_line(first.lines, text);
        CHECK(here.x == Approx(there.x).margin(text_tolerance));
        CHECK(here.baseline == Approx(there.baseline).margin(text_tolerance));
    }
    const Area here = ink_in(page.grey, shown, code), there = ink_in(first.grey, shown, code);
    CHECK(here.width > 5);
    CHECK(here.left == Approx(there.left).margin(pixel_tolerance));
    CHECK(here.top == Approx(there.top).margin(pixel_tolerance));
}

}  // namespace

TEST_CASE("on a page of any geometry stamps and upload stand where they were asked to, to a tenth of a millimetre",
          "[stamping]") {
    const auto all = all_geometries();
    REQUIRE(all.size() % pages_of_an_upload == 0);
    PrintShop shop;
    for (auto from = all.begin(); from != all.end(); from += pages_of_an_upload)
        shop.add(odd_pdf({from, from + pages_of_an_upload}), stamps_on_all(pages_of_an_upload));
    const Bench bench;
    const std::string pdf = shop.print(bench);
    const auto lines = lines_by_mupdf(pdf, bench);
    const auto words = words_by_poppler(pdf);
    const auto drawn = drawn_by_poppler(pdf, shown, bench);
    REQUIRE((lines.size() == all.size() && words.size() == all.size() && drawn.size() == all.size()));
    const auto& code = shop.profile().sheet_code;
    const Area code_area{code.left().to_mm(), code.top().to_mm(), code.size.width.to_mm(), 12};
    const Seen first{lines[0], words[0], drawn[0]};
    for (std::size_t i = 0; i < all.size(); ++i) {
        INFO(all[i].told());
        const Seen page{lines[i], words[i], drawn[i]};
        check_text(page, shop);
        check_words(page);
        check_ink(page, {60, 150, 5, 5});
        check_ink(page, {25, 150, 20, 20});
        check_like_first(page, first, code_area);
    }
}

}  // namespace pli::stamping
