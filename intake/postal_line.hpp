#pragma once
#include <string_view>

namespace pli::intake {

/// "20095 Hamburg", "00-049 Warszawa", "120 00 Praha", "1012 AB Amsterdam", "D-10967 Berlin", "New York, NY 10001",
/// "London SW1A 1AA" taken apart. Without a recognisable code all of it is the city.
struct PostalLine {
    std::string_view postal_code, city, region;
};
PostalLine split_postal_line(std::string_view line);

}  // namespace pli::intake
