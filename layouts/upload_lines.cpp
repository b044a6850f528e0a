// Lines of an upload with placeholders: made ready when the template is compiled, set for each letter.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "layouts/compiler.hpp"
#include "layouts/upload_type.hpp"

namespace pli::layouts {
namespace {

constexpr const char* pointer = "/file";
/// Smaller than this share of its size no value is set: the letter is rejected.
constexpr int least_scale = 800;

/// Makes the lines of one page.
class LineCompiler {
public:
    LineCompiler(Compilation& shop, TextCompiler& texts, const OpenUpload& upload)
        : shop_(shop), texts_(texts), upload_(upload), number_(upload.number) {}

    std::vector<FixedItem> lines() {
        std::vector<FixedItem> items;
        for (const FieldLine& line : upload_.lines) {
            if (line.kept)
                tell_kept(line);
            else
                items.push_back(item_of(line));
        }
        return items;
    }

private:
    const ForeignPage& page() const { return std::get<ForeignPage>(shop_.workshop.assets[upload_.page]); }

    void tell_kept(const FieldLine& line) {
        for (const LinePart& part : line.parts)
            shop_.findings.warning("placeholder-kept", pointer,
                                   fmt::format("page {}: {{{}}} stands turned, in outlines or in a pattern, and is "
                                               "printed as it is",
                                               number_, part.placeholder),
                                   "set it upright and plainly filled in your design program");
    }

    FixedItem item_of(const FieldLine& line) {
        UploadLine ready;
        ready.align = line.align == FieldLine::Align::Centre  ? Align::Centre
                      : line.align == FieldLine::Align::Right ? Align::Right
                                                              : Align::Left;
        ready.baseline = line.baseline;
        ready.room_left = line.room_left;
        ready.room_right = line.room_right;
        ready.page = page().size;
        for (const LinePart& part : line.parts) ready.parts.push_back(part_of(part));
        FixedItem item;
        item.origin = {line.parts.front().left, line.baseline};
        item.room = {{}, ready.page};
        item.content = std::move(ready);
        item.pointer = fmt::format("page {}", number_);
        return item;
    }

    SetPart part_of(const LinePart& part) {
        SetPart ready{{}, {}, part.left, part.right};
        if (part.placeholder.empty())
            ready.shown = text_form(part.form);
        else
            ready.value = value_of(part);
        return ready;
    }

    AssetId text_form(std::uint32_t form) {
        ForeignPage text = page();
        text.form = form;
        text.source = nullptr;
        return shop_.workshop.assets.add(std::move(text));
    }

    std::optional<PassageId> value_of(const LinePart& part) {
        const std::string text = fmt::format("{{{}}}", part.placeholder);
        std::vector<TextFinding> wrong;
        parse_placeholders(text, wrong);
        for (const TextFinding& finding : wrong)
            shop_.findings.error(finding.code, pointer, fmt::format("page {}, {}: {}", number_, text, finding.message),
                                 R"(mend it in the PDF, or say "placeholders": "keep" to print it as it stands)");
        if (!wrong.empty()) return {};
        const auto type = type_of(part);
        return type ? std::optional(texts_.passage({text, false, pointer}, *type)) : std::nullopt;
    }

    std::optional<TypeSpec> type_of(const LinePart& part) {
        const ForeignType& look = part.type;
        const auto stand_in = stand_in_for(look, shop_.workshop.fonts);
        if (!stand_in) {
            shop_.findings.failed("missing-font", pointer, stand_in.error());
            return {};
        }
        if (!stand_in->same)
            shop_.findings.warning("font-substitute", pointer,
                                   fmt::format("page {}: \"{}\" is not installed; {{{}}} is set in {}", number_,
                                               look.font, part.placeholder, stand_in->family),
                                   "put the font's TTF or OTF files into the workspace's folder fonts/");
        if (!look.colour_known)
            shop_.findings.warning("placeholder-colour", pointer,
                                   fmt::format("page {}: {{{}}} has a colour or a blending that values are not set in; "
                                               "they are opaque and {}",
                                               number_, part.placeholder, look.colour.is_black() ? "black" : "plain"));
        TypeSpec type;
        type.pointer = pointer;
        type.font = stand_in->family;
        type.size = look.size;
        type.wishes.weight = look.weight;
        type.italic = look.italic;
        type.colour = colour_name(look);
        return type;
    }

    /// Text's colour by a name of its own: no author could have written it.
    std::string colour_name(const ForeignType& look) {
        const auto& p = look.colour.parts;
        std::string name = fmt::format("upload {} {} {} {} {} {}", static_cast<int>(look.colour.space), look.spot, p[0],
                                       p[1], p[2], p[3]);
        if (look.colour.space != Colour::Space::K) shop_.state.production.colour = true;
        shop_.upload_colours[name] = {look.colour, look.spot, look.alternate};
        return name;
    }

