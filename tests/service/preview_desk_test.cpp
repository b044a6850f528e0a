#include "service/preview_desk.hpp"

#include <catch2/catch.hpp>
#include <filesystem>
#include <thread>
#include <vector>

#include "service/file_versions.hpp"
#include "tests/outside/outside.hpp"

namespace pli::service {
namespace {

namespace fs = std::filesystem;

const Day day = Day::of(2026, 11, 23);

/// A copy of the example shop that a test may change.
struct Shop {
    test::Folder scratch;
    std::string folder = scratch / "boutique";
    Shop() { fs::copy("examples/boutique", folder, fs::copy_options::recursive); }
    std::string file(const std::string& name) const { return folder + "/" + name; }

    void replace(const std::string& name, const std::string& from, const std::string& to) const {
        auto text = test::read_file(file(name));
        const auto at = text.find(from);
        REQUIRE(at != std::string::npos);
        test::write_file(file(name), text.replace(at, from.size(), to));
    }
};

PreviewRequest shown(const std::string& template_name, int page = 1, int dpi = 96) {
    PreviewRequest request;
    request.template_name = template_name;
    request.day = day;
    request.page = page;
    request.dpi = dpi;
    return request;
}

std::string drawn(PreviewDesk& desk, const PreviewRequest& request) {
    auto preview = desk.draw(request);
    if (!preview) FAIL(preview.error().text());
    return preview->bytes;
}

std::string said(PreviewDesk& desk, const PreviewRequest& request) {
    const auto preview = desk.draw(request);
    REQUIRE_FALSE(preview);
    return preview.error().text();
}

}  // namespace

TEST_CASE("a warm desk draws, byte for byte, what is drawn with nothing kept", "[service]") {
    const Shop shop;
    const auto workspace = Workspace::open(shop.folder).value();
    PreviewRoom room;
    PreviewDesk desk(shop.folder, room);
    for (const auto& name : workspace.template_names())
        for (const int dpi : {96, 150}) {
            auto request = shown(name, 1, dpi);
            CAPTURE(name, dpi);
            const auto cold = preview(workspace, request).value();
            for (int time = 0; time < 3; ++time) CHECK(drawn(desk, request) == cold.bytes);
            request.page = static_cast<int>(cold.pages);
            CHECK(drawn(desk, request) == preview(workspace, request).value().bytes);
            CHECK(drawn(desk, request) == preview(workspace, request).value().bytes);
        }
}

TEST_CASE("eight threads at one desk draw the same bytes as one", "[service]") {
    const std::vector<std::string> names{"merci", "danke", "lettre", "prospectus"};
    const Shop shop;
    PreviewRoom alone_room, room;
    PreviewDesk alone(shop.folder, alone_room), desk(shop.folder, room);
    std::vector<std::string> expected, found(32);
    for (const auto& name : names) expected.push_back(drawn(alone, shown(name)));
    {
        std::vector<std::jthread> threads;
        for (std::size_t thread = 0; thread < 8; ++thread)
            threads.emplace_back([&, thread] {
                for (std::size_t i = 0; i < 4; ++i)
                    found[thread * 4 + i] = desk.draw(shown(names[(thread + i) % 4])).value_or(Preview{}).bytes;
            });
    }
    for (std::size_t i = 0; i < found.size(); ++i) CHECK(found[i] == expected[(i / 4 + i % 4) % 4]);
}

TEST_CASE("what is typed is shown: data of the request wins over the template's sample", "[service]") {
    const Shop shop;
    PreviewRoom room;
    PreviewDesk desk(shop.folder, room);
    auto request = shown("danke");
    const auto sample = drawn(desk, request);
    request.data = R"({"Gruss": "Lieber", "first_name": "Otto", "last_name": "Meier", "street": "Am Markt 1",
        "postal_code": "99084", "city": "Erfurt", "country": "DE", "Kundennummer": "K1", "Kunde_seit": "2020",
        "Gutschein": "L-1", "Betrag": "5.00 EUR"})";
    const auto typed = drawn(desk, request);
    CHECK(typed != sample);
    CHECK(drawn(desk, request) == typed);
    request.data = "[1]";
    CHECK_THAT(said(desk, request), Catch::Contains("data: is not a JSON object"));
    request.data = R"({"first_name": "Otto", "street": "Am Markt 1", "postal_code": "99084", "city": "Erfurt"})";
    CHECK_THAT(said(desk, request), Catch::Contains("Gruss") || Catch::Contains("Kundennummer"));
}

