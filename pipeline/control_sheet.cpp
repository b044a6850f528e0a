#include "pipeline/control_sheet.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "pipeline/piece_mark.hpp"
#include "render/batch_pdf.hpp"
#include "render/page_content.hpp"

namespace pli::pipeline {
namespace {

constexpr Length left = 25_mm, right_margin = 20_mm, value_column = 70_mm, row_pitch = Length::mm(5.4);
constexpr TextStyle title{20_pt, Colour::black()}, heading{9_pt, Colour::grey(650)}, body{10_pt, Colour::black()},
    small{7.5_pt, Colour::black()};
constexpr Length hairline = Length::pt(0.4);

/// Fills a page from the top down; the first error stays and is given back at the end.
class Sheet {
public:
    Sheet(Size size, PlainText& text) : text_(text) { frame_.size = size; }

    void line(const TextStyle& style, Length from_left, std::string_view words) {
        if (!outcome_) return;
        if (auto width = text_.set(frame_, {from_left, y_}, style, words); !width) outcome_ = failed(width.error());
    }
    void rule() { rule_from(left, frame_.size.width - right_margin); }
    void rule_from(Length from, Length to) {
        frame_.items.emplace_back(Rule{{from, y_}, {to, y_}, hairline, Colour::grey(500)});
    }
    void down(Length by) { y_ += by; }

