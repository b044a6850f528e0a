#include "service/address_desk.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "service/composing.hpp"

namespace pli::service {

using address::Finding;
using address::Severity;

Severity CheckedAddress::worst() const {
    auto worst = Severity::Note;
    for (const Finding& finding : findings) worst = std::max(worst, finding.severity);
    return worst;
}

struct AddressDesk::State {
    explicit State(const std::string& sender_country) : examiner(sender_country) {}

    address::Examiner examiner;
    address::Limits limits{6, 7};
    address::Tally tally;
    CheckedAddress checked;
    Letter letter;  // of a row that is not queued yet
    std::optional<Composing> composing;
    std::optional<layouts::AddressGauge> gauge;

    void look_over(const Recipient& recipient, std::string_view locale) {
        checked.fit.reset();
        examiner.use_language(locale);
        examiner.examine(recipient, limits, checked.lines, checked.findings);
    }

    void measure(const Letter& one) {
        if (!gauge || checked.worst() == Severity::Refused) return;
        const auto fit = gauge->fit(composing->templates.front(), one);
        if (!fit) return refuse(fit.error());
        checked.fit = *fit;
        if (fit->scale < 1) tell_smaller(*fit);
    }

    void refuse(const Error& error) {
        const bool glyph = error.fault == Fault::MissingGlyph, wide = error.fault == Fault::AddressTooLong;
        checked.findings.push_back({wide    ? "too-wide"
                                    : glyph ? "missing-glyph"
                                            : "not-set",
                                    Severity::Refused,
                                    {},
                                    error.message,
                                    error.remedy});
    }

    void tell_smaller(const layouts::AddressFit& fit) {
        const bool unread = fit.smallest_read > Length{} && fit.size < fit.smallest_read;
        auto message = fmt::format("line {} is {:.1f} mm wide, the window shows {:.1f} mm: set in {:.1f} pt",
                                   fit.widest_line + 1, fit.width.to_mm(), fit.room.to_mm(), fit.size.to_pt());
        if (unread) message += fmt::format(", sorting machines read {:.0f} pt", fit.smallest_read.to_pt());
        checked.findings.push_back(
            {"set-smaller", unread ? Severity::Warning : Severity::Note, {}, std::move(message), "shorten the line"});
    }

    const CheckedAddress& count(std::uint64_t row) {
        checked.row = row;
        tally.add(row, checked.findings);
        return checked;
    }
};

AddressDesk::AddressDesk(const std::string& sender_country) : state_(std::make_unique<State>(sender_country)) {}
AddressDesk::AddressDesk(std::unique_ptr<State> state) : state_(std::move(state)) {}
AddressDesk::~AddressDesk() = default;
AddressDesk::AddressDesk(AddressDesk&&) noexcept = default;

Result<AddressDesk> AddressDesk::open(const Workspace& workspace, const std::string& template_name, Day day) {
    auto state = std::make_unique<State>(workspace.country);
    state->composing.emplace(TRY(compose(workspace, {template_name}, day)));
    auto& composing = *state->composing;
    if (!composing.broken.front().empty())
        return failure(Fault::BadInput, "template " + template_name, composing.broken.front(),
                       "see: pli template check " + template_name);
    state->gauge.emplace(*composing.fonts, day, workspace.country);
    state->limits = layouts::address_limits(composing.templates.front()).value_or(state->limits);
    return AddressDesk(std::move(state));
}

const CheckedAddress& AddressDesk::check(const jobs::NewLetter& letter, std::uint64_t row) {
    state_->look_over(letter.recipient, letter.locale);
    if (state_->gauge) {
        state_->letter.key = letter.key;
        state_->letter.locale = letter.locale;
        state_->letter.recipient = letter.recipient;
        state_->letter.fields = letter.fields;
        state_->measure(state_->letter);
    }
    return state_->count(row);
}

const CheckedAddress& AddressDesk::check(const Letter& letter, std::uint64_t row) {
    state_->look_over(letter.recipient, letter.locale);
    state_->measure(letter);
    return state_->count(row);
}

const address::Tally& AddressDesk::tally() const { return state_->tally; }

}  // namespace pli::service
