#include "uploads/reader/line_geometry.hpp"

#include <algorithm>

namespace pli::uploads::reader {
namespace {

constexpr double mm = 72 / 25.4;
constexpr double agreement = 0.25 * mm;
constexpr double least_margin = 10 * mm;  // of text alone on its page

using Align = FieldLine::Align;

bool agree(double a, double b) { return std::abs(a - b) <= agreement; }
double middle(const Extent& box) { return (box.left + box.right) / 2; }

struct TextEdges {
    double left = 0, right = 0;
};

/// The outermost edges of the page's upright text.
TextEdges text_edges(const std::vector<TextLine>& lines, const PageMarks& marks) {
    TextEdges edges{marks.trim.right, marks.trim.left};
    for (const TextLine& line : lines) {
        edges.left = std::min(edges.left, line.box.left);
        edges.right = std::max(edges.right, line.box.right);
    }
    return edges;
}

/// Lines of much the same size, one or two line feeds away.
bool is_neighbour(const TextLine& line, const TextLine& other) {
    const double away = std::abs(line.baseline - other.baseline);
    const bool near = away > 0.5 * line.size && away < 2.5 * std::max(line.size, other.size);
    return near && other.size < 2.5 * line.size && line.size < 2.5 * other.size;
}

std::optional<Align> align_among(const TextLine& line, const std::vector<TextLine>& lines) {
    bool right = false, centre = false;
    for (const TextLine& other : lines) {
        if (&other == &line || !is_neighbour(line, other)) continue;
        if (agree(other.box.left, line.box.left)) return Align::Left;
        right = right || agree(other.box.right, line.box.right);
        centre = centre || agree(middle(other.box), middle(line.box));
    }
    if (right) return Align::Right;
    if (centre) return Align::Centre;
    return std::nullopt;
}

/// The smallest box painted around the line, a coupon or a tinted panel, that is not the page itself.
Extent frame_around(const TextLine& line, const PageMarks& marks) {
    Extent best = marks.trim;
    for (const PathMark& path : marks.paths) {
        if (!path.visible) continue;
        const Extent box{path.box.left().to_pt(), path.box.top().to_pt(), path.box.right().to_pt(),
                         path.box.bottom().to_pt()};
        const bool around = box.left < line.box.left && box.right > line.box.right && box.top < line.box.top &&
                            box.bottom > line.baseline;
        if (around && box.width() < 0.95 * marks.trim.width() && box.width() < best.width()) best = box.grown(-1 * mm);
    }
    return best;
}

/// What stands beside the line limits it, half an em away.
void stop_at(Reach& reach, const TextLine& line, const Extent& obstacle) {
    const double top = line.baseline - 0.6 * line.size, bottom = line.baseline + 0.1 * line.size;
    if (obstacle.bottom < top || obstacle.top > bottom) return;
    const double distance = 0.5 * line.size;
    if (obstacle.left >= line.box.right) reach.right = std::min(reach.right, obstacle.left - distance);
    if (obstacle.right <= line.box.left) reach.left = std::max(reach.left, obstacle.right + distance);
}

}  // namespace

FieldLine::Align align_of(const TextLine& line, const std::vector<TextLine>& lines, const PageMarks& marks) {
    if (const auto found = align_among(line, lines)) return *found;
    const TextEdges text = text_edges(lines, marks);
    if (agree(middle(line.box), middle(marks.trim))) return Align::Centre;
    const bool at_right = agree(line.box.right, text.right) && line.box.left > middle(marks.trim);
    return at_right && !agree(line.box.left, text.left) ? Align::Right : Align::Left;
}

Reach reach_of(const TextLine& line, const std::vector<TextLine>& lines, const PageMarks& marks) {
    const TextEdges text = text_edges(lines, marks);
    // A page of little text has margins all the same: those that its outermost text leaves, mirrored.
    const double margin = std::clamp(text.left - marks.trim.left, least_margin, 25 * mm);
    const Extent frame = frame_around(line, marks);
    const bool framed = frame.width() < marks.trim.width();
    Reach reach{framed ? frame.left : std::min(text.left, marks.trim.left + margin),
                framed ? frame.right : std::max(text.right, marks.trim.right - margin)};
    for (const TextLine& other : lines)
        if (&other != &line) stop_at(reach, line, other.box);
    for (const PictureMark& picture : marks.pictures)
        if (picture.visible && picture.box.size.width.to_pt() < 0.9 * marks.trim.width())
            stop_at(reach, line,
                    {picture.box.left().to_pt(), picture.box.top().to_pt(), picture.box.right().to_pt(),
                     picture.box.bottom().to_pt()});
    return {std::min(reach.left, line.box.left), std::max(reach.right, line.box.right)};
}

}  // namespace pli::uploads::reader
