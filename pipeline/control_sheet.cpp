#include "pipeline/control_sheet.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "pipeline/office_sheet.hpp"

namespace pli::pipeline {
namespace {

std::string printed_on(const BatchSpec& batch) {
    const auto& layout = batch.layout;
    if (layout.as_letter) return "one letter sheet per page";
    const auto [columns, rows, method, turn, depth] = layout.arrangement;
    const auto size = fmt::format("{:.4g} x {:.4g} mm", layout.media.width.to_mm(), layout.media.height.to_mm());
    const auto name = sheet_name(layout.media);
    const auto words = fmt::format("{}{}, {} x {}", name == size ? "" : name + " ", size, columns, rows);
    if (method == Method::InSequence) return words + ", in sequence: merge row by row from the left";
    return words + ", cut and stack: each pile goes under the one before";
}

std::string sides_of(const BatchSpec& batch) {
    if (batch.production.sides == Sides::Simplex) return "one side";
    const auto& media = batch.layout.media;
    const bool upright_edge = batch.layout.arrangement.turn == Turn::SideToSide;
    const bool long_edge = upright_edge == (media.height >= media.width);
    return fmt::format("both sides, turned on the {} edge{}", long_edge ? "long" : "short",
                       batch.layout.as_letter ? "" : " of the press sheet");
}

void add_totals(OfficeSheet& sheet, const ControlFacts& facts) {
    sheet.section("TO PRODUCE");
    sheet.row("Pieces (envelopes)", fmt::format("{}", facts.total.pieces));
    sheet.row("Letter sheets", fmt::format("{}", facts.total.sheets));
    sheet.row("Letter pages", fmt::format("{}", facts.total.pages));
    sheet.row("Press sheets", fmt::format("{}", facts.press_sheets));
    sheet.row("Pages of print.pdf", fmt::format("{}", facts.print_pages));
    sheet.row("First piece", facts.first_letter);
    sheet.row("Last piece", facts.last_letter);
}

void add_machine(OfficeSheet& sheet, const BatchSpec& batch) {
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

void add_postage(OfficeSheet& sheet, const ControlFacts& facts) {
    if (facts.postings.empty()) return;
    sheet.section("POSTAGE");
    const auto row = [&sheet](std::string_view label, const std::string& value) {
        sheet.row(label, value, office::small);
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

void add_checksums(OfficeSheet& sheet, const ControlFacts& facts) {
    sheet.section("CHECKSUMS (SHA-256)");
    for (const auto& sum : facts.sums) {
        sheet.row(sum.name, Digest::hex(sum.sha256), office::small);
        sheet.down(Length::mm(-1.4));
    }
}

void add_signatures(OfficeSheet& sheet) {
    sheet.section("SIGNED OFF");
    for (const auto* step : {"Printed", "Inserted", "Counted and posted"})
        sheet.signature(step, "quantity, spoiled", "date, name");
}

constexpr std::size_t samples_on_page = 4;
constexpr Size sample_room{79_mm, 112_mm}, sample_pitch{86_mm, 120_mm};
constexpr Length samples_top = 37_mm, caption_below = 4_mm;

/// As large as the room allows.
Size shown_size(Size letter) {
    const auto by_width = static_cast<double>(sample_room.width.to_mm()) / letter.width.to_mm();
    const auto by_height = static_cast<double>(sample_room.height.to_mm()) / letter.height.to_mm();
    const auto scale = std::min(by_width, by_height);
    return {letter.width.scaled(scale), letter.height.scaled(scale)};
}

Done add_sample(OfficePage& page, std::size_t place, const Sample& sample, PlainText& text) {
    const Point corner{office::left + sample_pitch.width * static_cast<std::int64_t>(place % 2),
                       samples_top + sample_pitch.height * static_cast<std::int64_t>(place / 2)};
    const Rect box{corner, shown_size(sample.page.size)};
    page.shown.push_back({&sample.page, box});
    const auto edge = [&](Point from, Point to) {
        page.frame.items.emplace_back(Rule{from, to, Length::pt(0.4), Colour::grey(500)});
    };
    edge({box.left(), box.top()}, {box.right(), box.top()});
    edge({box.right(), box.top()}, {box.right(), box.bottom()});
    edge({box.right(), box.bottom()}, {box.left(), box.bottom()});
    edge({box.left(), box.bottom()}, {box.left(), box.top()});
    const auto caption =
        fmt::format("{:07}   letter {}   {} {}", sample.piece, sample.letter, sample.country, sample.postal_code);
    TRY(text.set(page.frame, {box.left(), box.bottom() + caption_below}, office::small, caption));
    return {};
}

}  // namespace

Result<std::vector<OfficePage>> sample_pages(const ControlFacts& facts, PlainText& text) {
    std::vector<OfficePage> pages;
    for (std::size_t i = 0; i < facts.samples.size(); ++i) {
        if (i % samples_on_page == 0) {
            OfficeSheet sheet(office_size(facts.batch.production.sheet), text);
            sheet.line(office::title, office::left, "Samples");
            sheet.down(8_mm);
            sheet.line(office::small, office::left,
                       fmt::format("{}: first and last piece, the others drawn by lot", facts.batch.name));
            pages.push_back({TRY(sheet.finish()), {}});
        }
        TRY(add_sample(pages.back(), i % samples_on_page, *facts.samples[i], text));
    }
    return pages;
}

Result<Frame> control_frame(const RunPlan& plan, const ControlFacts& facts, PlainText& text) {
    OfficeSheet sheet(office_size(facts.batch.production.sheet), text);
    sheet.line(office::title, office::left, "Control sheet");
    sheet.down(8_mm);
    sheet.line(office::body, office::left, facts.batch.name);
    sheet.down(5_mm);
    sheet.line(office::small, office::left, fmt::format("Run {} of {}", plan.run, plan.day.iso()));
    if (plan.reprint) {
        sheet.down(5_mm);
        sheet.line(office::body, office::left, "Reprint of " + plan.reprint->of + ": pieces keep their numbers");
    }
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
    auto pages = TRY(sample_pages(facts, text));
    pages.insert(pages.begin(), OfficePage{TRY(control_frame(plan, facts, text)), {}});
    return write_office_pdf(plan, {"control.pdf", "Control sheet", facts.batch.name}, pages, folder);
}

}  // namespace pli::pipeline
