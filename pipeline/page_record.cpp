#include "pipeline/page_record.hpp"

#include <fmt/compile.h>
#include <fmt/format.h>

#include <array>
#include <cstdlib>
#include <iterator>

namespace pli::pipeline {
namespace {

/// Of ISO 3309, with which gzip and PNG check their bytes.
constexpr auto crc_table = [] {
    std::array<std::uint32_t, 256> table{};
    for (std::uint32_t byte = 0; byte < table.size(); ++byte) {
        std::uint32_t rest = byte;
        for (int bit = 0; bit < 8; ++bit) rest = rest >> 1 ^ ((rest & 1) != 0 ? 0xedb88320U : 0U);
        table[byte] = rest;
    }
    return table;
}();

std::uint32_t crc32(std::string_view bytes) {
    std::uint32_t rest = ~0U;
    for (const char byte : bytes) rest = rest >> 8 ^ crc_table[(rest ^ static_cast<unsigned char>(byte)) & 0xff];
    return ~rest;
}

void append_mm(Length length, std::string& text) {
    const auto micrometres = length.nm() / 1000;
    fmt::format_to(std::back_inserter(text), FMT_COMPILE("{}{}.{:03}:"), micrometres < 0 ? "-" : "",
                   std::abs(micrometres) / 1000, std::abs(micrometres) % 1000);
}

}  // namespace

void write_page_sums(std::span<const render::PageContent> contents, std::string& sums) {
    constexpr std::size_t sum_size = 4;
    constexpr std::string_view digits = "0123456789abcdef";
    sums.clear();
    for (const auto& content : contents) {
        if (!sums.empty()) sums += ' ';
        for (const char byte : std::string_view(content.stream).substr(content.stream.size() - sum_size)) {
            sums += digits[static_cast<unsigned char>(byte) >> 4];
            sums += digits[static_cast<unsigned char>(byte) & 15];
        }
    }
}

void append_qr_codes(const Frame& page, std::size_t letter_page, std::string& codes) {
    for (const Item& item : page.items) {
        const auto* code = std::get_if<Code>(&item);
        if (!code || code->symbology != Symbology::Qr) continue;
        fmt::format_to(std::back_inserter(codes), FMT_COMPILE("{}{}:"), codes.empty() ? "" : " ", letter_page);
        for (const Length length : {code->box.left(), code->box.top(), code->box.size.width}) append_mm(length, codes);
        fmt::format_to(std::back_inserter(codes), FMT_COMPILE("{:08x}"), crc32(page.text_of(code->payload)));
    }
}

}  // namespace pli::pipeline
