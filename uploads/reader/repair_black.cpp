#include "uploads/reader/repair_black.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>
#include <optional>
#include <string_view>
#include <vector>

#include "uploads/reader/contents.hpp"
#include "uploads/reader/operations.hpp"
#include "uploads/reader/pdf_values.hpp"

namespace pli::uploads::reader {
namespace {

using Parts = std::vector<double>;

/// A dark warm grey of a photo is no black; the "rich black" of layout programs in RGB (35, 31, 32) is.
bool is_rgb_black(const Parts& rgb) {
    const auto [least, most] = std::ranges::minmax(rgb);
    return most <= 0.15 && most - least <= 0.05;
}
bool is_cmyk_black(const Parts& inks) {
    const double others = std::min({inks[0], inks[1], inks[2]});
    return inks[3] >= 0.85 || others >= 0.9 || (others >= 0.55 && inks[3] >= 0.55);
}
bool is_black(const Parts& parts) {
    switch (parts.size()) {
        case 1: return parts[0] <= 0.02;  // tints of grey print in black alone already
        case 3: return is_rgb_black(parts);
        case 4: return is_cmyk_black(parts);
        default: return false;
    }
}

/// How many components a colour space has that says grey, RGB or CMYK; 0: it says something else.
std::size_t components_of(QPDFObjectHandle space) {
    const auto parts = items_of(space);
    const std::string kind = space.isName()                        ? space.getName()
                             : parts.empty() || !is_name(parts[0]) ? ""
                                                                   : QPDFObjectHandle(parts[0]).getName();
    if (kind == "/DeviceGray" || kind == "/CalGray" || kind == "/G") return 1;
    if (kind == "/DeviceRGB" || kind == "/CalRGB" || kind == "/RGB") return 3;
    if (kind == "/DeviceCMYK" || kind == "/CMYK") return 4;
    if (kind != "/ICCBased" || parts.size() < 2) return 0;
    const auto count = static_cast<std::size_t>(number_in(parts[1], "/N", 0));
    return count == 1 || count == 3 || count == 4 ? count : 0;
}

struct Overprint {
    bool stroke = false, fill = false;
    int mode = 0;
    bool operator==(const Overprint&) const = default;
};

/// What a fill is by now; nothing: set where the form is drawn.
struct State {
    std::optional<Parts> fill;
    std::size_t components = 1;
    std::string space, operators;  // that set it
    Overprint overprint{};
    double mode = 0;  // of text: 0 fills
};

constexpr std::array<std::string_view, 4> showing{"Tj", "TJ", "'", "\""};
/// Neither paint anything nor keep the state: the black can stay set.
constexpr std::array<std::string_view, 18> harmless{"BT", "ET", "Td", "TD",  "Tm",  "T*",  "Tf", "Tc", "Tw",
                                                    "Tz", "TL", "Ts", "BMC", "BDC", "EMC", "MP", "DP", "Tr"};
constexpr std::array<std::string_view, 8> colouring{"g", "rg", "k", "cs", "sc", "scn", "RG", "G"};

template <std::size_t Count>
bool one_of(std::string_view name, const std::array<std::string_view, Count>& names) {
    return std::ranges::find(names, name) != names.end();
}

class Blackening {
public:
    Blackening(const Content& content, bool page) : resources_(content.resources) {
        if (page) state_.fill = Parts{0};
        if (page) state_.operators = "0 g";
    }

    std::string run(const std::string& operators) {
        OperationReader reader(operators);
        for (Operation operation; reader.next(operation);) perform(operation, reader.written(operation));
        put_back();
        return std::move(result_);
    }
    int changed() const { return changed_; }

private:
    void perform(const Operation& operation, std::string_view written) {
        const std::string_view name = operation.name;
        if (one_of(name, showing)) {
            if (state_.mode == 0 && state_.fill && is_black(*state_.fill))
                set_black();
            else
                put_back();
        } else if (one_of(name, colouring)) {
            note_colour(operation, written);
        } else if (name == "Q") {
            restore();
        } else if (!one_of(name, harmless)) {
            put_back();
        }
        if (name == "q") saved_.push_back(state_);
        if (name == "Tr") state_.mode = operation.number(0);
        if (name == "gs") note_state(operation);
        result_ += written;
    }
    void restore() {
        black_ = overprinting_ = false;  // whatever was set since the q goes with it
        if (saved_.empty()) return;
        state_ = saved_.back();
        saved_.pop_back();
    }

