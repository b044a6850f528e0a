#include "uploads/reader/defined_names.hpp"

#include <algorithm>
#include <array>
#include <string_view>
#include <vector>

#include "uploads/reader/operations.hpp"
#include "uploads/reader/pdf_values.hpp"

namespace pli::uploads::reader {
namespace {

using content::TokenKind;

/// Operators whose last operand is a name, and where the resources explain it.
struct Naming {
    std::string_view name;
    const char* kind;
};
constexpr std::array naming{Naming{"Tf", "/Font"},      Naming{"Do", "/XObject"},    Naming{"gs", "/ExtGState"},
                            Naming{"sh", "/Shading"},   Naming{"cs", "/ColorSpace"}, Naming{"CS", "/ColorSpace"},
                            Naming{"scn", "/Pattern"},  Naming{"SCN", "/Pattern"},   Naming{"BDC", "/Properties"},
                            Naming{"DP", "/Properties"}};
constexpr std::array<std::string_view, 4> device_spaces{"DeviceGray", "DeviceRGB", "DeviceCMYK", "Pattern"};

bool is_one_of(std::string_view name, std::initializer_list<std::string_view> names) {
    return std::ranges::find(names, name) != names.end();
}

class Definedness {
public:
    explicit Definedness(const QPDFObjectHandle& resources) : resources_(resources) {}

    /// True: nothing was changed.
    bool run(const std::string& content, std::string& result) {
        OperationReader reader(content);
        bool same = true;
        for (Operation operation; reader.next(operation);) {
            const bool kept = keeps(operation, result);
            if (kept) result += reader.written(operation);
            same = same && kept;
        }
        return same;
    }

private:
    struct State {
        bool font_lacks = false, fill_lacks = false, stroke_lacks = false;
    };

    bool lacks(const Operation& operation) const {
        const auto* const known = std::ranges::find(naming, operation.name, &Naming::name);
        if (known == naming.end() || operation.operands.empty()) return false;
        const auto& token = operation.name == "Tf" ? operation.operands.front() : operation.operands.back();
        if (token.kind != TokenKind::Name) return false;
        const std::string name = content::decoded_name(token.text);
        if (known->kind == std::string_view("/ColorSpace") &&
            std::ranges::find(device_spaces, name) != device_spaces.end())
            return false;
        auto kind = entry(resources_, known->kind);
        return !is_dictionary(kind) || !kind.hasKey("/" + name);
    }

    /// False: it goes; what stands for it is in `result`.
    bool keeps(const Operation& operation, std::string& result) {
        const std::string_view name = operation.name;
        const bool lacking = lacks(operation);
        if (name == "q") saved_.push_back(state_);
        if (name == "Q" && !saved_.empty()) state_ = saved_.back(), saved_.pop_back();
        if (name == "Tf") state_.font_lacks = lacking;
        if (is_one_of(name, {"cs", "g", "rg", "k"})) state_.fill_lacks = lacking;
        if (is_one_of(name, {"CS", "G", "RG", "K"})) state_.stroke_lacks = lacking;
        if (name == "BDC" && lacking) result += "\n/Span BMC";
        if (lacking) return false;
        if (is_one_of(name, {"sc", "scn"})) return !state_.fill_lacks;
        if (is_one_of(name, {"SC", "SCN"})) return !state_.stroke_lacks;
        if (state_.font_lacks && is_one_of(name, {"'", "\""})) result += "\nT*";
        return !state_.font_lacks || !is_one_of(name, {"Tj", "TJ", "'", "\""});
    }
    QPDFObjectHandle resources_;
    State state_;
    std::vector<State> saved_;
};

}  // namespace

std::string with_defined_names(std::string content, const QPDFObjectHandle& resources) {
    if (!is_dictionary(resources)) return content;
    std::string result;
    if (Definedness(resources).run(content, result)) return content;
    return result;
}

}  // namespace pli::uploads::reader
