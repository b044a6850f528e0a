#include "uploads/reader/content_filters.hpp"

#include <algorithm>
#include <array>
#include <qpdf/Pl_QPDFTokenizer.hh>
#include <qpdf/Pl_String.hh>
#include <string_view>
#include <vector>

namespace pli::uploads::reader {
namespace {

using Token = QPDFTokenizer::Token;

/// Gathers the operands in front of each operator, spaces and comments included.
class OperatorFilter : public QPDFObjectHandle::TokenFilter {
public:
    void handleToken(const Token& token) final {
        if (token.getType() == QPDFTokenizer::tt_eof) return;
        pending_.push_back(token);
        if (token.getType() != QPDFTokenizer::tt_word) return;
        on_operator(token.getValue());
        pending_.clear();
    }
    void handleEOF() final { pass_on(); }

protected:
    virtual void on_operator(const std::string& name) = 0;

    /// Operands and operator as they came.
    void pass_on() {
        for (const Token& token : pending_) writeToken(token);
        pending_.clear();
    }
    /// The space that parted the operands from what stands before went with them.
    void replace_by(const std::string& operators) { write("\n" + operators + "\n"); }
    std::vector<Token> operands() const {
        std::vector<Token> found;
        for (const Token& token : pending_)
            if (token.getType() != QPDFTokenizer::tt_space && token.getType() != QPDFTokenizer::tt_comment)
                found.push_back(token);
        if (!found.empty()) found.pop_back();  // the operator itself
        return found;
    }

private:
    std::vector<Token> pending_;
};

std::string filtered(const std::string& content, OperatorFilter& filter) {
    std::string result;
    Pl_String sink("filtered content", nullptr, result);
    Pl_QPDFTokenizer tokenizer("content", &filter, &sink);
    tokenizer.write(reinterpret_cast<const unsigned char*>(content.data()), content.size());
    tokenizer.finish();
    return result;
}

class GreyToK final : public OperatorFilter {
    void on_operator(const std::string& name) override {
        const auto values = operands();
        const bool colour = name == "rg" || name == "RG";
        if (!colour || values.size() != 3 || values[0].getValue() != values[1].getValue() ||
            values[0].getValue() != values[2].getValue())
            return pass_on();
        replace_by(values[0].getValue() + (name == "rg" ? " g" : " G"));
    }
};

template <std::size_t Count>
constexpr bool one_of(std::string_view name, const std::array<std::string_view, Count>& names) {
    return std::ranges::find(names, name) != names.end();
}

constexpr std::array<std::string_view, 10> path_painting{"f", "F", "f*", "B", "B*", "b", "b*", "S", "s", "n"};
constexpr std::array<std::string_view, 7> dropped{"Tj", "TJ", "Do", "sh", "BI", "ID", "EI"};

class WithoutLayers final : public OperatorFilter {
public:
    WithoutLayers(QPDFObjectHandle resources, const Layers& layers)
        : properties_(part_of(resources, "/Properties")), objects_(part_of(resources, "/XObject")), layers_(layers) {}

private:
    enum class Mark { Plain, ShownLayer, HiddenLayer };

    static QPDFObjectHandle part_of(QPDFObjectHandle resources, const char* key) {
        auto part = resources.isDictionary() ? resources.getKey(key) : QPDFObjectHandle::newNull();
        return part.isDictionary() ? part : QPDFObjectHandle::newDictionary();
    }

    void on_operator(const std::string& name) override {
        if (name == "BMC" || name == "BDC") return open(name);
        if (name == "EMC") return close();
        if (hidden_ > 0) return leave_out(name);
        if (name == "Do" && draws_hidden_object()) return;
        pass_on();
    }

    Mark mark_of(const std::string& name) {
        const auto values = operands();
        if (name != "BDC" || values.size() != 2 || values[0].getValue() != "/OC") return Mark::Plain;
        return layers_.hides(properties_.getKey(values[1].getValue())) ? Mark::HiddenLayer : Mark::ShownLayer;
    }
    void open(const std::string& name) {
        marks_.push_back(mark_of(name));
        if (marks_.back() == Mark::HiddenLayer) ++hidden_;
        if (marks_.back() == Mark::Plain) pass_on();
    }
    void close() {
        const Mark mark = marks_.empty() ? Mark::Plain : marks_.back();
        if (!marks_.empty()) marks_.pop_back();
        if (mark == Mark::HiddenLayer) --hidden_;
        if (mark == Mark::Plain) pass_on();
    }

    bool draws_hidden_object() {
        const auto values = operands();
        if (values.empty() || !values.back().getValue().starts_with('/')) return false;
        auto object = objects_.getKey(values.back().getValue());
        return object.isStream() && layers_.hides(object.getDict().getKey("/OC"));
    }

    /// A path still has to end, since it may have set a clip; "next line" still moves the text position.
    void leave_out(const std::string& name) {
        if (one_of(name, path_painting)) return replace_by("n");
        if (one_of(name, dropped)) return;
        if (name == "'") return replace_by("T*");
        if (const auto values = operands(); name == "\"" && values.size() == 3)
            return replace_by(values[0].getRawValue() + " Tw " + values[1].getRawValue() + " Tc T*");
        pass_on();
    }

    QPDFObjectHandle properties_, objects_;
    const Layers& layers_;
    std::vector<Mark> marks_;
    int hidden_ = 0;
};

}  // namespace

std::string without_layers(const std::string& content, const QPDFObjectHandle& resources, const Layers& layers) {
    WithoutLayers filter(resources, layers);
    return filtered(content, filter);
}

std::string grey_rgb_to_k(const std::string& content) {
    GreyToK filter;
    return filtered(content, filter);
}

}  // namespace pli::uploads::reader
