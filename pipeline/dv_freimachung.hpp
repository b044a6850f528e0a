#pragma once
#include <cstdint>
#include <string>
#include <string_view>

#include "base/day.hpp"
#include "base/result.hpp"

namespace pli::pipeline {

/// What the DataMatrix of Deutsche Post's DV-Freimachung says of a piece, and the Frankier-ID beside it.
/// Source   Deutsche Post: Maschinenlesbare Freimachungsvermerke, DV-Freimachung, versions 1.3 to 1.5, as two public
///          implementations and published codes show it (philaseiten.de/beitrag/184125 and 274534)
/// Errors   BadInput: the customer data is longer than its place
/// Threads  a value
struct DvFranking {
    std::uint8_t price_version = 0;  // edition of the price list
    std::uint64_t customer = 0;      // EKP, ten digits, the check digit included
    std::uint16_t cents = 0;         // franking value
    Day posting_day;
    std::uint16_t product = 0;         // key of that price list
    std::uint32_t piece = 0;           // running number within the posting, 24 bits
    std::uint8_t participation = 0;    // which of the customer's contracts
    std::uint16_t posting = 0;         // Entgeltabrechnungsnummer
    std::string_view customer_data{};  // up to 5 bytes in the small code, 19 in the large one

    /// 28 bytes, or 42 where the customer data needs them; all numbers big-endian.
    Result<std::string> bytes() const;
    /// "01 2FF4 5D01 55 6000 00E6": participation, customer, posting, piece, check digit, hexadecimal.
    std::string id() const;
};

/// CRC-4 over the characters of the ID's first 19 digits: x^4 + x + 1, from 0, the highest bit first.
char dv_check_digit(std::string_view digits);

}  // namespace pli::pipeline
