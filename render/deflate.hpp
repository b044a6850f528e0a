#pragma once
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace pli::render {

/// Huffman tables fitted to the letters of one template; immutable.
struct DeflateTables;

/// Fits tables to sample content streams (100 letters are plenty). Trained tables save about 10 % of the bytes and 15 %
/// of the time of the built-in ones. The same samples give the same tables.
std::shared_ptr<const DeflateTables> train_deflate(std::span<const std::string> samples);

/// Compresses the many small streams of a run: ISA-L level 0, zlib format. A stream is one Huffman block, or stored
/// from the start where it does not shrink: poppler 22 fails on a stored block behind a Huffman block. A stream's bytes
/// depend on its input and the tables alone.
/// Source   RFC 1950, RFC 1951; facts/engine-limits.md §1 (compression)
/// Threads  one object per thread; tables are shared
class Deflater {
public:
    explicit Deflater(std::shared_ptr<const DeflateTables> tables = nullptr);
    ~Deflater();
    Deflater(Deflater&&) noexcept;
    Deflater& operator=(Deflater&&) noexcept;

    /// The view is good until the next call.
    std::string_view compress(std::string_view raw);

private:
    struct State;
    std::unique_ptr<State> state_;
};

/// For data too long to be held as a whole: zlib, piece by piece. ISA-L's own streams are faster, but the same data gave
/// other bytes now and then, and libdeflate wants all at once.
/// Threads  one at a time
class StreamDeflater {
public:
    StreamDeflater();
    ~StreamDeflater();
    StreamDeflater(StreamDeflater&&) noexcept;
    void add(std::string_view raw);
    /// The whole compressed stream.
    std::string finish();

private:
    void run(std::string_view raw, bool last);
    struct State;
    std::unique_ptr<State> state_;
};

/// For blocks of a few kilobytes that come by the thousand: libdeflate at its second level.
class BlockDeflater {
public:
    BlockDeflater();
    ~BlockDeflater();
    BlockDeflater(BlockDeflater&&) noexcept;
    /// The view is good until the next call.
    std::string_view compress(std::string_view raw);

private:
    struct State;
    std::unique_ptr<State> state_;
};

/// For what is written once per batch: libdeflate, slower and smaller, zlib format.
std::string deflate_once(std::string_view raw);

}  // namespace pli::render
