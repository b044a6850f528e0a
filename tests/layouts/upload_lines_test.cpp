#include <catch2/catch.hpp>

#include "drawing_table.hpp"

using namespace pli;
using namespace pli::layouts;
using Catch::Contains;
using trial::DrawingTable;
using trial::letter_with;

namespace {

ForeignType ten_points(const std::string& font = "NotoSans-Regular") {
    ForeignType type;
    type.font = font;
    type.size = 10_pt;
    type.colour = Colour::cmyk(0, 1000, 500, 0);
    return type;
}

/// "Dear {first_name}, hello": the text behind the value is form 1 of the page.
FieldLine dear_line() {
    FieldLine line;
    line.baseline = 100_mm;
    line.room_left = 20_mm;
    line.room_right = 90_mm;
    line.parts = {{"first_name", LinePart::none, 40_mm, 60_mm, ten_points()}, {"", 1, 60_mm, 72_mm, {}}};
    return line;
}

const std::string uploaded = R"({"kind": "pdf", "file": "flyer.pdf", "profile": "DIN5008-B", "fields": ["x"]})";

Frame page_with(const FieldLine& line, const Letter& letter, DrawingTable& table) {
    table.files["flyer.pdf"] = "%PDF";
    table.field_lines = {line};
    const auto pages = table.lay_out(uploaded, letter);
    if (!pages) FAIL(pages.error().text());
    return pages->front();
}

Length width_of(const Frame& frame, const TextRun& run) {
    std::int64_t units = 0;
    for (std::uint32_t i = 0; i < run.glyphs.count; ++i) units += frame.glyphs[run.glyphs.first + i].advance;
    return Length::nm(units * run.size.nm() / 1000);
}

/// The value's run, and how far the text behind it has moved.
struct Set {
    TextRun run;
    Length width, moved;
    bool has_text = false;
};
Set set_in(const Frame& page, const Assets& assets) {
    Set set;
    for (const Item& item : page.items) {
        if (const auto* run = std::get_if<TextRun>(&item)) {
            set.run = *run;
            set.width = width_of(page, *run);
        }
        const auto* placed = std::get_if<Placed>(&item);
        const auto* text = placed ? std::get_if<ForeignPage>(&assets[placed->asset]) : nullptr;
        if (text == nullptr || text->form != 1) continue;
        set.moved = placed->box.left();
        set.has_text = true;
    }
    return set;
}

Letter named(std::string_view name) {
    Letter letter = letter_with({});
    letter.recipient.first_name = name;
    return letter;
}

}  // namespace

TEST_CASE("a value stands where its placeholder stood, in its size and colour; text behind it moves",
          "[layouts][upload]") {
    for (const char* name : {"Al", "Maximiliana"}) {
        DrawingTable table;
        const Frame page = page_with(dear_line(), named(name), table);
        const Set set = set_in(page, table.assets());
        CHECK(set.run.baseline == Point{40_mm, 100_mm});
        CHECK(set.run.size == 10_pt);
        CHECK(set.run.colour == Colour::cmyk(0, 1000, 500, 0));
        CHECK(table.fonts().face(set.run.face).family == "Noto Sans");
        REQUIRE(set.has_text);
        CHECK(set.moved == set.width - 20_mm);
    }
}

TEST_CASE("centred and right-aligned lines keep their middle and their end", "[layouts][upload]") {
    FieldLine line = dear_line();
    line.parts.pop_back();
    line.align = FieldLine::Align::Centre;
    {
        DrawingTable table;
        const Set set = set_in(page_with(line, named("Jane"), table), table.assets());
        CHECK((set.run.baseline.x + set.width / 2).to_mm() == Approx(50).margin(0.001));
    }
    line.align = FieldLine::Align::Right;
    DrawingTable table;
    const Set set = set_in(page_with(line, named("Jane"), table), table.assets());
    CHECK((set.run.baseline.x + set.width).to_mm() == Approx(60).margin(0.001));
}

TEST_CASE("a value that is too long shrinks to four fifths and no further", "[layouts][upload]") {
    FieldLine line = dear_line();
    line.room_right = 190_mm;
    const std::string name = "Hubert Blaine Wolfeschlegelsteinhausen";
    DrawingTable table;
    const Length natural = set_in(page_with(line, named(name), table), table.assets()).width;
    const auto with_room = [&](double share) {
        line.room_right = 40_mm + natural.scaled(share) + 12_mm;
        DrawingTable own;
        own.files["flyer.pdf"] = "%PDF";
        own.field_lines = {line};
        return own.lay_out(uploaded, named(name));
    };
    const auto smaller = with_room(0.9);
    REQUIRE(smaller);
    const Set set = set_in(smaller->front(), table.assets());
    CHECK(set.run.size.to_pt() == Approx(9).margin(0.02));
    CHECK(set.run.baseline.x + set.width + 12_mm <= line.room_right);
    const auto rejected = with_room(0.75);
    REQUIRE_FALSE(rejected);
    CHECK(rejected.error().fault == Fault::Overflow);
    CHECK_THAT(rejected.error().text(), Contains("at 80 % of their size"));
}

