#include "pipeline/posting_sheet.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace pli::pipeline {
namespace {

using Cells = std::vector<std::string>;

std::vector<TableColumn> columns() {
    return {{"to", 25_mm, false},     {"sheets", 61_mm, true},          {"product", 65_mm, false},
            {"pieces", 118_mm, true}, {"piece numbers", 122_mm, false}, {"g each", 158_mm, true},
            {"each", 173_mm, true},   {"amount", 190_mm, true}};
}

std::string kilograms(Mass mass) { return mass > Mass{} ? fmt::format("{:.2f}", mass.to_g() / 1000) : ""; }
std::string amount(Money money) { return money.currency == Currency{} ? "" : money.amount(); }

Cells cells_of(const PostingList::Line& line) {
    const auto& franking = *line.franking;
    const auto& weighed = franking.assessment.weighed;
    return {line.country,
            std::to_string(line.sheets),
            franking.priced() ? std::string(franking.product()) : "unpriced",
            std::to_string(line.tally.pieces),
            fmt::format("{:07}–{:07}", line.tally.first_piece, line.tally.last_piece),
            weighed.mass > Mass{} ? fmt::format("{:.2f}", weighed.mass.to_g()) : "",
            franking.priced() ? franking.assessment.choice.price.amount() : "",
            amount(line.tally.postage)};
}

/// Weights of single pieces have no sum: the column's place takes the weight of all, in kilograms.
Cells sum_of(const std::vector<PostingList::Line>& lines, std::size_t count) {
    PostingList::Tally sum;
    for (std::size_t i = 0; i < count; ++i) sum.add(lines[i].tally);
    const auto weight = kilograms(sum.mass);
    return {"", "", "", std::to_string(sum.pieces), "", weight.empty() ? "" : weight + " kg", "", amount(sum.postage)};
}

void add_signatures(OfficeSheet& sheet) {
    sheet.section("HANDED IN AND TAKEN OVER");
    sheet.signature("Counted", "pieces, by scale or machine", "date, name");
    sheet.signature("Handed in", "lettershop, stamp", "date, signature");
    sheet.signature("Taken over", "post office, stamp", "date, signature");
}

Cells facts_of(const RunPlan& plan, const BatchSpec& batch, const PostingList::Tally& total) {
    Cells facts{fmt::format("Sender: {}", plan.sender),
                fmt::format("Run {} of {}, batch id {}", plan.run, plan.day.iso(), batch.id)};
    if (!batch.production.envelope.empty()) facts.push_back(fmt::format("Envelope: {}", batch.production.envelope));
    const bool priced = total.postage.currency != Currency{};
    facts.push_back(fmt::format("{} pieces, {}{}", total.pieces,
                                total.mass > Mass{} ? kilograms(total.mass) + " kg, " : "",
                                priced ? total.postage.text() : "no price: see posting-list.csv"));
    return facts;
}

}  // namespace

PaperTable posting_table(const RunPlan& plan, const BatchSpec& batch, const PostingList& list) {
    PaperTable table;
    table.title = "Posting list";
    table.batch = batch.name;
    table.facts = facts_of(plan, batch, list.total());
    table.columns = columns();
    auto lines = list.lines();
    for (const auto& line : lines) table.rows.push_back(cells_of(line));
    table.sum = [lines = std::move(lines)](std::size_t count) { return sum_of(lines, count); };
    table.foot = add_signatures;
    table.foot_height = 51_mm;
    return table;
}

Result<HiddenFolder::FileSum> write_posting_sheet(const RunPlan& plan, const BatchSpec& batch, const PostingList& list,
                                                  const HiddenFolder& folder) {
    PlainText text(*plan.fonts, plan.mark_chain);
    const auto paper = office_size(batch.production.sheet);
    const auto pages = TRY(table_pages(posting_table(plan, batch, list), paper, text));
    return write_office_pdf(plan, {"posting-list.pdf", "Posting list", batch.name}, pages, folder);
}

}  // namespace pli::pipeline
