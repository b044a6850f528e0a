#include "preflight/check_batch.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <set>

#include "base/digest.hpp"
#include "preflight/manifest_rows.hpp"

namespace pli::preflight {
namespace fs = std::filesystem;
namespace {

constexpr const char* sums_file = "SHA256SUMS";
constexpr const char* manifest_file = "manifest.csv";

Result<std::string> digest_of(const std::string& path) {
    std::ifstream file(path, std::ios::binary);
    if (!file) return failure(Fault::Environment, path, "cannot be read");
    Digest digest;
    std::string block(std::size_t{1} << 20, '\0');
    while (file.read(block.data(), static_cast<std::streamsize>(block.size())), file.gcount() > 0)
        digest.add({block.data(), static_cast<std::size_t>(file.gcount())});
    return Digest::hex(digest.finish());
}

std::string text_of(const std::string& path) {
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
}

/// Follows the pieces through the piles: in a pile they lie on each other without a gap, each pile of a lift begins on the
/// lift's first press sheet, and a lift begins where the one before ends.
class PileWalk {
public:
    explicit PileWalk(ManifestGrid grid) : grid_(grid) {}

    /// What is wrong with where the next piece lies; empty: nothing.
    std::string go_on(const ManifestPiece& piece) {
        if (piece.pile != pile_ && !begin(piece.pile))
            return fmt::format("in pile {}, the piece before is in pile {}", piece.pile, pile_);
        const auto cell = grid_.in_sequence ? sheets_ % grid_.cells() : (pile_ - 1) % grid_.cells();
        const auto each = grid_.in_sequence ? grid_.cells() : 1;
        const auto first = lift_ + sheets_ / each, last = lift_ + (sheets_ + piece.sheets - 1) / each;
        sheets_ += piece.sheets;
        end_ = std::max(end_, last + 1);
        if (piece.cell != cell + 1) return fmt::format("in cell {}, expected in cell {}", piece.cell, cell + 1);
        if (piece.first_sheet == first + 1 && piece.last_sheet == last + 1) return {};
        return fmt::format("on press sheets {} to {}, expected on {} to {}", piece.first_sheet, piece.last_sheet,
                           first + 1, last + 1);
    }

private:
    bool begin(std::uint32_t pile) {
        if (pile != pile_ + 1) return false;
        if ((pile - 1) % grid_.piles_a_lift() == 0) lift_ = end_;
        pile_ = pile;
        sheets_ = 0;
        return true;
    }
    ManifestGrid grid_;
    std::uint32_t pile_ = 0, sheets_ = 0, lift_ = 0, end_ = 0;
};

class BatchCheck {
public:
    BatchCheck(std::string folder, const Limits& limits) : folder_(std::move(folder)), limits_(limits) {}

    Result<BatchReport> check(Depth depth) {
        TRY(check_sums());
        check_manifest();
        if (depth == Depth::Pdf) {
            const auto pages_and_parts = TRY(check_file("print.pdf"));
            TRY(check_control_sheet());
            for (const auto* file : {"posting-list.pdf", "labels.pdf"})
                if (fs::exists(path(file))) TRY(check_file(file));
            check_pages(pages_and_parts);
            check_parts(pages_and_parts);
        }
        finish();
        return std::move(report_);
    }

private:
    std::string path(const std::string& file) const { return folder_ + "/" + file; }

    Done check_sums() {
        std::ifstream sums(path(sums_file));
        if (!sums)
            return failure(Fault::BadInput, folder_, "no SHA256SUMS, so this is no batch",
                           "name a folder that a run made");
        if (!fs::exists(path("READY")))
            folder_findings_.add(RuleId::BatchReady, {}, "no READY: still being written, or cut off");
        std::set<std::string> listed{sums_file, "READY"};
        for (std::string line; std::getline(sums, line);) {
            constexpr std::size_t digits = 64;
            const std::string file = line.size() > digits + 2 ? line.substr(digits + 2) : "";
            if (file.empty() || file.find('/') != std::string::npos) {
                folder_findings_.add(RuleId::BatchSums, {}, "the line " + line);
                continue;
            }
            listed.insert(file);
            const auto digest = digest_of(path(file));
            if (!digest || *digest != line.substr(0, digits))
                folder_findings_.add(RuleId::BatchSums, {},
                                     file + (digest ? " is not as it was handed over" : " is missing"));
        }
        for (const auto& entry : fs::directory_iterator(folder_))
            if (!listed.contains(entry.path().filename()))
                folder_findings_.add(RuleId::BatchSums, {}, entry.path().filename().string() + " has no checksum");
        return {};
    }

    void check_manifest() {
        auto facts = read_manifest(text_of(path(manifest_file)));
        if (!facts) {
            manifest_findings_.add(RuleId::BatchManifest, {}, facts.error().text());
            return;
        }
        pieces_ = std::move(facts->pieces);
        grid_ = facts->grid;
        const std::string lines = text_of(path("manifest.jsonl"));
        const auto rows = static_cast<std::size_t>(std::count(lines.begin(), lines.end(), '\n'));
        if (rows != pieces_.size())
            manifest_findings_.add(RuleId::BatchManifest, {},
                                   fmt::format("{} rows, manifest.jsonl has {}", pieces_.size(), rows));
        PileWalk walk(grid_);
        for (std::size_t i = 0; i < pieces_.size(); ++i) check_piece(i, walk);
        for (const ManifestPiece& piece : pieces_)
            report_.press_sheets = std::max(report_.press_sheets, piece.last_sheet);
        report_.pieces = static_cast<std::uint32_t>(pieces_.size());
    }

