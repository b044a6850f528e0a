#include "uploads/reader/page_form.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <optional>
#include <qpdf/QPDFMatrix.hh>

namespace pli::uploads::reader {
namespace {

using Box = QPDFObjectHandle::Rectangle;

std::optional<Box> box_from(QPDFObjectHandle value) {
    if (!value.isRectangle()) return std::nullopt;
    const Box raw = value.getArrayAsRectangle();  // corners come in any order
    return Box(std::min(raw.llx, raw.urx), std::min(raw.lly, raw.ury), std::max(raw.llx, raw.urx),
               std::max(raw.lly, raw.ury));
}

bool usable(const Box& box) {
    constexpr double least = 1, most = 14'400;  // ISO 32000-1 Annex C: what Acrobat takes, in units
    const double width = box.urx - box.llx, height = box.ury - box.lly;
    return width >= least && height >= least && width <= most && height <= most;
}

Box common(const Box& a, const Box& b) {
    return Box(std::max(a.llx, b.llx), std::max(a.lly, b.lly), std::min(a.urx, b.urx), std::min(a.ury, b.ury));
}

/// The TrimBox is the paper left after cutting; many programs write none, or a CropBox that reaches over the MediaBox,
/// or an empty one. The smallest box that makes sense wins.
std::optional<Box> paper_of(QPDFPageObjectHelper& page) {
    const auto media = box_from(page.getMediaBox());
    for (const auto& box : {box_from(page.getTrimBox()), box_from(page.getCropBox()), media}) {
        if (!box) continue;
        const Box visible = media && usable(*media) ? common(*box, *media) : *box;
        if (usable(visible)) return visible;
    }
    return std::nullopt;
}

/// Quarter turns clockwise, 0 to 3. Rotate may be negative, more than a whole turn, or (against the rule) a real; what
/// is no multiple of 90 turns nothing, as in every reader.
int quarter_turns(QPDFPageObjectHelper& page) {
    auto rotate = page.getAttribute("/Rotate", false);
    const double degrees = rotate.isNumber() ? std::fmod(rotate.getNumericValue(), 360) : 0;
    const double turns = degrees / 90;
    return turns == std::floor(turns) ? (static_cast<int>(turns) + 4) % 4 : 0;
}

double user_unit(QPDFPageObjectHelper& page) {
    auto unit = page.getObjectHandle().getKey("/UserUnit");
    const double points = unit.isNumber() ? unit.getNumericValue() : 1;
    return std::isfinite(points) && points > 0 ? points : 1;
}

QPDFMatrix upright(QPDFPageObjectHelper& page) {
    static constexpr int cosine[] = {1, 0, -1, 0}, sine[] = {0, -1, 0, 1};
    const int turns = quarter_turns(page);
    const double unit = user_unit(page);
    return {unit * cosine[turns], unit * sine[turns], -unit * sine[turns], unit * cosine[turns], 0, 0};
}

QPDFMatrix moved_to_origin(QPDFMatrix matrix, const Box& box) {
    const Box shown = matrix.transformRectangle(box);
    matrix.e -= shown.llx;
    matrix.f -= shown.lly;
    return matrix;
}

bool blends(QPDFObjectHandle resources) {
    auto states = resources.isDictionary() ? resources.getKey("/ExtGState") : QPDFObjectHandle::newNull();
    if (!states.isDictionary()) return false;
    return std::ranges::any_of(states.getDictAsMap(), [](const auto& entry) {
        auto mode = QPDFObjectHandle(entry.second);
        mode = mode.isDictionary() ? mode.getKey("/BM") : QPDFObjectHandle::newNull();
        const bool plain = mode.isNull() || (mode.isName() && mode.getName() == "/Normal");
        return !plain && !(mode.isName() && mode.getName() == "/Compatible");
    });
}

/// Most programs give every page a transparency group in DeviceRGB. On paper of its own that is harmless; in a form it
/// would send the page's black text through RGB, onto all four plates. It is kept only where blend modes ask for it.
bool needs_group(QPDFObjectHandle form) {
    bool found = blends(form.getDict().getKey("/Resources"));
    QPDFPageObjectHelper(form).forEachFormXObject(true,
                                                  [&](QPDFObjectHandle& inner, QPDFObjectHandle&, const std::string&) {
                                                      found = found || blends(inner.getDict().getKey("/Resources"));
                                                  });
    return found;
}

}  // namespace

Result<PlacedForm> form_of_page(QPDFPageObjectHelper page, int number) {
    const auto paper = paper_of(page);
    if (!paper)
        return failure(Fault::BadInput, "no-page-size", fmt::format("page {} has no size (MediaBox)", number),
                       "set a page size in your design program and export it again");
    const QPDFMatrix matrix = moved_to_origin(upright(page), *paper);
    const Box shown = matrix.transformRectangle(*paper);
    if (shown.urx > 20'000 || shown.ury > 20'000)  // 7 m: UserUnit gone wild
        return failure(Fault::BadInput, "no-page-size", fmt::format("page {} is larger than 7 m", number),
                       "export it at real size");
    PlacedForm placed{page.getFormXObjectForPage(), Size{Length::pt(shown.urx), Length::pt(shown.ury)}};
    QPDFObjectHandle dictionary = placed.form.getDict();
    dictionary.replaceKey("/BBox", QPDFObjectHandle::newFromRectangle(*paper));
    dictionary.replaceKey("/Matrix", QPDFObjectHandle::newFromMatrix(matrix.getAsMatrix()));
    if (!dictionary.getKey("/Resources").isDictionary())
        dictionary.replaceKey("/Resources", QPDFObjectHandle::newDictionary());
    if (!needs_group(placed.form)) dictionary.removeKey("/Group");
    return placed;
}

void show_bleed(QPDFObjectHandle form, QPDFPageObjectHelper page, Length bleed) {
    const auto media = box_from(page.getMediaBox()), trim = box_from(form.getDict().getKey("/BBox"));
    if (!media || !trim) return;
    const double by = bleed.to_pt() / user_unit(page);
    const Box shown = common(Box(trim->llx - by, trim->lly - by, trim->urx + by, trim->ury + by), *media);
    if (usable(shown)) form.getDict().replaceKey("/BBox", QPDFObjectHandle::newFromRectangle(shown));
}

}  // namespace pli::uploads::reader
