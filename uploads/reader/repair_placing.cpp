#include "uploads/reader/repair_placing.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <qpdf/Pl_String.hh>
#include <qpdf/QPDFMatrix.hh>
#include <qpdf/QPDFPageDocumentHelper.hh>
#include <qpdf/QPDFPageObjectHelper.hh>

#include "uploads/reader/page_form.hpp"
#include "uploads/zones.hpp"

namespace pli::uploads::reader {
namespace {

constexpr double points_per_mm = 72 / 25.4;
constexpr double tolerance = sheet_tolerance.to_mm() * points_per_mm;
constexpr double usual_bleed = 3 * points_per_mm, most_bleed = 10 * points_per_mm;

double mm(double points) { return points / points_per_mm; }

/// To a ten thousandth of a point: a length in nanometres and back is off by less, and a box of 200.0000003 points is
/// one pixel larger to programs that round up.
double points_of(Length length) { return std::round(length.to_pt() * 1e4) / 1e4; }

/// A page as it comes, and where it shall stand. Points; y upwards.
struct Stand {
    double width, height;  // of the page as it is turned by now
    double bleed = 0;      // ink beyond the trim, on the side that has least of it
    double factor = 1;
    double kept_bleed = 0;          // around the sheet, on the new page
    QPDFMatrix turn{};              // upright page to turned page, lower left corner at the origin
    std::string turned{}, story{};  // what is told

