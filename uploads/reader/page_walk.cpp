#include "uploads/reader/page_walk.hpp"

#include <algorithm>
#include <array>

#include "uploads/reader/pdf_values.hpp"

namespace pli::uploads::reader {
namespace {

constexpr int deepest = 28;
constexpr std::size_t most_saved = 512;
constexpr std::size_t most_operands = 200'000;

}  // namespace

struct PageWalk::Operator {
    std::string_view name;
    void (*perform)(PageWalk&);
};

/// Sorted by name. Operators that leave no mark and change no mark (m of marked points, d0, ri, i ...) are not here.
const std::vector<PageWalk::Operator> PageWalk::operators{
    {"\"", [](PageWalk& w) { w.show_with_spacing(); }},
    {"'", [](PageWalk& w) { w.show_on_next_line(); }},
    {"B", [](PageWalk& w) { w.paint_path(true, true); }},
    {"B*", [](PageWalk& w) { w.paint_path(true, true); }},
    {"BDC", [](PageWalk& w) { w.begin_marked_with(); }},
    {"BMC", [](PageWalk& w) { w.begin_marked(); }},
    {"BT", [](PageWalk& w) { w.begin_text(); }},
    {"CS", [](PageWalk& w) { w.stroke_space(); }},
    {"Do", [](PageWalk& w) { w.draw_object(); }},
    {"EMC", [](PageWalk& w) { w.end_marked(); }},
    {"ET", [](PageWalk& w) { w.end_text(); }},
    {"F", [](PageWalk& w) { w.paint_path(true, false); }},
    {"G", [](PageWalk& w) { w.device_colour("/DeviceGray", true); }},
    {"ID", [](PageWalk& w) { w.inline_picture(); }},
    {"K", [](PageWalk& w) { w.device_colour("/DeviceCMYK", true); }},
    {"Q", [](PageWalk& w) { w.restore(); }},
    {"RG", [](PageWalk& w) { w.device_colour("/DeviceRGB", true); }},
    {"S", [](PageWalk& w) { w.paint_path(false, true); }},
    {"SC", [](PageWalk& w) { w.stroke_components(); }},
    {"SCN", [](PageWalk& w) { w.stroke_components(); }},
    {"T*", [](PageWalk& w) { w.next_line(); }},
    {"TD", [](PageWalk& w) { w.move_line_and_lead(); }},
    {"TJ", [](PageWalk& w) { w.show_pieces(); }},
    {"TL", [](PageWalk& w) { w.state_.text.leading = w.number(0); }},
    {"Tc", [](PageWalk& w) { w.state_.text.character_space = w.number(0); }},
    {"Td", [](PageWalk& w) { w.move_line(); }},
    {"Tf", [](PageWalk& w) { w.set_font(); }},
    {"Tj", [](PageWalk& w) { w.show(); }},
    {"Tm", [](PageWalk& w) { w.text_matrix(); }},
    {"Tr", [](PageWalk& w) { w.state_.text.mode = static_cast<int>(std::clamp(w.number(0), 0.0, 7.0)); }},
    {"Ts", [](PageWalk& w) { w.state_.text.rise = w.number(0); }},
    {"Tw", [](PageWalk& w) { w.state_.text.word_space = w.number(0); }},
    {"Tz", [](PageWalk& w) { w.state_.text.scale = w.number(0) / 100; }},
    {"W", [](PageWalk& w) { w.clips_ = true; }},
    {"W*", [](PageWalk& w) { w.clips_ = true; }},
    {"b", [](PageWalk& w) { w.paint_path(true, true); }},
    {"b*", [](PageWalk& w) { w.paint_path(true, true); }},
    {"c", [](PageWalk& w) { w.curve_to(); }},
    {"cm", [](PageWalk& w) { w.concatenate(); }},
    {"cs", [](PageWalk& w) { w.fill_space(); }},
    {"f", [](PageWalk& w) { w.paint_path(true, false); }},
    {"f*", [](PageWalk& w) { w.paint_path(true, false); }},
    {"g", [](PageWalk& w) { w.device_colour("/DeviceGray", false); }},
    {"gs", [](PageWalk& w) { w.extended_state(); }},
    {"k", [](PageWalk& w) { w.device_colour("/DeviceCMYK", false); }},
    {"l", [](PageWalk& w) { w.line_to(); }},
    {"m", [](PageWalk& w) { w.move_to(); }},
    {"n", [](PageWalk& w) { w.end_path(); }},
    {"q", [](PageWalk& w) { w.save(); }},
    {"re", [](PageWalk& w) { w.rectangle(); }},
    {"rg", [](PageWalk& w) { w.device_colour("/DeviceRGB", false); }},
    {"s", [](PageWalk& w) { w.paint_path(false, true); }},
    {"sc", [](PageWalk& w) { w.fill_components(); }},
    {"scn", [](PageWalk& w) { w.fill_components(); }},
    {"sh", [](PageWalk& w) { w.shading(); }},
    {"v", [](PageWalk& w) { w.shorter_curve_to(); }},
    {"w", [](PageWalk& w) { w.state_.line_width = std::abs(w.number(0)); }},
    {"y", [](PageWalk& w) { w.shorter_curve_to(); }},
};

void PageWalk::walk(const QPDFObjectHandle& form, const Matrix& to_paper, const Extent& clip) {
    state_ = {};
    state_.clip = clip;
    saved_.clear();
    walk_stream(form, matrix_from(entry(form, "/Matrix")).then(to_paper), QPDFObjectHandle::newDictionary());
}

std::shared_ptr<const std::string> PageWalk::content_of(const QPDFObjectHandle& stream) {
    auto& known = books_.contents[stream.getObjGen()];
    if (known) return known;
    auto bytes = std::make_shared<const std::string>(decoded_bytes(stream));
    if (bytes->size() > books_.left.content_bytes) {
        books_.left.content_bytes = 0;
        marks_.truncated = true;
        return known = std::make_shared<const std::string>();
    }
    books_.left.content_bytes -= bytes->size();
    return known = std::move(bytes);
}

/// The caller has set clip and saved what must come back.
void PageWalk::walk_stream(const QPDFObjectHandle& stream, const Matrix& matrix, const QPDFObjectHandle& lent) {
    const auto own = entry(stream, "/Resources");
    Content content{is_dictionary(own) ? own : lent, content_of(stream),
                    static_cast<std::uint32_t>(marks_.streams.size()), matrix};
    marks_.streams.push_back(stream);
    state_.matrix = matrix;
    ++depth_;
    run(content);
    --depth_;
}

/// One content stream, its operands and lexer for itself; marked content and states it left open are closed.
void PageWalk::run(Content& content) {
    content::Lexer lexer(*content.bytes);
    auto* const outer_lexer = std::exchange(lexer_, &lexer);
    auto* const outer_content = std::exchange(content_, &content);
    auto outer_operands = std::exchange(operands_, {});
    auto outer_saved = std::exchange(saved_, {});
    auto outer_marks = std::exchange(layer_marks_, {});
    const int outer_hidden = hidden_;
    for (Token token = lexer.next(); token.kind != content::TokenKind::End; token = lexer.next()) {
        if (token.kind == content::TokenKind::Bad) marks_.damaged = true;
        const bool constant = token.text == "true" || token.text == "false" || token.text == "null";
        if (token.kind != content::TokenKind::Word || constant) {
            if (operands_.size() < most_operands) operands_.push_back(token);
            continue;
        }
        if (!spend_operator()) break;
        perform(token.text);
        operands_.clear();
    }
    hidden_ = outer_hidden;
    layer_marks_ = std::move(outer_marks);
    saved_ = std::move(outer_saved);
    operands_ = std::move(outer_operands);
    content_ = outer_content;
    lexer_ = outer_lexer;
}

void PageWalk::perform(std::string_view name) {
    const auto found = std::ranges::lower_bound(operators, name, {}, &Operator::name);
    if (found != operators.end() && found->name == name) found->perform(*this);
}

bool PageWalk::spend_operator() {
    if (books_.left.operators == 0) {
        marks_.truncated = true;
        return false;
    }
    --books_.left.operators;
    return true;
}

bool PageWalk::spend_mark() {
    if (hidden()) return false;
    if (books_.left.marks == 0) {
        marks_.truncated = true;
        return false;
    }
    --books_.left.marks;
    return true;
}

/// Counted from the last operand; 0 where there is none.
double PageWalk::number(std::size_t from_end) const {
    if (operands_.size() <= from_end) return 0;
    const Token& token = operands_[operands_.size() - 1 - from_end];
    return token.kind == content::TokenKind::Number ? std::clamp(token.number, -1e9, 1e9) : 0;
}

/// Of the last operand, with its slash; empty where it is none.
std::string PageWalk::name() const {
    if (operands_.empty() || operands_.back().kind != content::TokenKind::Name) return {};
    return "/" + content::decoded_name(operands_.back().text);
}

QPDFObjectHandle PageWalk::resource(const char* kind, const std::string& name) const {
    return name.empty() ? QPDFObjectHandle::newNull() : entry(entry(content_->resources, kind), name.c_str());
}

void PageWalk::save() {
    if (saved_.size() < most_saved)
        saved_.push_back(state_);
    else
        marks_.truncated = true;
}

void PageWalk::restore() {
    if (saved_.empty()) return;
    state_ = std::move(saved_.back());
    saved_.pop_back();
}

void PageWalk::concatenate() {
    const Matrix matrix{number(5), number(4), number(3), number(2), number(1), number(0)};
    state_.matrix = matrix.then(state_.matrix);
}

void PageWalk::extended_state() {
    const auto state = resource("/ExtGState", name());
    if (!is_dictionary(state)) return;
    state_.extended = state;
    state_.fill_opacity = static_cast<float>(std::clamp(number_in(state, "/ca", state_.fill_opacity), 0.0, 1.0));
    state_.stroke_opacity = static_cast<float>(std::clamp(number_in(state, "/CA", state_.stroke_opacity), 0.0, 1.0));
    state_.line_width = std::abs(number_in(state, "/LW", state_.line_width));
    if (QPDFObjectHandle(state).hasKey("/OP"))
        state_.fill_overprints = state_.stroke_overprints = flag_in(state, "/OP");
    if (QPDFObjectHandle(state).hasKey("/op")) state_.fill_overprints = flag_in(state, "/op");
    if (const auto font = items_in(state, "/Font"); font.size() == 2) {
        state_.text.font = books_.fonts.font(font[0]);
        state_.text.size = number_of(font[1]);
    }
    blend_mode(state);
    if (!state_.plain || state_.fill_opacity < 1 || state_.stroke_opacity < 1) marks_.transparency = true;
}

void PageWalk::blend_mode(const QPDFObjectHandle& state) {
    auto mode = entry(state, "/BM");
    if (const auto modes = items_of(mode); !modes.empty()) mode = modes[0];
    const auto mask = entry(state, "/SMask");
    const bool masked = is_dictionary(mask), unmasked = is_name(mask);
    if (is_name(mode)) {
        const std::string named = QPDFObjectHandle(mode).getName();
        state_.plain = named == "/Normal" || named == "/Compatible";
    } else if (unmasked) {
        state_.plain = true;
    }
    if (masked) state_.plain = false;
}

void PageWalk::draw_object() {
    const auto object = resource("/XObject", name());
    if (!is_stream(object) || hidden() || books_.layers.hides(entry(object, "/OC"))) return;
    const std::string kind = name_in(object, "/Subtype");
    if (kind == "/Image") return picture(object);
    if (kind != "/Form") return;
    // A form that draws itself is drawn once, as readers do.
    if (std::ranges::find(open_forms_, object.getObjGen()) != open_forms_.end()) return;
    if (depth_ >= deepest || books_.left.forms == 0) {
        marks_.truncated = true;
        return;
    }
    --books_.left.forms;
    open_forms_.push_back(object.getObjGen());
    const GraphicsState outer = state_;
    const Matrix matrix = matrix_from(entry(object, "/Matrix")).then(state_.matrix);
    if (const auto box = entry(object, "/BBox"); is_rectangle(box)) {
        const auto b = QPDFObjectHandle(box).getArrayAsRectangle();
        state_.clip = state_.clip.common(extent_of(matrix, b.llx, b.lly, b.urx - b.llx, b.ury - b.lly));
    }
    walk_stream(object, matrix, content_->resources);
    open_forms_.pop_back();
    state_ = outer;
}

void PageWalk::begin_marked() { layer_marks_.push_back(false); }

void PageWalk::begin_marked_with() {
    const bool layer =
        operands_.size() == 2 && operands_[0].kind == content::TokenKind::Name && operands_[0].text == "OC";
    const bool hides = layer && books_.layers.hides(resource("/Properties", name()));
    layer_marks_.push_back(hides);
    if (hides) ++hidden_;
}

void PageWalk::end_marked() {
    if (layer_marks_.empty()) return;
    if (layer_marks_.back()) --hidden_;
    layer_marks_.pop_back();
}

}  // namespace pli::uploads::reader
