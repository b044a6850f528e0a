#include "preflight/content_run.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

namespace pli::preflight {
namespace {

constexpr std::size_t most_operands = 1'000'000, most_saved = 10'000, most_placed = 1024;

constexpr std::uint32_t packed(std::string_view word) {
    std::uint32_t key = 0;
    for (const char c : word) key = key << 8 | static_cast<unsigned char>(c);
    return key;
}

char shape_of(TokenKind kind) {
    switch (kind) {
        case TokenKind::Number: return 'n';
        case TokenKind::Name: return 'N';
        case TokenKind::String:
        case TokenKind::HexString: return 's';
        case TokenKind::ArrayOpen: return 'a';
        case TokenKind::DictOpen: return 'd';
        default: return 'w';
    }
}

bool is_constant(std::string_view word) { return word == "true" || word == "false" || word == "null"; }

}  // namespace

/// What an operator takes: n number, N name, s string, a array, d dictionary or name, * what it checks itself.
struct ContentRun::Operator {
    std::string_view word;
    std::string_view shape;
    void (ContentRun::*run)();
    static const std::array<Operator, 72> all;
};

// clang-format off
const std::array<ContentRun::Operator, 72> ContentRun::Operator::all{{
    {"q", "", &ContentRun::save},             {"Q", "", &ContentRun::restore},
    {"cm", "nnnnnn", &ContentRun::concatenate}, {"w", "n", &ContentRun::set_line_width},
    {"J", "n", &ContentRun::nothing},         {"j", "n", &ContentRun::nothing},
    {"M", "n", &ContentRun::nothing},         {"d", "an", &ContentRun::nothing},
    {"ri", "N", &ContentRun::set_intent},     {"i", "n", &ContentRun::nothing},
    {"gs", "N", &ContentRun::set_state},
    {"m", "nn", &ContentRun::nothing},        {"l", "nn", &ContentRun::nothing},
    {"c", "nnnnnn", &ContentRun::nothing},    {"v", "nnnn", &ContentRun::nothing},
    {"y", "nnnn", &ContentRun::nothing},      {"h", "", &ContentRun::nothing},
    {"re", "nnnn", &ContentRun::add_rectangle},
    {"S", "", &ContentRun::paint_stroke},     {"s", "", &ContentRun::paint_stroke},
    {"f", "", &ContentRun::paint_fill},       {"F", "", &ContentRun::paint_fill},
    {"f*", "", &ContentRun::paint_fill},
    {"B", "", &ContentRun::paint_both},       {"B*", "", &ContentRun::paint_both},
    {"b", "", &ContentRun::paint_both},       {"b*", "", &ContentRun::paint_both},
    {"n", "", &ContentRun::end_path},
    {"W", "", &ContentRun::nothing},          {"W*", "", &ContentRun::nothing},
    {"BT", "", &ContentRun::begin_text},      {"ET", "", &ContentRun::end_text},
    {"Tc", "n", &ContentRun::nothing},        {"Tw", "n", &ContentRun::nothing},
    {"Tz", "n", &ContentRun::nothing},        {"TL", "n", &ContentRun::nothing},
    {"Tf", "Nn", &ContentRun::select_font},   {"Tr", "n", &ContentRun::set_render_mode},
    {"Ts", "n", &ContentRun::nothing},        {"Td", "nn", &ContentRun::nothing},
    {"TD", "nn", &ContentRun::nothing},       {"Tm", "nnnnnn", &ContentRun::nothing},
    {"T*", "", &ContentRun::nothing},
    {"Tj", "s", &ContentRun::show_text},      {"TJ", "a", &ContentRun::show_text},
    {"'", "s", &ContentRun::show_text},       {"\"", "nns", &ContentRun::show_text},
    {"d0", "nn", &ContentRun::glyph_width},   {"d1", "nnnnnn", &ContentRun::glyph_box},
    {"CS", "N", &ContentRun::stroke_space},   {"cs", "N", &ContentRun::fill_space},
    {"SC", "*", &ContentRun::stroke_colour},  {"SCN", "*", &ContentRun::stroke_colour},
    {"sc", "*", &ContentRun::fill_colour},    {"scn", "*", &ContentRun::fill_colour},
    {"G", "n", &ContentRun::stroke_grey},     {"g", "n", &ContentRun::fill_grey},
    {"RG", "nnn", &ContentRun::stroke_rgb},   {"rg", "nnn", &ContentRun::fill_rgb},
    {"K", "nnnn", &ContentRun::stroke_cmyk},  {"k", "nnnn", &ContentRun::fill_cmyk},
    {"sh", "N", &ContentRun::draw_shading},   {"Do", "N", &ContentRun::draw_xobject},
    {"MP", "N", &ContentRun::nothing},        {"DP", "Nd", &ContentRun::point_with},
    {"BMC", "N", &ContentRun::begin_marked},  {"BDC", "Nd", &ContentRun::begin_marked_with},
    {"EMC", "", &ContentRun::end_marked},
    {"BX", "", &ContentRun::begin_ignoring},  {"EX", "", &ContentRun::end_ignoring},
    {"PS", "*", &ContentRun::postscript},     {"BI", "*", &ContentRun::nothing},
}};
// clang-format on

const ContentRun::Operator* ContentRun::operator_named(std::string_view word) {
    using Entry = std::pair<std::uint32_t, const Operator*>;
    static const auto sorted = [] {
        std::vector<Entry> entries;
        for (const Operator& known : Operator::all) entries.emplace_back(packed(known.word), &known);
        std::sort(entries.begin(), entries.end());
        return entries;
    }();
    if (word.size() > 3) return nullptr;
    const std::uint32_t key = packed(word);
    const auto at = std::lower_bound(sorted.begin(), sorted.end(), key,
                                     [](const Entry& e, std::uint32_t k) { return e.first < k; });
    return at != sorted.end() && at->first == key ? at->second : nullptr;
}

ContentRun::ContentRun(ContentInspector& inspector, Names& names, const Setting& setting)
    : inspector_(inspector), names_(names), setting_(setting) {
    state_.overprint = setting.overprint;
    state_.width_known = setting.kind == Kind::Page;
    if (setting.kind == Kind::Page) {
        static const ColourSpace grey{ColourSpace::Kind::Grey, true, 1, {}, nullptr};
        state_.fill = state_.stroke = initial_paint(grey);
    }
}

void ContentRun::find(RuleId rule, std::string found) const {
    inspector_.inspection().find(rule, setting_.object, std::move(found));
}

void ContentRun::read(std::string_view content) {
    Lexer lexer(content);
    for (Token token = lexer.next(); token.kind != TokenKind::End; token = lexer.next()) take(token, lexer);
    finish();
}

void ContentRun::take(const Token& token, Lexer& lexer) {
    switch (token.kind) {
        case TokenKind::ArrayOpen:
        case TokenKind::DictOpen: ++depth_, nested_operands_ = true; break;
        case TokenKind::ArrayClose:
        case TokenKind::DictClose: --depth_, nested_operands_ = true; break;
        case TokenKind::Bad:
            find(RuleId::Syntax, fmt::format("the token {}", token.text));
            has_bad_token_ = true;
            return;
        case TokenKind::Word:
            if (!is_constant(token.text)) return run(token.text, lexer);
            break;
        default: break;
    }
    if (operands_.size() == most_operands) {
        find(RuleId::Syntax, "a million operands");
        operands_.clear();
    }
    operands_.push_back(token);
}

void ContentRun::run(std::string_view word, Lexer& lexer) {
    const Operator* known = operator_named(word);
    if (depth_ != 0)
        find(RuleId::Syntax, fmt::format("the operator {} within an array or dictionary", word));
    else if (known == nullptr && ignoring_ == 0)
        find(RuleId::Operator, fmt::format("the operator {}", word));
    else if (word == "BI")
        inline_image(lexer);
    else if (known != nullptr && !operands_fit(known->shape)) {
        if (!has_bad_token_)
            find(RuleId::Operands, fmt::format("{} takes {}", word, known->shape.empty() ? "nothing" : known->shape));
    } else if (known != nullptr)
        (this->*known->run)();
    operands_.clear();
    nested_operands_ = has_bad_token_ = false;
    depth_ = 0;
}

/// The operands one by one, an array or dictionary for itself.
std::vector<char> ContentRun::shape_of_operands() const {
    std::vector<char> shape;
    int depth = 0;
    for (const Token& operand : operands_) {
        const bool closes = operand.kind == TokenKind::ArrayClose || operand.kind == TokenKind::DictClose;
        const bool opens = operand.kind == TokenKind::ArrayOpen || operand.kind == TokenKind::DictOpen;
        if (depth == 0 && !closes) shape.push_back(shape_of(operand.kind));
        depth += opens ? 1 : closes ? -1 : 0;
    }
    return shape;
}

bool ContentRun::operands_fit(std::string_view shape) const {
    if (shape == "*") return true;
    const auto fits = [](char wanted, char given) { return wanted == given || (wanted == 'd' && given == 'N'); };
    if (nested_operands_) {
        const auto given = shape_of_operands();
        return std::equal(shape.begin(), shape.end(), given.begin(), given.end(), fits);
    }
    return std::equal(shape.begin(), shape.end(), operands_.begin(), operands_.end(),
                      [&](char wanted, const Token& operand) { return fits(wanted, shape_of(operand.kind)); });
}

void ContentRun::finish() {
    if (!operands_.empty()) find(RuleId::Syntax, "operands without an operator at the end");
    if (!saved_.empty()) find(RuleId::SaveRestore, fmt::format("{} q without Q", saved_.size()));
    if (text_depth_ > 0) find(RuleId::SaveRestore, "BT without ET");
    if (marked_depth_ > 0) find(RuleId::SaveRestore, "BMC or BDC without EMC");
    if (ignoring_ != 0) find(RuleId::SaveRestore, "BX and EX do not pair");
}

void ContentRun::save() {
    if (saved_.size() == most_saved)
        find(RuleId::SaveRestore, "q in q, 10,000 deep");
    else
        saved_.push_back(state_);
}

void ContentRun::restore() {
    if (saved_.empty()) return find(RuleId::SaveRestore, "Q without q");
    state_ = saved_.back();
    saved_.pop_back();
}

void ContentRun::concatenate() {
    state_.matrix = Matrix{number(0), number(1), number(2), number(3), number(4), number(5)} * state_.matrix;
}

void ContentRun::set_line_width() {
    state_.line_width = number(0);
    state_.width_known = true;
    if (number(0) < 0) find(RuleId::Operands, fmt::format("{} w", number(0)));
}

void ContentRun::set_intent() {
    check_rendering_intent(inspector_.inspection(), setting_.object, "/" + std::string(last_name()));
}

void ContentRun::set_state() {
    const ExtendedState* state = inspector_.state(names_, last_name(), setting_.object);
    if (state == nullptr) return;
    state_.overprint.fill = state->fill_overprints.value_or(state_.overprint.fill);
    state_.overprint.stroke = state->stroke_overprints.value_or(state_.overprint.stroke);
    state_.overprint.mode = state->overprint_mode.value_or(state_.overprint.mode);
    if (state->line_width) {
        state_.line_width = *state->line_width;
        state_.width_known = true;
    }
    bool is_new = false;
    if (!Object(state->font).isNull()) state_.font = inspector_.fonts().read(state->font, is_new);
}

void ContentRun::begin_text() {
    if (text_depth_ > 0) find(RuleId::SaveRestore, "BT within BT");
    ++text_depth_;
}

void ContentRun::end_text() {
    if (text_depth_ == 0) return find(RuleId::SaveRestore, "ET without BT");
    --text_depth_;
}

void ContentRun::begin_marked() { ++marked_depth_; }

void ContentRun::begin_marked_with() {
    ++marked_depth_;
    point_with();
}

void ContentRun::point_with() {
    if (!nested_operands_) inspector_.properties(names_, last_name(), setting_.object);
}

void ContentRun::end_marked() {
    if (marked_depth_ == 0) return find(RuleId::SaveRestore, "EMC without BMC");
    --marked_depth_;
}

void ContentRun::select_font() { state_.font = inspector_.font(names_, operands_[0].text, setting_.object); }

void ContentRun::set_render_mode() {
    state_.render_mode = static_cast<std::int64_t>(std::clamp(number(0), -1.0, 8.0));
    if (state_.render_mode < 0 || state_.render_mode > 7) find(RuleId::Operands, fmt::format("{} Tr", number(0)));
}

void ContentRun::show_text() {
    if (text_depth_ == 0) find(RuleId::SaveRestore, "text outside BT and ET");
    if (state_.font == nullptr && setting_.kind == Kind::Page) find(RuleId::Resource, "text without a font");
    if (state_.font != nullptr) {
        codes_.clear();
        for (const Token& operand : operands_)
            if (operand.kind == TokenKind::String || operand.kind == TokenKind::HexString)
                content::append_string_bytes(operand, codes_);
        inspector_.fonts().show(*state_.font, codes_);
    }
    const std::int64_t mode = state_.render_mode % 4;  // the upper four clip as well
    if (mode == 0 || mode == 2) check_text(state_.fill, state_.overprint.fill);
    if (mode == 1 || mode == 2) check_text(state_.stroke, state_.overprint.stroke);
}

void ContentRun::add_rectangle() {
    const double thickness = std::min(std::abs(number(2)), std::abs(number(3)));
    thinnest_rectangle_ = std::min(thinnest_rectangle_, thickness);
}

void ContentRun::end_path() { thinnest_rectangle_ = std::numeric_limits<double>::infinity(); }

void ContentRun::note_line(double width) {
    drawn_.thinnest = std::min(drawn_.thinnest, width * scale_of(state_.matrix));
}

void ContentRun::paint_fill() {
    check_ink(state_.fill);
    check_overprint_of_white(state_.fill, state_.overprint.fill);
    // A line may be drawn as a rectangle. One without any height is drawn one device pixel thick (§10.7.4).
    if (!state_.fill.white()) note_line(thinnest_rectangle_);
    end_path();
}

void ContentRun::paint_stroke() {
    check_ink(state_.stroke);
    check_overprint_of_white(state_.stroke, state_.overprint.stroke);
    if (state_.width_known && !state_.stroke.white()) note_line(state_.line_width);
    end_path();
}

void ContentRun::paint_both() {
    check_ink(state_.fill);
    paint_stroke();
}

void ContentRun::draw_xobject() {
    XObject* xobject = inspector_.xobject(names_, last_name(), setting_.object);
    if (xobject == nullptr) return;
    if (xobject->kind == XObject::Kind::Picture) place(xobject->picture);
    if (xobject->kind == XObject::Kind::Form)
        drawn_.add(inspector_.draw_form(*xobject, names_, state_.overprint), xobject->matrix * state_.matrix);
}

void ContentRun::place(const Picture& picture) {
    if (picture.mask) check_ink(state_.fill);
    if (drawn_.pictures.size() < most_placed) drawn_.pictures.push_back({picture, state_.matrix});
}

void ContentRun::draw_shading() { inspector_.shading(names_, last_name(), setting_.object); }

void ContentRun::postscript() { find(RuleId::PostScript, "the operator PS"); }

void ContentRun::glyph_box() { setting_.kind = Kind::Uncoloured; }

void ContentRun::check_ink(const Paint& paint) const {
    const double limit = inspector_.inspection().limits.total_ink;
    if (paint.known && paint.ink() > limit + 0.0005)
        find(RuleId::TotalInk, fmt::format("{:.0f} % of ink, the limit is {:.0f} %", paint.ink() * 100, limit * 100));
}

void ContentRun::check_text(const Paint& paint, bool overprints) const {
    check_ink(paint);
    check_overprint_of_white(paint, overprints);
    if (paint.registration) find(RuleId::RegistrationInk, "text in registration colour");
    if (paint.rich_black())
        find(RuleId::RichBlackText, paint.rgb_black ? "text in RGB black" : "text in black of several inks");
    if (!paint.pure_black()) return;
    // Only DeviceCMYK with mode 1 and spot colours leave other plates alone; DeviceGray is a process colour that
    // paints all of them, overprint or not (ISO 32000-1 table 149).
    const bool grey = paint.space->kind == ColourSpace::Kind::Grey, cmyk = paint.space->kind == ColourSpace::Kind::Cmyk;
    if (grey || !overprints || (cmyk && state_.overprint.mode != 1))
        find(RuleId::BlackKnocksOut, grey && overprints
                                         ? "black text in DeviceGray, which knocks out even with overprint"
                                         : "black text without overprint");
}

void ContentRun::check_overprint_of_white(const Paint& paint, bool overprints) const {
    const bool cmyk = paint.space != nullptr && paint.space->kind == ColourSpace::Kind::Cmyk && paint.space->device;
    if (cmyk && overprints && state_.overprint.mode == 1 && paint.white())
        find(RuleId::WhiteOverprints, "0 0 0 0 with overprint");
}

}  // namespace pli::preflight
