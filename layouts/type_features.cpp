#include "layouts/type_features.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

namespace pli::layouts {
namespace {

struct NamedFeature {
    std::string_view tag, words;
};

constexpr std::array named_features{NamedFeature{"lnum", "lining figures"},
                                    NamedFeature{"onum", "old-style figures"},
                                    NamedFeature{"tnum", "tabular figures"},
                                    NamedFeature{"pnum", "proportional figures"},
                                    NamedFeature{"smcp", "small capitals"},
                                    NamedFeature{"c2sc", "small capitals for capitals"},
                                    NamedFeature{"dlig", "discretionary ligatures"},
                                    NamedFeature{"frac", "fractions"},
                                    NamedFeature{"sups", "superscripts"},
                                    NamedFeature{"case", "forms for capitals"}};

template <class Choice>
std::optional<Choice> read_choice(ObjectReader& reader, std::string_view key,
                                  const std::vector<std::string_view>& choices) {
    const auto found = reader.choice(key, choices);
    return found ? std::optional(static_cast<Choice>(*found)) : std::nullopt;
}

const nlohmann::json& at(ObjectReader& reader, const std::string& pointer) {
    return reader.findings().source().value().at(nlohmann::json::json_pointer(pointer));
}

std::optional<std::vector<fonts::Feature>> read_features(ObjectReader& reader) {
    if (!reader.has("features")) return std::nullopt;
    std::vector<fonts::Feature> features;
    for (const auto& pointer : reader.list("features")) {
        const auto& written = at(reader, pointer);
        const auto feature =
            written.is_string() ? fonts::read_feature(written.get<std::string>()) : std::optional<fonts::Feature>();
        if (feature) features.push_back(*feature);
        if (!feature)
            reader.findings().error("font-feature", pointer, "this is no OpenType feature",
                                    R"(write its tag, such as "ss01", "-liga" to switch it off, "salt=2" for a form)");
    }
    return features;
}

std::optional<std::vector<fonts::AxisValue>> read_axes(ObjectReader& reader) {
    if (!reader.has("axes")) return std::nullopt;
    std::vector<fonts::AxisValue> axes;
    for (const auto& [name, pointer] : reader.members("axes")) {
        const auto& value = at(reader, pointer);
        if (value.is_number() && name.size() == 4) axes.push_back({name, value.get<double>()});
        if (!value.is_number() || name.size() != 4)
            reader.findings().error("font-axis", pointer, "an axis is four letters and a number",
                                    R"(such as {"opsz": 12})");
    }
    return axes;
}

std::optional<int> read_tracking(ObjectReader& reader) {
    const auto thousandths = reader.number("tracking");
    if (!thousandths) return std::nullopt;
    if (*thousandths >= -200 && *thousandths <= 1000) return static_cast<int>(std::lround(*thousandths));
    reader.findings().error("tracking", reader.pointer("tracking"), "tracking goes from -200 to 1000",
                            "it is in thousandths of the type size");
    return std::nullopt;
}

class Switches {
public:
    void on(std::string_view tag) { features_.push_back(*fonts::read_feature(tag)); }
    void off(std::string_view tag) { features_.push_back({fonts::read_feature(tag)->tag, 0}); }
    std::vector<fonts::Feature> take() { return std::move(features_); }

private:
    std::vector<fonts::Feature> features_;
};

void switch_ligatures(Switches& switches, std::optional<Ligatures> ligatures) {
    if (ligatures == Ligatures::None)
        for (const char* tag : {"liga", "clig", "dlig", "hlig"}) switches.off(tag);
    if (ligatures == Ligatures::Discretionary) switches.on("dlig");
}

}  // namespace

void FontWishes::fill_from(const FontWishes& below) {
    const auto fill = [](auto& mine, const auto& theirs) {
        if (!mine) mine = theirs;
    };
    fill(weight, below.weight);
    fill(width, below.width);
    fill(instance, below.instance);
    fill(axes, below.axes);
    fill(figures, below.figures);
    fill(figure_width, below.figure_width);
    fill(caps, below.caps);
    fill(ligatures, below.ligatures);
    fill(kerning, below.kerning);
    fill(features, below.features);
    fill(tracking, below.tracking);
}

FontWishes read_font_wishes(ObjectReader& reader) {
    FontWishes wishes;
    wishes.weight = reader.whole("weight", 1, 1000);
    wishes.width = reader.whole("width", 50, 200);
    wishes.instance = reader.text("instance");
    wishes.axes = read_axes(reader);
    wishes.figures = read_choice<Figures>(reader, "figures", {"normal", "lining", "old-style"});
    wishes.figure_width = read_choice<FigureWidth>(reader, "figure_width", {"normal", "tabular", "proportional"});
    wishes.caps = read_choice<Caps>(reader, "caps", {"normal", "small", "all-small"});
    wishes.ligatures = read_choice<Ligatures>(reader, "ligatures", {"none", "common", "discretionary"});
    wishes.kerning = reader.flag("kerning");
    wishes.features = read_features(reader);
    wishes.tracking = read_tracking(reader);
    return wishes;
}

fonts::FaceQuery face_query(const TypeSpec& type) {
    fonts::FaceQuery query{*type.font, type.bold.value_or(false) ? 700 : 400, type.italic.value_or(false)};
    query.weight = type.wishes.weight.value_or(query.weight);
    query.width = type.wishes.width.value_or(query.width);
    query.instance = type.wishes.instance.value_or("");
    query.axes = type.wishes.axes.value_or(std::vector<fonts::AxisValue>{});
    return query;
}

fonts::TextSetting text_setting(const TypeSpec& type, std::string_view locale) {
    const FontWishes& wishes = type.wishes;
    Switches switches;
    if (wishes.figures == Figures::Lining) switches.on("lnum");
    if (wishes.figures == Figures::OldStyle) switches.on("onum");
    if (wishes.figure_width == FigureWidth::Tabular) switches.on("tnum");
    if (wishes.figure_width == FigureWidth::Proportional) switches.on("pnum");
    if (wishes.caps == Caps::Small || wishes.caps == Caps::AllSmall) switches.on("smcp");
    if (wishes.caps == Caps::AllSmall) switches.on("c2sc");
    switch_ligatures(switches, wishes.ligatures);
    if (wishes.kerning == false) switches.off("kern");
    fonts::TextSetting setting{switches.take(), wishes.tracking.value_or(0), std::string(locale)};
    if (wishes.features)
        setting.features.insert(setting.features.end(), wishes.features->begin(), wishes.features->end());
    return setting;
}

std::string feature_in_words(std::string_view tag) {
    const auto named = std::find_if(named_features.begin(), named_features.end(),
                                    [&](const NamedFeature& feature) { return feature.tag == tag; });
    return named == named_features.end() ? fmt::format("feature \"{}\"", tag)
                                         : fmt::format("{} ({})", named->words, tag);
}

}  // namespace pli::layouts
