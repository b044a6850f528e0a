#include "render/deflate.hpp"

#include <libdeflate.h>

#include <catch2/catch.hpp>
#include <random>

using namespace pli::render;

namespace {

std::string inflated(std::string_view compressed) {
    std::string out(1 << 22, '\0');
    std::size_t length = 0;
    libdeflate_decompressor* inflater = libdeflate_alloc_decompressor();
    const auto status =
        libdeflate_zlib_decompress(inflater, compressed.data(), compressed.size(), out.data(), out.size(), &length);
    libdeflate_free_decompressor(inflater);
    REQUIRE(status == LIBDEFLATE_SUCCESS);
    out.resize(length);
    return out;
}

std::string letter_text(unsigned seed) {
    std::mt19937 random(seed);
    std::string text;
    while (text.size() < 4000) {
        text += std::to_string(random() % 60'000) + " " + std::to_string(random() % 800) + " Td[(";
        for (std::size_t i = random() % 30; i > 0; --i) text += {'\0', static_cast<char>(random() % 90)};
        text += ")]TJ\n";
    }
    return text;
}

/// One Huffman block and nothing else, or stored from the start: poppler 22 fails where a stored block follows another.
bool poppler_reads(std::string_view compressed, std::size_t raw_size) {
    const auto first = static_cast<unsigned char>(compressed[2]);  // behind the two bytes of the zlib header
    const bool last_block = (first & 1) != 0, stored = ((first >> 1) & 3) == 0;
    return stored ? compressed.size() >= raw_size + 11 : last_block;
}

}  // namespace

TEST_CASE("compressed streams are zlib streams that give back what went in, whatever went in", "[render]") {
    std::mt19937 random(1);
    const auto trained = train_deflate(std::vector<std::string>{letter_text(1), letter_text(2)});
    REQUIRE(trained);
    for (const auto& tables : {std::shared_ptr<const DeflateTables>(), trained}) {
        Deflater deflater(tables);
        for (const std::size_t size : {0, 1, 2, 100, 5'000, 70'000, 1'000'000}) {
            std::string noise;
            while (noise.size() < size) noise += static_cast<char>(random());
            for (const std::string& raw : {std::string(size, 'x'), noise, std::string(size, 'x') + noise}) {
                const std::string_view compressed = deflater.compress(raw);
                CHECK(inflated(compressed) == raw);
                CHECK(poppler_reads(compressed, raw.size()));
                CHECK(inflated(deflate_once(raw)) == raw);
            }
        }
    }
}

TEST_CASE("a stream's compressed bytes do not depend on what was compressed before it", "[render]") {
    Deflater fresh, used;
    for (unsigned seed = 0; seed < 20; ++seed) used.compress(letter_text(seed));
    CHECK(std::string(fresh.compress(letter_text(99))) == used.compress(letter_text(99)));
}

TEST_CASE("tables trained on letters make other letters of the kind smaller", "[render]") {
    std::vector<std::string> samples;
    for (unsigned seed = 0; seed < 100; ++seed) samples.push_back(letter_text(seed));
    Deflater plain, trained(train_deflate(samples));
    const std::string letter = letter_text(1'000);
    CHECK(trained.compress(letter).size() < plain.compress(letter).size());
    CHECK(inflated(trained.compress(letter)) == letter);
}
