#include "service/postage_quote.hpp"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <memory>
#include <nlohmann/json.hpp>

#include "cli/postage_report.hpp"
#include "cli/verbs.hpp"

namespace pli::cli {
namespace {

using postage::Assessment;
using postage::Choice;
using service::PostageQuote;
using service::RunQuote;

struct Wanted {
    std::int64_t letter = 0;
    std::string date = today();
    std::vector<double> sheet_mm{210, 297};
    service::PostageQuestion question;

    bool asks_for_one() const { return letter > 0 || question.sheets > 0 || !question.letter.template_name.empty(); }
};

std::string price_of(const Choice& choice) { return choice.product ? choice.price.text() : "unpriced"; }

nlohmann::json as_json(const Choice& choice) {
    nlohmann::json others = nlohmann::json::array();
    for (const auto& other : choice.alternatives)
        others.push_back({{"product", other.product->id},
                          {"reason", other.reason},
                          {"amount", other.price ? nlohmann::json(other.price->amount()) : nlohmann::json()}});
    nlohmann::json json{{"product", choice.product ? choice.product->id : ""},
                        {"reason", choice.reason},
                        {"near_limit", choice.near},
                        {"unconfirmed", choice.unconfirmed},
                        {"alternatives", others}};
    if (!choice.product) return json;
    json["name"] = choice.product->name;
    json["amount"] = choice.price.amount();
    json["refund"] = choice.refund.amount();
    json["currency"] = choice.price.currency.text();
    json["weight_step_g"] = choice.step.to_g();
    json["limits_source"] = choice.product->limits.text;
    json["presort"] = choice.product->presort;
    json["note"] = choice.product->note;
    return json;
}

nlohmann::json as_json(const PostageQuote& quote) {
    const auto& [weighed, choice, doubts] = quote.assessment;
    nlohmann::json elsewhere = nlohmann::json::array();
    for (const auto& other : quote.elsewhere)
        elsewhere.push_back(
            {{"envelope", other.envelope},
             {"fits", other.assessment.weighed.fits},
             {"product", other.assessment.choice.product ? other.assessment.choice.product->id : ""},
             {"amount", other.assessment.choice.product ? other.assessment.choice.price.amount() : ""}});
    auto json = as_json(choice);
    json["ok"] = choice.product != nullptr;
    json["sheets"] = quote.makeup.sheets;
    json["paper"] = quote.makeup.paper.name;
    json["envelope"] = quote.makeup.envelope.name;
    json["country"] = quote.destination;
    json["weight_g"] = weighed.mass.to_g();
    json["thickness_mm"] = weighed.thickness.to_mm();
    json["fits_envelope"] = weighed.fits;
    json["weight_unconfirmed"] = doubts;
    json["other_envelopes"] = elsewhere;
    return json;
}

void print_others(const Choice& choice) {
    for (const auto& other : choice.alternatives)
        fmt::print("  not {:<28} {}{}\n", other.product->id, other.price ? other.price->text() + ", " : "",
                   other.reason);
}

void print_text(const PostageQuote& quote) {
    const auto& [weighed, choice, doubts] = quote.assessment;
    const auto& makeup = quote.makeup;
    fmt::print("{} sheet(s) of {} in {}, to {}\n", makeup.sheets, makeup.paper.name, makeup.envelope.name,
               quote.destination);
    for (const auto& insert : makeup.inserts) fmt::print("  with {} ({:.2f} g)\n", insert.name, insert.mass.to_g());
    std::vector<std::pair<std::string, std::string>> rows{
        {"weight", fmt::format("{:.2f} g", weighed.mass.to_g())},
        {"thickness", fmt::format("{:.2f} mm, {} layer(s) a sheet", weighed.thickness.to_mm(), weighed.panels)},
        {"product", choice.product ? fmt::format("{} ({})", choice.product->id, choice.product->name) : "none"},
        {"postage", price_of(choice)}};
    if (choice.refund.value > 0) rows.emplace_back("paid back later", choice.refund.text());
    if (choice.product) rows.emplace_back("weight step", fmt::format("to {:.6g} g", choice.step.to_g()));
    if (choice.product && !choice.product->note.empty()) rows.emplace_back("note", choice.product->note);
    print_table(rows);
    for (const auto& line : {choice.reason, choice.near, doubts})
        if (!line.empty()) warn(line);
    if (!choice.unconfirmed.empty()) warn("not confirmed: " + choice.unconfirmed);
    if (!weighed.fits)
        warn(fmt::format("{:.2f} mm of paper is more than a machine gets into {} ({:.2f} mm)", weighed.filling.to_mm(),
                         makeup.envelope.name, makeup.envelope.filling.to_mm()));
    print_others(choice);
    for (const auto& other : quote.elsewhere)
        fmt::print("  in {:<5} {:<29} {}{}\n", other.envelope,
                   other.assessment.choice.product ? other.assessment.choice.product->id : "none",
                   price_of(other.assessment.choice), other.assessment.weighed.fits ? "" : ", too thick for it");
}

nlohmann::json as_json(const RunQuote& quote) {
    nlohmann::json passed = nlohmann::json::array();
    for (const auto& other : quote.alternatives)
        passed.push_back({{"product", other.product},
                          {"reason", other.reason},
                          {"pieces", other.pieces},
                          {"amount", other.price.currency == Currency{} ? "" : other.price.amount()}});
    auto json = postage_json(quote.sum);
    json["ok"] = quote.rejected == 0 && quote.sum.unpriced == 0;
    json["tariff"] = quote.tariff;
    json["closed"] = quote.closed;
    json["rejected"] = quote.rejected;
    json["first_rejection"] = quote.first_rejection;
    json["alternatives"] = passed;
    return json;
}

/// Products that could have taken letters, had they been named or had there been more: those that go elsewhere or take
/// other sizes are in the report of --json.
bool is_worth_telling(const RunQuote::Passed& other) {
    const auto says = [&](std::string_view part) { return other.reason.find(part) != std::string::npos; };
    return says("[postage]") || says("pieces") || says("contract");
}

void print_text(const RunQuote& quote) {
    fmt::print("{}\n", quote.tariff.empty() ? quote.closed : quote.tariff);
    for (const auto& posting : quote.sum.postings)
        fmt::print("  {:>9}  {:<2}  {:<29} {:>14}  {}\n", grouped(posting.pieces), posting.country,
                   posting.product.empty() ? "unpriced" : posting.product,
                   posting.product.empty() ? "" : posting.postage.text(), posting.flags);
    for (const auto& other : quote.alternatives)
        if (is_worth_telling(other))
            fmt::print("  not {} ({} letters): {}\n", other.product, grouped(other.pieces), other.reason);
    print_warnings(quote.sum);
    if (quote.rejected > 0)
        warn(fmt::format("{} letter(s) would be rejected; the first: {}", grouped(quote.rejected),
                         quote.first_rejection));
    std::vector<std::pair<std::string, std::string>> rows{
        {"letters", grouped(quote.sum.pieces)},
        {"postage", quote.sum.total.currency == Currency{} ? "unpriced" : quote.sum.total.text()}};
    if (quote.sum.refund.value > 0) rows.emplace_back("paid back later", quote.sum.refund.text());
    rows.emplace_back("not confirmed", grouped(quote.sum.unconfirmed));
    rows.emplace_back("near a limit", grouped(quote.sum.near_limit));
    rows.emplace_back("unpriced", grouped(quote.sum.unpriced));
    print_table(rows);
}

Result<Exit> answer_one(const Session& session, const service::Workspace& workspace, Wanted& wanted) {
    if (wanted.letter > 0) wanted.question.letter.letter = LetterId{wanted.letter};
    wanted.question.sheet = {Length::mm(wanted.sheet_mm[0]), Length::mm(wanted.sheet_mm[1])};
    const auto quote = TRY(service::quote(workspace, wanted.question));
    if (session.json)
        print(as_json(quote));
    else
        print_text(quote);
    return quote.assessment.choice.product ? Exit::Done : Exit::WithFindings;
}

Result<Exit> answer(const Session& session, Wanted& wanted) {
    const auto workspace = TRY(service::Workspace::open(session.workspace));
    wanted.question.day = TRY(Day::parse(wanted.date));
    if (wanted.asks_for_one()) return answer_one(session, workspace, wanted);
    const auto quote = TRY(service::quote_run(workspace, wanted.question.day));
    if (session.json)
        print(as_json(quote));
    else if (quote.sum.pieces == 0 && quote.rejected == 0)
        fmt::print("Nothing is due on {}.\n", wanted.question.day.iso());
    else
        print_text(quote);
    return quote.rejected == 0 && quote.sum.unpriced == 0 ? Exit::Done : Exit::WithFindings;
}

}  // namespace

void postage(CLI::App& verb, const Session& session, Action& action) {
    const auto wanted = std::make_shared<Wanted>();
    auto& question = wanted->question;
    auto* letter = verb.add_option("--letter", wanted->letter, "a queued letter, by its number");
    auto* form = verb.add_option("-t,--template", question.letter.template_name,
                                 "a template, with --data or its own sample; with --sheets for its inserts");
    verb.add_option("--data", question.letter.data_file, "JSON object with the fields of one letter")->needs(form);
    auto* sheets = verb.add_option("--sheets", question.sheets, "so many sheets, described by hand");
    sheets->check(CLI::Range(1, 999))->excludes(letter);
    verb.add_option("--paper", question.paper, "of --sheets (default: A4-80)")->needs(sheets);
    verb.add_option("--envelope", question.envelope, "of --sheets (default: DL)")->needs(sheets);
    verb.add_option("--size", wanted->sheet_mm, "of --sheets: width and height in mm (default: A4)")
        ->needs(sheets)
        ->expected(2)
        ->check(CLI::Range(50.0, 1000.0));
    verb.add_option("--to", question.to, "where --sheets go: a country such as DE (default: home)")->needs(sheets);
    verb.add_option("--pieces", question.pieces, "of the posting that the letter goes with (default: 1)")
        ->check(CLI::Range(1, 100'000'000));
    verb.add_option("--date", wanted->date, "posted on this day, YYYY-MM-DD (default: today)");
    letter->excludes(form);
    verb.callback([wanted, &session, &action] {
        action = [wanted, &session] {
            const auto exit = answer(session, *wanted);
            return exit ? *exit : report(session, exit.error());
        };
    });
}

}  // namespace pli::cli
