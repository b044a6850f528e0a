#include "postage/forecast.hpp"

namespace pli::postage {
namespace {

/// A posting large enough for the product and for every other that asks for no more. Products for one region are left
/// out: whether a region has enough is asked for each of them alone.
struct EnoughFor final : Volume {
    const Product& wanted;
    explicit EnoughFor(const Product& product) : wanted(product) {}
    std::int64_t pieces_for(const Product& product) const override {
        const bool counts = &product == &wanted || (product.region_digits == 0 && product.minimum <= wanted.minimum);
        return counts ? wanted.minimum : 0;
    }
};

std::string beginning(std::string_view code, int digits) {
    return std::string(code.substr(0, static_cast<std::size_t>(digits)));
}

}  // namespace

void Forecast::expect(const PostOffice& office, const Makeup& makeup, std::string_view destination,
                      std::string_view region, std::int64_t pieces) {
    if (!office.edition()) return;
    // A piece counts for a product if it would go by it, were there as many pieces as that product asks for. So the
    // thin letters of a run do not help a product for thick ones over its minimum.
    for (const auto& product : office.edition()->products) {
        if (product.minimum <= 1) continue;
        if (office.assess(makeup, destination, EnoughFor(product)).choice.product != &product) continue;
        auto& count = counts_[product.id];
        count.all += pieces;
        if (product.region_digits > 0) count.by_region[beginning(region, product.region_digits)] += pieces;
    }
}

std::int64_t Forecast::pieces_for(const Product& product, std::string_view region) const {
    const auto found = counts_.find(product.id);
    if (found == counts_.end()) return product.minimum > 1 ? 0 : 1;
    if (product.region_digits == 0) return found->second.all;
    const auto of_region = found->second.by_region.find(beginning(region, product.region_digits));
    return of_region == found->second.by_region.end() ? 0 : of_region->second;
}

}  // namespace pli::postage
