#include "tests/stamping/odd_pages.hpp"

#include <fmt/format.h>

#include <cmath>

namespace pli::stamping {
namespace {

constexpr double pt_per_mm = 72 / 25.4;

struct Box {
    double left, bottom, right, top;
};
struct Spot {
    double x, y;
};

/// The way from places on the upright sheet to those of the page's own space, written down from ISO 32000-1 §7.7.3.3
/// (Rotate turns clockwise) and not from the importer.
class Sheet {
public:
    explicit Sheet(const Geometry& geometry)
        : turns_(((geometry.rotate / 90) % 4 + 4) % 4), unit_(geometry.unit.value_or(1)) {
        const double width = 210 * pt_per_mm / unit_, height = 297 * pt_per_mm / unit_;
        const bool on_its_side = turns_ % 2 == 1, margin = geometry.boxes >= Boxes::Crop;
        const bool same_as_media =
            geometry.boxes == Boxes::CropBeyondMedia || geometry.boxes == Boxes::TrimInheritedIgnored;
        const double left = margin && !same_as_media ? 10 / unit_ : 0, bottom = 2 * left;
        paper_ = {geometry.origin_x + left, geometry.origin_y + bottom, 0, 0};
        paper_.right = paper_.left + (on_its_side ? height : width);
        paper_.top = paper_.bottom + (on_its_side ? width : height);
        media_ = {paper_.left - left, paper_.bottom - bottom, paper_.right + 3 * left, paper_.top + 4 * left};
    }
    const Box& paper() const { return paper_; }
    const Box& media() const { return media_; }
    double unit() const { return unit_; }

    Spot at(double right_mm, double down_mm) const {
        const double x = right_mm * pt_per_mm / unit_, y = down_mm * pt_per_mm / unit_;
        switch (turns_) {
            case 1: return {paper_.left + y, paper_.bottom + x};
            case 2: return {paper_.right - x, paper_.bottom + y};
            case 3: return {paper_.right - y, paper_.top - x};
            default: return {paper_.left + x, paper_.top - y};
        }
    }
    /// The text matrix of upright type of `points` at a place.
    std::string upright(Spot spot, double points) const {
        const double s = points / unit_, along[4][2] = {{s, 0}, {0, s}, {-s, 0}, {0, -s}};
        const double *right = along[turns_], *up = along[(turns_ + 1) % 4];
        return fmt::format("{:.5f} {:.5f} {:.5f} {:.5f} {:.5f} {:.5f} Tm", right[0], right[1], up[0], up[1], spot.x,
                           spot.y);
    }

private:
    int turns_;
    double unit_;
    Box paper_{}, media_{};
};

std::string written(const Box& box) {
    return fmt::format("[{:.5f} {:.5f} {:.5f} {:.5f}]", box.left, box.bottom, box.right, box.top);
}
std::string inverted(const Box& box) { return written({box.right, box.top, box.left, box.bottom}); }
Box grown(const Box& box, double by) { return {box.left - by, box.bottom - by, box.right + by, box.top + by}; }

std::string drawing(const Sheet& sheet) {
    const Box& media = sheet.media();
    const Box& paper = sheet.paper();
    const Spot square = sheet.at(60, 150), opposite = sheet.at(65, 155);
    const auto area = [](const Box& box) {
        return fmt::format("{:.5f} {:.5f} {:.5f} {:.5f} re", box.left, box.bottom, box.right - box.left,
                           box.top - box.bottom);
    };
    const Box black{square.x, square.y, opposite.x, opposite.y};
    return fmt::format("q 0.7 g {} {} f* Q q 0 g {} f Q BT /F1 1 Tf {} (here) Tj ET", area(media), area(paper),
                       area(black), sheet.upright(sheet.at(60, 130), 10));
}

struct Entries {
    std::string page, above;  // of the page, of the node above it
};

Entries entries_of(const Geometry& geometry, const Sheet& sheet) {
    const std::string media = "/MediaBox" + written(sheet.media()), paper = written(sheet.paper());
    switch (geometry.boxes) {
        case Boxes::MediaAlone: return {media, ""};
        case Boxes::MediaInherited: return {"", media};
        case Boxes::Crop: return {media + "/CropBox" + paper, ""};
        case Boxes::CropInvertedInherited: return {media, "/CropBox" + inverted(sheet.paper())};
        case Boxes::CropBeyondMedia: return {media + "/CropBox" + written(grown(sheet.media(), 50)), ""};
        case Boxes::Trim: return {media + "/TrimBox" + paper, ""};
        case Boxes::TrimInverted:
            return {media + "/CropBox" + written(sheet.media()) + "/TrimBox" + inverted(sheet.paper()), ""};
        case Boxes::TrimInheritedIgnored: return {media, "/TrimBox[0 0 99 99]"};
        case Boxes::TrimAndBleed: break;
    }
    const double bleed = 3 * pt_per_mm / sheet.unit();
    return {media + "/BleedBox" + written(grown(sheet.paper(), bleed)) + "/TrimBox" + paper, ""};
}

/// Objects in ascending order and their table.
class File {
public:
    void add(const std::string& body) {
        offsets_.push_back(bytes_.size());
        bytes_ += fmt::format("{} 0 obj\n{}\nendobj\n", offsets_.size(), body);
    }
    std::string finish() {
        const std::size_t table = bytes_.size();
        bytes_ += fmt::format("xref\n0 {}\n0000000000 65535 f \n", offsets_.size() + 1);
        for (const std::size_t offset : offsets_) bytes_ += fmt::format("{:010} 00000 n \n", offset);
        bytes_ += fmt::format("trailer\n<</Size {}/Root 1 0 R>>\nstartxref\n{}\n%%EOF\n", offsets_.size() + 1, table);
        return std::move(bytes_);
    }

private:
    std::string bytes_ = "%PDF-1.7\n";
    std::vector<std::size_t> offsets_;
};

}  // namespace

std::string Geometry::told() const {
    return fmt::format("Rotate {}, UserUnit {}, origin {} {}, boxes {}", rotate, unit.value_or(1), origin_x, origin_y,
                       static_cast<int>(boxes));
}

std::string odd_pdf(const std::vector<Geometry>& pages) {
    File file;
    std::string nodes;
    for (std::size_t i = 0; i < pages.size(); ++i) nodes += fmt::format("{} 0 R ", 4 + 3 * i);
    file.add("<</Type/Catalog/Pages 2 0 R>>");
    file.add(fmt::format("<</Type/Pages/Count {}/Kids[{}]>>", pages.size(), nodes));
    file.add("<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>");
    for (std::size_t i = 0; i < pages.size(); ++i) {
        const Sheet sheet(pages[i]);
        const Entries entries = entries_of(pages[i], sheet);
        const std::string content = drawing(sheet);
        const std::string unit = pages[i].unit ? fmt::format("/UserUnit {}", *pages[i].unit) : "";
        file.add(fmt::format("<</Type/Pages/Parent 2 0 R/Count 1/Kids[{} 0 R]{}>>", 5 + 3 * i, entries.above));
        file.add(
            fmt::format("<</Type/Page/Parent {} 0 R/Rotate {}{}{}/Resources<</Font<</F1 3 0 R>>>>/Contents {} 0 R>>",
                        4 + 3 * i, pages[i].rotate, unit, entries.page, 6 + 3 * i));
        file.add(fmt::format("<</Length {}>>\nstream\n{}\nendstream", content.size(), content));
    }
    return file.finish();
}

}  // namespace pli::stamping