    void check_piece(std::size_t i, PileWalk& walk) {
        const ManifestPiece& piece = pieces_[i];
        const auto wrong = [&](RuleId rule, const std::string& found) {
            manifest_findings_.add(rule, {}, fmt::format("piece {}: {}", piece.piece, found));
        };
        const bool rising = piece.piece > (i == 0 ? 0 : pieces_[i - 1].piece);
        if (piece.generation > 1 ? !rising : piece.piece != i + 1)
            wrong(RuleId::BatchPieces, fmt::format("stands where piece {} should", i + 1));
        if (piece.sheets == 0 || piece.pages == 0 || piece.pages > piece.sheets * piece.sides)
            wrong(RuleId::BatchPieces, fmt::format("{} pages on {} sheets", piece.pages, piece.sheets));
        if (piece.first_page != (piece.first_sheet - 1) * piece.sides + 1 ||
            piece.last_page != piece.last_sheet * piece.sides)
            wrong(RuleId::BatchPages, fmt::format("pages {} to {} are not press sheets {} to {}", piece.first_page,
                                                  piece.last_page, piece.first_sheet, piece.last_sheet));
        const std::string misplaced = walk.go_on(piece);
        if (!misplaced.empty()) wrong(RuleId::BatchPieces, misplaced);
    }

    /// Its samples are letters made smaller: their hairlines are judged in print.pdf, at the size they are printed in.
    Result<PdfReport> check_control_sheet() {
        auto limits = limits_;
        limits.line_width = 0;
        return check_file("control.pdf", limits);
    }

    Result<PdfReport> check_file(const std::string& file) { return check_file(file, limits_); }
    Result<PdfReport> check_file(const std::string& file, const Limits& limits) {
        auto report = check_pdf(path(file), file, limits);
        // What a batch lacks is a finding, not a reason to stop.
        if (!report) {
            folder_findings_.add(RuleId::BatchSums, {}, report.error().text());
            return PdfReport{};
        }
        report_.pages += file == "print.pdf" ? report->pages : 0;
        report_.findings_left_out += report->findings_left_out;
        std::ranges::move(report->findings, std::back_inserter(report_.findings));
        return report;
    }

    std::uint32_t sides() const { return pieces_.empty() ? 1 : pieces_.front().sides; }

    void check_pages(const PdfReport& print) {
        const std::uint32_t expected = report_.press_sheets * sides();
        if (!pieces_.empty() && print.pages != expected)
            manifest_findings_.add(
                RuleId::BatchPages, {},
                fmt::format("print.pdf has {} pages, the manifest tells of {}", print.pages, expected));
    }

    /// 1-up a part is a piece; else it is a press sheet, on which a piece of each cell may be.
    void check_parts(const PdfReport& print) {
        if (pieces_.empty()) return;
        const bool one_up = grid_.cells() == 1;
        const std::size_t expected = one_up ? pieces_.size() : report_.press_sheets;
        if (print.parts.size() != expected) {
            manifest_findings_.add(RuleId::BatchParts, {},
                                   fmt::format("{} document parts for {} {}", print.parts.size(), expected,
                                               one_up ? "pieces" : "press sheets"));
            return;
        }
        std::vector<std::vector<std::uint32_t>> of_sheet(one_up ? 0 : expected);
        if (!one_up)
            for (const ManifestPiece& piece : pieces_)
                for (std::uint32_t sheet = piece.first_sheet;
                     sheet <= std::min<std::size_t>(piece.last_sheet, expected); ++sheet)
                    if (sheet > 0) of_sheet[sheet - 1].push_back(piece.piece);
        for (std::uint32_t i = 0; i < expected; ++i) {
            const DocumentPart& part = print.parts[i];
            if (one_up)
                check_part(part, {pieces_[i].first_page, pieces_[i].last_page}, {pieces_[i].piece});
            else
                check_part(part, {i * sides() + 1, (i + 1) * sides()}, of_sheet[i]);
        }
    }

    void check_part(const DocumentPart& part, std::pair<std::uint32_t, std::uint32_t> pages,
                    const std::vector<std::uint32_t>& pieces) {
        const auto [first, last] = pages;
        if (part.first_page != first || part.last_page != last)
            manifest_findings_.add(RuleId::BatchParts, {},
                                   fmt::format("a part with pages {} to {}, the manifest has {} to {}", part.first_page,
                                               part.last_page, first, last));
        if (!part.pieces.empty() && numbers_in(part.pieces) != pieces)
            manifest_findings_.add(RuleId::BatchParts, {},
                                   fmt::format("a part of {} for piece {}", part.pieces, fmt::join(pieces, ", ")));
    }

    /// "1277-0000012 1277-0000345" → {12, 345}: an identifier ends with the piece's number.
    static std::vector<std::uint32_t> numbers_in(const std::string& identifiers) {
        std::vector<std::uint32_t> numbers;
        std::uint32_t number = 0;
        for (const char c : identifiers + " ") {
            if (c == ' ') numbers.push_back(number);
            number = c >= '0' && c <= '9' ? number * 10 + static_cast<std::uint32_t>(c - '0') : 0;
        }
        return numbers;
    }

    void finish() {
        for (Findings* findings : {&manifest_findings_, &folder_findings_}) {
            report_.findings_left_out += findings->left_out();
            auto taken = findings->take();
            report_.findings.insert(report_.findings.begin(), taken.begin(), taken.end());
        }
    }

    std::string folder_;
    const Limits& limits_;
    std::vector<ManifestPiece> pieces_;
    ManifestGrid grid_;
    Findings folder_findings_{""}, manifest_findings_{manifest_file};
    BatchReport report_;
};

}  // namespace

Result<BatchReport> check_batch(const std::string& folder, Depth depth, const Limits& limits) {
    if (!fs::is_directory(folder)) return failure(Fault::NotFound, folder, "no such folder");
    return BatchCheck(folder, limits).check(depth);
}

}  // namespace pli::preflight
