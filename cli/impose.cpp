#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <filesystem>
#include <memory>
#include <nlohmann/json.hpp>

#include "cli/verbs.hpp"
#include "preflight/check_pdf.hpp"
#include "service/impose.hpp"

namespace pli::cli {
namespace {

struct Wanted {
    service::ImposeRequest request;
    std::string date = today();
    bool duplex = false, cut_and_stack = false, in_sequence = false, step_and_repeat = false;
};

/// One of three flags, or what the profile says.
std::string method_of(const Wanted& wanted) {
    if (wanted.in_sequence) return "in-sequence";
    if (wanted.step_and_repeat) return "step-and-repeat";
    return wanted.cut_and_stack ? "cut-and-stack" : "";
}

std::size_t errors_in(const preflight::PdfReport& report) {
    return static_cast<std::size_t>(std::ranges::count_if(report.findings, [](const preflight::Finding& finding) {
        return preflight::rule(finding.rule).severity == preflight::Severity::Error;
    }));
}

void print_imposed(const Session& session, const service::Imposed& imposed, const std::string& file,
                   const preflight::PdfReport& checked) {
    const auto errors = errors_in(checked);
    if (session.json)
        return print({{"ok", errors == 0},
                      {"file", file},
                      {"imposition", imposed.imposition},
                      {"sheet", imposed.sheet},
                      {"pages", imposed.pages},
                      {"press_sheets", imposed.press_sheets},
                      {"lifts", imposed.lifts},
                      {"print_pages", imposed.print_pages},
                      {"bytes", imposed.bytes},
                      {"errors", errors}});
    for (const auto& finding : checked.findings) {
        const auto& rule = preflight::rule(finding.rule);
        if (rule.severity == preflight::Severity::Error)
            fmt::print("error {}: page {}: {}\n  expected: {}\n", rule.code, finding.page, finding.found,
                       rule.expected);
    }
    print_table({{"imposition", imposed.imposition},
                 {"sheet", imposed.sheet},
                 {"pages", grouped(imposed.pages)},
                 {"press sheets", grouped(imposed.press_sheets)},
                 {"lifts", grouped(imposed.lifts)},
                 {"PDF/X-4", errors == 0 ? "yes" : fmt::format("no: {} errors", errors)}});
}

Result<Exit> work(const Session& session, Wanted& wanted) {
    wanted.request.day = TRY(Day::parse(wanted.date));
    wanted.request.sides = wanted.duplex ? Sides::Duplex : Sides::Simplex;
    wanted.request.press.imposition = method_of(wanted);
    const auto imposed = TRY(service::impose(session.workspace, wanted.request));
    const auto& output = wanted.request.output;
    const auto checked =
        TRY(preflight::check_pdf(output, std::filesystem::path(output).filename().string(), preflight::Limits{}));
    print_imposed(session, imposed, output, checked);
    return errors_in(checked) == 0 ? Exit::Done : Exit::WithFindings;
}

void declare_methods(CLI::App& verb, Wanted& wanted) {
    auto* stack = verb.add_flag("--cut-and-stack", wanted.cut_and_stack,
                                "each cell makes a pile, pile n + 1 goes under pile n (default)");
    auto* sequence = verb.add_flag("--in-sequence", wanted.in_sequence, "side by side in reading order, row by row");
    auto* repeat = verb.add_flag("--step-and-repeat", wanted.step_and_repeat, "the same page in every cell");
    stack->excludes(sequence)->excludes(repeat);
    sequence->excludes(repeat);
}

void declare_sheet(CLI::App& verb, service::PressWish& press) {
    verb.add_option("--sheet", press.sheet, "A4, SRA4, A3, SRA3, A2, SRA2, B3, B2, B1, WIDTHxHEIGHT in mm, or roll");
    verb.add_option("--orientation", press.orientation, "landscape or portrait (default: whichever holds more)");
    verb.add_option("--web", press.web_mm, "width of the roll, in mm");
    verb.add_option("--cut-off", press.cut_off_mm, "length of a page on the roll, in mm (default: its rows)");
    verb.add_option("--up", press.up, "COLUMNSxROWS (default: as many as fit)");
    verb.add_option("--depth", press.pile_depth, "most sheets on a pile");
    verb.add_option("--turn", press.turn, "work-and-turn (default), work-and-tumble, sheetwise, perfecting");
    verb.add_option("--heads", press.heads, "upright (default), heads-together, feet-together");
    verb.add_option("--bleed", press.bleed_mm, "how far pages print beyond their cut, in mm");
    verb.add_option("--gutter", press.gutter_mm, "between the pages, in mm (default: twice the bleed)");
    verb.add_option("--edge", press.edge_mm, "what the press does not print, in mm");
    verb.add_option("--marks", press.marks,
                    "crop, slug, registration, colour-bar (default: crop and slug, if there is room)")
        ->delimiter(',');
    verb.add_option("--folds", press.folds_mm, "where the pages are folded, in mm from their head")->delimiter(',');
}

}  // namespace

void impose(CLI::App& verb, const Session& session, Action& action) {
    const auto wanted = std::make_shared<Wanted>();
    auto& request = wanted->request;
    verb.add_option("FILE", request.file, "the PDF whose pages are laid on press sheets")->required();
    verb.add_option("-p,--profile", request.profile,
                    "a print house's file; options say otherwise where they are given");
    declare_sheet(verb, request.press);
    declare_methods(verb, *wanted);
    verb.add_flag("--duplex", wanted->duplex, "every second page is the back of the one before");
    verb.add_option("--pages-each", request.pages_each, "pages that stay together in one pile (default: one sheet's)");
    verb.add_flag("--centre", request.centre, "put smaller pages in the middle of the largest one's place");
    verb.add_option("--date", wanted->date, "the day written into the file, YYYY-MM-DD (default: today)");
    verb.add_option("-o,--output", request.output, "the imposed PDF")->required();
    verb.callback([wanted, &session, &action] {
        action = [wanted, &session] {
            const auto exit = work(session, *wanted);
            return exit ? *exit : report(session, exit.error());
        };
    });
}

}  // namespace pli::cli
