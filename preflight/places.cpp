#include "preflight/places.hpp"

#include <fmt/format.h>

#include <array>
#include <charconv>

#include "preflight/csv.hpp"

namespace pli::preflight {
namespace {

using Fields = std::vector<std::string>;

const std::string& field(const Fields& fields, std::size_t column) {
    static const std::string none;
    return column < fields.size() ? fields[column] : none;
}

constexpr std::string_view header = "what,template,side,cell,x,y,width,height,turned";
enum Column : std::uint8_t { What, Template, Side, Cell, Left, Turned = 8 };

std::optional<Rect> rect_of(const Fields& fields) {
    std::array<Length, 4> sides;
    for (std::size_t i = 0; i < sides.size(); ++i) {
        const std::string& text = field(fields, Left + i);
        double mm = 0;
        const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), mm);
        if (error != std::errc{} || end != text.data() + text.size() || !(mm > -2000 && mm < 2000)) return std::nullopt;
        sides[i] = Length::mm(mm);
    }
    if (sides[2] <= Length{} || sides[3] <= Length{}) return std::nullopt;
    return Rect{{sides[0], sides[1]}, {sides[2], sides[3]}};
}

/// Cells come numbered from 1, each side for itself.
bool take_cell(const Fields& fields, const Rect& box, Places& places) {
    auto& cells = field(fields, Side) == "back" ? places.backs : places.fronts;
    cells.push_back({box, field(fields, Turned) == "yes"});
    return field(fields, Cell) == std::to_string(cells.size());
}

bool take(const Fields& fields, Places& places) {
    const std::string& what = field(fields, What);
    const auto box = rect_of(fields);
    if (!box) return false;
    if (what == "cell") return take_cell(fields, *box, places);
    auto& of_template = places.templates[field(fields, Template)];
    if (what == "sheet-code") of_template.sheet_code = box;
    if (what == "window") of_template.window = box;
    return true;  // what this version does not know it does not look at
}

}  // namespace

Rect CellPlace::on_side(const Rect& on_letter) const {
    if (!turned) return {{box.left() + on_letter.left(), box.top() + on_letter.top()}, on_letter.size};
    return {{box.right() - on_letter.right(), box.bottom() - on_letter.bottom()}, on_letter.size};
}

Result<Places> Places::parse(std::string_view csv) {
    Places places;
    Fields fields;
    if (!take_record(csv, fields) || fmt::format("{}", fmt::join(fields, ",")) != header)
        return failure(Fault::BadInput, "line 1", fmt::format("expected the columns {}", header));
    for (int row = 2; !csv.empty(); ++row)
        if (!take_record(csv, fields) || !take(fields, places))
            return failure(Fault::BadInput, fmt::format("row {}", row), "a place that cannot be read");
    if (places.fronts.empty() || (!places.backs.empty() && places.backs.size() != places.fronts.size()))
        return failure(Fault::BadInput, "",
                       fmt::format("{} cells on fronts, {} on backs", places.fronts.size(), places.backs.size()));
    return places;
}

const TemplatePlaces& Places::of(const std::string& template_name) const {
    static const TemplatePlaces none;
    const auto found = templates.find(template_name);
    return found == templates.end() ? none : found->second;
}

}  // namespace pli::preflight
