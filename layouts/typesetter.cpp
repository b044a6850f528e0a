#include <fmt/format.h>

#include "layouts/flow.hpp"
#include "layouts/page_dress.hpp"
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
        : shaper(fonts), desk(fonts, shaper, day, std::move(sender_country)) {}

    fonts::Shaper shaper;
    Desk desk;

    Done lay_out(const CompiledTemplate::State& letterform, const Letter& letter, TypesetLetter& out);
};

namespace {

Done place_pages(Desk& desk, TypesetLetter& out) {
    for (const PageDress& dress : desk.state->pages) TRY(dress_page(desk, dress, out.add_page(dress.size)));
    return complete_pages(desk, out, 1);
}

}  // namespace

Done Typesetter::State::lay_out(const CompiledTemplate::State& letterform, const Letter& letter, TypesetLetter& out) {
    TRY(desk.take(letterform, letter));
    out.sides = letter.options.sides.value_or(letterform.production.sides);
    if (letterform.flows)
        TRY(Flow(desk, out, out.sides).run());
    else
        TRY(place_pages(desk, out));
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
