#include "tests/postage/counter.hpp"

#include <catch2/catch.hpp>

namespace pli::postage::test {

PostOffice office(Settings settings, Day day) {
    auto opened = PostOffice::open({"postage", ""}, std::move(settings), day);
    if (!opened) FAIL(opened.error().text());
    return std::move(*opened);
}

PostOffice office(const std::string& country, std::vector<std::string> products) {
    Settings settings;
    settings.country = country;
    settings.products = std::move(products);
    return office(std::move(settings));
}

Described letter(std::uint32_t sheets, std::string_view envelope, std::string_view paper) {
    return {sheets, {210_mm, 297_mm}, paper, envelope, "thanks"};
}

Priced priced(const PostOffice& at, const Described& what, std::string_view to, std::int64_t pieces) {
    const auto choice = at.assess(what, to, Pieces(pieces)).choice;
    if (!choice.product) return {"none: " + choice.reason, ""};
    return {choice.product->id, choice.price.amount()};
}

std::string reason_against(const Choice& choice, const std::string& product) {
    for (const auto& other : choice.alternatives)
        if (other.product->id == product) return other.reason;
    return "not looked at";
}

}  // namespace pli::postage::test
