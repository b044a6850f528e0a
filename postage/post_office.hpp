#pragma once
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "base/day.hpp"
#include "base/result.hpp"
#include "postage/choice.hpp"
#include "postage/makeup.hpp"
#include "postage/packing.hpp"
#include "postage/sorting.hpp"
#include "postage/stock.hpp"
#include "postage/tariff.hpp"

namespace pli::postage {

/// Where the data files lie: Pli's own folder with tariffs/, sorting/ and stocks/, and the workspace's with tariffs/,
/// sorting/ and paper/. `print_house` is the file that tells what the print house keeps; empty: none.
struct Folders {
    std::string built_in, workspace, print_house{};
};

/// A letter as its template and pages describe it.
struct Described {
    std::uint32_t sheets = 1;
    Size sheet;
    std::string_view paper, envelope, template_name;
};

/// What one mailpiece weighs and costs. `choice.product` is nullptr where it has no price: `choice.reason` says why.
struct Assessment {
    Weighed weighed;
    Choice choice;
    std::string paper_source;  // why the weight is not sure; empty: it is
};

/// The counter of one sender on one day. A country without a valid price list does not close it: letters are weighed
/// and sorted, and go out without a price, because printing is not what the price list is for.
/// Errors   open: BadInput, a data file with line and column
/// Threads  immutable; share freely
class PostOffice {
public:
    static Result<PostOffice> open(const Folders& folders, Settings settings, Day day);

    /// NotFound: no such paper or envelope.
    Result<Makeup> make_up(const Described& letter) const;
    Assessment assess(const Described& letter, std::string_view destination, const Volume& volume) const;
    Assessment assess(const Makeup& makeup, std::string_view destination, const Volume& volume) const;

    /// nullptr: no price list; `closed` says why.
    const Edition* edition() const { return edition_; }
    const std::optional<Error>& closed() const { return closed_; }
    /// Whether a product that may be used asks for a number of pieces, and whether for some of one region.
    bool asks_for_volume() const { return asks_for_volume_; }
    bool asks_for_region() const { return asks_for_region_; }

    const SortRules& sort_rules() const { return *rules_; }
    /// Of a piece to the sender's own country its postal key, of another the country.
    std::string sort_key(std::string_view country, std::string_view postal_code) const;

    /// Pieces whose keys have this in common need no further sorting: the finest level, or the country abroad.
    std::string_view finest_part(std::string_view sort_key) const;

    const Settings& settings() const { return settings_; }
    const Stocks& stocks() const { return stocks_; }
    const Tariffs& tariffs() const { return *tariffs_; }
    Day day() const { return day_; }

private:
    bool may_be_used(const Product& product) const;
    void settle_volume();

    Settings settings_;
    Day day_;
    Stocks stocks_;
    std::unique_ptr<Tariffs> tariffs_;  // keep their addresses when this moves
    std::unique_ptr<Sorting> sorting_;
    const Edition* edition_ = nullptr;
    const SortRules* rules_ = nullptr;
    std::optional<Error> closed_;
    bool asks_for_volume_ = false, asks_for_region_ = false;
};

}  // namespace pli::postage
