#pragma once
#include <span>
#include <string>

#include "frame/frame.hpp"
#include "render/page_content.hpp"

namespace pli::pipeline {

/// What the manifest keeps of a letter's pages, so that somebody can prove the print file by it.

/// "1a2b3c4d 9f8e7d6c": of each page's content the Adler-32 of what was packed, with which a packed stream ends. `sums` is
/// replaced.
/// Source   RFC 1950
void write_page_sums(std::span<const render::PageContent> contents, std::string& sums);

/// "1:150.000:240.000:25.000:9f86d081": of each QR code on a page the letter's page, left, top and side in millimetres,
/// and the CRC-32 of its payload, which itself is the recipient's affair. Appended, blanks between.
/// Source   RFC 1952
void append_qr_codes(const Frame& page, std::size_t letter_page, std::string& codes);

}  // namespace pli::pipeline
