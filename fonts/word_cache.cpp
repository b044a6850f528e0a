#include "fonts/word_cache.hpp"

#include <algorithm>
#include <cstring>
#include <utility>

namespace pli::fonts {
namespace {

__extension__ using Wide = unsigned __int128;

/// Multiplies to 128 bits and folds: every bit of the input reaches every bit of the result.
/// Source   the mixing step of wyhash (Wang Yi, public domain)
std::uint64_t mixed(std::uint64_t a, std::uint64_t b) {
    const Wide product = static_cast<Wide>(a) * b;
    return static_cast<std::uint64_t>(product) ^ static_cast<std::uint64_t>(product >> 64);
}

std::uint64_t up_to_8(const char* bytes, std::size_t count) {
    std::uint64_t value = 0;
    if (count > 0) std::memcpy(&value, bytes, count);  // an empty view may point nowhere
    return value;
}

std::uint64_t word_at(const char* bytes) {
    std::uint64_t value = 0;
    std::memcpy(&value, bytes, 8);
    return value;
}

std::uint64_t hash_of(ChainId chain, std::string_view text) {
    constexpr std::uint64_t odd_a = 0xA0761D6478BD642F, odd_b = 0xE7037ED1A0B428DB;
    const char* bytes = text.data();
    std::size_t left = text.size();
    std::uint64_t hash = odd_a ^ (std::uint64_t{chain.value} << 32 | text.size());
    for (; left > 8; left -= 8, bytes += 8) hash = mixed(hash ^ word_at(bytes), odd_b);
    // the last 8 bytes at once, overlapping what was read, unless the text is shorter than that
    const std::uint64_t last = text.size() >= 8 ? word_at(bytes + left - 8) : up_to_8(bytes, left);
    return mixed(hash ^ last, odd_b);
}

}  // namespace

void* Arena::take(std::size_t size) {
    size = (std::max<std::size_t>(size, 1) + alignof(std::max_align_t) - 1) & ~(alignof(std::max_align_t) - 1);
    if (size > block_size) {  // a word of thousands of letters: a block of its own, behind which the next one starts
        blocks_.push_back(std::make_unique<std::byte[]>(size));
        used_ = block_size;
        return blocks_.back().get();
    }
    if (used_ + size > block_size) {
        blocks_.push_back(std::make_unique<std::byte[]>(block_size));
        used_ = 0;
    }
    std::byte* piece = blocks_.back().get() + used_;
    used_ += size;
    return piece;
}

void Arena::clear() {
    if (blocks_.empty()) return;
    if (blocks_.size() > 1) blocks_.clear();
    used_ = blocks_.empty() ? block_size : 0;
}

const Word* WordCache::find(ChainId chain, std::string_view text) const {
    const std::uint64_t hash = hash_of(chain, text);
    for (std::size_t at = hash;; ++at) {
        const Slot& slot = slots_[at & (slots_.size() - 1)];
        if (!slot.entry) return nullptr;
        const Entry& entry = *slot.entry;
        if (slot.hash == hash && entry.chain == chain && std::string_view(entry.text, entry.length) == text)
            return &entry.word;
    }
}

const Word* WordCache::add(ChainId chain, std::string_view text, const Word& word) {
    if (2 * (count_ + 1) > slots_.size()) grow();
    char* copy = arena_.make<char>(text.size());
    std::copy(text.begin(), text.end(), copy);
    auto* entry = arena_.make<Entry>();
    *entry = {word, copy, static_cast<std::uint32_t>(text.size()), chain};
    place({hash_of(chain, text), entry});
    ++count_;
    return &entry->word;
}

void WordCache::place(Slot slot) {
    std::size_t at = slot.hash;
    while (slots_[at & (slots_.size() - 1)].entry) ++at;
    slots_[at & (slots_.size() - 1)] = slot;
}

void WordCache::grow() {
    const std::vector<Slot> old = std::exchange(slots_, std::vector<Slot>(2 * slots_.size()));
    for (const Slot& slot : old)
        if (slot.entry) place(slot);
}

void WordCache::clear() {
    slots_.assign(slots_.size(), {});
    count_ = 0;
    arena_.clear();
}

}  // namespace pli::fonts
