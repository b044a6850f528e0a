#pragma once
#include <string>
#include <vector>

#include "postage/post_office.hpp"

namespace pli::postage::test {

/// As many pieces as is said, of whatever product.
struct Pieces final : Volume {
    std::int64_t count = 1;
    explicit Pieces(std::int64_t n) : count(n) {}
    std::int64_t pieces_for(const Product&) const override { return count; }
};

/// The counter of a sender with Pli's own data files. The day is one on which every country has a list.
PostOffice office(Settings settings, Day day = Day::of(2026, 6, 1));
PostOffice office(const std::string& country, std::vector<std::string> products = {});

/// A4 sheets on the paper, in the envelope.
Described letter(std::uint32_t sheets, std::string_view envelope = "DL", std::string_view paper = "A4-80");

struct Priced {
    std::string product, price;
};
Priced priced(const PostOffice& at, const Described& what, std::string_view to, std::int64_t pieces = 1);
/// Why the product was not taken.
std::string reason_against(const Choice& choice, const std::string& product);

}  // namespace pli::postage::test
