#pragma once
#include <cstdint>
#include <functional>
#include <string>

#include "base/result.hpp"
#include "delivery/far_side.hpp"

namespace pli::delivery {

struct Delivery {
    std::string batch;  // the folder of a finished batch
    std::string name;   // what it is called at the far side
    /// Now and then, with the bytes that are there already. May be empty.
    std::function<void(std::uint64_t done, std::uint64_t of)> progress{};
};

struct Delivered {
    bool was_there = false;        // whole and equal: nothing was sent
    bool resumed = false;          // some of it was there from before
    std::uint64_t bytes = 0;       // all of the batch
    std::uint64_t sent_bytes = 0;  // of them now
    std::uint32_t files = 0;
};

/// Brings a batch to the far side so that it is there whole or not at all, and again brings nothing:
///   1. NAME with READY and our SHA256SUMS: done. With other sums: refused, never touched.
///   2. `.NAME.part` is made, with SHA256SUMS first: that tells a later delivery whose half-sent files these are. Files of
///      other sums are sent anew.
///   3. Each file goes to FILE.part and is renamed when it is whole. What a cut left is gone on with, after its last
///      bytes were compared with ours.
///   4. `.NAME.part` becomes NAME; READY is written last.
/// The batch's own checksums are checked while it is read: what is not what the run wrote is not sent.
/// Errors   BadInput: not a finished batch, changed since the run, or another batch of that name is there already;
///          Environment: connection, disk, permission. Whatever fails, calling again goes on
/// Threads  one delivery at a time to one name
Result<Delivered> deliver(FarSide& far_side, const Delivery& delivery);

}  // namespace pli::delivery
