#pragma once
#include <cstdint>
#include <deque>
#include <vector>

#include <oneapi/tbb/concurrent_queue.h>

#include "base/letter.hpp"
#include "layouts/template.hpp"
#include "render/page_content.hpp"

namespace pli::pipeline {

class BatchInProgress;
struct Franking;

/// A letter on its way through the stages. Frames and streams keep their capacity for the next letter in this seat.
struct Seat {
    Letter letter;
    layouts::TypesetLetter typeset;
    Done outcome;                               // an error: the letter is rejected
    BatchInProgress* batch = nullptr;           // set by `number`; nullptr: not accepted
    std::uint32_t piece = 0;                    // its place in the batch, from 1
    std::uint32_t number = 0, generation = 1;   // what it is called: as `piece`, unless it is a reprint
    std::uint32_t first_sheet = 0;              // its place among all sheets of the batch, from 1
    const Franking* franking = nullptr;         // set by `number`; nullptr: the run has no post office
    bool closes_batch = false;                  // the batch's last piece
    std::vector<render::PageContent> contents;  // one per page
    std::string qr;                             // its QR codes, as the manifest has them
};

/// What moves from stage to stage: enough letters that handing over costs nothing, few enough that all in flight fit
/// into a few megabytes.
struct Chunk {
    static constexpr std::size_t capacity = 16;
    std::vector<Seat> seats{capacity};
    std::size_t used = 0;
};

/// Chunks are used again, so that their buffers stop growing soon after the start. Addresses stay.
/// Threads  take: the reading stage alone; give_back: any; clear: when all were given back
class ChunkStock {
public:
    Chunk& take() {
        Chunk* chunk = nullptr;
        return free_.try_pop(chunk) ? *chunk : all_.emplace_back();
    }
    void give_back(Chunk& chunk) { free_.push(&chunk); }
    void clear() {
        free_.clear();
        all_.clear();
    }

private:
    std::deque<Chunk> all_;
    tbb::concurrent_queue<Chunk*> free_;
};

}  // namespace pli::pipeline
