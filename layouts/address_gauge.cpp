#include "layouts/address_gauge.hpp"

#include "layouts/desk.hpp"

namespace pli::layouts {
namespace {

const AddressBlock* address_of(const CompiledTemplate& letterform) {
    for (const PageDress& dress : letterform.state->pages)
        if (dress.address) return &*dress.address;
    return nullptr;
}

}  // namespace

struct AddressGauge::State {
    State(const fonts::FontSet& fonts, Day day, std::string sender_country)
        : shaper(fonts), desk(fonts, shaper, day, std::move(sender_country)) {}
    fonts::Shaper shaper;
    Desk desk;
};

std::optional<address::Limits> address_limits(const CompiledTemplate& letterform) {
    const AddressBlock* block = address_of(letterform);
    if (block == nullptr || !block->lines.empty()) return {};
    return address::Limits{block->max_lines, block->max_lines_abroad};
}

AddressGauge::AddressGauge(const fonts::FontSet& fonts, Day day, std::string sender_country)
    : state_(std::make_unique<State>(fonts, day, std::move(sender_country))) {}
AddressGauge::~AddressGauge() = default;
AddressGauge::AddressGauge(AddressGauge&&) noexcept = default;

Result<AddressFit> AddressGauge::fit(const CompiledTemplate& letterform, const Letter& letter) {
    const AddressBlock* block = address_of(letterform);
    if (block == nullptr) return failure(Fault::NotFound, "template " + letterform.name(), "has no address");
    state_->shaper.trim();
    TRY(state_->desk.take(*letterform.state, letter));
    return fit_address(state_->desk, *block);
}

}  // namespace pli::layouts
