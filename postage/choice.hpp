#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/day.hpp"
#include "base/length.hpp"
#include "base/mass.hpp"
#include "base/money.hpp"
#include "postage/makeup.hpp"
#include "postage/tariff.hpp"

namespace pli::postage {

/// `[postage]` of pli.toml.
struct Settings {
    std::string country;                // the sender's; empty: the workspace's
    std::string tariff;                 // empty: the country's first
    std::string service;                // "priority" or "economy"; empty: whatever is cheapest
    std::vector<std::string> products;  // those with conditions that may be used
    std::vector<std::string> without;   // those that may not, whatever else is said
    Mass margin = Mass::g(0.5);         // nearer than this below a limit is told
    Length margin_thickness = Length::mm(0.2);
    bool heavier_when_near = false;  // such a piece pays the next step, instead of being told alone
};

/// One mailpiece in front of the counter.
struct Piece {
    std::string_view destination;  // ISO 3166-1 alpha-2
    Size envelope;
    Weighed weighed;
};

/// How many pieces of the same posting there will be, the one at hand included, for products that ask for a number.
/// Nothing known: one.
struct Volume {
    virtual ~Volume() = default;
    virtual std::int64_t pieces_for(const Product& product) const = 0;
};

/// A product that was looked at and not taken.
struct Alternative {
    const Product* product = nullptr;
    std::optional<Money> price;  // where the piece could have gone that way
    std::string reason;          // "heavier than 20 g", "dearer"
};

/// What a piece costs and why. Points into the edition.
struct Choice {
    const Product* product = nullptr;  // nullptr: none takes the piece; `reason` says why
    std::string reason;
    Money price;   // to be franked
    Money refund;  // paid back afterwards, for the least of the product's volume
    Mass step;     // the weight step paid for
    bool near_limit = false;
    std::string near;                       // "0.2 g under the limit of 20 g"
    bool confirmed = true;                  // no figure of product, price or weight was a guess
    std::string unconfirmed;                // which figure, and its source
    std::vector<Alternative> alternatives;  // every other product of the edition, in its order
};

/// The cheapest product that takes the piece, by what it costs after refunds; the first one in the file where two cost
/// alike. A pure function of its arguments.
/// Source   facts of the edition's file
Choice choose(const Edition& edition, const Settings& settings, Day day, const Piece& piece, const Volume& volume);

}  // namespace pli::postage