    void section(std::string_view name) {
        down(9_mm);
        line(heading, left, name);
        down(2_mm);
        rule();
        down(row_pitch);
    }
    void row(std::string_view label, std::string_view value, const TextStyle& style = body) {
        line(heading, left, label);
        line(style, value_column, value);
        down(row_pitch);
    }
    Result<Frame> finish() {
        TRY(std::move(outcome_));
        return std::move(frame_);
    }

private:
    static Done failed(const Error& error) { return tl::unexpected<Error>(error); }
    PlainText& text_;
    Frame frame_;
    Length y_ = 24_mm;
    Done outcome_;
};

std::string printed_on(const BatchSpec& batch) {
    if (batch.imposition == Imposition::OneUp) return "one letter sheet per page";
    const auto sheet = batch.press_sheet == PressSheet::Sra3 ? "SRA3 450 x 320 mm" : "A3 420 x 297 mm";
    return fmt::format("{}, two up, cut and stack: pile 2 goes under pile 1", sheet);
}

std::string sides_of(const BatchSpec& batch) {
    if (batch.production.sides == Sides::Simplex) return "one side";
    return batch.imposition == Imposition::OneUp ? "both sides, turned on the long edge"
                                                 : "both sides, turned on the short edge of the press sheet";
}

void add_totals(Sheet& sheet, const ControlFacts& facts) {
    sheet.section("TO PRODUCE");
    sheet.row("Pieces (envelopes)", fmt::format("{}", facts.total.pieces));
    sheet.row("Letter sheets", fmt::format("{}", facts.total.sheets));
    sheet.row("Letter pages", fmt::format("{}", facts.total.pages));
    sheet.row("Press sheets", fmt::format("{}", facts.press_sheets));
    sheet.row("Pages of print.pdf", fmt::format("{}", facts.print_pages));
    sheet.row("First piece", facts.first_letter);
    sheet.row("Last piece", facts.last_letter);
}

void add_machine(Sheet& sheet, const BatchSpec& batch) {
    sheet.section("ON THE MACHINE");
    sheet.row("Paper", batch.production.paper);
    sheet.row("Envelope", batch.production.envelope.empty() ? "none named" : batch.production.envelope);
    if (!batch.production.inserts.empty())
        sheet.row("Inserts", fmt::format("{}", fmt::join(batch.production.inserts, ", ")));
    sheet.row("Printing", fmt::format("{}, {}", batch.production.colour ? "colour" : "black only", sides_of(batch)));
    sheet.row("Imposition", printed_on(batch));
    sheet.row("Code on each sheet", fmt::format("DataMatrix 1 {} piece sheet sheets", batch.id));
}

/// The first few products; a batch with more has them all in posting-list.csv.
constexpr std::size_t postings_shown = 4;

std::string posting_text(const Postings& posting) {
    const auto what = posting.product.empty() ? "unpriced" : posting.product;
    auto text = fmt::format("{} {}   {}", posting.pieces, what, posting.country);
    if (!posting.product.empty()) text += fmt::format("   {}", posting.postage.text());
    if (!posting.flags.empty()) text += fmt::format("   {}", posting.flags);
    return text;
}

void add_postage(Sheet& sheet, const ControlFacts& facts) {
    if (facts.postings.empty()) return;
    sheet.section("POSTAGE");
    const auto row = [&sheet](std::string_view label, const std::string& value) {
        sheet.row(label, value, small);
        sheet.down(Length::mm(-1.4));
    };
    for (std::size_t i = 0; i < std::min(facts.postings.size(), postings_shown); ++i)
        row(i == 0 ? "Products" : "", posting_text(facts.postings[i]));
    if (facts.postings.size() > postings_shown)
        row("", fmt::format("and {} more: posting-list.csv", facts.postings.size() - postings_shown));
    const auto& total = facts.total;
    row("Together",
        fmt::format("{}, {:.2f} kg", total.postage.currency == Currency{} ? "unpriced" : total.postage.text(),
                    total.mass.to_g() / 1000));
    row("Trays, bundles", fmt::format("{}, {}", facts.trays, facts.bundles));
}

void add_checksums(Sheet& sheet, const ControlFacts& facts) {
    sheet.section("CHECKSUMS (SHA-256)");
    for (const auto& sum : facts.sums) {
        sheet.row(sum.name, Digest::hex(sum.sha256), small);
        sheet.down(Length::mm(-1.4));
    }
}

void add_signatures(Sheet& sheet) {
    sheet.section("SIGNED OFF");
    for (const auto* step : {"Printed", "Inserted", "Counted and posted"}) {
        sheet.down(3_mm);
        sheet.line(heading, left, step);
        sheet.rule_from(value_column, value_column + 55_mm);
        sheet.rule_from(value_column + 60_mm, value_column + 115_mm);
        sheet.down(4_mm);
        sheet.line(small, value_column, "quantity, spoiled");
        sheet.line(small, value_column + 60_mm, "date, name");
        sheet.down(4_mm);
    }
}

}  // namespace

Result<Frame> control_frame(const RunPlan& plan, const ControlFacts& facts, PlainText& text) {
    // The office prints it on what it has: A4, or Letter where the letters are.
    const auto& letters = facts.batch.production.sheet;
    const bool letter_size = same_sheet(letters, {Length::mm(215.9), Length::mm(279.4)});
    Sheet sheet(letter_size ? letters : Size{210_mm, 297_mm}, text);
    sheet.line(title, left, "Control sheet");
    sheet.down(8_mm);
    sheet.line(body, left, facts.batch.name);
    sheet.down(5_mm);
    sheet.line(small, left, fmt::format("Run {} of {}", plan.run, plan.day.iso()));
    add_totals(sheet, facts);
    add_machine(sheet, facts.batch);
    add_postage(sheet, facts);
    add_checksums(sheet, facts);
    add_signatures(sheet);
    return sheet.finish();
}

Result<HiddenFolder::FileSum> write_control_sheet(const RunPlan& plan, const ControlFacts& facts,
                                                  const HiddenFolder& folder) {
    PlainText text(*plan.fonts, plan.mark_chain);
    const auto frame = TRY(control_frame(plan, facts, text));
    render::ResourceUse use;
    render::PageContent page;
    TRY(render::ContentEncoder(*plan.fonts, *plan.assets).encode(frame, use, page));
    const auto title_text = "Control sheet " + facts.batch.name;
    auto pdf = TRY(render::BatchPdf::create({folder.path("control.pdf"), title_text, facts.batch.name + "/control",
                                             Instant::midnight(plan.day), plan.condition},
                                            *plan.fonts, *plan.assets));
    const auto content = TRY(pdf.append(page));
    bool given = false;
    const auto closed = TRY(pdf.close(use, [&](render::SheetSide& side) {
        const Rect whole{{}, frame.size};
        side = {frame.size, whole, whole, {content}, {}};
        return !std::exchange(given, true);
    }));
    return HiddenFolder::FileSum{"control.pdf", closed.sha256};
}

}  // namespace pli::pipeline
