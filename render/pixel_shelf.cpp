#include "render/pixel_shelf.hpp"

#include <utility>

namespace pli::render {

std::size_t PixelShelf::size_of(const Kept& kept) {
    return kept.pixels->canvas.pixels.size() * sizeof(std::uint32_t) + 2 * kept.name.size() + sizeof(Kept) + 128;
}

std::shared_ptr<const Cutting> PixelShelf::find(const std::string& name) {
    const std::lock_guard lock(mutex_);
    const auto found = by_name_.find(name);
    if (found == by_name_.end()) return nullptr;
    kept_.splice(kept_.begin(), kept_, found->second);
    return found->second->pixels;
}

std::shared_ptr<const Cutting> PixelShelf::keep(const std::string& name, Cutting pixels) {
    auto shared = std::make_shared<const Cutting>(std::move(pixels));
    const std::lock_guard lock(mutex_);
    if (const auto found = by_name_.find(name); found != by_name_.end()) return found->second->pixels;
    kept_.push_front({name, shared});
    by_name_[name] = kept_.begin();
    bytes_ += size_of(kept_.front());
    while (bytes_ > most_bytes_ && !kept_.empty()) {  // whoever draws with it still holds it
        bytes_ -= size_of(kept_.back());
        by_name_.erase(kept_.back().name);
        kept_.pop_back();
    }
    return shared;
}

std::size_t PixelShelf::bytes() const {
    const std::lock_guard lock(mutex_);
    return bytes_;
}

}  // namespace pli::render
