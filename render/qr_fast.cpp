#include "render/qr_fast.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <cstdlib>
#include <limits>
#include <vector>

#include "render/reed_solomon.hpp"

namespace pli::render {

namespace {

/// A row and the column of the same number, one bit a module, the first one the highest bit. Rules about rows are rules
/// about columns as well: two lanes of a vector register, they are worked out at once.
using Lines = std::uint64_t __attribute__((vector_size(16)));

int count(Lines lines) { return std::popcount(lines[0]) + std::popcount(lines[1]); }

struct Matrix {
    std::array<Lines, 64> lines{};

    static std::uint64_t bit(int i) { return std::uint64_t{1} << (63 - i); }
    void set(int x, int y, bool dark = true) {
        lines[static_cast<std::size_t>(y)][0] |= dark ? bit(x) : 0;
        lines[static_cast<std::size_t>(x)][1] |= dark ? bit(y) : 0;
    }
    bool dark(int x, int y) const { return (lines[static_cast<std::size_t>(y)][0] & bit(x)) != 0; }
    void transpose();  // rows into columns
};

/// Swaps ever smaller quarters of ever more squares across their diagonals.
/// Source   Warren, Hacker's Delight, §7-3
void Matrix::transpose() {
    std::array<std::uint64_t, 64> columns;
    for (std::size_t i = 0; i < 64; ++i) columns[i] = lines[i][0];
    std::uint64_t right_half = 0xFFFFFFFF;
    for (std::size_t side = 32; side != 0; side /= 2, right_half ^= right_half << side) {
        for (std::size_t i = 0; i < 64; i = (i + side + 1) & ~side) {
            const std::uint64_t differs = (columns[i] ^ (columns[i + side] >> side)) & right_half;
            columns[i] ^= differs;
            columns[i + side] ^= differs << side;
        }
    }
    for (std::size_t i = 0; i < 64; ++i) lines[i][1] = columns[i];
}

/// Each byte with its bits in reverse order.
constexpr auto turned_round = [] {
    std::array<std::uint8_t, 256> table{};
    for (unsigned byte = 0; byte < 256; ++byte)
        for (unsigned i = 0; i < 8; ++i) table[byte] |= static_cast<std::uint8_t>(((byte >> i) & 1) << (7 - i));
    return table;
}();

// ISO/IEC 18004:2015 table 9, by correction L M Q H and version 1 to 11.
constexpr int versions = FastQr::last_version;
constexpr std::array<int, versions + 1> all_codewords{0, 26, 44, 70, 100, 134, 172, 196, 242, 292, 346, 404};
constexpr int check_codewords[4][versions + 1] = {{0, 7, 10, 15, 20, 26, 18, 20, 24, 30, 18, 20},
                                                  {0, 10, 16, 26, 18, 24, 16, 18, 22, 22, 26, 30},
                                                  {0, 13, 22, 18, 26, 18, 24, 18, 22, 20, 24, 28},
                                                  {0, 17, 28, 22, 16, 22, 28, 26, 26, 24, 28, 24}};
constexpr int block_counts[4][versions + 1] = {{0, 1, 1, 1, 1, 1, 2, 2, 2, 2, 4, 4},
                                               {0, 1, 1, 1, 2, 2, 4, 4, 4, 5, 5, 5},
                                               {0, 1, 1, 2, 2, 4, 4, 6, 6, 8, 8, 8},
                                               {0, 1, 1, 2, 4, 4, 4, 5, 6, 8, 8, 11}};
// Annex E: the middle coordinate of alignment patterns; the others are 6 and size - 7.
constexpr std::array<int, versions + 1> middle_alignment{0, 0, 0, 0, 0, 0, 0, 22, 24, 26, 28, 30};

struct Capacity {
    int all, check, blocks;  // codewords of the symbol; check codewords of a block; blocks
    int data() const { return all - check * blocks; }
};
Capacity capacity(int version, Correction correction) {
    const auto level = static_cast<std::size_t>(correction);
    return {all_codewords[static_cast<std::size_t>(version)], check_codewords[level][version],
            block_counts[level][version]};
}

int count_bytes(int version) { return version < 10 ? 1 : 2; }  // of the length in front of the payload

/// What all symbols of a version have in common.
struct Pattern {
    int size;
    Matrix fixed;                                // finders, timing, alignment, version, the dark module
    Matrix reserved;                             // where no data goes
    std::array<std::array<Matrix, 8>, 4> masks;  // by correction: what inverts the data, and the format bits
    /// One data module, or two side by side: in row y, so many bits, the lowest `shift` places from the right of the 64.
    struct Place {
        std::uint8_t y, bits, shift;
    };
    std::vector<Place> path;  // of the data, in order

