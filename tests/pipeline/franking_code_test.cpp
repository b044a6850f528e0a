#include "pipeline/franking_code.hpp"

#include <fmt/format.h>

#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>
#include <set>
#include <sstream>

#include "pipeline/dv_freimachung.hpp"
#include "pipeline/mailmark.hpp"
#include "pipeline/mark_files.hpp"
#include "tests/pipeline/page_pixels.hpp"
#include "tests/pipeline/print_house.hpp"

/// Postal codes: what they say, and what is read back from the printed page.

namespace {

using namespace pli;
using namespace pli::pipeline;
using namespace pli::pipeline::test;

const Day today = Day::of(2026, 11, 22);
const Rect window_zone{{22_mm, 53.5_mm}, {88_mm, 18_mm}};

FrankingCode franking_with(FrankingAccount account) {
    const auto files = MarkFiles::load("pipeline/marks", "");
    if (!files) FAIL(files.error().text());
    return {account, files->code(drawing_of(account), today).value()};
}

DvAccount german() {
    DvAccount account;
    account.certified = true;
    account.customer = 5028398445;
    account.price_version = 28;
    account.first_posting = 5462;
    return account;
}
/// The German counter with a workspace's own tariff: the one that Pli brings, and product 182 for a standard letter.
postage::PostOffice german_counter(const Folder& workspace, std::string_view key = "182") {
    auto tariff = read_file("postage/tariffs/de-2026.toml");
    const std::string product = "id = \"standardbrief\"\n";
    const auto at = tariff.find(product);
    REQUIRE(at != tariff.npos);
    tariff.insert(at + product.size(), fmt::format("carrier_key = \"{}\"\n", key));
    std::filesystem::create_directory(workspace.path() + "/tariffs");
    std::ofstream(workspace.path() + "/tariffs/de-2026.toml") << tariff;
    postage::Settings settings;
    settings.country = "DE";
    return postage::PostOffice::open({"postage", workspace.path()}, std::move(settings), today).value();
}
ImbAccount american() { return {"00", "040", "123456"}; }
MailmarkAccount british(MailmarkAccount::Kind kind) {
    MailmarkAccount account;
    account.kind = kind;
    account.supply_chain = 42;
    return account;
}

/// A batch of franked letters on disk.
struct Posted {
    std::string folder;
    std::vector<std::map<std::string, std::string>> rows;
    std::string pdf() const { return folder + "/print.pdf"; }
};

Composition franked_composition(const Workshop& workshop) {
    auto composition = workshop.composition();
    for (auto& form : composition.letterforms) form.production.franking = window_zone;
    return composition;
}

Posted post(const Workshop& workshop, const Folder& out, const FrankingCode& franking, std::vector<TestLetter> letters,
            const postage::PostOffice* counter = nullptr) {
    auto plan = workshop.plan(out.path());
    plan.country = "DE";
    plan.post_office = counter;
    plan.franking_code = &franking;
    Queue queue;
    queue.letters = std::move(letters);
    const auto report = queue.run(plan, franked_composition(workshop));
    if (!report) FAIL(report.error().text());
    REQUIRE(report->batches.size() == 1);
    output_of("qpdf --check " + report->batches[0].folder + "/print.pdf");
    return {report->batches[0].folder, csv_rows(report->batches[0].folder + "/manifest.csv")};
}

TestLetter letter_to(std::int64_t id, const std::string& country, const std::string& postal_code) {
    return {.id = id, .key = "k", .country = country, .postal_code = postal_code};
}

std::string photograph_of(const Posted& posted, int page, Size part) {
    const auto dots = [](Length length) { return static_cast<int>(length.to_mm() / 25.4 * 300); };
    const auto picture = posted.folder + "-zone";
    output_of(fmt::format("pdftoppm -gray -r 300 -f {} -l {} -x {} -y {} -W {} -H {} -singlefile -png {} {}", page,
                          page, dots(window_zone.left()), dots(window_zone.top()), dots(part.width), dots(part.height),
                          posted.pdf(), picture));
    return picture + ".png";
}

/// What is in the zone of a page, byte for byte, to two readers that know nothing of each other. ZXing 1.4 looks for
/// DataMatrix along the middle row and column alone, so it is given the code with little around it.
std::string matrix_on(const Posted& posted, int page, Size code = {18_mm, 18_mm}) {
    auto read = output_of("dmtxread -N1 -m5000 " + photograph_of(posted, page, window_zone.size));
    CHECK(output_of("ZXingReader -format DataMatrix -bytes " + photograph_of(posted, page, code)) == read);
    return read;
}

/// The bars that the program zint draws, from its dump of ascenders, trackers and descenders in hexadecimal.
std::string zint_bars(int symbology, const std::string& content) {
    std::istringstream dump(output_of(fmt::format("zint -b {} -d '{}' --dump", symbology, content)));
    std::vector<std::string> rows;
    for (std::string line; std::getline(dump, line);) {
        std::string bits;
        for (const char c : line)
            if (c != ' ')
                for (int bit = 3; bit >= 0; --bit) bits += (std::stoi(std::string(1, c), nullptr, 16) >> bit & 1) + '0';
        rows.push_back(bits);
    }
    REQUIRE(rows.size() == 3);
    std::string bars;
    for (std::size_t i = 0; i < rows[1].size() && rows[1][i] == '1'; i += 2)
        bars += rows[0][i] == '1' ? (rows[2][i] == '1' ? 'F' : 'A') : (rows[2][i] == '1' ? 'D' : 'T');
    return bars;
}

std::string zone_text(const Posted& posted, int page) {
    const auto points = [](Length length) { return static_cast<int>(length.to_pt()); };
    return output_of(fmt::format("pdftotext -f {} -l {} -x {} -y {} -W {} -H {} {} -", page, page,
                                 points(window_zone.left()), points(window_zone.top()), points(window_zone.size.width),
                                 points(window_zone.size.height), posted.pdf()));
}

std::string hex(std::string_view bytes) {
    std::string text;
    for (const char byte : bytes) text += fmt::format("{:02X}", static_cast<unsigned char>(byte));
    return text;
}

SeenBars bars_on(const Posted& posted, int page) {
    return bars_in(photograph(posted.pdf(), page, 600),
                   {window_zone.left().to_mm(), window_zone.top().to_mm(), window_zone.size.width.to_mm() + 10, 9});
}

}  // namespace

