#include "render/deflate.hpp"

#include <isa-l/igzip_lib.h>
#include <libdeflate.h>
#include <zlib.h>

#include <array>
#include <cassert>
#include <new>
#include <utility>

#include "base/release.hpp"

namespace pli::render {

struct DeflateTables {
    isal_hufftables tables;
};

std::shared_ptr<const DeflateTables> train_deflate(std::span<const std::string> samples) {
    isal_huff_histogram histogram{};
    for (const std::string& sample : samples) {
        // ISA-L does not write through the pointer; its C interface only forgets to say so.
        auto* bytes = reinterpret_cast<std::uint8_t*>(const_cast<char*>(sample.data()));
        isal_update_histogram(bytes, static_cast<int>(sample.size()), &histogram);
    }
    auto trained = std::make_shared<DeflateTables>();
    const int failed = isal_create_hufftables(&trained->tables, &histogram);
    return failed == 0 ? trained : nullptr;
}

struct Deflater::State {
    std::shared_ptr<const DeflateTables> tables;
    isal_zstream stream;
    std::string out;
};

Deflater::Deflater(std::shared_ptr<const DeflateTables> tables) : state_(std::make_unique<State>()) {
    state_->tables = std::move(tables);
}
Deflater::~Deflater() = default;
Deflater::Deflater(Deflater&&) noexcept = default;
Deflater& Deflater::operator=(Deflater&&) noexcept = default;

std::string_view Deflater::compress(std::string_view raw) {
    State& s = *state_;
    // A Huffman code is at most 15 bits a byte, so this is room for every way ISA-L may take.
    const std::size_t bound = raw.size() * 2 + 512;
    if (s.out.size() < bound) s.out.resize(bound);

    isal_deflate_stateless_init(&s.stream);
    s.stream.next_in = reinterpret_cast<std::uint8_t*>(const_cast<char*>(raw.data()));
    s.stream.avail_in = static_cast<std::uint32_t>(raw.size());
    s.stream.next_out = reinterpret_cast<std::uint8_t*>(s.out.data());
    s.stream.avail_out = static_cast<std::uint32_t>(s.out.size());
    s.stream.end_of_stream = 1;
    s.stream.gzip_flag = IGZIP_ZLIB;
    if (s.tables) s.stream.hufftables = const_cast<isal_hufftables*>(&s.tables->tables);
    [[maybe_unused]] const int done = isal_deflate_stateless(&s.stream);
    assert(done == COMP_OK && s.stream.avail_in == 0);
    return {s.out.data(), s.stream.total_out};
}

struct StreamDeflater::State {
    z_stream stream{};
    std::string out;
    ~State() { deflateEnd(&stream); }
};

StreamDeflater::StreamDeflater() : state_(std::make_unique<State>()) {
    constexpr int level = 3;
    if (deflateInit(&state_->stream, level) != Z_OK) throw std::bad_alloc();
}
StreamDeflater::~StreamDeflater() = default;
StreamDeflater::StreamDeflater(StreamDeflater&&) noexcept = default;

void StreamDeflater::add(std::string_view raw) { run(raw, false); }

std::string StreamDeflater::finish() {
    run({}, true);
    return std::move(state_->out);
}

void StreamDeflater::run(std::string_view raw, bool last) {
    State& s = *state_;
    // Four times the room at a time: what is not written yet is address space and no memory, while each move has the
    // data twice.
    if (s.out.capacity() - s.out.size() < raw.size()) s.out.reserve(4 * s.out.capacity() + raw.size());
    std::array<Bytef, 16 * 1024> room;
    s.stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(raw.data()));
    s.stream.avail_in = static_cast<uInt>(raw.size());
    do {
        s.stream.next_out = room.data();
        s.stream.avail_out = static_cast<uInt>(room.size());
        deflate(&s.stream, last ? Z_FINISH : Z_NO_FLUSH);
        s.out.append(reinterpret_cast<const char*>(room.data()), room.size() - s.stream.avail_out);
    } while (s.stream.avail_out == 0);
}

namespace {

using Compressor = Handle<libdeflate_compressor, libdeflate_free_compressor>;

}  // namespace

struct BlockDeflater::State {
    Compressor compressor{libdeflate_alloc_compressor(2)};
    std::string out;
};

BlockDeflater::BlockDeflater() : state_(std::make_unique<State>()) {}
BlockDeflater::~BlockDeflater() = default;
BlockDeflater::BlockDeflater(BlockDeflater&&) noexcept = default;

std::string_view BlockDeflater::compress(std::string_view raw) {
    State& s = *state_;
    const std::size_t bound = libdeflate_zlib_compress_bound(s.compressor.get(), raw.size());
    if (s.out.size() < bound) s.out.resize(bound);
    const std::size_t size =
        libdeflate_zlib_compress(s.compressor.get(), raw.data(), raw.size(), s.out.data(), s.out.size());
    return {s.out.data(), size};
}

std::string deflate_once(std::string_view raw) {
    constexpr int level = 9;
    const Compressor compressor(libdeflate_alloc_compressor(level));
    std::string out(libdeflate_zlib_compress_bound(compressor.get(), raw.size()), '\0');
    out.resize(libdeflate_zlib_compress(compressor.get(), raw.data(), raw.size(), out.data(), out.size()));
    return out;
}

}  // namespace pli::render
