#include <fmt/format.h>
#include <unistd.h>

#include <catch2/catch.hpp>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <set>

#include "base/digest.hpp"
#include "preflight/check_batch.hpp"
#include "preflight/manifest_rows.hpp"
#include "tests/preflight/small_pdf.hpp"

namespace {
using namespace pli::preflight;
using namespace pli::preflight::test;
namespace fs = std::filesystem;

constexpr const char* header =
    "batch,piece,sheets,pages,sides,first_page,last_page,first_press_sheet,last_press_sheet,pile,cell,imposition\r\n";

/// A batch of two pieces on a sheet each, as a run would hand it over.
struct SmallBatch {
    SmallBatch() {
        auto pattern = (fs::temp_directory_path() / "pli-batch-XXXXXX").string();
        folder = ::mkdtemp(pattern.data());
        files["print.pdf"] = SmallPdf().bytes();
        SmallPdf control;  // without parts, as a control sheet is
        control.replace(catalogue, "/DPartRoot 17 0 R", "");
        control.replace(first_page, "/DPart 19 0 R", "");
        control.replace(second_page, "/DPart 20 0 R", "");
        control.replace_data(metadata, "<pdfvtid:GTS_PDFVTVersion>PDF/VT-1</pdfvtid:GTS_PDFVTVersion>", "");
        files["control.pdf"] = control.bytes();
        files["manifest.csv"] =
            header +
            std::string("b,1,1,1,simplex,1,1,1,1,1,1,1-up\r\n\"b, \"\"2\"\"\",2,1,1,simplex,2,2,2,2,1,1,1-up\r\n");
        files["manifest.jsonl"] = "{}\n{}\n";
    }
    ~SmallBatch() { fs::remove_all(folder); }
    SmallBatch(const SmallBatch&) = delete;
    SmallBatch& operator=(const SmallBatch&) = delete;

    void write(const std::string& name, const std::string& bytes) const {
        std::ofstream(folder + "/" + name, std::ios::binary) << bytes;
    }
    void hand_over() const {
        std::string sums;
        for (const auto& [name, bytes] : files) {
            write(name, bytes);
            sums += pli::Digest::hex_of(bytes) + "  " + name + "\n";
        }
        write("SHA256SUMS", sums);
        write("READY", "");
    }
    std::set<std::string> codes() const {
        const auto report = check_batch(folder, Depth::Pdf);
        REQUIRE(report);
        std::set<std::string> codes;
        for (const auto& finding : report->findings) codes.emplace(rule(finding.rule).code);
        return codes;
    }
    /// With the rows of the manifest replaced.
    std::set<std::string> codes_with(const std::string& rows) {
        files["manifest.csv"] = header + rows;
        files["manifest.jsonl"].clear();
        for (const char c : rows)
            if (c == '\n') files["manifest.jsonl"] += "{}\n";
        hand_over();
        return codes();
    }

