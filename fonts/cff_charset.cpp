#include "fonts/cff_charset.hpp"

#include <cstdint>
#include <optional>
#include <string_view>

namespace pli::fonts {
namespace {

/// Reads big-endian numbers; past the end it gives 0 and remembers that it did.
class Reader {
public:
    Reader(std::string_view bytes, std::size_t at) : bytes_(bytes), at_(at) {}
    std::size_t number(int size) {
        std::size_t value = 0;
        for (int i = 0; i < size; ++i) value = value << 8 | byte();
        return value;
    }
    std::size_t at() const { return at_; }
    void skip(std::size_t count) { at_ += count; }
    bool more() const { return at_ < bytes_.size(); }
    bool failed() const { return failed_; }

private:
    std::uint8_t byte() {
        failed_ |= !more();
        return more() ? static_cast<std::uint8_t>(bytes_[at_++]) : std::uint8_t{0};
    }
    std::string_view bytes_;
    std::size_t at_;
    bool failed_ = false;
};

/// §5: a count, offsets from 1, the objects.
struct Index {
    std::size_t count = 0, first_begin = 0, first_end = 0, end = 0;
};

std::optional<Index> read_index(std::string_view cff, std::size_t at) {
    Reader in(cff, at);
    Index index{.count = in.number(2)};
    if (index.count == 0) return in.failed() ? std::nullopt : std::optional(Index{.end = at + 2});
    const int size = static_cast<int>(in.number(1));
    if (size < 1 || size > 4) return std::nullopt;
    const std::size_t base = at + 2 + static_cast<std::size_t>(size) * (index.count + 1);  // offsets count from here
    index.first_begin = base + in.number(size);
    index.first_end = base + in.number(size);
    Reader last(cff, at + 3 + static_cast<std::size_t>(size) * index.count);
    index.end = base + last.number(size);
    return in.failed() || last.failed() || index.end > cff.size() ? std::nullopt : std::optional(index);
}

struct TopDict {
    std::size_t charset = 0, char_strings = 0;
    bool cid_keyed = false;
};

/// §4 table 3: the operand that begins with `lead`. Offsets are whole and positive; reals are passed over.
std::size_t read_operand(Reader& in, std::size_t lead) {
    if (lead == 28) return in.number(2);
    if (lead == 29) return in.number(4);
    if (lead >= 32 && lead <= 246) return lead - 139;
    if (lead >= 247 && lead <= 250) return (lead - 247) * 256 + in.number(1) + 108;
    if (lead >= 251 && lead <= 254) in.skip(1);
    if (lead != 30) return 0;
    for (std::size_t two = 0; in.more() && (two & 0xF) != 0xF;) two = in.number(1);
    return 0;
}

TopDict read_top_dict(std::string_view dict) {
    constexpr std::size_t charset = 15, char_strings = 17, escape = 12, registry_ordering = 30;
    TopDict top;
    std::size_t operand = 0;
    for (Reader in(dict, 0); in.more();) {
        const std::size_t lead = in.number(1);
        if (lead > 21) {
            operand = read_operand(in, lead);
            continue;
        }
        if (lead == charset) top.charset = operand;
        if (lead == char_strings) top.char_strings = operand;
        if (lead == escape) top.cid_keyed |= in.number(1) == registry_ordering;
    }
    return top;
}

std::optional<TopDict> top_dict_of(std::string_view cff) {
    if (cff.size() < 4) return std::nullopt;
    const auto names = read_index(cff, static_cast<std::uint8_t>(cff[2]));
    const auto dicts = names ? read_index(cff, names->end) : std::nullopt;
    if (!dicts || dicts->count == 0 || dicts->first_end > cff.size() || dicts->first_begin > dicts->first_end)
        return std::nullopt;
    return read_top_dict(cff.substr(dicts->first_begin, dicts->first_end - dicts->first_begin));
}

/// Offsets that never go back, the last of them inside the table.
bool in_order(std::string_view cff, std::size_t at, const Index& index) {
    Reader in(cff, at + 2);
    const int size = static_cast<int>(in.number(1));
    std::size_t before = 1;
    for (std::size_t i = 0; i <= index.count; ++i) {
        const std::size_t offset = in.number(size);
        if (offset < before || in.failed()) return false;
        before = offset;
    }
    return true;
}

/// §13 table 17: where a charset for `glyphs` glyphs ends.
std::size_t end_of_charset(std::string_view cff, std::size_t at, std::size_t glyphs) {
    Reader in(cff, at);
    const std::size_t format = in.number(1);
    if (format == 0) in.skip(2 * (glyphs - 1));
    for (std::size_t covered = 1; format != 0 && covered < glyphs && !in.failed();) {
        in.skip(2);
        covered += in.number(format == 1 ? 1 : 2) + 1;
    }
    return in.failed() || in.at() > cff.size() ? 0 : in.at();
}

/// One range: glyph 1 and all after it are CID 1 and all after it. Format 1 where a byte can count them: it is the
/// shorter.
std::string identity_charset(std::size_t glyphs) {
    const std::size_t after_first = glyphs - 2;
    std::string charset = after_first < 256 ? std::string("\1\0\1", 3) : std::string("\2\0\1", 3);
    if (after_first >= 256) charset += static_cast<char>(after_first >> 8);
    return charset + static_cast<char>(after_first & 0xFF);
}

}  // namespace

bool number_cids_by_glyph(std::string& cff) {
    const std::optional<TopDict> top = top_dict_of(cff);
    if (!top) return false;
    if (!top->cid_keyed) return true;
    const std::size_t glyphs = Reader(cff, top->char_strings).number(2);
    if (glyphs < 2) return true;
    const std::string identity = identity_charset(glyphs);
    const std::size_t end = end_of_charset(cff, top->charset, glyphs);
    if (top->charset < 3 || end < top->charset + identity.size()) return false;
    cff.replace(top->charset, identity.size(), identity);
    return true;
}

std::size_t char_string_count(std::string_view cff) {
    const std::optional<TopDict> top = top_dict_of(cff);
    if (!top || top->char_strings < 4 || top->char_strings >= cff.size()) return 0;
    const auto index = read_index(cff, top->char_strings);
    return index && index->count > 0 && in_order(cff, top->char_strings, *index) ? index->count : 0;
}

}  // namespace pli::fonts