TEST_CASE("a placeholder without a value rejects the letter, a fallback stands in for it", "[layouts][upload]") {
    FieldLine line = dear_line();
    line.parts[0].placeholder = "x";
    DrawingTable table;
    table.files["flyer.pdf"] = "%PDF";
    table.field_lines = {line};
    const auto rejected = table.lay_out(uploaded, letter_with({}));
    REQUIRE_FALSE(rejected);
    CHECK_THAT(rejected.error().text(), Contains("x"));
    line.parts[0].placeholder = "x|friend";
    DrawingTable other;
    CHECK(set_in(page_with(line, letter_with({}), other), other.assets()).width > 5_mm);
}

TEST_CASE("behind an empty value no second space is left", "[layouts][upload]") {
    FieldLine line = dear_line();
    line.parts[0].placeholder = "x|";
    line.parts[1].left = 62_mm;  // a space behind the placeholder
    DrawingTable table;
    const Set set = set_in(page_with(line, letter_with({}), table), table.assets());
    REQUIRE(set.has_text);
    CHECK(set.moved == 40_mm - 62_mm);
}

TEST_CASE("placeholders of an upload are checked and needed like those of a template", "[layouts][upload]") {
    DrawingTable table;
    table.files["flyer.pdf"] = "%PDF";
    FieldLine line = dear_line();
    table.field_lines = {line};
    const auto compiled = table.compile(uploaded);
    INFO(trial::told(compiled.findings));
    REQUIRE(compiled.result);
    CHECK(compiled.result->placeholders() == std::vector<std::string>{"first_name"});
    table.field_lines[0].parts[0].placeholder = "frist_name";
    CHECK_THAT(trial::told(table.compile(uploaded).findings), Contains("error unknown-placeholder"));
    table.field_lines[0].parts[0].placeholder = "first_name:shout";
    CHECK_THAT(trial::told(table.compile(uploaded).findings),
               Contains("error placeholder") && Contains("page 1, {first_name:shout}: unknown format 'shout'"));
}

TEST_CASE("a font that is not there is replaced by its like, and template check says so", "[layouts][upload]") {
    const auto told_for = [](ForeignType type) {
        DrawingTable table;
        table.files["flyer.pdf"] = "%PDF";
        table.field_lines = {dear_line()};
        table.field_lines[0].parts[0].type = std::move(type);
        return trial::told(table.compile(uploaded).findings);
    };
    CHECK_THAT(told_for(ten_points()), !Contains("font-substitute"));
    CHECK_THAT(told_for(ten_points("ArialMT")), Contains("warning font-substitute") &&
                                                    Contains("\"ArialMT\" is not installed") &&
                                                    Contains("Liberation Sans"));
    ForeignType serif = ten_points("Utterly Unknown");
    serif.serif = true;
    CHECK_THAT(told_for(serif), Contains("Liberation Serif"));
    serif.fixed_pitch = true;
    CHECK_THAT(told_for(serif), Contains("Liberation Mono"));
}

TEST_CASE("\"placeholders\": \"keep\" leaves the upload as it is, and what had to stay is told", "[layouts][upload]") {
    DrawingTable table;
    table.files["flyer.pdf"] = "%PDF";
    table.field_lines = {dear_line()};
    const auto kept = table.lay_out(
        R"({"kind": "pdf", "file": "flyer.pdf", "profile": "DIN5008-B", "placeholders": "keep"})", letter_with({}));
    REQUIRE(kept);
    CHECK(kept->front().items.size() == 1);  // the page alone
    DrawingTable other;
    other.files["flyer.pdf"] = "%PDF";
    other.field_lines = {dear_line()};
    other.field_lines[0].kept = true;
    CHECK_THAT(trial::told(other.compile(uploaded).findings), Contains("warning placeholder-kept"));
}

TEST_CASE("a letterhead's placeholders are set on the first page, in their place", "[layouts][upload]") {
    DrawingTable table;
    table.files["head.pdf"] = "%PDF";
    table.field_lines = {dear_line()};
    const auto pages = table.lay_out(
        R"({"kind": "document", "profile": "DIN5008-B", "letterhead": "head.pdf", "body": [{"text": "hello"}]})",
        named("Al"));
    if (!pages) FAIL(pages.error().text());
    const Set set = set_in(pages->front(), table.assets());
    CHECK(set.has_text);
    CHECK(set.run.size == 10_pt);
    CHECK(set.width > 0_mm);
}

TEST_CASE("a letterhead whose placeholders are kept is printed as it stands", "[layouts][upload]") {
    DrawingTable table;
    table.files["head.pdf"] = "%PDF";
    table.field_lines = {dear_line()};
    const auto pages = table.lay_out(
        R"({"kind": "document", "profile": "DIN5008-B", "letterhead": "head.pdf", "placeholders": "keep",
            "body": [{"text": "hello"}]})",
        named("Al"));
    if (!pages) FAIL(pages.error().text());
    CHECK_FALSE(set_in(pages->front(), table.assets()).has_text);
}