    std::string folder;
    std::map<std::string, std::string> files;
};
using Codes = std::set<std::string>;

TEST_CASE("a batch that is as it was handed over has no finding", "[preflight]") {
    const SmallBatch batch;
    batch.hand_over();
    const auto report = check_batch(batch.folder, Depth::Pdf);
    REQUIRE(report);
    for (const auto& finding : report->findings) FAIL_CHECK(rule(finding.rule).code << ": " << finding.found);
    CHECK(report->pieces == 2);
    CHECK(report->press_sheets == 2);
    CHECK(report->pages == 2);
}

TEST_CASE("a file that was changed, is missing or was put there is found", "[preflight]") {
    const SmallBatch batch;
    batch.hand_over();
    batch.write("manifest.jsonl", "{} \n{}\n");
    CHECK(batch.codes() == Codes{"batch-sums"});
    batch.hand_over();
    fs::remove(batch.folder + "/control.pdf");
    CHECK(batch.codes() == Codes{"batch-sums"});
    batch.hand_over();
    batch.write("note.txt", "x");
    CHECK(batch.codes() == Codes{"batch-sums"});
}

TEST_CASE("a batch without READY is not handed over yet", "[preflight]") {
    const SmallBatch batch;
    batch.hand_over();
    fs::remove(batch.folder + "/READY");
    CHECK(batch.codes() == Codes{"batch-ready"});
}

TEST_CASE("a manifest that cannot be read or differs from its twin is found", "[preflight]") {
    SmallBatch batch;
    CHECK(batch.codes_with("b,1,one,1,simplex,1,1,1,1,1,1,1-up\r\n") == Codes{"batch-manifest"});
    batch.files["manifest.csv"] = "piece,sheets\r\n";
    batch.hand_over();
    CHECK(batch.codes() == Codes{"batch-manifest"});
}

TEST_CASE("pieces with a gap, on the wrong sheets or out of order are found", "[preflight]") {
    SmallBatch batch;
    CHECK(batch.codes_with("b,1,1,1,simplex,1,1,1,1,1,1,1-up\r\nb,3,1,1,simplex,2,2,2,2,1,1,1-up\r\n")
              .contains("batch-pieces"));
    CHECK(batch.codes_with("b,1,1,2,simplex,1,1,1,1,1,1,1-up\r\nb,2,1,1,simplex,2,2,2,2,1,1,1-up\r\n") ==
          Codes{"batch-pieces"});
    CHECK(batch.codes_with("b,1,2,2,simplex,1,1,1,1,1,1,1-up\r\nb,2,1,1,simplex,2,2,2,2,1,1,1-up\r\n") ==
          Codes{"batch-pieces"});
    CHECK(batch.codes_with("b,1,1,1,simplex,1,1,1,1,1,1,1-up\r\nb,2,1,1,simplex,1,1,1,1,1,1,1-up\r\n")
              .contains("batch-pieces"));
}

TEST_CASE("a manifest that tells of other pages than print.pdf has is found", "[preflight]") {
    SmallBatch batch;
    CHECK(batch.codes_with("b,1,1,1,simplex,1,1,1,1,1,1,1-up\r\n") == Codes{"batch-pages", "batch-parts"});
    CHECK(batch.codes_with("b,1,1,1,simplex,2,2,1,1,1,1,1-up\r\nb,2,1,1,simplex,2,2,2,2,1,1,1-up\r\n") ==
          Codes{"batch-pages", "batch-parts"});
}

TEST_CASE("a document part of another piece than the manifest says is found", "[preflight]") {
    SmallBatch batch;
    SmallPdf print;
    print.replace(second_part, "1-0000002", "1-0000007");
    batch.files["print.pdf"] = print.bytes();
    batch.hand_over();
    CHECK(batch.codes() == Codes{"batch-parts"});
}

TEST_CASE("2-up a document part is a press sheet with a piece of each pile", "[preflight]") {
    SmallBatch batch;
    const std::string rows =
        "b,1,1,1,simplex,1,1,1,1,1,1,2x1 cut-and-stack\r\nb,2,1,1,simplex,2,2,2,2,1,1,2x1 cut-and-stack\r\n"
        "b,3,1,1,simplex,1,1,1,1,2,2,2x1 cut-and-stack\r\n";
    CHECK(batch.codes_with(rows) == Codes{"batch-parts"});  // the parts tell of one piece each
    SmallPdf print;
    print.replace(first_part, "<</CIP4_Root<</CIP4_Recipient<</CIP4_UniqueID(1-0000001)>>>>>>",
                  "<</Pli_Pieces[(1-0000001)(1-0000003)]>>");
    batch.files["print.pdf"] = print.bytes();
    CHECK(batch.codes_with(rows).empty());
}

TEST_CASE("in sequence pieces run on from cell to cell and from press sheet to press sheet", "[preflight]") {
    SmallBatch batch;
    SmallPdf print;
    print.replace(first_part, "<</CIP4_Root<</CIP4_Recipient<</CIP4_UniqueID(1-0000001)>>>>>>",
                  "<</Pli_Pieces[(1-0000001)(1-0000002)]>>");
    batch.files["print.pdf"] = print.bytes();
    CHECK(batch
              .codes_with("b,1,1,1,simplex,1,1,1,1,1,1,2x1 in-sequence\r\n"
                          "b,2,2,2,simplex,1,2,1,2,1,2,2x1 in-sequence\r\n")
              .empty());
    CHECK(batch
              .codes_with("b,1,1,1,simplex,1,1,1,1,1,1,2x1 in-sequence\r\n"
                          "b,2,2,2,simplex,1,2,1,2,1,1,2x1 in-sequence\r\n")
              .contains("batch-pieces"));
}

TEST_CASE("the first pile of a lift begins on the press sheet after the lift before", "[preflight]") {
    SmallBatch batch;
    CHECK(batch.codes_with("b,1,1,1,simplex,1,1,1,1,1,1,1-up\r\nb,2,1,1,simplex,2,2,2,2,2,1,1-up\r\n").empty());
    CHECK(batch.codes_with("b,1,1,1,simplex,1,1,1,1,1,1,1-up\r\nb,2,1,1,simplex,1,1,1,1,2,1,1-up\r\n")
              .contains("batch-pieces"));
}

TEST_CASE("an imposition that Pli does not make, or another one in every row, cannot be read", "[preflight]") {
    CHECK_FALSE(read_manifest(header + std::string("b,1,1,1,simplex,1,1,1,1,1,1,0x1 cut-and-stack\r\n")));
    CHECK_FALSE(read_manifest(header + std::string("b,1,1,1,simplex,1,1,1,1,1,1,booklet\r\n")));
    CHECK_FALSE(read_manifest(
        header + std::string("b,1,1,1,simplex,1,1,1,1,1,1,1-up\r\nb,2,1,1,simplex,2,2,2,2,1,1,2x1 in-sequence\r\n")));
}

TEST_CASE("what is no batch is refused with a reason", "[preflight]") {
    CHECK(check_batch("/nowhere", Depth::Folder).error().fault == pli::Fault::NotFound);
    CHECK_THAT(check_batch("docs", Depth::Folder).error().text(), Catch::Contains("no SHA256SUMS"));
}

TEST_CASE("a manifest's row that is cut off names itself", "[preflight]") {
    const auto rows = read_manifest(header + std::string("b,1,1,1,simplex,1,1,1,1,1,1,1-up\r\nb,2,1"));
    REQUIRE_FALSE(rows);
    CHECK(rows.error().text() == "row 3: pages is \"\"");
    CHECK_FALSE(read_manifest("piece,\"open"));
}

}  // namespace
