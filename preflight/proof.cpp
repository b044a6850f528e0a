#include "preflight/proof.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <atomic>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <mutex>
#include <optional>
#include <span>
#include <thread>

#include "preflight/print_pages.hpp"
#include "preflight/proof_plan.hpp"
#include "preflight/sums.hpp"

namespace pli::preflight {
namespace {

constexpr std::size_t sheets_a_chunk = 32;

struct Found {
    RuleId rule;
    std::uint32_t page;
    std::string text;
};

/// What one worker has to say of its share.
struct Share {
    std::vector<Found> found;
    std::uint64_t sheet_codes = 0, qr_codes = 0, addresses = 0;
};

bool is_digit(char c) { return '0' <= c && c <= '9'; }
bool is_capital(char c) { return 'A' <= c && c <= 'Z'; }

/// "1277101169652120000123001002" → "piece 123, sheet 1 of 2"; another code as it is, as far as it can be shown.
std::string shown(const std::string& code) {
    constexpr std::size_t first_print = 28, reprint = 30, most = 60;
    if ((code.size() == first_print || code.size() == reprint) && std::ranges::all_of(code, is_digit))
        return fmt::format("piece {}, sheet {} of {}{}", std::stoul(code.substr(15, 7)), std::stoul(code.substr(22, 3)),
                           std::stoul(code.substr(25, 3)),
                           code.size() == reprint ? fmt::format(", print {}", std::stoul(code.substr(28))) : "");
    std::string text = "\"";
    for (const char c : code.substr(0, most)) text += c >= ' ' && c <= '~' ? c : '.';
    return text + "\"";
}

std::string shown(const std::vector<std::string>& codes) {
    std::string all;
    for (const auto& code : codes) all += (all.empty() ? "" : " and ") + shown(code);
    return all.empty() ? "no code" : all;
}

/// The words of a window on one line, as people and terminals can take them.
std::string one_line(std::string_view words) {
    constexpr std::size_t most = 120;
    std::size_t end = std::min(words.size(), most);
    while (end < words.size() && end > 0 && (words[end] & 0xc0) == 0x80) --end;  // never within a character
    std::string line;
    for (const char c : words.substr(0, end)) line += static_cast<unsigned char>(c) < ' ' || c == 0x7f ? ' ' : c;
    return line;
}

/// Capitals and digits alone: how a postal code is split and hyphenated is its country's affair.
std::string bare(std::string_view text) {
    std::string letters;
    for (const char c : text) {
        const char capital = 'a' <= c && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
        if (is_digit(capital) || is_capital(capital)) letters += capital;
    }
    return letters;
}

/// "D-10115" of the merchant's list is printed as "10115".
bool shows_postal_code(std::string_view words, std::string_view postal_code) {
    const std::string seen = bare(words), wanted = bare(postal_code);
    if (seen.find(wanted) != seen.npos) return true;
    std::string digits;
    std::ranges::copy_if(wanted, std::back_inserter(digits), is_digit);
    return digits.size() >= 3 && seen.find(digits) != seen.npos;
}

bool has_sum(const std::vector<std::string>& codes, std::string_view sum) {
    return std::ranges::any_of(codes,
                               [&](const std::string& code) { return fmt::format("{:08x}", crc32(code)) == sum; });
}

/// Answers to the questions of one page, or of several.
class Judge {
public:
    explicit Judge(Share& share) : share_(share) {}

