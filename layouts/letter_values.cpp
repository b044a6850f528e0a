#include "layouts/letter_values.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "layouts/weaver.hpp"

namespace pli::layouts {
namespace {

const std::shared_ptr<const FieldNames>& no_names() {
    static const auto none = std::make_shared<const FieldNames>();
    return none;
}

std::vector<FieldBinding> bind_all(const CompiledTemplate::State& state, const FieldNames& names) {
    std::vector<FieldBinding> bindings;
    for (const Placeholder& placeholder : state.placeholders)
        bindings.push_back(layouts::bind(placeholder.path, names));
    return bindings;
}

tl::unexpected<Error> missing(const Placeholder& placeholder) {
    return failure(Fault::BadInput, fmt::format("field {}", placeholder.path),
                   fmt::format("\"{}\" is missing or empty", placeholder.path),
                   fmt::format("fill it in, or give the template a fallback: {{{}|…}}", placeholder.path));
}

}  // namespace

const std::vector<FieldBinding>& LetterValues::bindings_for(const CompiledTemplate::State& state,
                                                            const std::shared_ptr<const FieldNames>& names) {
    // Letters that came together share their names, so that one pointer comparison finds the bindings.
    const auto same = [&](const Bound& b) { return b.state == &state && b.names == names; };
    const auto known = std::find_if(bound_.begin(), bound_.end(), same);
    if (known != bound_.end()) return known->bindings;
    if (bound_.size() >= 64) bound_.clear();
    bound_.push_back({&state, names, bind_all(state, *names)});
    return bound_.back().bindings;
}

Done LetterValues::start(const CompiledTemplate::State& state, const Letter& letter) {
    state_ = &state;
    letter_ = &letter;
    bindings_ = &bindings_for(state, letter.fields.names ? letter.fields.names : no_names());
    if (slots_.size() < state.placeholders.size()) slots_.resize(state.placeholders.size());
    for (Slot& slot : slots_) {
        slot.ready = false;
        slot.row.reset();
    }
    const std::string_view locale = letter.locale.empty() ? std::string_view(state.locale) : letter.locale;
    if (locale_ != locale) locale_ = locale;
    return formats_.use_locale(locale_);
}

FieldValue LetterValues::raw(std::size_t placeholder) {
    return fetch((*bindings_)[placeholder], *letter_, today_, slots_[placeholder].scratch);
}

Done LetterValues::fill(std::size_t placeholder, Slot& slot) {
    const Placeholder& wanted = state_->placeholders[placeholder];
    const FieldBinding binding = (*bindings_)[placeholder];
    slot.value.bound = slot.row.has_value() || binding.from != FieldBinding::From::Missing;
    slot.value.text = slot.row ? *slot.row : raw(placeholder).text;
    if (slot.value.text.empty() && wanted.fallback) {
        slot.value.text = *wanted.fallback;
        slot.value.bound = true;
    } else if (!slot.value.text.empty() && wanted.format.kind != Format::Kind::Text) {
        slot.formatted.clear();
        TRY(formats_.append(wanted, slot.value.text, slot.formatted));
        slot.value.text = slot.formatted;
    }
    slot.value.simple = reads_simply(slot.value.text);
    slot.ready = true;
    return {};
}

Result<const LetterValues::Value*> LetterValues::of(std::size_t placeholder, Emptiness emptiness) {
    Slot& slot = slots_[placeholder];
    if (!slot.ready) TRY(fill(placeholder, slot));
    // An empty fallback is an author's word that the place may stay empty.
    const bool may_be_empty =
        emptiness == Emptiness::Allowed ? slot.value.bound : state_->placeholders[placeholder].fallback.has_value();
    if (slot.value.text.empty() && !may_be_empty) return missing(state_->placeholders[placeholder]);
    return &slot.value;
}

bool LetterValues::present(std::size_t placeholder) {
    const Slot& slot = slots_[placeholder];
    return slot.row ? !slot.row->empty() : !raw(placeholder).text.empty();
}

bool LetterValues::holds(const Condition& condition) {
    return condition.placeholder < 0 || present(static_cast<std::size_t>(condition.placeholder)) != condition.unless;
}

void LetterValues::set_page(std::size_t page, std::size_t pages) {
    page_ = std::to_string(page);
    pages_ = std::to_string(pages);
    const auto put = [&](const std::vector<std::uint16_t>& slots, const std::string& text) {
        for (const std::uint16_t slot : slots) {
            slots_[slot].ready = false;
            slots_[slot].row = text;
        }
    };
    put(state_->page_slots, page_);
    put(state_->pages_slots, pages_);
}

Result<std::optional<Amount>> LetterValues::amount(std::size_t placeholder) {
    const Slot& slot = slots_[placeholder];
    const auto text = slot.row ? *slot.row : raw(placeholder).text;
    if (text.empty()) return std::optional<Amount>();
    return std::optional<Amount>(TRY(formats_.amount(state_->placeholders[placeholder], text)));
}

void LetterValues::set_row(const std::vector<std::uint16_t>& slots,
                           const std::vector<std::optional<std::string>>& values) {
    for (std::size_t i = 0; i < slots.size(); ++i) {
        Slot& slot = slots_[slots[i]];
        slot.ready = false;
        slot.row = values[i] ? std::optional<std::string_view>(*values[i]) : std::nullopt;
    }
}

}  // namespace pli::layouts
