#include "service/postage_quote.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <utility>

#include "layouts/template.hpp"
#include "pipeline/franking.hpp"
#include "postage/forecast.hpp"
#include "service/composing.hpp"
#include "store/letter_store.hpp"

namespace pli::service {
namespace {

/// A posting of which only its size is known.
struct Posting final : postage::Volume {
    std::int64_t pieces;
    explicit Posting(std::int64_t n) : pieces(n) {}
    std::int64_t pieces_for(const postage::Product&) const override { return pieces; }
};

std::uint32_t sheets_of(const layouts::TypesetLetter& typeset, const Letter& letter, Sides usual) {
    const std::size_t per_sheet = letter.options.sides.value_or(usual) == Sides::Duplex ? 2 : 1;
    return static_cast<std::uint32_t>((typeset.page_count + per_sheet - 1) / per_sheet);
}

/// Typesets the letter to learn its sheets; template, paper and envelope come with it.
Result<postage::Makeup> make_up_letter(const Workspace& workspace, const PostageQuestion& question,
                                       PostageQuote& quote) {
    const auto found = TRY(find_letter(workspace, question.letter));
    const auto composing = TRY(compose(workspace, {found.template_name}, question.day));
    if (!composing.broken.front().empty())
        return failure(Fault::BadInput, "template " + found.template_name, composing.broken.front());
    const auto& letterform = composing.templates.front();
    layouts::Typesetter typesetter(*composing.fonts, *composing.assets, question.day, workspace.country);
    layouts::TypesetLetter typeset;
    TRY(typesetter.lay_out(letterform, found.letter, typeset));
    const auto& production = letterform.production();
    const auto country = found.letter.recipient.country;
    quote.destination = country.empty() ? workspace.country : std::string(country);
    return quote.office.make_up({sheets_of(typeset, found.letter, production.sides), typeset.pages[0].size,
                                 production.paper, production.envelope, found.template_name});
}

Result<postage::Makeup> make_up(const Workspace& workspace, const PostageQuestion& question, PostageQuote& quote) {
    if (question.sheets == 0) return make_up_letter(workspace, question, quote);
    quote.destination = question.to.empty() ? quote.office.settings().country : question.to;
    return quote.office.make_up(
        {question.sheets, question.sheet, question.paper, question.envelope, question.letter.template_name});
}

/// Letters that are alike for the post.
struct Kind {
    std::uint32_t template_index = 0, sheets = 1;
    Size sheet;
    std::string country, region;
    auto operator<=>(const Kind&) const = default;
};
using Kinds = std::map<Kind, std::uint32_t>;

/// All letters due, typeset and counted.
class DueMail {
public:
    static Result<DueMail> count(const Workspace& workspace, Day day, RunQuote& quote) {
        DueMail mail;
        const auto queue = TRY(store::open(workspace.queue));
        const auto due = TRY(queue->due(day));
        mail.composing_ = TRY(compose(workspace, due.templates, day));
        mail.names_ = due.templates;
        layouts::Typesetter typesetter(*mail.composing_.fonts, *mail.composing_.assets, day, workspace.country);
        layouts::TypesetLetter typeset;
        while (auto letter = TRY(due.next())) {
            if (auto set = mail.typeset(typesetter, *letter, typeset); !set)
                mail.refuse(quote, set.error());
            else
                ++mail.kinds_[mail.kind_of(workspace, *letter, typeset)];
        }
        return mail;
    }
    const Kinds& kinds() const { return kinds_; }
    Result<postage::Makeup> make_up(const postage::PostOffice& office, const Kind& kind) const {
        const auto& production = composing_.templates[kind.template_index].production();
        return office.make_up(
            {kind.sheets, kind.sheet, production.paper, production.envelope, names_[kind.template_index]});
    }

private:
    Done typeset(layouts::Typesetter& typesetter, const Letter& letter, layouts::TypesetLetter& typeset) const {
        const auto& broken = composing_.broken[letter.template_index];
        if (!broken.empty()) return failure(Fault::BadInput, "template " + names_[letter.template_index], broken);
        return typesetter.lay_out(composing_.templates[letter.template_index], letter, typeset);
    }
    static void refuse(RunQuote& quote, const Error& error) {
        if (quote.rejected++ == 0) quote.first_rejection = error.text();
    }
    Kind kind_of(const Workspace& workspace, const Letter& letter, const layouts::TypesetLetter& typeset) const {
        const auto& production = composing_.templates[letter.template_index].production();
        const auto country = letter.recipient.country;
        return {letter.template_index, sheets_of(typeset, letter, production.sides), typeset.pages[0].size,
                country.empty() ? workspace.country : std::string(country),
                std::string(letter.recipient.postal_code.substr(0, 2))};
    }

