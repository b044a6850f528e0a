#include "uploads/opinion.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace pli::uploads {
namespace {

using Box = std::array<double, 4>;

/// Numbers are read through different paths; a thousandth of a point is no other place.
bool same(double a, double b) { return std::abs(a - b) < 0.001; }
bool same(const Box& a, const Box& b) {
    return std::equal(a.begin(), a.end(), b.begin(), [](double x, double y) { return same(x, y); });
}

std::string words(const Box& box) { return fmt::format("[{:g} {:g} {:g} {:g}]", box[0], box[1], box[2], box[3]); }

std::string difference_of_boxes(const char* name, const Box& a, const Box& b) {
    return same(a, b) ? "" : fmt::format("{} {} or {}", name, words(a), words(b));
}

std::string difference_of_text(const PageOpinion& a, const PageOpinion& b) {
    if (a.text_bytes != b.text_bytes) return fmt::format("text of {} bytes or of {} bytes", a.text_bytes, b.text_bytes);
    return a.text_digest == b.text_digest ? "" : fmt::format("two texts of {} bytes that differ", a.text_bytes);
}

std::string difference_of(const PageOpinion& a, const PageOpinion& b) {
    for (std::string found :
         {difference_of_boxes("MediaBox", a.media, b.media), difference_of_boxes("CropBox", a.crop, b.crop),
          difference_of_boxes("TrimBox", a.trim, b.trim)})
        if (!found.empty()) return found;
    if (!same(a.rotation, b.rotation)) return fmt::format("a rotation of {:g} or {:g} degrees", a.rotation, b.rotation);
    if (!same(a.user_unit, b.user_unit)) return fmt::format("a UserUnit of {:g} or {:g}", a.user_unit, b.user_unit);
    if (a.fonts != b.fonts) return fmt::format("fonts {} or {}", fmt::join(a.fonts, ", "), fmt::join(b.fonts, ", "));
    return difference_of_text(a, b);
}

}  // namespace

std::vector<Disagreement> disagreements(const Opinion& qpdf, const Opinion& podofo) {
    if (qpdf.pages.size() != podofo.pages.size())
        return {{0, fmt::format("{} pages or {} pages", qpdf.pages.size(), podofo.pages.size())}};
    std::vector<Disagreement> all;
    for (std::size_t i = 0; i < qpdf.pages.size(); ++i)
        if (std::string what = difference_of(qpdf.pages[i], podofo.pages[i]); !what.empty())
            all.push_back({static_cast<int>(i) + 1, std::move(what)});
    return all;
}

}  // namespace pli::uploads
