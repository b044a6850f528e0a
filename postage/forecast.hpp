#pragma once
#include <array>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "postage/choice.hpp"
#include "postage/post_office.hpp"

namespace pli::postage {

/// How many pieces of each product a posting will have, foreseen from what is known before it is printed: how many
/// letters go where, and of how many sheets a sample of them was. Products with a minimum are chosen by it, because a
/// batch is printed and gone before the last letter is typeset.
/// Threads  one thread at a time until the last `expect`, then share freely
class Forecast {
public:
    /// `pieces` like this one; `region` the first digits of their postal codes.
    void expect(const PostOffice& office, const Makeup& makeup, std::string_view destination, std::string_view region,
                std::int64_t pieces);

    /// Of the products that asks a minimum for a region, only pieces of that region count.
    std::int64_t pieces_for(const Product& product, std::string_view region) const;

    /// The volume as `choose` asks for it, for a piece of that region.
    struct Near final : Volume {
        const Forecast& forecast;
        std::string_view region;
        Near(const Forecast& f, std::string_view r) : forecast(f), region(r) {}
        std::int64_t pieces_for(const Product& product) const override { return forecast.pieces_for(product, region); }
    };

private:
    struct Count {
        std::int64_t all = 0;
        std::map<std::string, std::int64_t, std::less<>> by_region;
    };
    std::map<std::string, Count> counts_;  // by product id
};

}  // namespace pli::postage