    Compilation& shop_;
    TextCompiler& texts_;
    const OpenUpload& upload_;
    std::size_t number_;
};

/// The values of a line on their way to their places.
class LineAtHand {
public:
    LineAtHand(Desk& desk, const UploadLine& line, Frame& frame) : desk_(desk), line_(line), frame_(frame) {}

    Done set() {
        TRY(set_values());
        const Length room = room_of_line(), still = width_at(0);
        int scale = 1000;
        if (const Length values = width_at(1000) - still; still + values > room)
            scale = static_cast<int>((room - still).nm() * 1000 / std::max<std::int64_t>(values.nm(), 1));
        if (scale < least_scale) return too_long(room);
        place(scale);
        return {};
    }

private:
    const SetPart& part(std::size_t i) const { return line_.parts[i]; }
    bool is_empty(std::size_t i) const { return part(i).value && desk_.set_values[i].width == Length{}; }

    /// Each value at the line's beginning, to be moved when all are measured.
    Done set_values() {
        desk_.set_values.clear();
        for (const SetPart& part : line_.parts) {
            Desk::SetValue value{frame_.items.size(), frame_.items.size(), part.right - part.left};
            if (part.value) {
                TRY(desk_.weaver.weave(desk_.state->passages[*part.value], desk_.values, Emptiness::Refused,
                                       desk_.prose));
                break_lines(desk_.prose, endless);
                if (desk_.prose.lines.size() > 1)
                    return failure(Fault::Overflow, "text of the PDF",
                                   "a value of several lines stands in a line of text", "write it in one line");
                value.width = {};
                for (const SetLine& line : desk_.prose.lines) {
                    value.width = line.width;
                    desk_.setter().set(desk_.prose, line, {{Length{}, line_.baseline}, Length{}, Align::Left}, frame_);
                }
                value.last = frame_.items.size();
            }
            desk_.set_values.push_back(value);
        }
        return {};
    }

    /// Behind an empty value its space goes, or two would meet.
    Length gap_before(std::size_t i) const {
        if (i == 0 || is_empty(i - 1)) return {};
        const Length gap = part(i).left - part(i - 1).right;
        const bool last = i + 1 == line_.parts.size();
        return is_empty(i) && last ? Length{} : gap;
    }
    Length width_of(std::size_t i, int scale) const {
        const Length width = desk_.set_values[i].width;
        return part(i).value ? width * scale / 1000 : width;
    }
    Length width_at(int scale) const {
        Length width;
        for (std::size_t i = 0; i < line_.parts.size(); ++i) width += gap_before(i) + width_of(i, scale);
        return width;
    }

    Length left() const { return line_.parts.front().left; }
    Length right() const { return line_.parts.back().right; }
    Length centre() const { return (left() + right()) / 2; }
    Length room_of_line() const {
        if (line_.align == Align::Right) return right() - line_.room_left;
        if (line_.align == Align::Centre) return std::min(centre() - line_.room_left, line_.room_right - centre()) * 2;
        return line_.room_right - left();
    }
    Length start(Length width) const {
        if (line_.align == Align::Right) return right() - width;
        return line_.align == Align::Centre ? centre() - width / 2 : left();
    }

    Done too_long(Length room) const {
        return failure(
            Fault::Overflow, "text of the PDF",
            fmt::format("a line with its values is {:.1f} mm wide, {:.1f} mm with the values at 80 % of their "
                        "size; there are {:.1f} mm",
                        width_at(1000).to_mm(), width_at(least_scale).to_mm(), room.to_mm()),
            "shorten the value, or leave more room beside the placeholder");
    }

    void place(int scale) {
        Length pen = start(width_at(scale));
        for (std::size_t i = 0; i < line_.parts.size(); ++i) {
            pen += gap_before(i);
            if (part(i).value)
                move_value(desk_.set_values[i], pen, scale);
            else
                frame_.items.emplace_back(Placed{part(i).shown, {{pen - part(i).left, Length{}}, line_.page}});
            pen += width_of(i, scale);
        }
    }
    void move_value(const Desk::SetValue& value, Length to, int scale) {
        for (std::size_t i = value.first; i < value.last; ++i) {
            auto* run = std::get_if<TextRun>(&frame_.items[i]);
            if (run == nullptr) continue;
            run->baseline.x = to + run->baseline.x * scale / 1000;
            run->size = run->size * scale / 1000;
        }
    }

    Desk& desk_;
    const UploadLine& line_;
    Frame& frame_;
};

}  // namespace

std::vector<FixedItem> field_lines(Compilation& shop, TextCompiler& texts, const OpenUpload& upload) {
    return LineCompiler(shop, texts, upload).lines();
}

Done draw_upload_line(Desk& desk, const UploadLine& line, Frame& frame) { return LineAtHand(desk, line, frame).set(); }

}  // namespace pli::layouts
