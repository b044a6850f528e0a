#include <charconv>

#include "pipeline/press_layout.hpp"
#include "service/print_house.hpp"
#include "service/settings.hpp"

namespace pli::service {
namespace {

using pipeline::Heads, pipeline::Method, pipeline::PressScheme, pipeline::Turn;

constexpr std::pair<double, double> sheet_limits{20, 2000}, margin_limits{0, 100};

std::optional<double> number(std::string_view words) {
    double value = 0;
    const auto [end, error] = std::from_chars(words.data(), words.data() + words.size(), value);
    if (error != std::errc{} || end != words.data() + words.size()) return std::nullopt;
    return value;
}

/// "A x B" with or without spaces, as two numbers.
std::optional<std::pair<double, double>> pair_from(std::string_view words) {
    const auto cross = words.find_first_of("xX");
    if (cross == std::string_view::npos) return std::nullopt;
    const auto trimmed = [](std::string_view word) {
        while (word.starts_with(' ')) word.remove_prefix(1);
        while (word.ends_with(' ')) word.remove_suffix(1);
        return word;
    };
    const auto first = number(trimmed(words.substr(0, cross))), second = number(trimmed(words.substr(cross + 1)));
    if (!first || !second) return std::nullopt;
    return std::pair{*first, *second};
}

bool within(double value, std::pair<double, double> limits) { return value >= limits.first && value <= limits.second; }

void read_roll(Settings& settings, PressScheme& scheme) {
    scheme.paper = PressScheme::Paper::Roll;
    settings.length("press", "web_mm", scheme.sheet.width, sheet_limits);
    settings.length("press", "cut_off_mm", scheme.sheet.height, sheet_limits);
    if (!settings.has("press", "web_mm"))
        settings.complain("press", "sheet", "a roll needs its width", "add: web_mm = 520");
}

void read_paper(Settings& settings, PressScheme& scheme) {
    std::string words = "letter", orientation;
    settings.text("press", "sheet", words);
    settings.text("press", "orientation", orientation);
    if (words == "letter") return;
    if (words == "roll") return read_roll(settings, scheme);
    const auto sheet = sheet_from(words);
    if (!sheet)
        return settings.complain(
            "press", "sheet", "\"" + words + "\" is no sheet",
            "write \"letter\", \"roll\", a name such as SRA3, A3, B2, or millimetres: \"707x500\"");
    scheme.paper = PressScheme::Paper::Sheet;
    scheme.sheet = *sheet;
    const bool by_name = pipeline::named_sheet(words).has_value();
    if (by_name) scheme.orientation = PressScheme::Orientation::WhicheverHoldsMore;
    if (orientation.empty()) return;
    if (orientation != "landscape" && orientation != "portrait")
        return settings.complain("press", "orientation", "\"" + orientation + "\" is not known",
                                 "write \"landscape\" or \"portrait\"");
    const bool wide = sheet->width >= sheet->height;
    if (wide != (orientation == "landscape")) scheme.sheet = {sheet->height, sheet->width};
    scheme.orientation = PressScheme::Orientation::AsGiven;
}

/// Named letter sizes stand upright.
void read_letter(Settings& settings, PressScheme& scheme) {
    std::string words;
    settings.text("press", "letter", words);
    if (words.empty()) return;
    const auto size = words == "letter" ? std::optional(Size{Length::mm(215.9), Length::mm(279.4)}) : sheet_from(words);
    if (!size)
        return settings.complain("press", "letter", "\"" + words + "\" is no size of a letter",
                                 "write A4, A5, letter, or millimetres: \"210x297\"");
    const bool lies = pipeline::named_sheet(words).has_value();
    scheme.letter = lies ? Size{size->height, size->width} : *size;
}

void read_grid(Settings& settings, PressScheme& scheme) {
    std::string words;
    settings.text("press", "up", words);
    auto& arrangement = scheme.arrangement;
    arrangement.columns = arrangement.rows = 0;
    if (scheme.paper == PressScheme::Paper::Letter) arrangement.columns = arrangement.rows = 1;
    if (words.empty()) return;
    const auto grid = words == "1" ? std::optional(std::pair{1u, 1u}) : grid_from(words);
    if (!grid)
        return settings.complain("press", "up", "\"" + words + "\" is no grid",
                                 "write columns and rows, 1 to 16 of each: \"2x1\"");
    if (scheme.paper == PressScheme::Paper::Letter && *grid != std::pair{1u, 1u})
        return settings.complain("press", "up", words + " needs a press sheet", "add: sheet = \"SRA3\"");
    std::tie(arrangement.columns, arrangement.rows) = *grid;
}

/// A convertible press turns sheets head to foot to perfect them; a web goes on and is turned on its length.
void read_turn(Settings& settings, PressScheme& scheme) {
    const bool roll = scheme.paper == PressScheme::Paper::Roll;
    const std::array turns{std::pair<std::string_view, Turn>{"work-and-turn", Turn::SideToSide},
                           std::pair<std::string_view, Turn>{"work-and-tumble", Turn::HeadToFoot},
                           std::pair<std::string_view, Turn>{"sheetwise", Turn::SideToSide},
                           std::pair<std::string_view, Turn>{"perfecting", roll ? Turn::SideToSide : Turn::HeadToFoot}};
    settings.choice("press", "turn", scheme.arrangement.turn, turns);
    if (roll && scheme.arrangement.turn == Turn::HeadToFoot)
        settings.complain("press", "turn", "a web cannot be turned head to foot",
                          "write \"work-and-turn\" or \"perfecting\"");
}

void read_distances(Settings& settings, PressScheme& scheme) {
    settings.length("press", "bleed_mm", scheme.bleed, margin_limits);
    // Where letters bleed, each is cut on its own; else one cut parts them.
    scheme.gutter = 2 * scheme.bleed;
    settings.length("press", "gutter_mm", scheme.gutter, margin_limits);
    settings.length("press", "edge_mm", scheme.edge, margin_limits);
}

void read_marks(Settings& settings, PressScheme& scheme) {
    auto& marks = scheme.marks;
    settings.lengths("press", "folds_mm", marks.folds, {1, scheme.letter.height.to_mm() - 1});
    if (!settings.has("press", "marks") && marks.folds.empty()) return;
    marks.wanted = true;
    std::vector<std::string> names;
    settings.texts("press", "marks", names);
    if (!settings.has("press", "marks")) return;
    marks.crop = marks.slug = false;
    for (const auto& name : names) {
        if (name == "crop")
            marks.crop = true;
        else if (name == "slug")
            marks.slug = true;
        else if (name == "registration")
            marks.registration = true;
        else if (name == "colour-bar")
            marks.colour_bar = true;
        else
            settings.complain("press", "marks", "\"" + name + "\" is not known",
                              "known are: crop, slug, registration, colour-bar");
    }
}

/// Whether all of it goes onto the sheet; columns and rows that were left open are settled.
void lay_out(Settings& settings, PressScheme& scheme) {
    auto layout = pipeline::lay_out_press(scheme);
    if (layout) return;
    const bool marks = layout.error().where == "marks";
    const std::string key = marks ? "marks" : settings.has("press", "up") ? "up" : "sheet";
    settings.complain("press", key, layout.error().message, layout.error().remedy);
}

}  // namespace

std::optional<Size> sheet_from(std::string_view words) {
    if (const auto named = pipeline::named_sheet(words)) return named;
    const auto sides = pair_from(words);
    if (!sides || !within(sides->first, sheet_limits) || !within(sides->second, sheet_limits)) return std::nullopt;
    return Size{Length::mm(sides->first), Length::mm(sides->second)};
}

std::optional<std::pair<std::uint32_t, std::uint32_t>> grid_from(std::string_view words) {
    const auto sides = pair_from(words);
    const auto whole = [](double value) { return value >= 1 && value <= 16 && value == static_cast<int>(value); };
    if (!sides || !whole(sides->first) || !whole(sides->second)) return std::nullopt;
    return std::pair{static_cast<std::uint32_t>(sides->first), static_cast<std::uint32_t>(sides->second)};
}

PressScheme read_press(Settings& settings) {
    constexpr std::array methods{std::pair<std::string_view, Method>{"cut-and-stack", Method::CutAndStack},
                                 std::pair<std::string_view, Method>{"in-sequence", Method::InSequence},
                                 std::pair<std::string_view, Method>{"step-and-repeat", Method::StepAndRepeat}};
    constexpr std::array heads{std::pair<std::string_view, Heads>{"upright", Heads::Upright},
                               std::pair<std::string_view, Heads>{"heads-together", Heads::Together},
                               std::pair<std::string_view, Heads>{"feet-together", Heads::FeetTogether}};
    PressScheme scheme;
    read_letter(settings, scheme);
    read_paper(settings, scheme);
    read_grid(settings, scheme);
    settings.choice("press", "imposition", scheme.arrangement.method, methods);
    settings.count("press", "pile_depth", scheme.arrangement.depth);
    read_turn(settings, scheme);
    settings.choice("press", "heads", scheme.heads, heads);
    read_distances(settings, scheme);
    read_marks(settings, scheme);
    lay_out(settings, scheme);
    return scheme;
}

}  // namespace pli::service
