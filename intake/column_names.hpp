#pragma once
#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

namespace pli::intake {

/// What a column can say about a letter beside being a merge field.
enum class Part : std::uint8_t {
    Company,
    Department,
    Title,
    FirstName,
    LastName,
    Name,
    CareOf,
    Street,
    Extra,
    PoBox,
    PostalCode,
    City,
    Region,
    Country,
    Lines,
    HouseNumber,  // joined to the street
    PostalLine,   // "20095 Hamburg": code and city in one
    Key,          // idempotency key
    Locale,       // of this letter: "fr-CH"
    // What the letter asks of its run. Only by these names or --map: exports have due dates and priorities of their own.
    LetterDue,
    LetterDeadline,
    LetterPriority,
    LetterHold,
    LetterTest,
};
constexpr std::size_t part_count = 24;

/// The part's name in `--map column=part`, as in pli::Recipient: "postal_code".
std::string_view name_of(Part part);
std::optional<Part> part_named(std::string_view name);

/// Whose address a column belongs to; the letter goes to the first of these that the file has.
enum class Owner : std::uint8_t { Plain, Recipient, Shipping, Customer, Billing };
constexpr std::size_t owner_count = 5;

/// What a header means by the usual names in French, German, English, Italian, Spanish and Dutch, and in the exports of
/// Shopify, WooCommerce and Billbee. `rank`: the smaller is the surer name for the part.
struct Meaning {
    Part part{};
    Owner owner = Owner::Plain;
    std::size_t rank = 0;
};
std::optional<Meaning> meaning_of(std::string_view header);

}  // namespace pli::intake
