#include "uploads/reader/zone_clearing.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <string_view>

#include "uploads/reader/contents.hpp"
#include "uploads/reader/page_font.hpp"
#include "uploads/reader/pdf_values.hpp"

namespace pli::uploads::reader {
namespace {

using content::Token;
using content::TokenKind;

bool is_string(const Token& token) { return token.kind == TokenKind::String || token.kind == TokenKind::HexString; }

template <std::size_t Count>
bool one_of(std::string_view name, const std::array<std::string_view, Count>& names) {
    return std::ranges::find(names, name) != names.end();
}
constexpr std::array<std::string_view, 6> drawing{"m", "l", "c", "v", "y", "re"};
constexpr std::array<std::string_view, 9> painting{"f", "F", "f*", "B", "B*", "b", "b*", "S", "s"};
constexpr std::array<std::string_view, 4> showing{"Tj", "TJ", "'", "\""};

Extent box_of(const QPDFObjectHandle& form, const Matrix& matrix) {
    const auto box = entry(form, "/BBox");
    if (!is_rectangle(box)) return {};
    const auto b = QPDFObjectHandle(box).getArrayAsRectangle();
    return extent_of(matrix, b.llx, b.lly, b.urx - b.llx, b.ury - b.lly);
}

}  // namespace

/// One stream while it is rewritten: the matrix, the path under way, what has been written of it.
class ZoneClearing::Stream {
public:
    Stream(ZoneClearing& clearing, QPDFObjectHandle stream, const Matrix& matrix)
        : clearing_(clearing),
          stream_(stream),
          matrix_(matrix),
          objects_(entry(entry(stream, "/Resources"), "/XObject")),
          properties_(entry(entry(stream, "/Resources"), "/Properties")),
          cuts_(clearing.cuts_in(stream)) {}

    void rewrite() {
        const Content content{stream_, {}};
        const std::string operators = content.operators();
        content_ = operators;
        OperationReader reader(operators);
        for (Operation operation; reader.next(operation);) perform(operation, reader.written(operation));
        content.replace(result_);
    }

private:
    void perform(const Operation& operation, std::string_view written) {
        const std::string_view name = operation.name;
        if (one_of(name, drawing)) return draw(operation, written);
        if (one_of(name, painting)) return paint(name, written);
        if (one_of(name, showing) && cuts_ != nullptr && is_cut(operation)) return show(operation);
        if (name == "Do" && !keeps_object(operation)) return;
        if (name == "BI" && clearing_.inside(extent_of(matrix_, 0, 0, 1, 1))) {
            ++clearing_.cleared_.pictures;
            return;
        }
        if ((name == "BDC" || name == "DP") && says_text(operation))
            return write(fmt::format("\n/{} {}", operation.operands.front().text, name == "BDC" ? "BMC" : "MP"));
        if (name == "q") saved_.emplace_back(matrix_, line_width_);
        if (name == "Q") restore();
        if (name == "cm" && operation.size() >= 6) matrix_ = matrix_in(operation).then(matrix_);
        if (name == "w") line_width_ = operation.number(0);
        if (name == "W" || name == "W*") clips_ = true;
        if (name == "n") end_path();
        write(written);
    }
    void write(std::string_view text) { result_ += text; }
    static Matrix matrix_in(const Operation& o) {
        const std::size_t first = o.size() - 6;
        return {o.number(first),     o.number(first + 1), o.number(first + 2),
                o.number(first + 3), o.number(first + 4), o.number(first + 5)};
    }
    void restore() {
        if (saved_.empty()) return;
        std::tie(matrix_, line_width_) = saved_.back();
        saved_.pop_back();
    }

    void draw(const Operation& operation, std::string_view written) {
        if (path_.empty()) path_start_ = result_.size();
        if (operation.name == "re") {
            const double x = operation.number(0), y = operation.number(1);
            path_.include(matrix_.at(x, y));
            path_.include(matrix_.at(x + operation.number(2), y));
            path_.include(matrix_.at(x, y + operation.number(3)));
            path_.include(matrix_.at(x + operation.number(2), y + operation.number(3)));
        } else {
            for (std::size_t i = 0; i + 1 < operation.size(); i += 2)
                path_.include(matrix_.at(operation.number(i), operation.number(i + 1)));
        }
        write(written);
    }
    void paint(std::string_view name, std::string_view written) {
        const bool stroked = name != "f" && name != "F" && name != "f*";
        const Extent mark = stroked ? path_.grown(line_width_ * matrix_.scale() / 2) : path_;
        if (path_.empty() || !clearing_.inside(mark)) {
            write(written);
        } else {
            ++clearing_.cleared_.paths;
            if (!clips_) result_.resize(path_start_);
            if (clips_) write(" n");
        }
        end_path();
    }
    void end_path() {
        path_ = {};
        clips_ = false;
    }

    bool keeps_object(const Operation& operation) {
        if (operation.operands.empty() || !is_dictionary(objects_)) return true;
        const auto object = objects_.getKey("/" + content::decoded_name(operation.operands.back().text));
        if (!is_stream(object)) return true;
        if (name_in(object, "/Subtype") != "/Form") {
            const bool gone = clearing_.inside(extent_of(matrix_, 0, 0, 1, 1));
            if (gone) ++clearing_.cleared_.pictures;
            return !gone;
        }
        const Matrix within = matrix_from(entry(object, "/Matrix")).then(matrix_);
        const Extent box = box_of(object, within);
        const bool gone = !box.empty() && clearing_.inside(box);
        if (gone) ++clearing_.cleared_.forms;
        if (!gone) Stream(clearing_, object, within).rewrite();
        return !gone;
    }

