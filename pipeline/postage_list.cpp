#include "pipeline/postage_list.hpp"

namespace pli::pipeline {

void PostageList::add(const Franking* franking, std::string_view country, std::string_view postal_code) {
    if (!office_) return;
    const auto piece = static_cast<std::uint32_t>(frankings_.size());
    if (kinds_.size() <= franking->number) kinds_.resize(franking->number + 1);
    kinds_[franking->number] = franking;
    frankings_.push_back(franking->number);
    const auto key = office_->sort_key(country, postal_code);
    const auto part = office_->finest_part(key);
    if (runs_.empty() || runs_.back().key != part) runs_.push_back({std::string(part), piece});
}

postage::Packing PostageList::pack() const {
    if (empty()) return {};
    return postage::pack(runs_, static_cast<std::uint32_t>(frankings_.size()), office_->sort_rules(),
                         [this](std::uint32_t piece) -> postage::Load {
                             const auto& weighed = of(piece)->assessment.weighed;
                             return {weighed.mass, weighed.thickness};
                         });
}

PackPlaces::Place PackPlaces::of(std::uint32_t piece) {
    const auto reach = [piece](const std::vector<postage::Pack>& packs, std::size_t& at) -> std::uint32_t {
        while (at < packs.size() && packs[at].end <= piece) ++at;
        return at < packs.size() ? static_cast<std::uint32_t>(at + 1) : 0;
    };
    return {reach(packing_.containers, tray_), reach(packing_.bundles, bundle_)};
}

}  // namespace pli::pipeline