    void judge(const Question& question, const Seen& seen) {
        switch (question.asks) {
            case Question::Asks::SheetCode: return sheet_code(question, seen);
            case Question::Asks::NoCode: return no_code(question, seen);
            case Question::Asks::QrCode: return qr_code(question, seen);
            case Question::Asks::Address: return address(question, seen);
        }
    }

private:
    void sheet_code(const Question& question, const Seen& seen) {
        if (std::ranges::find(seen.codes, question.expected) != seen.codes.end()) {
            ++share_.sheet_codes;
            return;
        }
        find(RuleId::ProofSheetCode, question,
             fmt::format("cell {} shows {}, the manifest has {} there", question.cell, shown(seen.codes),
                         shown(question.expected)));
    }
    void no_code(const Question& question, const Seen& seen) {
        if (!seen.codes.empty())
            find(RuleId::ProofSheetCode, question,
                 fmt::format("cell {} shows {}, the manifest has nothing there", question.cell, shown(seen.codes)));
    }
    void qr_code(const Question& question, const Seen& seen) {
        if (has_sum(seen.codes, question.expected)) {
            ++share_.qr_codes;
            return;
        }
        find(RuleId::ProofQrCode, question,
             fmt::format("piece {}: {} where the QR code of CRC-32 {} should be", question.piece, shown(seen.codes),
                         question.expected));
    }
    void address(const Question& question, const Seen& seen) {
        const auto wrong = [&](const std::string& what) {
            find(RuleId::ProofAddress, question, fmt::format("piece {}: {}", question.piece, what));
        };
        if (seen.ink <= 0) return wrong("nothing is printed in the window");
        if (!shows_postal_code(seen.words, question.expected))
            return wrong(fmt::format("the window shows \"{}\", without the postal code {}", one_line(seen.words),
                                     question.expected));
        ++share_.addresses;
    }
    void find(RuleId rule, const Question& question, std::string text) {
        share_.found.push_back({rule, question.page, std::move(text)});
    }
    Share& share_;
};

/// One worker's part: some press sheets, with a reader of its own.
class Proofreader {
public:
    Proofreader(const ProofPlan& plan, PrintPages print, const Eyes& eyes)
        : plan_(plan), print_(std::move(print)), eyes_(eyes) {}

    Done read(std::span<const std::uint32_t> press_sheets, Share& share) {
        std::vector<Question> questions;
        std::vector<std::uint32_t> pages;
        std::vector<Look> looks;
        for (const std::uint32_t press_sheet : press_sheets)
            for (std::uint32_t side = 0; side < plan_.sides(); ++side) {
                const std::uint32_t number = (press_sheet - 1) * plan_.sides() + side + 1;
                if (number > print_.count()) continue;
                auto page = plan_.expect(press_sheet, side == 1);
                compare_contents(number, page, share);
                if (page.questions.empty()) continue;
                for (const Question& question : page.questions)
                    looks.push_back({static_cast<std::uint32_t>(pages.size()), question.place,
                                     question.asks == Question::Asks::Address});
                pages.push_back(number);
                std::ranges::move(page.questions, std::back_inserter(questions));
            }
        if (looks.empty()) return {};
        const auto seen = TRY(eyes_(TRY(print_.extract(pages)), looks));
        Judge judge(share);
        for (std::size_t i = 0; i < questions.size(); ++i) judge.judge(questions[i], seen[i]);
        return {};
    }

private:
    /// Of what the page draws, the letters' contents must be those of its pieces, in the order of the cells.
    void compare_contents(std::uint32_t number, const ExpectedPage& page, Share& share) {
        const auto find = [&](std::string text) {
            share.found.push_back({RuleId::ProofContent, number, std::move(text)});
        };
        auto sums = print_.content_sums(number);
        if (!sums) return find(sums.error().message);
        std::erase_if(*sums, [&](std::uint32_t sum) { return !plan_.is_letter_content(sum); });
        if (*sums == page.sums) return;
        find(page.pieces.empty()
                 ? std::string("shows a letter's page, the manifest has nothing there")
                 : fmt::format("does not show what was set for piece {}", fmt::join(page.pieces, " and ")));
    }

    const ProofPlan& plan_;
    PrintPages print_;
    const Eyes& eyes_;
};

std::uint64_t scrambled(std::uint64_t seed) {
    seed = (seed ^ seed >> 31) * 0x9e3779b97f4a7c15U;
    return seed ^ seed >> 29;
}

/// All, or so many: first and last, and of each stretch between them one, the same ones whenever the batch is asked.
std::vector<std::uint32_t> chosen(std::uint32_t press_sheets, std::uint32_t sample) {
    std::vector<std::uint32_t> sheets;
    const std::uint32_t count = sample == 0 ? press_sheets : std::min(sample, press_sheets);
    for (std::uint32_t i = 0; i < count; ++i) {
        const std::uint64_t from = std::uint64_t{i} * press_sheets / count,
                            end = std::uint64_t{i + 1} * press_sheets / count;
        const auto within = i == 0 ? from : i + 1 == count ? end - 1 : from + scrambled(i) % (end - from);
        sheets.push_back(static_cast<std::uint32_t>(within + 1));
    }
    return sheets;
}

std::string text_of(const std::string& path) {
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
}

/// Shares the sheets out among workers; the first error ends the work.
class Proof {
public:
    Proof(const std::string& print, const ProofPlan& plan, const Eyes& eyes, std::vector<std::uint32_t> sheets)
        : print_(print), plan_(plan), eyes_(eyes), sheets_(std::move(sheets)) {
        shares_.resize((sheets_.size() + sheets_a_chunk - 1) / sheets_a_chunk);
    }

