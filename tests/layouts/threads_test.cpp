#include <catch2/catch.hpp>
#include <thread>

#include "drawing_table.hpp"
#include "frame/dump.hpp"

using namespace pli;
using namespace pli::layouts;
using namespace pli::layouts::trial;

TEST_CASE("typesetters in several threads share fonts and templates and set each letter alike", "[layouts]") {
    DrawingTable table({"Noto Sans Arabic", "Noto Sans Hebrew", "Noto Sans CJK JP"});
    const std::string json = R"({"profile": "DIN5008-B", "locale": "ro-RO", "fields": ["name", "sum"],
  "style": {"font": "Noto Sans", "size": 10}, "body": [
  {"text": "{name} are {sum} de plătit, mulțumim.", "align": "justify", "tracking": 10},
  {"text": "{sum} {name}", "font": "EB Garamond", "figures": "old-style", "caps": "small"},
  {"text": "{sum} {name}", "font": "Inter", "weight": 350, "figure_width": "tabular"}]})";
    const auto compiled = table.compile(json);
    REQUIRE(compiled.result);
    REQUIRE(table.lay_out(json, letter_with({{"name", "Ana"}, {"sum", "1,00"}})));  // freezes the fonts
    const std::vector<std::string> names{"Ștefan Țepeș", "محمد علي", "שלום, Anna (12)", "東京, 大阪", "O'Connor"};
    const auto work = [&](std::string& all) {
        Typesetter typesetter(table.fonts(), table.assets(), Day::of(2026, 11, 22), "DE");
        TypesetLetter out;
        for (int i = 0; i < 40; ++i) {
            const std::string sum = std::to_string(i * 317) + ",50";
            const auto done = typesetter.lay_out(
                *compiled.result, letter_with({{"name", names[static_cast<std::size_t>(i) % 5]}, {"sum", sum}}), out);
            all += done ? dump(out.pages.front()) : done.error().text();
        }
    };
    std::vector<std::string> results(4);
    std::vector<std::thread> threads;
    for (std::string& result : results) threads.emplace_back(work, std::ref(result));
    for (std::thread& thread : threads) thread.join();
    CHECK(results[0].size() > 10'000);
    for (const std::string& result : results) CHECK(result == results[0]);
}