TEST_CASE("a published German franking code is made byte for byte, and so is its Frankier-ID", "[pipeline]") {
    DvFranking dv;
    dv.price_version = 28;
    dv.customer = 5028398445;
    dv.cents = 190;
    dv.posting_day = Day::of(2013, 8, 12);
    dv.product = 182;
    dv.piece = 14;
    dv.participation = 1;
    dv.posting = 5462;
    CHECK(hex(dv.bytes().value()) == "444541121C012BB7456D00BE578D00B600000E011556000000000000");
    CHECK(dv.id() == "01 2FF4 5D01 55 6000 00E6");
    dv.customer_data = "CAMPAIGN 7";
    CHECK(dv.bytes().value().size() == 42);
    dv.customer_data = "TWENTY CHARACTERS...";
    CHECK_THAT(dv.bytes().error().text(), Catch::Contains("20 bytes, the code holds 19"));
}

TEST_CASE("the check digits of the two published Frankier-IDs come out", "[pipeline]") {
    CHECK(dv_check_digit("012FF45D0155600000E") == '6');
    CHECK(dv_check_digit("42305DA0F270F07F2E3") == 'C');
}

TEST_CASE("German franking codes are read from the page: each its own piece, priced by the counter, in one posting",
          "[pipeline]") {
    const Folder out, workspace;
    const Workshop workshop;
    auto account = german();
    account.customer_data = GENERATE("", "CAMPAIGN 7");
    const auto franking = franking_with(account);
    const auto counter = german_counter(workspace);
    const auto posted =
        post(workshop, out, franking, {letter_to(1, "DE", "10115"), letter_to(2, "DE", "20095")}, &counter);
    CHECK_THAT(posted.folder, Catch::Contains("-black-franked-0001"));
    for (int page = 1; page <= 2; ++page) {
        DvFranking dv;
        dv.price_version = 28;
        dv.customer = 5028398445;
        dv.cents = 95;
        dv.posting_day = today;
        dv.product = 182;
        dv.piece = static_cast<std::uint32_t>(page);
        dv.participation = 1;
        dv.posting = 5462;
        dv.customer_data = account.customer_data;
        CHECK(hex(matrix_on(posted, page)) == hex(dv.bytes().value()));
        const auto words = zone_text(posted, page);
        CHECK_THAT(words,
                   Catch::Contains("Deutsche Post") && Catch::Contains("DV 11.26 0,95") && Catch::Contains(dv.id()));
        CHECK(posted.rows[static_cast<std::size_t>(page) - 1].at("franking_id") == dv.id());
    }
}

