#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/day.hpp"
#include "base/length.hpp"
#include "base/mass.hpp"
#include "base/money.hpp"
#include "base/result.hpp"
#include "postage/source.hpp"

namespace pli::postage {

/// A price up to a weight. None: a matter of contract, which a workspace's own tariff has to tell.
struct PriceStep {
    Mass up_to;
    std::optional<Money> price;
    Source source;
};

/// What is added in some months of the year.
struct Season {
    std::vector<std::int64_t> months;  // 1..12
    Money add;
    Source source;
};

/// What a post takes off afterwards, for a posting of so many pieces: the piece is franked at the full price.
struct Refund {
    std::int64_t from_pieces = 1;
    double percent = 0;
    Source source;
};

/// One product of a tariff: what it takes, what it costs, what must be true of the whole posting.
struct Product {
    std::string id, name;                                // "standardbrief", "Standardbrief"
    std::vector<std::string> zones;                      // the edition's; "home" is the sender's own country
    std::string service;                                 // "economy", "priority"; empty: the tariff has one speed
    std::pair<Length, Length> length, width, thickness;  // least and most; length is the longer side
    double oblong = 1;                                   // length at least so many widths
    Source limits;
    std::vector<PriceStep> steps;  // lightest first
    std::vector<Season> seasons;
    std::vector<Refund> refunds;
    std::int64_t minimum = 0;  // pieces of one posting; 0: a single one will do
    int region_digits = 0;     // the minimum is for pieces whose postal codes begin alike
    std::string needs;         // what must be agreed or true first; then it is used only when named in pli.toml
    std::string presort;       // how the posting must be sorted and bundled
    std::string carrier_key;   // the post's own product key, for franking codes
    std::string note;
    bool separate = false;  // handed in apart: its pieces make batches of their own
};

/// Countries that cost alike.
struct Zone {
    std::string name;
    std::vector<std::string> countries;
    bool rest = false;  // every country no other zone names
};

/// The products and prices of one carrier over a span of days.
struct Edition {
    std::string name, country, carrier;  // "deutsche-post", "DE", "Deutsche Post"
    Currency currency;
    Day valid_from;
    std::optional<Day> valid_until;  // the last day
    std::vector<Zone> zones;
    std::vector<Product> products;
    std::string file;

    bool valid_on(Day day) const { return valid_from <= day && (!valid_until || day <= *valid_until); }
    /// nullptr: the carrier has no price for that country.
    const Zone* zone_of(std::string_view destination) const;
    const Product* product(std::string_view id) const;
};

/// All tariffs: postage/tariffs/*.toml and the workspace's tariffs/*.toml. A tariff name of the workspace replaces all
/// editions that Pli brings of it.
/// Source   named beside each figure of the files
/// Errors   load: BadInput with file, line and column, also for two editions of one name that overlap in time;
///          find: NotFound, naming what there is
/// Threads  immutable once loaded; share freely
class Tariffs {
public:
    static Result<Tariffs> load(const std::string& folder, const std::string& extra);

    /// `name` empty: the country's first tariff. The pointer is good as long as this is.
    Result<const Edition*> find(std::string_view country, std::string_view name, Day on) const;
    const std::vector<Edition>& all() const { return editions_; }

private:
    std::vector<Edition> editions_;
};

/// Whether ISO 3166-1 has such a country.
bool is_country(std::string_view alpha2);

}  // namespace pli::postage