    Result<std::vector<Share>> run(int threads) {
        const std::size_t most = threads > 0 ? static_cast<std::size_t>(threads) : std::thread::hardware_concurrency();
        {
            std::vector<std::jthread> workers;
            for (std::size_t i = 0; i < std::clamp<std::size_t>(most, 1, std::max<std::size_t>(shares_.size(), 1)); ++i)
                workers.emplace_back([this] { work(); });
        }
        if (error_) return tl::unexpected(std::move(*error_));
        return std::move(shares_);
    }

private:
    void work() {
        auto print = PrintPages::open(print_);
        if (!print) return stop(std::move(print).error());
        Proofreader reader(plan_, std::move(*print), eyes_);
        for (std::size_t chunk; (chunk = next_++) < shares_.size() && !stopped_;) {
            const auto from = chunk * sheets_a_chunk;
            const auto part = std::span(sheets_).subspan(from, std::min(sheets_a_chunk, sheets_.size() - from));
            auto done = reader.read(part, shares_[chunk]);
            if (!done && done.error().fault == Fault::Environment) return stop(std::move(done).error());
            if (!done) shares_[chunk].found.push_back(unreadable(part.front(), done.error()));
        }
    }
    /// What a batch lacks is a finding, not a reason to stop.
    Found unreadable(std::uint32_t press_sheet, const Error& error) const {
        return {RuleId::ProofContent, (press_sheet - 1) * plan_.sides() + 1,
                fmt::format("from here on {} press sheets could not be read: {}", sheets_a_chunk, error.text())};
    }
    void stop(Error error) {
        const std::scoped_lock lock(mutex_);
        if (!error_) error_ = std::move(error);
        stopped_ = true;
    }

    const std::string& print_;
    const ProofPlan& plan_;
    const Eyes& eyes_;
    const std::vector<std::uint32_t> sheets_;
    std::vector<Share> shares_;
    std::atomic<std::size_t> next_ = 0;
    std::atomic<bool> stopped_ = false;
    std::mutex mutex_;
    std::optional<Error> error_;
};

Result<ProofPlan> plan_of(const std::string& folder) {
    const auto named = [](Error error, const char* file) {
        error.where = error.where.empty() ? file : fmt::format("{}, {}", file, error.where);
        return tl::unexpected(std::move(error));
    };
    auto manifest = read_manifest(text_of(folder + "/manifest.csv"));
    if (!manifest) return named(std::move(manifest).error(), "manifest.csv");
    auto places = Places::parse(text_of(folder + "/places.csv"));
    if (!places) return named(std::move(places).error(), "places.csv");
    return ProofPlan::make(std::move(*manifest), std::move(*places));
}

void count_pages(std::uint32_t pages, const ProofPlan& plan, Findings& findings) {
    const std::uint32_t expected = plan.press_sheets() * plan.sides();
    if (pages != expected)
        findings.add(RuleId::ProofContent, {}, fmt::format("{} pages, the manifest tells of {}", pages, expected));
}

ProofReport unread(ProofReport report, const Error& error) {
    report.looked_at = 0;
    report.findings = {{RuleId::ProofContent, "print.pdf", 0, 0, 0, error.text()}};
    return report;
}

}  // namespace

Result<ProofReport> prove_batch(const std::string& folder, const ProofOrder& order, const Eyes& eyes) {
    const auto plan = TRY(plan_of(folder));
    const std::string print = folder + "/print.pdf";
    ProofReport report;
    report.press_sheets = plan.press_sheets();
    auto sheets = chosen(plan.press_sheets(), order.sample);
    report.looked_at = static_cast<std::uint32_t>(sheets.size());
    Findings findings("print.pdf");
    if (const auto pages = PrintPages::open(print))
        count_pages(pages->count(), plan, findings);
    else
        return unread(std::move(report), pages.error());
    auto shares = TRY(Proof(print, plan, eyes, std::move(sheets)).run(order.threads));
    for (Share& share : shares) {
        report.sheet_codes += share.sheet_codes;
        report.qr_codes += share.qr_codes;
        report.addresses += share.addresses;
        for (Found& found : share.found) findings.add(found.rule, {found.page, 0}, std::move(found.text));
    }
    report.findings = findings.take();
    report.findings_left_out = findings.left_out();
    return report;
}

}  // namespace pli::preflight
