#pragma once
#include <array>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

namespace pli::uploads {

/// What one PDF library sees in a file: enough to tell whether another one sees the same.
struct PageOpinion {
    std::array<double, 4> media{}, crop{}, trim{};  // as inherited; ordered; all 0: none
    double rotation = 0, user_unit = 1;
    std::vector<std::string> fonts;  // their names, forms included; sorted, each once
    std::uint64_t text_bytes = 0;    // of all strings that are shown, forms included
    std::uint64_t text_digest = 0;   // FNV-1a of them
    bool operator==(const PageOpinion&) const = default;
};
struct Opinion {
    bool mended = false;  // the library had to repair the file to read it
    std::vector<PageOpinion> pages;
};

/// In what two opinions differ.
struct Disagreement {
    int page = 0;  // from 1; 0: the document
    std::string what;
};
/// At most one for each page, and none for pages where there are more of them in one opinion than in the other.
std::vector<Disagreement> disagreements(const Opinion& qpdf, const Opinion& podofo);

}  // namespace pli::uploads
