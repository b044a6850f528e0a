#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>

#include "layouts/compiler.hpp"
#include "layouts/type_features.hpp"

namespace pli::layouts {
namespace {

TypeSpec default_type() {
    TypeSpec type;
    type.font = "Noto Sans";
    type.size = 10.5_pt;
    type.gap = 6_pt;
    type.colour = "black";
    return type;
}

std::uint16_t ink(double part) { return static_cast<std::uint16_t>(std::lround(std::clamp(part, 0.0, 1.0) * 1000)); }

/// The per cents of "k(60)" or "cmyk(0, 80, 90, 10)"; empty for any other text.
std::vector<double> per_cents(std::string_view text, std::string_view function) {
    std::vector<double> parts;
    const bool framed = text.size() > function.size() + 2 && text.substr(0, function.size()) == function &&
                        text[function.size()] == '(' && text.back() == ')';
    if (!framed) return parts;
    const char* at = text.data() + function.size() + 1;
    const char* const end = text.data() + text.size() - 1;
    while (at < end) {
        double part = 0;
        const auto read = std::from_chars(at, end, part);
        if (read.ec != std::errc{}) return {};
        parts.push_back(part / 100);
        at = read.ptr;
        while (at < end && (*at == ',' || *at == ' ')) ++at;
    }
    return parts;
}

/// "#1a2b3c" as ink, by the plain conversion. Grey becomes black ink, never four inks.
std::optional<Colour> hex_colour(std::string_view text) {
    if (text.size() != 7 || text.front() != '#') return {};
    unsigned value = 0;
    const auto read = std::from_chars(text.data() + 1, text.data() + 7, value, 16);
    if (read.ec != std::errc{} || read.ptr != text.data() + 7) return {};
    const double red = (value >> 16) / 255.0, green = (value >> 8 & 255) / 255.0, blue = (value & 255) / 255.0;
    const double most = std::max({red, green, blue});
    if (red == green && green == blue) return Colour::grey(ink(1 - most));
    const auto part = [&](double light) { return ink((most - light) / most); };
    return Colour::cmyk(part(red), part(green), part(blue), ink(1 - most));
}

std::optional<Colour> written_colour(std::string_view text) {
    const auto black = per_cents(text, "k"), inks = per_cents(text, "cmyk");
    if (black.size() == 1) return Colour::grey(ink(black[0]));
    if (inks.size() == 4) return Colour::cmyk(ink(inks[0]), ink(inks[1]), ink(inks[2]), ink(inks[3]));
    return hex_colour(text);
}

}  // namespace

Length TypeBook::leading(const TypeSpec& type) { return type.leading.value_or(type.size->scaled(1.2)); }

TypeSpec TypeBook::named(const std::string& style, const std::string& pointer) const {
    const auto found = shop_.design.styles.find(style);
    if (found != shop_.design.styles.end()) return found->second;
    FieldNames names;
    for (const auto& [name, _] : shop_.design.styles) names.names.push_back(name);
    const auto near = closest_name(style, names);
    const bool known = names.index_of(near) >= 0;
    shop_.findings.error("unknown-style", pointer, fmt::format("there is no style \"{}\"", style),
                         known ? fmt::format("did you mean \"{}\"?", near) : "define it in \"styles\"");
    return {};
}

TypeSpec TypeBook::type_of(const BlockSpec& block) const {
    const TypeSpec below = shop_.design.base.over(default_type());
    if (block.style.empty()) return block.type.over(below);
    return block.type.over(named(block.style, pointer_to(block.pointer, "style")).over(below));
}

Colour TypeBook::spot(const ColourSpec& spec) {
    auto& spots = shop_.workshop.assets.spots;
    const auto same = [&](const Spot& s) { return s.name == spec.spot && s.alternate == spec.alternate; };
    auto at = std::find_if(spots.begin(), spots.end(), same);
    if (at == spots.end()) at = spots.insert(at, {spec.spot, spec.alternate});
    Colour colour = spec.ink;
    colour.spot = static_cast<std::uint16_t>(at - spots.begin());
    return colour;
}

Colour TypeBook::colour(const std::string& name, const std::string& pointer) {
    if (name == "black") return Colour::black();
    if (name == "white") return Colour::grey(0);
    if (const auto found = shop_.upload_colours.find(name); found != shop_.upload_colours.end())
        return found->second.spot.empty() ? found->second.ink : spot(found->second);
    Colour colour;
    if (const auto own = shop_.design.colours.find(name); own != shop_.design.colours.end())
        colour = own->second.spot.empty() ? own->second.ink : spot(own->second);
    else if (const auto written = written_colour(name))
        colour = *written;
    else
        shop_.findings.error("unknown-colour", pointer, fmt::format("there is no colour \"{}\"", name),
                             R"-(define it in "colours", or write "k(60)", "cmyk(0,80,90,10)" or "#1a2b3c")-");
    if (colour.space != Colour::Space::K) shop_.state.production.colour = true;
    check_ink(shop_, colour, name, pointer);
    return colour;
}

/// What the face found is not, or cannot do, of what was asked for: the letter is set all the same.
void TypeBook::compare(const TypeSpec& type, const fonts::FaceQuery& query, fonts::ChainId chain) {
    const auto& face = shop_.workshop.fonts.face(shop_.workshop.fonts.faces_of(chain).front());
    const bool boldness = (query.weight >= 600) != (face.weight >= 600) || query.italic != face.italic;
    if (boldness)
        shop_.findings.warning(
            "font-style", type.pointer,
            fmt::format("\"{}\" has no {}{} face; {} is used", *type.font, query.weight >= 600 ? "bold" : "regular",
                        query.italic ? " italic" : "", face.style));
    else if (type.wishes.weight && query.weight != face.weight)
        shop_.findings.warning(
            "font-style", type.pointer,
            fmt::format("\"{}\" has no weight {}; {} ({}) is used", *type.font, query.weight, face.style, face.weight));
    for (const std::string& feature : shop_.workshop.fonts.missing_features(chain))
        shop_.findings.warning(
            "font-feature", type.pointer,
            fmt::format("\"{}\" has no {}; the text is set without", *type.font, feature_in_words(feature)));
}

Result<fonts::ChainId> TypeBook::chain(const TypeSpec& type) {
    const fonts::FaceQuery query = face_query(type);
    const auto setting = text_setting(type, type.locale.value_or(shop_.design.locale));
    const auto chain = TRY(shop_.workshop.fonts.chain(query, setting));
    if (!type.wishes.instance) compare(type, query, chain);
    return chain;
}

std::uint16_t TypeBook::style(const TypeSpec& type) {
    const auto id = chain(type);
    if (!id) {
        shop_.findings.failed("missing-font", pointer_to(type.pointer, "font"), id.error());
        return 0;
    }
    const Colour ink = colour(*type.colour, pointer_to(type.pointer, "colour"));
    auto& styles = shop_.state.styles;
    const bool underlined = type.underline.value_or(false);
    const auto same = [&](const TypeStyle& s) {
        return s.chain == *id && s.size == *type.size && s.colour == ink && s.underline == underlined;
    };
    const auto at = std::find_if(styles.begin(), styles.end(), same);
    if (at == styles.end()) {
        const Length tracking = type.size->scaled(type.wishes.tracking.value_or(0) / 1000.0);
        styles.push_back({*id, *type.size, ink, underlined, tracking, {}, {}, {}, {}});
        return static_cast<std::uint16_t>(styles.size() - 1);
    }
    return static_cast<std::uint16_t>(at - styles.begin());
}

}  // namespace pli::layouts
