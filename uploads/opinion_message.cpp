#include "uploads/opinion_message.hpp"

#include <algorithm>
#include <cmath>

namespace pli::uploads {
namespace {

constexpr std::size_t least_page = 14 * 8 + 8 + 16;

void put_page(std::string& out, const PageOpinion& page) {
    for (const auto* box : {&page.media, &page.crop, &page.trim})
        for (const double corner : *box) put(out, corner);
    put(out, page.rotation);
    put(out, page.user_unit);
    put(out, std::uint64_t{page.fonts.size()});
    for (const std::string& font : page.fonts) put_text(out, font);
    put(out, page.text_bytes);
    put(out, page.text_digest);
}

double finite(Reader& in) {
    const auto value = in.number<double>();
    in.refuse_unless(std::isfinite(value));
    return value;
}

PageOpinion read_page(Reader& in) {
    PageOpinion page;
    for (auto* box : {&page.media, &page.crop, &page.trim})
        for (double& corner : *box) corner = finite(in);
    page.rotation = finite(in);
    page.user_unit = finite(in);
    page.fonts.resize(in.count(8));
    for (std::string& font : page.fonts) font = in.text();
    page.text_bytes = in.number<std::uint64_t>();
    page.text_digest = in.number<std::uint64_t>();
    return page;
}

}  // namespace

void put_opinion(std::string& out, const Opinion& opinion) {
    put(out, static_cast<std::uint8_t>(opinion.mended));
    put(out, std::uint64_t{opinion.pages.size()});
    for (const PageOpinion& page : opinion.pages) put_page(out, page);
}

Opinion read_opinion(Reader& in) {
    Opinion opinion;
    opinion.mended = in.number<std::uint8_t>() != 0;
    opinion.pages.resize(in.count(least_page));
    for (PageOpinion& page : opinion.pages) page = read_page(in);
    return opinion;
}

}  // namespace pli::uploads