    Composing composing_;
    std::vector<std::string> names_;
    Kinds kinds_;
};

/// What was passed over, added up over all letters.
class PassedOver {
public:
    void add(const postage::Choice& choice, std::uint32_t pieces) {
        for (const auto& other : choice.alternatives) {
            auto& passed = all_[{other.product->id, other.reason}];
            passed.product = other.product->id;
            passed.reason = other.reason;
            passed.pieces += pieces;
            if (other.price) passed.price = *other.price;
        }
    }
    std::vector<RunQuote::Passed> list() const {
        std::vector<RunQuote::Passed> list;
        for (const auto& [key, passed] : all_) list.push_back(passed);
        std::stable_sort(list.begin(), list.end(), [](const auto& a, const auto& b) { return a.pieces > b.pieces; });
        return list;
    }

private:
    std::map<std::pair<std::string, std::string>, RunQuote::Passed> all_;
};

std::string name_of(const postage::Edition& edition) {
    return fmt::format("{}, {} of {}", edition.carrier, edition.name, edition.valid_from.iso());
}

}  // namespace

Result<PostageQuote> quote(const Workspace& workspace, const PostageQuestion& question) {
    auto office = TRY(open_post_office(workspace, question.day));
    PostageQuote quote{std::move(office), {}, {}, {}, {}};
    quote.makeup = TRY(make_up(workspace, question, quote));
    const Posting posting(question.pieces);
    quote.assessment = quote.office.assess(quote.makeup, quote.destination, posting);
    for (const auto& envelope : quote.office.stocks().envelopes()) {
        if (envelope.size == quote.makeup.envelope.size) continue;
        auto other = quote.makeup;
        other.envelope = envelope;
        const auto same = std::any_of(quote.elsewhere.begin(), quote.elsewhere.end(), [&](const auto& e) {
            return quote.office.stocks().envelope(e.envelope)->size == envelope.size;
        });
        if (!same) quote.elsewhere.push_back({envelope.name, quote.office.assess(other, quote.destination, posting)});
    }
    return quote;
}

Result<RunQuote> quote_run(const Workspace& workspace, Day day) {
    RunQuote quote;
    const auto office = TRY(open_post_office(workspace, day));
    if (office.edition()) quote.tariff = name_of(*office.edition());
    if (office.closed()) quote.closed = office.closed()->text();
    const auto mail = TRY(DueMail::count(workspace, day, quote));
    postage::Forecast forecast;
    for (const auto& [kind, pieces] : mail.kinds())
        if (const auto makeup = mail.make_up(office, kind))
            forecast.expect(office, *makeup, kind.country, kind.region, pieces);
    pipeline::BatchDone all;
    PassedOver passed;
    for (const auto& [kind, pieces] : mail.kinds()) {
        const postage::Forecast::Near volume(forecast, kind.region);
        const auto makeup = mail.make_up(office, kind);
        postage::Assessment assessment;
        if (makeup)
            assessment = office.assess(*makeup, kind.country, volume);
        else
            assessment.choice.reason = makeup.error().text();
        passed.add(assessment.choice, pieces);
        all.postings.push_back(pipeline::posting_of(assessment, kind.country, pieces));
    }
    quote.sum = sum_up({all}, office, false);
    quote.alternatives = passed.list();
    return quote;
}

}  // namespace pli::service
