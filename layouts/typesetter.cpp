#include <fmt/format.h>

#include "layouts/address_block.hpp"
#include "layouts/flow.hpp"
#include "layouts/template.hpp"

namespace pli::layouts {

Frame& TypesetLetter::add_page(Size size) {
    if (page_count == pages.size()) pages.emplace_back();
    Frame& page = pages[page_count++];
    page.clear();
    page.size = size;
    return page;
}

struct Typesetter::State {
    State(const fonts::FontSet& fonts, Day day, std::string sender_country)
        : shaper(fonts), desk(fonts, shaper, day), writer(sender_country) {}

    fonts::Shaper shaper;
    Desk desk;
    AddressWriter writer;
    AddressLines address;
    std::vector<std::string_view> lines;

    Done lay_out(const CompiledTemplate::State& letterform, const Letter& letter, TypesetLetter& out);
    Done set_address(const AddressBlock& block, const Letter& letter, Frame& frame);
};

namespace {

Done dress_page(Desk& desk, const PageDress& dress, Frame& frame) {
    if (dress.layer) frame.items.emplace_back(Placed{*dress.layer, {{}, dress.size}});
    for (const FixedItem& item : dress.varying)
        if (desk.values.holds(item.when)) TRY(draw_fixed(desk, item, frame));
    return {};
}

/// The template's own address lines; a line that has nothing to say is left out.
Done fill_lines(Desk& desk, const AddressBlock& block, AddressLines& out) {
    out.clear();
    for (const PassageId id : block.lines) {
        std::string line;
        for (const Strand& strand : desk.state->passages[id].strands) {
            const auto& passage = desk.state->passages[id];
            if (strand.placeholder < 0)
                line.append(passage.text, strand.text.first, strand.text.count);
            else
                line += TRY(desk.values.of(static_cast<std::size_t>(strand.placeholder), Emptiness::Allowed))->text;
        }
        const auto first = line.find_first_not_of(' ');
        if (first == std::string::npos) continue;
        out.add() = line.substr(first, line.find_last_not_of(' ') - first + 1);
    }
    if (out.count == 0) return failure(Fault::BadInput, "address", "all lines are empty", "give the letter an address");
    if (out.count <= static_cast<std::size_t>(block.max_lines_abroad)) return {};
    return failure(Fault::AddressTooLong, "address",
                   fmt::format("{} lines, the field holds {}", out.count, block.max_lines_abroad),
                   "merge or drop a line");
}

Done check_depth(const AddressBlock& block, std::size_t count) {
    const Length last = block.origin.y + block.leading * static_cast<std::int64_t>(count - 1);
    if (count == 0 || last <= block.bottom) return {};
    return failure(Fault::AddressTooLong, "address",
                   fmt::format("{} lines reach down to {:.1f} mm, the window shows {:.1f} mm", count, last.to_mm(),
                               block.bottom.to_mm()),
                   "merge or drop a line");
}

Done place_pages(Desk& desk, TypesetLetter& out) {
    for (const PageDress& dress : desk.state->pages) TRY(dress_page(desk, dress, out.add_page(dress.size)));
    return {};
}

}  // namespace

Done Typesetter::State::set_address(const AddressBlock& block, const Letter& letter, Frame& frame) {
    if (block.lines.empty())
        TRY(writer.write(letter.recipient, {block.max_lines, block.max_lines_abroad}, address));
    else
        TRY(fill_lines(desk, block, address));
    TRY(check_depth(block, address.count));
    lines.assign(address.lines.begin(), address.lines.begin() + static_cast<std::ptrdiff_t>(address.count));
    return draw_address(desk, block, lines, frame);
}

Done Typesetter::State::lay_out(const CompiledTemplate::State& letterform, const Letter& letter, TypesetLetter& out) {
    TRY(desk.take(letterform, letter));
    if (letterform.flows)
        TRY(Flow(desk, out, dress_page).run());
    else
        TRY(place_pages(desk, out));
    for (std::size_t i = 0; i < letterform.pages.size() && i < out.page_count; ++i)
        if (const auto& block = letterform.pages[i].address) TRY(set_address(*block, letter, out.pages[i]));
    out.sides = letter.options.sides.value_or(letterform.production.sides);
    return {};
}

Typesetter::Typesetter(const fonts::FontSet& fonts, const Assets&, Day day, std::string country)
    : state_(std::make_unique<State>(fonts, day, std::move(country))) {}
Typesetter::~Typesetter() = default;
Typesetter::Typesetter(Typesetter&&) noexcept = default;

Done Typesetter::lay_out(const CompiledTemplate& letterform, const Letter& letter, TypesetLetter& out) {
    out.clear();
    state_->shaper.trim();
    auto done = state_->lay_out(*letterform.state, letter, out);
    if (done) return done;
    Error error = std::move(done).error();
    error.where = error.where.empty() ? fmt::format("letter {}", letter.key)
                                      : fmt::format("letter {}, {}", letter.key, error.where);
    return tl::unexpected(std::move(error));
}

}  // namespace pli::layouts