TEST_CASE("a certified letter whose product has no key, or a wrong one, is rejected with where the key belongs",
          "[pipeline]") {
    const Workshop workshop;
    const auto franking = franking_with(german());
    const auto refused = [&](const postage::PostOffice* counter, const char* country = "DE") {
        const Folder out;
        auto plan = workshop.plan(out.path());
        plan.country = "DE";
        plan.franking_code = &franking;
        plan.post_office = counter;
        Queue queue;
        queue.letters = {letter_to(1, country, "10115")};
        const auto report = queue.run(plan, franked_composition(workshop)).value();
        CHECK(report.batches.empty());
        return queue.rejected.at(1);
    };
    const Folder workspace, wrong;
    const auto counter = german_counter(workspace), misspelt = german_counter(wrong, "182a");
    CHECK_THAT(refused(&counter, "FR"), Catch::Contains("has no key of the post's price list"));
    CHECK_THAT(refused(&misspelt), Catch::Contains("product standardbrief") && Catch::Contains("\"182a\""));
    CHECK_THAT(refused(nullptr), Catch::Contains("its code would have no value"));
}

TEST_CASE("without a certified account the German code is a sample: no value, no product, MUSTER beside it",
          "[pipeline]") {
    const Folder out;
    const Workshop workshop;
    auto account = german();
    account.certified = false;
    const auto franking = franking_with(account);
    const auto posted = post(workshop, out, franking, {letter_to(1, "DE", "10115")});
    const auto bytes = matrix_on(posted, 1);
    REQUIRE(bytes.size() == 28);
    CHECK(hex(bytes.substr(10, 2)) == "0000");
    CHECK(hex(bytes.substr(14, 2)) == "0000");
    CHECK_THAT(zone_text(posted, 1),
               Catch::Contains("MUSTER") && Catch::Contains("0,00") && !Catch::Contains("Deutsche"));
}

TEST_CASE("Intelligent Mail barcodes are read from pixels: serial, ZIP code and measures", "[pipeline]") {
    const Folder out;
    const Workshop workshop;
    const auto franking = franking_with(american());
    const auto posted =
        post(workshop, out, franking,
             {letter_to(1, "US", "20260-0001"), letter_to(2, "US", "9021"), letter_to(3, "FR", "75001")});
    const std::vector<std::pair<std::string, std::string>> expected{{"00040123456000000001", "202600001"},
                                                                    {"00040123456000000002", ""}};
    render::PostalBars encoder;
    for (int page = 1; page <= 2; ++page) {
        const auto& [tracking, routing] = expected[static_cast<std::size_t>(page) - 1];
        const auto seen = bars_on(posted, page);
        CHECK(seen.states == encoder.intelligent_mail(tracking, routing).value());
        CHECK(seen.states == zint_bars(85, tracking + (routing.empty() ? "" : "-") + routing));
        CHECK(posted.rows[static_cast<std::size_t>(page) - 1].at("franking_id") == tracking + routing);
        CHECK((25.4 / seen.pitch > 20 && 25.4 / seen.pitch < 24));  // bars to the inch
        CHECK((seen.width > 0.381 && seen.width < 0.635));          // 0.015 to 0.025 in
        CHECK((seen.full > 3.175 && seen.full < 4.191));            // 0.125 to 0.165 in
        CHECK(seen.left - window_zone.left().to_mm() >= 3.1);       // 1/8 in clear
    }
    const auto abroad = photograph(posted.pdf(), 3, 150);
    CHECK(is_clear(abroad, {window_zone.left().to_mm(), window_zone.top().to_mm(), 88, 8}));
    CHECK(posted.rows[2].at("franking_id").empty());
}

