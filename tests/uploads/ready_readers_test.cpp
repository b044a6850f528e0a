#include "uploads/ready_readers.hpp"

#include <catch2/catch.hpp>
#include <chrono>
#include <thread>
#include <vector>

#include "tests/uploads/test_pdf.hpp"

namespace pli::uploads {

TEST_CASE("a reader that waited draws what one draws that was started for it", "[uploads]") {
    ReadyReaders readers(2), none(0);
    const auto upload = pdf_of({});
    const auto expected = rasterise(upload, 0, 144, "flyer.pdf").value();
    for (int time = 0; time < 6; ++time) {
        const auto raster = readers.rasterise(upload, 0, 144, "flyer.pdf");
        REQUIRE(raster);
        CHECK(raster->columns == expected.columns);
        CHECK(raster->rgb == expected.rgb);
    }
    CHECK(none.rasterise(upload, 0, 144, "flyer.pdf").value().rgb == expected.rgb);
}

TEST_CASE("a reader that waited refuses what any reader refuses, naming the upload", "[uploads]") {
    ReadyReaders readers(1);
    for (int time = 0; time < 3; ++time) {
        CHECK_THAT(readers.rasterise("%PDF-1.4 and nothing more", 0, 96, "evil.pdf").error().text(),
                   Catch::Contains("evil.pdf: "));
        CHECK_THAT(readers.rasterise(pdf_of({}), 3, 72, "flyer.pdf").error().text(),
                   Catch::Contains("has 1 pages, no page 4"));
    }
}

TEST_CASE("many threads share few readers", "[uploads]") {
    ReadyReaders readers(2);
    const auto upload = pdf_of({});
    const auto expected = rasterise(upload, 0, 72, "flyer.pdf").value().rgb;
    std::vector<std::vector<std::uint8_t>> drawn(8);
    {
        std::vector<std::jthread> threads;
        for (auto& one : drawn)
            threads.emplace_back([&] {
                if (auto raster = readers.rasterise(upload, 0, 72, "flyer.pdf")) one = std::move(raster->rgb);
            });
    }
    for (const auto& one : drawn) CHECK(one == expected);
}

TEST_CASE("a waiting reader that is gone when its order comes says so and ends nobody", "[uploads]") {
    auto child = WaitingChild::start({"no-such-verb", "1", "1", "1"}).value();  // it leaves at once
    std::this_thread::sleep_for(std::chrono::milliseconds(500));
    const auto outcome = child.tell("0 96\n", pdf_of({}), {});
    CHECK_FALSE((outcome && outcome->code == 0));
}

}  // namespace pli::uploads
