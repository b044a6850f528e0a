#include "uploads/check.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>

#include "uploads/inspection.hpp"
#include "uploads/looking.hpp"
#include "uploads/plain_words.hpp"

namespace pli::uploads {
namespace {

/// The children of one upload share its time: what is slow to open is not opened four times as slowly.
class Clock {
public:
    explicit Clock(const Limits& limits) : limits_(limits) {}
    Limits limits_left() const {
        const auto spent = std::chrono::steady_clock::now() - began_;
        const int left = limits_.wall_seconds - static_cast<int>(std::chrono::duration<double>(spent).count() + 0.5);
        Limits limits = limits_;
        limits.wall_seconds = std::max(1, left);
        limits.cpu_seconds = std::min(limits.cpu_seconds, limits.wall_seconds);
        return limits;
    }

private:
    std::chrono::steady_clock::time_point began_ = std::chrono::steady_clock::now();
    Limits limits_;
};

/// Everything the children say about one upload.
struct Heard {
    Survey survey;
    Sight sight;
};

bool ours(const Refusal& refusal) { return refusal.error.fault == Fault::Environment; }

Finding finding_of(const Refusal& refusal) {
    Finding one = finding(refusal.rule, 0, {}, refusal.error.message);
    if (!refusal.error.remedy.empty()) one.remedy = refusal.error.remedy;
    return one;
}

std::vector<std::string> opinion_request(const char* verb, const Limits& limits) {
    return {verb, std::to_string(limits.pages)};
}

void compare(const Opinion& first, const Opinion& second, std::vector<Finding>& findings) {
    for (const Disagreement& one : disagreements(first, second))
        findings.push_back(
            finding(RuleId::ReadersDisagree, one.page, {}, "one reader sees other things than another: " + one.what));
}

/// PoDoFo reads fewer files than qpdf: that it cannot open one says little, that it opens it and sees something else
/// says much.
Done ask_two_readers(const std::string& bytes, std::string_view where, const Clock& clock,
                     std::vector<Finding>& findings) {
    const auto first =
        ask_for<Opinion>(opinion_request("first", clock.limits_left()), bytes, where, clock.limits_left());
    if (!first && ours(first.error())) return tl::unexpected(first.error().error);
    if (!first) {
        findings.push_back(finding_of(first.error()));
        return {};
    }
    if (first->mended)
        findings.push_back(finding(RuleId::Mended, 0, {}, "the file is damaged and was mended when it was opened"));
    const auto second =
        ask_for<Opinion>(opinion_request("second", clock.limits_left()), bytes, where, clock.limits_left());
    if (!second && ours(second.error())) return tl::unexpected(second.error().error);
    if (second && !second->pages.empty())
        compare(*first, *second, findings);
    else if (!first->mended)
        findings.push_back(finding(RuleId::OneReader, 0, {}, "one of two PDF readers cannot open the file"));
    return {};
}

template <class Answer>
Done listen(Asked<Answer> asked, Answer& answer, std::vector<Finding>& findings) {
    if (asked) {
        answer = std::move(*asked);
        return {};
    }
    if (ours(asked.error())) return tl::unexpected(asked.error().error);
    findings.push_back(finding_of(asked.error()));
    return {};
}

bool any_fatal(const std::vector<Finding>& findings) {
    return std::ranges::any_of(findings, [](const Finding& one) { return one.severity == Severity::Fatal; });
}

/// Stops asking at the first refusal: the others would only say it again.
Result<Heard> hear(const std::string& bytes, std::string_view where, const CheckOptions& options,
                   std::vector<Finding>& findings) {
    const Clock clock(options.limits);
    Heard heard;
    TRY(ask_two_readers(bytes, where, clock, findings));
    if (any_fatal(findings)) return heard;
    TRY(listen(
        ask_for<Survey>({"survey", std::to_string(options.limits.pages), "as-is"}, bytes, where, clock.limits_left()),
        heard.survey, findings));
    if (any_fatal(findings)) return heard;
    TRY(listen(look_at(bytes, checking_dpi, where, clock.limits_left()), heard.sight, findings));
    return heard;
}

void check_file_size(const std::string& bytes, const SheetZones& zones, std::vector<Finding>& findings) {
    const auto most = static_cast<std::size_t>(zones.carrier.megabytes) * 1'000'000;
    if (most == 0 || bytes.size() <= most) return;
    Finding one =
        finding(RuleId::FileTooLarge, 0, {}, fmt::format("{:.1f} MB", static_cast<double>(bytes.size()) / 1e6));
    one.expected = fmt::format("at most {} MB", zones.carrier.megabytes);
    findings.push_back(std::move(one));
}

void inspect(const Inspection& inspection) {
    check_document(inspection);
    check_placeholders(inspection);
    const std::size_t pages = std::min(inspection.survey.pages.size(), inspection.sight.size());
    for (std::size_t i = 0; i < pages; ++i) {
        const PageView page{static_cast<int>(i) + 1, inspection.survey.pages[i], inspection.sight[i]};
        for (const auto& check_page :
             {check_geometry, check_zones, check_paper, check_colours, check_marks, check_extras})
            check_page(inspection, page);
    }
}

bool blank(const InkMap& map) {
    const Rect whole{{}, map.size};
    return !marks_within(map, whole) && !tint_within(map, whole);
}

}  // namespace

bool Report::has(Severity severity) const {
    return std::ranges::any_of(findings, [&](const Finding& one) { return one.severity == severity; });
}

Result<Report> check(const std::string& bytes, std::string_view where, const SheetZones& zones,
                     const CheckOptions& options) {
    Report report;
    check_file_size(bytes, zones, report.findings);
    Heard heard = TRY(hear(bytes, where, options, report.findings));
    inspect({zones, options.sides, heard.survey, heard.sight, report.findings});
    report.placeholders = placeholders_of(heard.survey);
    for (PlaceholderSeen& one : report.placeholders) one.text = plain_words(one.text);
    for (PageSight& page : heard.sight) {
        for (CodeSeen& code : page.codes) {
            code.kind = plain_words(code.kind);
            code.text = plain_words(code.text);
        }
        report.pages.push_back({page.ink.size, blank(page.ink), std::move(page.codes)});
    }
    return report;
}

}  // namespace pli::uploads
