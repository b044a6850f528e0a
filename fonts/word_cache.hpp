#pragma once
#include <cstddef>
#include <cstdint>
#include <memory>
#include <new>
#include <string_view>
#include <type_traits>
#include <vector>

#include "fonts/shaper.hpp"

namespace pli::fonts {

/// Memory that is given out piece by piece and taken back all at once; pieces stay where they are until then.
class Arena {
public:
    template <class T>
    T* make(std::size_t count = 1) {
        static_assert(std::is_trivially_destructible_v<T> && alignof(T) <= alignof(std::max_align_t));
        return new (take(sizeof(T) * count)) T[count];  // what has no defaults is for the caller to fill
    }
    void clear();  // keeps its first block for what comes next
    std::size_t bytes() const { return blocks_.size() * block_size; }

private:
    static constexpr std::size_t block_size = 64 * 1024;
    void* take(std::size_t size);
    std::vector<std::unique_ptr<std::byte[]>> blocks_;
    std::size_t used_ = block_size;  // of the last block
};

/// Words by chain and text. Open addressing with a power of two of slots, never more than half of them used.
/// Threads  one object per thread
class WordCache {
public:
    const Word* find(ChainId chain, std::string_view text) const;
    /// The text is copied; `find` must have said null. The word's glyphs have to come from `arena()`.
    const Word* add(ChainId chain, std::string_view text, const Word& word);

    Arena& arena() { return arena_; }
    std::size_t bytes() const { return arena_.bytes() + slots_.size() * sizeof(Slot); }
    void clear();

private:
    struct Entry {
        Word word;
        const char* text;
        std::uint32_t length;
        ChainId chain;
    };
    struct Slot {
        std::uint64_t hash = 0;
        const Entry* entry = nullptr;
    };
    void grow();
    void place(Slot slot);

    std::vector<Slot> slots_ = std::vector<Slot>(1024);
    std::size_t count_ = 0;
    Arena arena_;
};

}  // namespace pli::fonts