    explicit Pattern(int version);

private:
    void draw(int x, int y, bool dark) {
        fixed.set(x, y, dark);
        reserved.set(x, y);
    }
    void draw_finder(int centre_x, int centre_y);
    void draw_alignments(int version);
    void draw_version(int version);
    void reserve_format();
    void lay_path();
    void draw_masks();
};

void Pattern::draw_finder(int centre_x, int centre_y) {
    for (int dy = -4; dy <= 4; ++dy) {
        for (int dx = -4; dx <= 4; ++dx) {
            const int x = centre_x + dx, y = centre_y + dy;
            if (x < 0 || y < 0 || x >= size || y >= size) continue;
            const int ring = std::max(std::abs(dx), std::abs(dy));
            draw(x, y, ring != 2 && ring != 4);
        }
    }
}

void Pattern::draw_alignments(int version) {
    if (version < 2) return;
    std::vector<int> centres{6, size - 7};
    if (const int middle = middle_alignment[static_cast<std::size_t>(version)]) centres.push_back(middle);
    for (const int y : centres) {
        for (const int x : centres) {
            const bool on_finder = (x == 6 && y == 6) || (x == 6 && y == size - 7) || (x == size - 7 && y == 6);
            if (on_finder) continue;
            for (int dy = -2; dy <= 2; ++dy) {
                for (int dx = -2; dx <= 2; ++dx) draw(x + dx, y + dy, std::max(std::abs(dx), std::abs(dy)) != 1);
            }
        }
    }
}

/// The remainder of `value` shifted up by `degree`, divided by a BCH generator (annexes C and D).
int with_check_bits(int value, int degree, int divisor) {
    int remainder = value;
    for (int i = 0; i < degree; ++i) remainder = (remainder << 1) ^ ((remainder >> (degree - 1)) * divisor);
    return (value << degree) | remainder;
}

void Pattern::draw_version(int version) {
    if (version < 7) return;
    const int bits = with_check_bits(version, 12, 0x1F25);
    for (int i = 0; i < 18; ++i) {
        const bool dark = ((bits >> i) & 1) != 0;
        draw(size - 11 + i % 3, i / 3, dark);
        draw(i / 3, size - 11 + i % 3, dark);
    }
}

/// Calls `set(x, y, i)` for both places of each of the 15 format bits.
template <class Set>
void each_format_bit(int size, Set set) {
    for (int i = 0; i < 6; ++i) set(8, i, i);
    set(8, 7, 6);
    set(8, 8, 7);
    set(7, 8, 8);
    for (int i = 9; i < 15; ++i) set(14 - i, 8, i);
    for (int i = 0; i < 8; ++i) set(size - 1 - i, 8, i);
    for (int i = 8; i < 15; ++i) set(8, size - 15 + i, i);
}

void Pattern::reserve_format() {
    each_format_bit(size, [&](int x, int y, int) { reserved.set(x, y); });
    draw(8, size - 8, true);  // the dark module
}

/// Pairs of columns from the right, up and down in turn; the column of the timing pattern is left out (§7.7.3).
void Pattern::lay_path() {
    bool upwards = true;
    for (int right = size - 1; right > 0; right -= 2) {
        if (right == 6) right = 5;
        for (int step = 0; step < size; ++step) {
            const int y = upwards ? size - 1 - step : step;
            const bool here = !reserved.dark(right, y), left = !reserved.dark(right - 1, y);
            if (!here && !left) continue;
            path.push_back({static_cast<std::uint8_t>(y), static_cast<std::uint8_t>(here && left ? 2 : 1),
                            static_cast<std::uint8_t>(here ? 63 - right : 64 - right)});
        }
        upwards = !upwards;
    }
}

bool mask_inverts(int mask, int x, int y) {
    switch (mask) {  // table 10
        case 0: return (x + y) % 2 == 0;
        case 1: return y % 2 == 0;
        case 2: return x % 3 == 0;
        case 3: return (x + y) % 3 == 0;
        case 4: return (x / 3 + y / 2) % 2 == 0;
        case 5: return x * y % 2 + x * y % 3 == 0;
        case 6: return (x * y % 2 + x * y % 3) % 2 == 0;
        default: return ((x + y) % 2 + x * y % 3) % 2 == 0;
    }
}

/// Format bits of a correction (L M Q H) and a mask (§7.9).
void add_format(Matrix& matrix, int size, std::size_t correction, int mask) {
    constexpr std::array<int, 4> level_bits{1, 0, 3, 2};
    const int bits = with_check_bits(level_bits[correction] << 3 | mask, 10, 0x537) ^ 0x5412;
    each_format_bit(size, [&](int x, int y, int i) { matrix.set(x, y, ((bits >> i) & 1) != 0); });
}

void Pattern::draw_masks() {
    for (int mask = 0; mask < 8; ++mask) {
        Matrix inverts;
        for (int y = 0; y < size; ++y)
            for (int x = 0; x < size; ++x) inverts.set(x, y, !reserved.dark(x, y) && mask_inverts(mask, x, y));
        for (std::size_t correction = 0; correction < masks.size(); ++correction) {
            Matrix& drawn = masks[correction][static_cast<std::size_t>(mask)];
            drawn = inverts;
            add_format(drawn, size, correction, mask);
        }
    }
}

Pattern::Pattern(int version) : size(17 + 4 * version) {
    for (int i = 8; i < size - 8; ++i) {  // timing, between the finders
        draw(6, i, i % 2 == 0);
        draw(i, 6, i % 2 == 0);
    }
    draw_finder(3, 3);
    draw_finder(size - 4, 3);
    draw_finder(3, size - 4);
    draw_alignments(version);
    draw_version(version);
    reserve_format();
    lay_path();
    draw_masks();
}

/// Rules 1 and 3 along two lines: runs of five or more, and 1:1:3:1:1 with four light modules on either side. What lies
/// outside the symbol is its quiet zone, light.
int penalty(Lines line, Lines pairs) {
    const Lines next = line << 1, same = ~(line ^ next) & pairs, three = same & (same << 1);
    const Lines five = three & (three << 2), run_starts = five & ~(five >> 1);

    const Lines three_dark = line & next & (line << 2);
    const Lines finder = line & ~next & (three_dark << 2) & ~(line << 5) & (line << 6);
    const int runs = count(five) + 2 * count(run_starts);
    if ((finder[0] | finder[1]) == 0) return runs;  // most lines
    const Lines two_before = (line >> 1) | (line >> 2), dark_before = two_before | (two_before >> 2);
    const Lines two_after = (line << 7) | (line << 8), dark_after = two_after | (two_after << 2);
    return runs + 40 * count(finder & ~(dark_before & dark_after));
}

/// §7.8.3: the lower, the easier to read. Data and fixed patterns under a mask; given up once it cannot be below `limit`.
int penalty(const Matrix& plain, const Matrix& mask, std::size_t size, int limit) {
    const std::uint64_t pairs = ~std::uint64_t{0} << (65 - size);  // modules that have a right neighbour
    int sum = 0, dark = 0;
    std::uint64_t above = 0, same_right_above = 0;
    for (std::size_t i = 0; i < size; ++i) {
        const Lines lines = plain.lines[i] ^ mask.lines[i];
        sum += penalty(lines, Lines{pairs, pairs});
        if (sum >= limit) return sum;
        const std::uint64_t row = lines[0], same_above = ~(above ^ row);
        sum += 3 * std::popcount(same_above & (same_above << 1) & same_right_above);  // rule 2: blocks of 2 by 2
        dark += std::popcount(row);
        above = row;
        same_right_above = ~(row ^ (row << 1)) & pairs;
    }
    const int modules = static_cast<int>(size * size);
    return sum + 10 * (std::abs(dark * 20 - modules * 10) / modules);  // rule 4: steps of 5 % away from one half
}

void export_rows(const Matrix& plain, const Matrix& mask, std::size_t size, Modules& out) {
    out.reset(static_cast<int>(size), static_cast<int>(size));
    auto* byte = out.bits.data();
    const int stride = out.stride();
    for (std::size_t y = 0; y < size; ++y) {
        const Lines lines = plain.lines[y] ^ mask.lines[y];
        for (int i = 0; i < stride; ++i) *byte++ = static_cast<std::uint8_t>(lines[0] >> (56 - 8 * i));
    }
}

}  // namespace

struct FastQr::State {
    std::array<std::unique_ptr<const Pattern>, versions + 1> patterns;
    std::array<std::unique_ptr<const ReedSolomon>, ReedSolomon::most_check_bytes + 1> solomons;
    std::vector<std::uint8_t> data, check, codewords;

