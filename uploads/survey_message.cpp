#include "uploads/survey_message.hpp"

#include <cmath>
#include <concepts>

namespace pli::uploads {
namespace {

template <class Given, class Type>
concept Any = std::same_as<std::remove_const_t<Given>, Type>;

// One list of members serves both directions, so that they cannot part: `each(way, value)` hands every member of
// `value` to `way`, which writes or reads it.
void each(auto& way, Any<Point> auto& v) { way(v.x, v.y); }
void each(auto& way, Any<Size> auto& v) { way(v.width, v.height); }
void each(auto& way, Any<Rect> auto& v) { way(v.origin, v.size); }
void each(auto& way, Any<Edges> auto& v) { way(v.top, v.right, v.bottom, v.left); }
void each(auto& way, Any<PageColour> auto& v) { way(v.ink, v.calibrated, v.count, v.parts, v.name); }
void each(auto& way, Any<Blend> auto& v) { way(v.opacity, v.plain, v.overprints); }
void each_of_mark(auto& way, auto& v) { way(v.box, v.colour, v.blend, v.order, v.visible); }
void each(auto& way, Any<TextMark> auto& v) {
    each_of_mark(way, v);
    way(v.baseline, v.degrees, v.size, v.text, v.text_known, v.font, v.outlined);
}
void each(auto& way, Any<PathMark> auto& v) {
    each_of_mark(way, v);
    way(v.filled, v.stroke, v.stroke_colour);
}
void each(auto& way, Any<PictureMark> auto& v) {
    each_of_mark(way, v);
    way(v.columns, v.rows, v.bits, v.pixels_per_inch_x, v.pixels_per_inch_y);
    way(v.stencil, v.masked, v.inlined, v.coding);
}
void each(auto& way, Any<FontFact> auto& v) {
    way(v.name, v.kind, v.embedded, v.standard_14, v.subset, v.to_unicode);
    way(v.serif, v.fixed_pitch, v.italic, v.weight);
}
void each(auto& way, Any<AnnotationFact> auto& v) { way(v.kind, v.box, v.prints); }
void each(auto& way, Any<RawBox> auto& v) { way(v.name, v.corners); }
void each(auto& way, Any<PageFacts> auto& v) {
    way(v.size, v.boxes, v.rotation, v.user_unit, v.bleed_room, v.bleed, v.transparency);
    way(v.texts, v.paths, v.pictures, v.annotations, v.truncated, v.damaged);
}
void each(auto& way, Any<LayerFact> auto& v) { way(v.name, v.hidden, v.screen_differs); }
void each(auto& way, Any<OutputIntentFact> auto& v) { way(v.condition, v.subtype, v.components); }
void each(auto& way, Any<FieldFact> auto& v) { way(v.name, v.kind, v.value); }
void each(auto& way, Any<Permissions> auto& v) { way(v.print, v.print_well, v.change, v.copy); }
void each(auto& way, Any<DocumentFacts> auto& v) {
    way(v.version, v.producer, v.creator, v.pages, v.encrypted, v.permissions);
    way(v.scripts, v.launches, v.outside_actions, v.external_streams, v.signatures, v.xfa, v.linearised);
    way(v.embedded_files, v.layers, v.output_intents, v.fields, v.fonts, v.inks, v.truncated);
}
void each(auto& way, Any<Survey> auto& v) { way(v.document, v.pages); }

class Writing {
public:
    explicit Writing(std::string& out) : out_(out) {}
    void operator()(const auto&... values) { (one(values), ...); }

private:
    void one(Length length) { put(out_, length.nm()); }
    void one(const std::string& text) { put_text(out_, text); }
    template <class Value>
    void one(const std::vector<Value>& values) {
        put(out_, std::uint64_t{values.size()});
        for (const Value& value : values) one(value);
    }
    template <class Value, std::size_t Count>
    void one(const std::array<Value, Count>& values) {
        for (const Value& value : values) one(value);
    }
    template <class Value>
    void one(const std::optional<Value>& value) {
        put(out_, static_cast<std::uint8_t>(value.has_value()));
        if (value) one(*value);
    }
    template <class Value>
    void one(const Value& value) {
        if constexpr (std::is_class_v<Value>)
            each(*this, value);
        else
            put(out_, value);
    }
    std::string& out_;
};

class Reading {
public:
    explicit Reading(Reader& in) : in_(in) {}
    void operator()(auto&... values) { (one(values), ...); }

private:
    /// Sums of lengths below 1 km stay far from overflow.
    void one(Length& length) {
        constexpr std::int64_t most = 1'000'000'000'000;
        const auto nm = in_.number<std::int64_t>();
        in_.refuse_unless(nm > -most && nm < most);
        length = Length::nm(in_.broken() ? 0 : nm);
    }
    void one(std::string& text) { text = in_.text(); }
    void one(bool& value) { value = in_.number<std::uint8_t>() != 0; }
    void one(Ink& value) { one_of(value, Ink::Unknown); }
    void one(FontKind& value) { one_of(value, FontKind::Unknown); }
    template <class Value>
    void one(std::vector<Value>& values) {
        const std::size_t count = in_.count(1);
        for (std::size_t i = 0; i < count && !in_.broken(); ++i) one(values.emplace_back());
    }
    template <class Value, std::size_t Count>
    void one(std::array<Value, Count>& values) {
        for (Value& value : values) one(value);
    }
    template <class Value>
    void one(std::optional<Value>& value) {
        if (in_.number<std::uint8_t>() != 0) one(value.emplace());
    }
    template <class Value>
    void one(Value& value) {
        if constexpr (std::is_class_v<Value>)
            each(*this, value);
        else
            value = in_.number<Value>();
        if constexpr (std::is_floating_point_v<Value>) in_.refuse_unless(std::isfinite(value));
    }
    template <class Value>
    void one_of(Value& value, Value last) {
        value = in_.number<Value>();
        in_.refuse_unless(value <= last);
    }
    Reader& in_;
};

bool known_colour(const PageColour& colour, const DocumentFacts& document) {
    return colour.count <= colour.parts.size() &&
           (colour.name == PageColour::unnamed || colour.name < document.inks.size());
}

/// Whoever uses an index need not ask whether there is such a thing.
bool points_somewhere(const PageFacts& page, const DocumentFacts& document) {
    bool good = page.size.width > Length{} && page.size.height > Length{};
    for (const TextMark& mark : page.texts)
        good = good && known_colour(mark.colour, document) && mark.font < document.fonts.size();
    for (const PathMark& mark : page.paths)
        good = good && known_colour(mark.colour, document) && known_colour(mark.stroke_colour, document);
    for (const PictureMark& mark : page.pictures) good = good && known_colour(mark.colour, document);
    return good;
}

}  // namespace

void put_survey(std::string& out, const Survey& survey) {
    Writing way(out);
    each(way, survey);
}

Survey read_survey(Reader& in) {
    Survey survey;
    Reading way(in);
    each(way, survey);
    for (const PageFacts& page : survey.pages) in.refuse_unless(points_somewhere(page, survey.document));
    return survey;
}

}  // namespace pli::uploads
