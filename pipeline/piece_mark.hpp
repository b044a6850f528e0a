#pragma once
#include <cstdint>
#include <string>

#include "base/result.hpp"
#include "frame/frame.hpp"
#include "pipeline/plain_text.hpp"

namespace pli::pipeline {

/// What the front of a letter sheet says about itself.
struct SheetIdentity {
    std::string_view batch_id;  // 14 digits
    std::uint32_t piece = 1, sheet = 1, sheets = 1, generation = 1;
};

/// 14 digits that stand for a batch on paper, because its name is too long for a small code. Taken from a SHA-256 of
/// sender and batch name: the same batch has the same id on a rerun, and merchants at one print house differ.
std::string batch_id(std::string_view sender, std::string_view batch);

/// The inserter's code: 28 digits, "1" batch id (14) piece (7) sheet (3) sheets (3); of a reprint 30, with "3" in front
/// and the generation (2) behind. Fixed places and digits only, so
/// that it fits an 18 x 18 DataMatrix. docs/print-house.md is the contract.
std::string code_payload(const SheetIdentity& sheet);
/// The same for eyes: "0000123 1/2", of a reprint "0000123 1/2 R2".
std::string readable_id(const SheetIdentity& sheet);

/// What fits the code's places.
constexpr std::uint32_t most_pieces = 9'999'999, most_sheets = 999, most_generations = 99;

/// Puts the code and the readable id into the area the template keeps free for them. The quiet zone lies within.
/// Errors   MissingGlyph: the mark face has no digits
Done mark_sheet(Frame& front, const Rect& area, const SheetIdentity& sheet, PlainText& text);

/// Where in the area the code stands, its clear space included: what a camera has to see.
Rect sheet_code_in(const Rect& area);

}  // namespace pli::pipeline