TEST_CASE("the next preview shows what was saved: template, picture, profile, pli.toml", "[service]") {
    const Shop shop;
    PreviewRoom room;
    PreviewDesk desk(shop.folder, room);
    const auto before = drawn(desk, shown("danke"));
    shop.replace("templates/danke/template.json", "Ihr Gutschein", "Dein Gutschein");
    const auto reworded = drawn(desk, shown("danke"));
    CHECK(reworded != before);
    fs::copy_file("bench/letter/templates/letter/logo.png", shop.file("templates/danke/logo.png"),
                  fs::copy_options::overwrite_existing);
    const auto other_logo = drawn(desk, shown("danke"));
    CHECK(other_logo != reworded);
    fs::create_directories(shop.file("profiles"));
    fs::copy_file("layouts/profiles/din5008-b.toml", shop.file("profiles/din5008-b.toml"));
    shop.replace("profiles/din5008-b.toml", "size_pt = 10", "size_pt = 8");
    const auto smaller_address = drawn(desk, shown("danke"));
    CHECK(smaller_address != other_logo);
    shop.replace("pli.toml", "country = \"FR\"", "country = \"DE\"");  // "ALLEMAGNE" is written no more
    CHECK(drawn(desk, shown("danke")) != smaller_address);
}

TEST_CASE("a template that was broken and mended, and one that is not there", "[service]") {
    const Shop shop;
    PreviewRoom room;
    PreviewDesk desk(shop.folder, room);
    const auto good = drawn(desk, shown("merci"));
    const auto file = shop.file("templates/merci/template.json"), text = test::read_file(file);
    test::write_file(file, "{\"kind\": \"document\",");
    for (int time = 0; time < 2; ++time) CHECK_THAT(said(desk, shown("merci")), Catch::Contains("template.json:1:"));
    test::write_file(file, text);
    CHECK(drawn(desk, shown("merci")) == good);
    CHECK_THAT(said(desk, shown("nowhere")), Catch::Contains("nowhere"));
    CHECK_THAT(said(desk, shown("merci", 9)), Catch::Contains("page 9: the letter has"));
    CHECK_THAT(said(desk, shown("merci", 1, 100'000)), Catch::Contains("ask for fewer dpi"));
}

TEST_CASE("a preview comes as PNG, WebP or PDF", "[service]") {
    const Shop shop;
    PreviewRoom room;
    PreviewDesk desk(shop.folder, room);
    auto request = shown("lettre");
    const auto png = desk.draw(request).value();
    CHECK(png.bytes.starts_with("\x89PNG"));
    CHECK(png.pages == 2);
    request.kind = PreviewKind::Webp;
    const auto webp = drawn(desk, request);
    CHECK(webp.starts_with("RIFF"));
    CHECK(webp.substr(8, 4) == "WEBP");
    request.kind = PreviewKind::Pdf;
    const auto pdf = drawn(desk, request);
    const test::Folder folder;
    CHECK_THAT(test::output_of("pdftotext -l 1 " + folder.write("lettre.pdf", pdf) + " -"),
               Catch::Contains("Maison Lavande"));
    CHECK(test::run("qpdf --check " + folder / "lettre.pdf").status == 0);
}

TEST_CASE("file versions change when a file is written, added or removed, however deep", "[service]") {
    const test::Folder folder;
    fs::create_directories(folder / "a/b");
    const auto empty = versions_of({folder.path()});
    CHECK(empty == versions_of({folder.path()}));
    test::write_file(folder / "a/b/c", "1");
    const auto one = versions_of({folder.path()});
    CHECK(one != empty);
    test::write_file(folder / "a/b/c", "22");
    CHECK(versions_of({folder.path()}) != one);
    fs::remove(folder / "a/b/c");
    CHECK(versions_of({folder.path()}).find("/c:") == std::string::npos);
    CHECK(versions_of({folder / "nowhere"}).empty());
}

}  // namespace pli::service