    bool says_text(const Operation& operation) const {
        if (operation.size() < 2) return false;
        if (operation.operands[1].kind != TokenKind::Name)
            return std::ranges::any_of(operation.operands, [](const Token& token) {
                return token.kind == TokenKind::Name &&
                       (token.text == "ActualText" || token.text == "Alt" || token.text == "E");
            });
        if (!is_dictionary(properties_)) return false;
        auto named = QPDFObjectHandle(properties_).getKey("/" + content::decoded_name(operation.operands[1].text));
        return is_dictionary(named) && (named.hasKey("/ActualText") || named.hasKey("/Alt") || named.hasKey("/E"));
    }

    std::uint32_t offset_of(const Token& token) const {
        return static_cast<std::uint32_t>(token.text.data() - content_.data() - 1);
    }
    bool is_cut(const Operation& operation) const {
        return std::ranges::any_of(operation.operands, [&](const Token& token) {
            return is_string(token) && cuts_->contains(offset_of(token));
        });
    }
    /// The same pieces as before, where something is cut with a gap of its width.
    void show(const Operation& operation) {
        if (operation.name == "\"" && operation.size() >= 3)
            write(fmt::format("\n{} Tw {} Tc", operation.operands[0].text, operation.operands[1].text));
        if (operation.name == "'" || operation.name == "\"") write("\nT*");
        write("\n[");
        const auto first = operation.name == "\"" ? std::size_t{2} : std::size_t{0};
        for (std::size_t i = first; i < operation.size(); ++i) {
            const Token& token = operation.operands[i];
            if (token.kind == TokenKind::Number) write(fmt::format(" {}", token.text));
            if (is_string(token)) show_piece(token);
        }
        write("] TJ");
    }
    void show_piece(const Token& token) {
        std::string bytes;
        content::append_string_bytes(token, bytes);
        std::size_t done = 0;
        if (const auto cuts = cuts_->find(offset_of(token)); cuts != cuts_->end())
            for (const Cut& cut : cuts->second) {
                keep(std::string_view(bytes).substr(done, cut.at - done));
                write(fmt::format(" {:.3f} ", cut.shift));
                done = cut.at + cut.bytes;
            }
        keep(std::string_view(bytes).substr(std::min(done, bytes.size())));
    }
    void keep(std::string_view bytes) {
        if (bytes.empty()) return;
        write("<");
        for (const char byte : bytes) write(fmt::format("{:02X}", static_cast<unsigned char>(byte)));
        write(">");
    }

    ZoneClearing& clearing_;
    QPDFObjectHandle stream_;
    Matrix matrix_;
    QPDFObjectHandle objects_, properties_;
    const Cuts* cuts_;
    std::string_view content_;
    std::string result_;
    std::vector<std::pair<Matrix, double>> saved_;
    double line_width_ = 1;
    Extent path_;
    std::size_t path_start_ = 0;
    bool clips_ = false;
};

ZoneClearing::ZoneClearing(std::vector<Extent> zones, const PageMarks& marks) : zones_(std::move(zones)) {
    for (const PageGlyph& glyph : marks.glyphs) note_cut(glyph, marks);
    for (auto& [stream, strings] : cuts_)
        for (auto& [offset, cuts] : strings) std::ranges::sort(cuts, {}, &Cut::at);
}

/// A pixel's worth of reaching out does not keep a mark.
bool ZoneClearing::inside(const Extent& mark) const {
    constexpr double slack = 0.05;
    return std::ranges::any_of(zones_, [&](const Extent& zone) {
        return mark.left >= zone.left - slack && mark.right <= zone.right + slack && mark.top >= zone.top - slack &&
               mark.bottom <= zone.bottom + slack;
    });
}

void ZoneClearing::note_cut(const PageGlyph& glyph, const PageMarks& marks) {
    const Place middle{(glyph.box.left + glyph.box.right) / 2, (glyph.box.top + glyph.box.bottom) / 2};
    if (!inside({middle.x, middle.y, middle.x, middle.y}) || glyph.source.stream >= marks.streams.size()) return;
    const Place em = glyph.font->vertical() ? glyph.up : glyph.along;
    const double square = em.x * em.x + em.y * em.y;
    const double ems =
        square > 0 ? ((glyph.end.x - glyph.origin.x) * em.x + (glyph.end.y - glyph.origin.y) * em.y) / square : 0;
    auto& cuts = cuts_[QPDFObjectHandle(marks.streams[glyph.source.stream]).getObjGen()][glyph.source.token];
    if (std::ranges::any_of(cuts, [&](const Cut& cut) { return cut.at == glyph.source.at; })) return;
    cuts.push_back({glyph.source.at, glyph.source.bytes, -1000 * ems});
    ++cleared_.characters;
}

const ZoneClearing::Cuts* ZoneClearing::cuts_in(const QPDFObjectHandle& stream) const {
    const auto found = cuts_.find(QPDFObjectHandle(stream).getObjGen());
    return found == cuts_.end() ? nullptr : &found->second;
}

void ZoneClearing::clear(const QPDFObjectHandle& form, const Matrix& to_paper) {
    Stream(*this, form, matrix_from(entry(form, "/Matrix")).then(to_paper)).rewrite();
}

}  // namespace pli::uploads::reader