    void note_colour(const Operation& operation, std::string_view written) {
        const std::string_view name = operation.name;
        if (name == "G" || name == "RG") return;
        if (name == "cs") {
            const auto space = space_named(operation);
            state_.components = components_of(space);
            state_.fill = initial(state_.components);
            state_.space = written;
            state_.operators.clear();
        } else {
            if (name == "g" || name == "rg" || name == "k") state_.components = name == "g" ? 1 : name == "rg" ? 3 : 4;
            if (name == "g" || name == "rg" || name == "k") state_.space.clear();
            if (black_) result_ += "\n" + state_.space;  // the black left another space behind
            state_.fill = parts_of(operation);
            state_.operators = written;
        }
        black_ = false;  // replaced, and the overprint goes back before anything else is painted
    }
    std::optional<Parts> parts_of(const Operation& operation) const {
        if (operation.size() != state_.components || state_.components == 0) return Parts{};
        Parts parts;
        for (std::size_t i = 0; i < operation.size(); ++i) parts.push_back(operation.number(i));
        return parts;
    }
    static Parts initial(std::size_t components) {
        Parts parts(components, 0.0);
        if (components == 4) parts[3] = 1;
        return parts;
    }
    QPDFObjectHandle space_named(const Operation& operation) const {
        if (operation.operands.empty()) return QPDFObjectHandle::newNull();
        const std::string name = "/" + content::decoded_name(operation.operands.back().text);
        auto spaces = entry(resources_, "/ColorSpace");
        if (spaces.isDictionary() && spaces.hasKey(name)) return spaces.getKey(name);
        return QPDFObjectHandle::newName(name);
    }
    void note_state(const Operation& operation) {
        if (operation.operands.empty()) return;
        auto states = entry(resources_, "/ExtGState");
        if (!states.isDictionary()) return;
        const auto named = states.getKey("/" + content::decoded_name(operation.operands.back().text));
        if (!is_dictionary(named)) return;
        QPDFObjectHandle state = named;
        if (state.hasKey("/OP")) state_.overprint.stroke = state_.overprint.fill = flag_in(state, "/OP");
        if (state.hasKey("/op")) state_.overprint.fill = flag_in(state, "/op");
        if (state.hasKey("/OPM")) state_.overprint.mode = static_cast<int>(number_in(state, "/OPM", 0));
    }

    void set_black() {
        ++changed_;
        if (!overprinting_) result_ += fmt::format("\n{} gs", state_for({state_.overprint.stroke, true, 1}));
        if (!black_) result_ += "\n0 0 0 1 k";
        black_ = overprinting_ = true;
    }
    /// As the design had it, before anything but black text is painted.
    void put_back() {
        if (overprinting_) result_ += fmt::format("\n{} gs", state_for(state_.overprint));
        if (black_) result_ += "\n" + state_.space + " " + state_.operators;
        black_ = overprinting_ = false;
    }
    std::string state_for(const Overprint& overprint) {
        const std::string name = fmt::format("/PliOver{}{}{}", overprint.stroke ? 1 : 0, overprint.fill ? 1 : 0,
                                             overprint.mode == 0 ? 0 : 1);
        auto states = entry(resources_, "/ExtGState");
        if (!states.isDictionary())
            states = resources_.replaceKeyAndGetNew("/ExtGState", QPDFObjectHandle::newDictionary());
        if (states.hasKey(name)) return name;
        auto state = QPDFObjectHandle::newDictionary();
        state.replaceKey("/OP", QPDFObjectHandle::newBool(overprint.stroke));
        state.replaceKey("/op", QPDFObjectHandle::newBool(overprint.fill));
        state.replaceKey("/OPM", QPDFObjectHandle::newInteger(overprint.mode == 0 ? 0 : 1));
        states.replaceKey(name, state);
        return name;
    }

    QPDFObjectHandle resources_;
    State state_;
    std::vector<State> saved_;
    std::string result_;
    bool black_ = false, overprinting_ = false;
    int changed_ = 0;
};

}  // namespace

Done blacken_text(const RepairDesk& desk) {
    std::map<int, int> changed;  // by page
    for (const Content& content : contents_of(desk.pdf)) {
        if (content.colourless) continue;
        Blackening blackening(content, !QPDFObjectHandle(content.holder).isStream());
        const std::string result = blackening.run(content.operators());
        if (blackening.changed() == 0) continue;
        content.replace(result);
        changed[content.page] += blackening.changed();
    }
    for (const auto& [page, pieces] : changed)
        desk.tell(BlackText{}, page, fmt::format("{} pieces of text print in black alone and overprint", pieces));
    return {};
}

}  // namespace pli::uploads::reader