TEST_CASE("Mailmark barcodes are read from pixels and keep Royal Mail's measures", "[pipeline]") {
    const auto kind = GENERATE(MailmarkAccount::Kind::C, MailmarkAccount::Kind::L);
    const Folder out;
    const Workshop workshop;
    const auto franking = franking_with(british(kind));
    const auto posted = post(workshop, out, franking, {letter_to(1, "GB", "sw1a 1aa"), letter_to(2, "FR", "75001")});
    const std::string head = kind == MailmarkAccount::Kind::C ? "11142" : "111000042";
    const std::vector<std::string> expected{head + "00000001SW1A1AA9Z", head + "00000002XY11     "};
    render::PostalBars encoder;
    for (int page = 1; page <= 2; ++page) {
        const auto& content = expected[static_cast<std::size_t>(page) - 1];
        const auto seen = bars_on(posted, page);
        CHECK(seen.states == encoder.mailmark(content).value());
        CHECK(seen.states == zint_bars(121, content));
        CHECK(posted.rows[static_cast<std::size_t>(page) - 1].at("franking_id") == content);
        CHECK((seen.width > 0.38 && seen.width < 0.63));
        CHECK((seen.full > 4.22 && seen.full < 5.84));
        CHECK((2 * 25.4 / seen.pitch > 39 && 2 * 25.4 / seen.pitch < 47));  // bars and spaces in 25.4 mm
    }
}

TEST_CASE("Mailmark as DataMatrix has the size of its type and the 45 characters at their places", "[pipeline]") {
    const auto kind =
        GENERATE(MailmarkAccount::Kind::Type7, MailmarkAccount::Kind::Type9, MailmarkAccount::Kind::Type29);
    const Folder out;
    const Workshop workshop;
    auto account = british(kind);
    account.return_postcode = "EC1A1BB";
    const auto franking = franking_with(account);
    const auto posted = post(workshop, out, franking, {letter_to(1, "GB", "W1A 1AA")});
    const Size code = kind == MailmarkAccount::Kind::Type29 ? Size{24_mm, 10_mm} : Size{18_mm, 18_mm};
    CHECK(matrix_on(posted, 1, code) == "JGB 011000004200000001W1A1AA9Z 0EC1A1BB      ");
    CHECK(posted.rows[0].at("franking_id").size() == 45);
}

TEST_CASE("a code of a fixed text and a number, as Swiss Post's PP franking has it, is read from the page",
          "[pipeline]") {
    const Folder out;
    const Workshop workshop;
    const auto franking = franking_with(MatrixAccount{"756 60001234 ", 10});
    const auto posted = post(workshop, out, franking, {letter_to(1, "CH", "8000"), letter_to(2, "CH", "8001")});
    CHECK(matrix_on(posted, 1) == "756 60001234 0000000001");
    CHECK(matrix_on(posted, 2) == "756 60001234 0000000002");
}

TEST_CASE("British postcodes of all six shapes go into a Mailmark, anything else is refused", "[pipeline]") {
    CHECK(mailmark_destination("GB", "M1 1AA").value() == "M11AA9Z  ");
    CHECK(mailmark_destination("GB", "M60 1NW").value() == "M601NW9Z ");
    CHECK(mailmark_destination("GB", "cr2 6xh").value() == "CR26XH9Z ");
    CHECK(mailmark_destination("GB", "DN55 1PT").value() == "DN551PT9Z");
    CHECK(mailmark_destination("GB", "W1A 1HQ").value() == "W1A1HQ9Z ");
    CHECK(mailmark_destination("GB", "EC1A 1BB").value() == "EC1A1BB9Z");
    CHECK(mailmark_destination("DE", "10115").value() == "XY11     ");
    for (const char* wrong : {"", "10115", "SW1A 1A", "SW1A 1AC", "1SW 1AA", "SW1A-1AA"}) {
        CAPTURE(wrong);
        const auto refused = mailmark_destination("GB", wrong);
        REQUIRE_FALSE(refused);
        CHECK_THAT(refused.error().message, Catch::Contains("no British postcode"));
    }
}

