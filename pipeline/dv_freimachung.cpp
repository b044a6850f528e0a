#include "pipeline/dv_freimachung.hpp"

#include <fmt/format.h>

namespace pli::pipeline {
namespace {

constexpr char franking_type = 18;  // DV-Freimachung, version 1.3 and later
constexpr std::size_t small_data = 5, large_data = 19;

void append(std::string& bytes, std::uint64_t number, int count) {
    for (int shift = 8 * (count - 1); shift >= 0; shift -= 8) bytes += static_cast<char>(number >> shift & 0xFF);
}

/// Day of the year and year as the decimal number DDDYY.
std::uint16_t posting_date(Day day) {
    const int of_year = day.days - Day::of(day.year(), 1, 1).days + 1;
    return static_cast<std::uint16_t>(of_year * 100 + day.year() % 100);
}

}  // namespace

Result<std::string> DvFranking::bytes() const {
    if (customer_data.size() > large_data)
        return failure(Fault::BadInput, "DV-Freimachung, customer data",
                       fmt::format("{} bytes, the code holds {}", customer_data.size(), large_data), "shorten it");
    std::string code = "DEA";
    append(code, franking_type, 1);
    append(code, price_version, 1);
    append(code, customer, 5);
    append(code, cents, 2);
    append(code, posting_date(posting_day), 2);
    append(code, product, 2);
    append(code, piece, 3);
    append(code, participation, 1);
    append(code, posting, 2);
    append(code, 0, 1);  // announces no PREMIUMADRESS element
    code += customer_data;
    code.resize(23 + (customer_data.size() > small_data ? large_data : small_data));
    return code;
}

std::string DvFranking::id() const {
    const std::uint64_t without_last_digits = customer / 100 & 0xFFFFFFF;
    std::string digits =
        fmt::format("{:02X}{:07X}{:04X}{:06X}", participation, without_last_digits, posting, piece & 0xFFFFFF);
    digits += dv_check_digit(digits);
    return fmt::format("{} {} {} {} {} {}", digits.substr(0, 2), digits.substr(2, 4), digits.substr(6, 4),
                       digits.substr(10, 2), digits.substr(12, 4), digits.substr(16, 4));
}

char dv_check_digit(std::string_view digits) {
    unsigned crc = 0;
    for (const char digit : digits)
        for (int bit = 7; bit >= 0; --bit) {
            const unsigned carry = (crc >> 3 ^ static_cast<unsigned>(digit) >> bit) & 1;
            crc = (crc << 1 & 0xF) ^ (carry != 0 ? 0x3u : 0u);
        }
    return "0123456789ABCDEF"[crc];
}

}  // namespace pli::pipeline
