#include "postage/choice.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <optional>

namespace pli::postage {
namespace {

bool holds(const std::vector<std::string>& list, const std::string& word) {
    return std::find(list.begin(), list.end(), word) != list.end();
}

std::string grams(Mass mass) { return fmt::format("{:.10g} g", static_cast<double>(mass.ug() / 1000) / 1000); }
std::string millimetres(Length length) { return fmt::format("{:.4g} mm", length.to_mm()); }

/// What the piece is held against: itself, or a little more where near misses shall pay the next step.
struct Claimed {
    Mass mass;
    Length thickness;
};

struct Counter {
    const Edition& edition;
    const Settings& settings;
    Day day;
    const Piece& piece;
    const Volume& volume;
    Claimed claimed;
    const Zone* zone;

    /// Why the product does not take the piece; empty: it does.
    std::string refusal(const Product& product) const;
    std::string refused_by_settings(const Product& product) const;
    std::string refused_by_format(const Product& product) const;
    std::string refused_by_volume(const Product& product) const;
    const PriceStep* step_for(const Product& product) const;
    Money price_of(const Product& product, const PriceStep& step) const;
    Money refund_of(const Product& product, Money price) const;
    Choice taken(const Product& product) const;
    void tell_nearness(const Product& product, Choice& choice) const;
    void tell_doubts(const Product& product, const PriceStep& step, Choice& choice) const;
};

std::string Counter::refused_by_settings(const Product& product) const {
    if (holds(settings.without, product.id)) return "excluded by [postage] without";
    if (!product.needs.empty() && !holds(settings.products, product.id))
        return fmt::format("needs {}; name it in [postage] products to use it", product.needs);
    if (!settings.service.empty() && !product.service.empty() && product.service != settings.service)
        return fmt::format("is {}, [postage] service asks for {}", product.service, settings.service);
    return {};
}

std::string Counter::refused_by_format(const Product& product) const {
    const auto length = std::max(piece.envelope.width, piece.envelope.height);
    const auto width = std::min(piece.envelope.width, piece.envelope.height);
    const auto outside = [](Length value, const std::pair<Length, Length>& span) {
        return value < span.first || span.second < value;
    };
    const auto told = [](const char* what, Length value, const std::pair<Length, Length>& span) {
        return fmt::format("{} {}, takes {} to {}", what, millimetres(value), millimetres(span.first),
                           millimetres(span.second));
    };
    if (outside(length, product.length)) return told("length", length, product.length);
    if (outside(width, product.width)) return told("width", width, product.width);
    if (outside(claimed.thickness, product.thickness)) return told("thickness", claimed.thickness, product.thickness);
    if (length < width.scaled(product.oblong)) return fmt::format("length under {:.4g} widths", product.oblong);
    return {};
}

std::string Counter::refused_by_volume(const Product& product) const {
    if (product.minimum <= 1) return {};
    const auto pieces = volume.pieces_for(product);
    if (pieces >= product.minimum) return {};
    return fmt::format(
        "{} pieces{}, needs {}", pieces,
        product.region_digits > 0 ? fmt::format(" of one region ({} digits)", product.region_digits) : "",
        product.minimum);
}

const PriceStep* Counter::step_for(const Product& product) const {
    for (const auto& step : product.steps)
        if (claimed.mass <= step.up_to) return &step;
    return nullptr;
}

std::string Counter::refusal(const Product& product) const {
    if (!zone || !holds(product.zones, zone->name)) return fmt::format("does not go to {}", piece.destination);
    if (auto reason = refused_by_format(product); !reason.empty()) return reason;
    const auto* step = step_for(product);
    if (!step) return fmt::format("{}, takes {}", grams(claimed.mass), grams(product.steps.back().up_to));
    if (auto reason = refused_by_settings(product); !reason.empty()) return reason;
    if (auto reason = refused_by_volume(product); !reason.empty()) return reason;
    if (!step->price) return "its price is a matter of contract: enter it in tariffs/ of the workspace";
    return {};
}

Money Counter::price_of(const Product& product, const PriceStep& step) const {
    Money price = step.price.value_or(Money{0, edition.currency});
    for (const auto& season : product.seasons)
        if (std::find(season.months.begin(), season.months.end(), day.month()) != season.months.end())
            price += season.add;
    return price;
}

Money Counter::refund_of(const Product& product, Money price) const {
    double percent = 0;
    for (const auto& refund : product.refunds)
        if (volume.pieces_for(product) >= refund.from_pieces) percent = std::max(percent, refund.percent);
    const auto per_mille = static_cast<std::int64_t>(percent * 10 + 0.5);
    return {price.value * per_mille / 1000, price.currency};  // rounded down: never promise what is not paid
}

void Counter::tell_nearness(const Product& product, Choice& choice) const {
    const auto room = choice.step - piece.weighed.mass;
    const auto thinner = product.thickness.second - piece.weighed.thickness;
    const bool heavy = room >= Mass{} && room < settings.margin;
    const bool thick = thinner >= Length{} && thinner < settings.margin_thickness;
    choice.near_limit = heavy || thick;
    if (heavy) choice.near = fmt::format("{:.2f} g under the limit of {}", room.to_g(), grams(choice.step));
    if (thick)
        choice.near += fmt::format("{}{:.2f} mm under the limit of {}", heavy ? ", " : "", thinner.to_mm(),
                                   millimetres(product.thickness.second));
}

void Counter::tell_doubts(const Product& product, const PriceStep& step, Choice& choice) const {
    const auto doubt = [&](const char* what, const Source& source) {
        if (source.confirmed()) return;
        choice.confirmed = false;
        choice.unconfirmed += fmt::format("{}{} ({})", choice.unconfirmed.empty() ? "" : "; ", what, source.text);
    };
    doubt("price", step.source);
    doubt("limits", product.limits);
    for (const auto& refund : product.refunds) doubt("refund", refund.source);
    for (const auto& season : product.seasons) doubt("season", season.source);
}

Choice Counter::taken(const Product& product) const {
    const auto& step = *step_for(product);
    Choice choice;
    choice.product = &product;
    choice.price = price_of(product, step);
    choice.refund = refund_of(product, choice.price);
    choice.step = step.up_to;
    tell_nearness(product, choice);
    tell_doubts(product, step, choice);
    return choice;
}

std::int64_t cost(const Choice& choice) { return choice.price.value - choice.refund.value; }

std::string why_nothing(const Counter& counter) {
    if (!is_country(counter.piece.destination))
        return fmt::format("\"{}\" is no country of ISO 3166-1", counter.piece.destination);
    if (!counter.zone) return fmt::format("{} has no price for {}", counter.edition.carrier, counter.piece.destination);
    return fmt::format("no product of {} takes {} g, {} mm thick, {} x {} mm", counter.edition.carrier,
                       counter.piece.weighed.mass.to_g(), counter.piece.weighed.thickness.to_mm(),
                       counter.piece.envelope.width.to_mm(), counter.piece.envelope.height.to_mm());
}

Alternative passed_over(const Choice& choice, const Choice& best) {
    const auto& dearer = cost(choice) == cost(best) ? "costs the same, stands behind it in the file" : "dearer";
    return {choice.product, choice.price, dearer};
}

}  // namespace

Choice choose(const Edition& edition, const Settings& settings, Day day, const Piece& piece, const Volume& volume) {
    Claimed claimed{piece.weighed.mass, piece.weighed.thickness};
    if (settings.heavier_when_near) {
        claimed.mass += settings.margin;
        claimed.thickness += settings.margin_thickness;
    }
    const auto* zone = is_country(piece.destination) ? edition.zone_of(piece.destination) : nullptr;
    const Counter counter{edition, settings, day, piece, volume, claimed, zone};
    std::vector<Alternative> looked_at;
    Choice best;
    for (const auto& product : edition.products) {
        if (auto reason = counter.refusal(product); !reason.empty()) {
            looked_at.push_back({&product, {}, std::move(reason)});
            continue;
        }
        auto choice = counter.taken(product);
        if (best.product && cost(choice) >= cost(best)) {
            looked_at.push_back(passed_over(choice, best));
            continue;
        }
        if (best.product) looked_at.push_back(passed_over(best, choice));
        best = std::move(choice);
    }
    if (!best.product) best.reason = why_nothing(counter);
    best.alternatives = std::move(looked_at);
    return best;
}

}  // namespace pli::postage