TEST_CASE("a letter whose postcode no code can hold is rejected, the others are numbered without a gap", "[pipeline]") {
    const Folder out;
    const Workshop workshop;
    const auto franking = franking_with(british(MailmarkAccount::Kind::C));
    auto plan = workshop.plan(out.path());
    plan.franking_code = &franking;
    Queue queue;
    queue.letters = {letter_to(1, "GB", "SW1A 1AA"), letter_to(2, "GB", "nowhere"), letter_to(3, "GB", "M1 1AA")};
    const auto report = queue.run(plan, franked_composition(workshop)).value();
    CHECK(report.rejected == 1);
    CHECK_THAT(queue.rejected.at(2), Catch::Contains("\"nowhere\" is no British postcode"));
    CHECK(csv_rows(report.batches[0].folder + "/manifest.csv").size() == 2);
}

TEST_CASE("running numbers go on from batch to batch, and a batch written again keeps its own", "[pipeline]") {
    const Folder first, again;
    const Workshop workshop;
    const auto franking = franking_with(american());
    std::map<std::string, std::uint64_t> taken;
    std::uint64_t next = 0;
    auto plan = workshop.plan(first.path());
    plan.franking_code = &franking;
    plan.rules.max_pieces = 2;
    plan.take_numbers = [&](const std::string& batch, std::uint64_t count) -> Result<std::uint64_t> {
        if (taken.try_emplace(batch, next).second) next += count;
        return taken[batch];
    };
    const auto run = [&] {
        Queue queue;
        for (std::int64_t id = 1; id <= 5; ++id) queue.letters.push_back(letter_to(id, "US", "20260"));
        return queue.run(plan, franked_composition(workshop)).value();
    };
    const auto report = run();
    std::set<std::string> ids;
    for (const auto& batch : report.batches)
        for (const auto& row : csv_rows(batch.folder + "/manifest.csv")) ids.insert(row.at("franking_id"));
    CHECK(ids.size() == 5);
    CHECK(*ids.rbegin() == "0004012345600000000520260");
    plan.out = again.path();
    CHECK(read_file(run().batches[1].folder + "/print.pdf") == read_file(report.batches[1].folder + "/print.pdf"));
}

TEST_CASE("without franking the same letters give the batches they gave before", "[pipeline]") {
    const Folder with_zone, without;
    const Workshop workshop;
    const auto run = [&](const Folder& out, const Composition& composition) {
        Queue queue;
        queue.letters = {letter_to(1, "DE", "10115"), letter_to(2, "DE", "10117")};
        return queue.run(workshop.plan(out.path()), composition).value().batches[0].folder;
    };
    CHECK(all_files(run(with_zone, franked_composition(workshop))) == all_files(run(without, workshop.composition())));
}

TEST_CASE("a code that is larger than its place is refused with both sizes", "[pipeline]") {
    const auto franking = franking_with(british(MailmarkAccount::Kind::L));
    CHECK(check_place(franking, {{}, {95_mm, 10_mm}}));
    const auto narrow = check_place(franking, {{}, {80_mm, 10_mm}});
    REQUIRE_FALSE(narrow);
    CHECK(narrow.error().fault == Fault::Overflow);
    CHECK_THAT(narrow.error().message, Catch::Contains("93.4 x 9.1 mm") && Catch::Contains("80.0 x 10.0"));
}

TEST_CASE("accounts that a post would turn away are refused by the key that is wrong", "[pipeline]") {
    const auto refused = [](const FrankingAccount& account) { return check_account(account).error().text(); };
    auto dv = german();
    dv.price_version = 0;
    CHECK_THAT(refused(dv), Catch::Contains("franking.certified"));
    dv.customer = 12345678901;
    CHECK_THAT(refused(dv), Catch::Contains("franking.customer"));
    CHECK_THAT(refused(ImbAccount{"00", "040", "12345"}), Catch::Contains("franking.mailer"));
    CHECK_THAT(refused(ImbAccount{"05", "040", "123456"}), Catch::Contains("franking.barcode_id"));
    auto mailmark = british(MailmarkAccount::Kind::C);
    mailmark.supply_chain = 100;
    CHECK_THAT(refused(mailmark), Catch::Contains("100 is more than this code holds, 99"));
    CHECK_THAT(refused(MatrixAccount{"lower", 8}), Catch::Contains("franking.prefix"));
}
