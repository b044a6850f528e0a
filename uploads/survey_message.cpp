#include "uploads/survey_message.hpp"

namespace pli::uploads {

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
    way(v.name, v.kind, v.embedded, v.standard_14, v.stand_in, v.subset, v.to_unicode);
    way(v.serif, v.fixed_pitch, v.italic, v.weight);
}
void each(auto& way, Any<AnnotationFact> auto& v) { way(v.kind, v.box, v.prints); }
void each(auto& way, Any<RawBox> auto& v) { way(v.name, v.corners); }
void each(auto& way, Any<PlaceholderFact> auto& v) {
    way(v.text, v.box, v.baseline, v.size, v.colour, v.font, v.align, v.room_left, v.room_right, v.fillable);
}
void each(auto& way, Any<PageFacts> auto& v) {
    way(v.size, v.boxes, v.rotation, v.user_unit, v.bleed_room, v.bleed, v.transparency);
    way(v.texts, v.paths, v.pictures, v.annotations, v.placeholders, v.truncated, v.damaged);
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

namespace {

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
    for (const PlaceholderFact& fact : page.placeholders)
        good = good && known_colour(fact.colour, document) && fact.font < document.fonts.size();
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
