#include "tests/uploads/repair_bench.hpp"

#include <fmt/format.h>

#include <catch2/catch.hpp>
#include <sstream>

namespace pli::uploads {

RepairPlan plan_of(const std::vector<std::string>& repairs) {
    RepairPlan plan;
    plan.sheet = {210_mm, 297_mm};
    for (const auto& words : repairs) {
        const auto repair = parse_repair(words);
        if (!repair) FAIL(repair.error().text());
        plan.repairs.push_back(*repair);
    }
    return plan;
}

Repaired repaired(const std::string& pdf, const std::vector<std::string>& repairs) {
    auto result = repair(pdf, plan_of(repairs), "flyer.pdf");
    if (!result) FAIL(result.error().text());
    return *std::move(result);
}

Error repair_refusal(const std::string& pdf, const std::vector<std::string>& repairs) {
    const auto result = repair(pdf, plan_of(repairs), "flyer.pdf");
    REQUIRE_FALSE(result);
    return result.error();
}

std::string deeds_of(const Repaired& repaired) {
    std::string lines;
    for (const Deed& deed : repaired.deeds)
        lines +=
            fmt::format("{}: {}{}\n", deed.repair, deed.page > 0 ? fmt::format("page {}: ", deed.page) : "", deed.what);
    return lines;
}

std::string complaints_about(const std::string& pdf) {
    const Workbench bench;
    const std::string file = bench.write("judged.pdf", pdf);
    std::string complaints;
    if (const auto heard = run(fmt::format("qpdf --check '{}' 2>&1", file)); heard.status != 0)
        complaints += heard.text;
    complaints += run(fmt::format("pdftotext '{}' - 2>&1 >/dev/null", file)).text;
    if (const auto heard = run(fmt::format("mutool draw -q -r 30 -o '{}' '{}' 2>&1", bench.path("p%d.png"), file));
        heard.status != 0 || heard.text.find("error") != std::string::npos)
        complaints += heard.text;
    return complaints;
}

std::string text_in(const std::string& pdf) {
    const Workbench bench;
    std::istringstream words(run(fmt::format("pdftotext '{}' -", bench.write("read.pdf", pdf))).text);
    std::string text, word;
    while (words >> word) text += (text.empty() ? "" : " ") + word;
    return text;
}

Ppm picture_of(const std::string& pdf, int page) {
    const Workbench bench;
    return drawn_by_poppler(bench.write("drawn.pdf", pdf), page, 72, bench);
}

std::vector<int> colour_at(const Ppm& picture, int x, int y) {
    REQUIRE(x < picture.columns);
    REQUIRE(y < picture.rows);
    const auto start = static_cast<std::size_t>(3 * (y * picture.columns + x));
    std::vector<int> colour;
    for (std::size_t i = start; i < start + 3; ++i) colour.push_back(static_cast<unsigned char>(picture.rgb[i]));
    return colour;
}

}  // namespace pli::uploads