    void tell(const std::string& what) { story += (story.empty() ? "" : "; ") + what; }
};

struct Sheet {
    double width, height;
};

void turn(Stand& stand, int degrees) {
    const double w = stand.width, h = stand.height;
    switch (degrees) {
        case 90: stand.turn = QPDFMatrix(0, -1, 1, 0, 0, w); break;
        case 180: stand.turn = QPDFMatrix(-1, 0, 0, -1, w, h); break;
        case 270: stand.turn = QPDFMatrix(0, 1, -1, 0, h, 0); break;
        default: return;
    }
    if (degrees != 180) std::swap(stand.width, stand.height);
    stand.turned = degrees == 90    ? "turned a quarter clockwise"
                   : degrees == 180 ? "turned upside down"
                                    : "turned a quarter anticlockwise";
}

void turn_as_asked(Stand& stand, const Rotate& rotate, const Sheet& sheet) {
    const bool lies = stand.width > stand.height, sheet_lies = sheet.width > sheet.height;
    const bool square = std::abs(stand.width - stand.height) <= tolerance;
    turn(stand, rotate.degrees != 0 ? rotate.degrees : lies != sheet_lies && !square ? 90 : 0);
}

bool as_large_as(const Stand& stand, const Sheet& sheet) {
    return std::abs(stand.width - sheet.width) <= tolerance && std::abs(stand.height - sheet.height) <= tolerance;
}

/// Larger than the sheet by as much on each side as a designer adds for the cut: such a page has bleed and no TrimBox.
bool has_bleed_within(const Stand& stand, const Sheet& sheet) {
    const double wide = stand.width - sheet.width, high = stand.height - sheet.height;
    return wide > tolerance && wide <= 2 * most_bleed && std::abs(wide - high) <= tolerance;
}

std::string sizes(const Stand& stand) { return fmt::format("{:.1f} x {:.1f} mm", mm(stand.width), mm(stand.height)); }

void tell_edges(Stand& stand, const Sheet& sheet) {
    const double beside = mm(sheet.width - stand.width * stand.factor) / 2;
    const double above = mm(sheet.height - stand.height * stand.factor) / 2;
    const auto tell = [&](double edge, const char* sides) {
        if (edge > 0.05) stand.tell(fmt::format("{:.1f} mm stay white {}", edge, sides));
        if (edge < -0.05) stand.tell(fmt::format("{:.1f} mm are cut off {}", -edge, sides));
    };
    tell(beside, "left and right");
    tell(above, "above and below");
}

/// Bleed that is there is used before anything is made larger.
bool use_bleed(Stand& stand, const Sheet& sheet) {
    if (has_bleed_within(stand, sheet)) {
        stand.kept_bleed = (stand.width - sheet.width) / 2;
        stand.tell(fmt::format("{} is the sheet with {:.1f} mm of bleed, which now lies outside it", sizes(stand),
                               mm(stand.kept_bleed)));
        return true;
    }
    if (!as_large_as(stand, sheet) || stand.bleed <= tolerance) return false;
    stand.kept_bleed = stand.bleed;
    return true;
}

void scale(Stand& stand, Scale::To to, const Sheet& sheet) {
    const bool bleed_wanted = to == Scale::To::Bleed;
    if (use_bleed(stand, sheet)) return;
    if (as_large_as(stand, sheet) && !bleed_wanted) return tell_edges(stand, sheet);
    const double edge = bleed_wanted ? usual_bleed : 0;
    const double across = (sheet.width + 2 * edge) / stand.width, along = (sheet.height + 2 * edge) / stand.height;
    stand.factor = to == Scale::To::Fit ? std::min(across, along) : std::max(across, along);
    stand.kept_bleed = edge;
    stand.tell(fmt::format("{} scaled to {:.1f} %", sizes(stand), stand.factor * 100));
    if (bleed_wanted) stand.tell("it reaches 3 mm or more beyond the sheet");
    tell_edges(stand, sheet);
}

void centre(Stand& stand, const Sheet& sheet) {
    if (use_bleed(stand, sheet)) return;
    if (std::abs(stand.width - sheet.width) < 0.01 && std::abs(stand.height - sheet.height) < 0.01) return;
    stand.tell(fmt::format("{} put in the middle of the sheet", sizes(stand)));
    tell_edges(stand, sheet);
}

/// The lengths by which the BleedBox reaches over the page, the least of them; and the form's box grown to it.
double let_bleed_show(const PlacedForm& placed, QPDFPageObjectHelper page) {
    auto bleed = page.getBleedBox(), media = page.getMediaBox();
    if (!page.getObjectHandle().hasKey("/BleedBox") || !bleed.isRectangle() || !media.isRectangle()) return 0;
    auto dictionary = QPDFObjectHandle(placed.form).getDict();
    const auto box = bleed.getArrayAsRectangle(), sheet = media.getArrayAsRectangle();
    const auto trim = dictionary.getKey("/BBox").getArrayAsRectangle();
    const QPDFObjectHandle::Rectangle shown(std::max(box.llx, sheet.llx), std::max(box.lly, sheet.lly),
                                            std::min(box.urx, sheet.urx), std::min(box.ury, sheet.ury));
    const double least =
        std::min({trim.llx - shown.llx, trim.lly - shown.lly, shown.urx - trim.urx, shown.ury - trim.ury});
    if (least <= 0) return 0;
    dictionary.replaceKey("/BBox", QPDFObjectHandle::newFromRectangle(shown));
    const auto matrix = dictionary.getKey("/Matrix").getArrayAsMatrix();  // as form_of_page has made it
    const double unit = std::sqrt(std::abs(matrix.a * matrix.d - matrix.b * matrix.c));
    return least * unit;
}

/// The form reads the page's content when it is written, and by then the page draws the form: so its content is read
/// out now.
QPDFObjectHandle with_content_of_its_own(QPDF& pdf, QPDFObjectHandle form) {
    std::string content;
    Pl_String sink("page", nullptr, content);
    form.pipeStreamData(&sink, nullptr, 0, qpdf_dl_specialized, true, false);
    auto own = QPDFObjectHandle::newStream(&pdf, content);
    for (auto& [key, value] : form.getDict().getDictAsMap())
        if (key != "/Length" && key != "/Filter" && key != "/DecodeParms") own.getDict().replaceKey(key, value);
    return own;
}

/// The new page: the sheet as TrimBox, what is kept around it as BleedBox and MediaBox. The origin is the sheet's.
void set_boxes(QPDFObjectHandle page, const Sheet& sheet, double bleed) {
    using Box = QPDFObjectHandle::Rectangle;
    const auto around =
        QPDFObjectHandle::newFromRectangle(Box(-bleed, -bleed, sheet.width + bleed, sheet.height + bleed));
    page.replaceKey("/MediaBox", around);
    page.replaceKey("/BleedBox", around);
    page.replaceKey("/TrimBox", QPDFObjectHandle::newFromRectangle(Box(0, 0, sheet.width, sheet.height)));
}

void set_on_page(const RepairDesk& desk, QPDFObjectHandle page, QPDFObjectHandle form, const Stand& stand,
                 const Sheet& sheet) {
    QPDFMatrix place;
    place.translate((sheet.width - stand.width * stand.factor) / 2, (sheet.height - stand.height * stand.factor) / 2);
    place.scale(stand.factor, stand.factor);
    place.concat(stand.turn);
    draw_only(desk.pdf, page, with_content_of_its_own(desk.pdf, form), "q " + place.unparse() + " cm /Page Do Q\n");
    set_boxes(page, sheet, stand.kept_bleed);
}

void tell(const RepairDesk& desk, const Placing& placing, const Stand& stand, int number) {
    if (!stand.turned.empty()) desk.tell(Rotate{}, number, stand.turned);
    if (!stand.story.empty()) desk.tell(placing.scale ? Repair{*placing.scale} : Repair{Centre{}}, number, stand.story);
}

Done place(const RepairDesk& desk, const Placing& placing, QPDFPageObjectHelper page, int number) {
    const PlacedForm placed = TRY(form_of_page(page, number));
    const bool on_sheet = placing.scale || placing.centre;
    const Sheet wanted{points_of(desk.sheet.width), points_of(desk.sheet.height)};
    Stand stand{points_of(placed.size.width), points_of(placed.size.height)};
    if (on_sheet) stand.bleed = let_bleed_show(placed, page);
    if (placing.rotate) turn_as_asked(stand, *placing.rotate, wanted);
    if (placing.scale)
        scale(stand, placing.scale->to, wanted);
    else if (placing.centre)
        centre(stand, wanted);
    const bool exact = std::abs(stand.width - wanted.width) < 0.01 && std::abs(stand.height - wanted.height) < 0.01;
    if (stand.turned.empty() && stand.story.empty() && (exact || !on_sheet)) return {};
    const Sheet sheet = on_sheet ? wanted : Sheet{stand.width, stand.height};
    set_on_page(desk, page.getObjectHandle(), placed.form, stand, sheet);
    tell(desk, placing, stand, number);
    return {};
}

}  // namespace

void draw_only(QPDF& pdf, QPDFObjectHandle page, const QPDFObjectHandle& form, const std::string& operators) {
    for (const char* key : {"/CropBox", "/ArtBox", "/Rotate", "/UserUnit", "/Group", "/Annots", "/StructParents", "/AA",
                            "/Thumb", "/B", "/Tabs", "/Metadata", "/PieceInfo", "/VP"})
        page.removeKey(key);
    auto objects = QPDFObjectHandle::newDictionary(), resources = QPDFObjectHandle::newDictionary();
    objects.replaceKey("/Page", form);
    resources.replaceKey("/XObject", objects);
    page.replaceKey("/Resources", resources);
    page.replaceKey("/Contents", QPDFObjectHandle::newStream(&pdf, operators));
}

void set_trim(QPDFObjectHandle page, Size size) {
    set_boxes(std::move(page), {points_of(size.width), points_of(size.height)}, 0);
}

Done place_pages(const RepairDesk& desk, const Placing& placing) {
    QPDFPageDocumentHelper(desk.pdf)
        .pushInheritedAttributesToPage();  // what a page loses must not come back from above
    int number = 0;
    for (const QPDFObjectHandle& page : std::vector(desk.pdf.getAllPages()))
        TRY(place(desk, placing, QPDFPageObjectHelper(page), ++number));
    return {};
}

}  // namespace pli::uploads::reader