    const Pattern& pattern(int version) {
        auto& slot = patterns[static_cast<std::size_t>(version)];
        if (!slot) slot = std::make_unique<const Pattern>(version);
        return *slot;
    }
    const ReedSolomon& solomon(int check_bytes) {
        auto& slot = solomons[static_cast<std::size_t>(check_bytes)];
        if (!slot) slot = std::make_unique<const ReedSolomon>(check_bytes);
        return *slot;
    }

    void write_data(std::string_view payload, int version, int capacity);
    void interleave(const Capacity& capacity);
    Matrix place(const Pattern& pattern) const;
};

/// Byte mode: 0100, the length, the bytes, 0000. All of it is shifted by the four bits of the mode.
void FastQr::State::write_data(std::string_view payload, int version, int capacity) {
    data.assign(static_cast<std::size_t>(capacity), 0);
    std::size_t at = 0;
    unsigned carry = 0x4;
    const auto put = [&](unsigned byte) {
        data[at++] = static_cast<std::uint8_t>(carry << 4 | byte >> 4);
        carry = byte & 0xF;
    };
    if (count_bytes(version) == 2) put(static_cast<unsigned>(payload.size() >> 8));
    put(static_cast<unsigned>(payload.size() & 0xFF));
    for (const char c : payload) put(static_cast<std::uint8_t>(c));
    data[at++] = static_cast<std::uint8_t>(carry << 4);
    for (unsigned pad = 0xEC; at < data.size(); pad ^= 0xEC ^ 0x11) data[at++] = static_cast<std::uint8_t>(pad);
}

/// Splits the data into blocks, the longer ones last, adds their check codewords and deals all out in turn (§7.6).
void FastQr::State::interleave(const Capacity& capacity) {
    const auto blocks = static_cast<std::size_t>(capacity.blocks), checks = static_cast<std::size_t>(capacity.check);
    const std::size_t short_length = data.size() / blocks;
    const std::size_t short_blocks = blocks - data.size() % blocks;
    const ReedSolomon& rs = solomon(capacity.check);
    check.resize(checks * blocks);
    codewords.assign(static_cast<std::size_t>(capacity.all) + 1, 0);  // one more for the bits that are left over
    for (std::size_t block = 0, first = 0; block < blocks; ++block) {
        const std::size_t length = short_length + (block < short_blocks ? 0 : 1);
        rs.encode(std::span(data).subspan(first, length), &check[block * checks]);
        for (std::size_t i = 0; i < short_length; ++i) codewords[i * blocks + block] = data[first + i];
        if (length > short_length) {
            codewords[short_length * blocks + block - short_blocks] = data[first + short_length];
        }
        for (std::size_t i = 0; i < checks; ++i)
            codewords[data.size() + i * blocks + block] = check[block * checks + i];
        first += length;
    }
}

/// Bits are taken from the low end, because of two modules the right one comes first: the codewords' are turned round.
Matrix FastQr::State::place(const Pattern& pattern) const {
    Matrix matrix = pattern.fixed;
    const std::uint8_t* next = codewords.data();
    std::uint64_t ahead = 0;
    unsigned bits_ahead = 0;
    for (const Pattern::Place& place : pattern.path) {
        if (bits_ahead < 2) {
            ahead |= std::uint64_t{turned_round[*next++]} << bits_ahead;
            bits_ahead += 8;
        }
        matrix.lines[place.y][0] |= (ahead & ((1U << place.bits) - 1)) << place.shift;
        ahead >>= place.bits;
        bits_ahead -= place.bits;
    }
    matrix.transpose();
    return matrix;
}

FastQr::FastQr() : state_(std::make_unique<State>()) {}
FastQr::~FastQr() = default;
FastQr::FastQr(FastQr&&) noexcept = default;

bool FastQr::encode(std::string_view payload, Correction correction, Modules& out, int wanted_mask) {
    int version = 1;
    while (static_cast<int>(payload.size()) + count_bytes(version) + 1 > capacity(version, correction).data()) {
        if (++version > last_version) return false;
    }
    State& s = *state_;
    const Capacity room = capacity(version, correction);
    const Pattern& pattern = s.pattern(version);
    s.write_data(payload, version, room.data());
    s.interleave(room);
    const Matrix plain = s.place(pattern);
    const auto size = static_cast<std::size_t>(pattern.size);

    const auto& masks = pattern.masks[static_cast<std::size_t>(correction)];
    const Matrix* best = &masks[wanted_mask == best_mask ? 0 : static_cast<std::size_t>(wanted_mask)];
    int lowest = std::numeric_limits<int>::max();
    for (const Matrix& mask : masks) {
        if (wanted_mask != best_mask) break;
        const int points = penalty(plain, mask, size, lowest);
        if (points >= lowest) continue;
        lowest = points;
        best = &mask;
    }
    export_rows(plain, *best, size, out);
    return true;
}

}  // namespace pli::render
