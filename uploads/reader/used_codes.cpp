#include "uploads/reader/used_codes.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "uploads/reader/contents.hpp"
#include "uploads/reader/operations.hpp"

namespace pli::uploads::reader {
namespace {

using content::Token;
using content::TokenKind;
using Fonts = std::map<std::string, QPDFObjGen>;

Fonts fonts_of(QPDF& pdf, const Content& content) {
    Fonts fonts;
    auto named = QPDFObjectHandle(content.resources).getKey("/Font");
    if (!named.isDictionary()) return fonts;
    for (auto& [name, font] : named.getDictAsMap()) {
        if (!font.isDictionary()) continue;
        if (!font.isIndirect()) named.replaceKey(name, font = pdf.makeIndirectObject(font));
        fonts[name.substr(1)] = font.getObjGen();
    }
    return fonts;
}

bool shows_text(std::string_view name) {
    static constexpr std::array<std::string_view, 4> showing{"Tj", "TJ", "'", "\""};
    return std::ranges::find(showing, name) != showing.end();
}

/// One piece of content, with the font as it is set and saved.
class Counting {
public:
    Counting(Fonts fonts, std::map<QPDFObjGen, Codes>& used) : fonts_(std::move(fonts)), used_(used) {}

    void run(const std::string& content) {
        OperationReader reader(content);
        for (Operation operation; reader.next(operation);) perform(operation);
    }

private:
    void perform(const Operation& operation) {
        if (operation.name == "q") saved_.push_back(font_);
        if (operation.name == "Q" && !saved_.empty()) {
            font_ = saved_.back();
            saved_.pop_back();
        }
        if (operation.name == "gs") font_.reset();  // it may set one
        if (operation.name == "Tf") set_font(operation);
        if (!shows_text(operation.name)) return;
        for (const Token& token : operation.operands)
            if (token.kind == TokenKind::String || token.kind == TokenKind::HexString) show(token);
    }
    void set_font(const Operation& operation) {
        font_.reset();
        if (operation.operands.empty()) return;
        const auto found = fonts_.find(content::decoded_name(operation.operands.front().text));
        if (found != fonts_.end()) font_ = found->second;
    }
    void show(const Token& token) {
        bytes_.clear();
        content::append_string_bytes(token, bytes_);
        if (font_) return add(*font_);
        for (const auto& [name, font] : fonts_) add(font);
    }
    void add(QPDFObjGen font) {
        Codes& codes = used_[font];
        for (const char byte : bytes_) codes.set(static_cast<unsigned char>(byte));
    }

    Fonts fonts_;
    std::map<QPDFObjGen, Codes>& used_;
    std::optional<QPDFObjGen> font_;
    std::vector<std::optional<QPDFObjGen>> saved_;
    std::string bytes_;
};

}  // namespace

std::map<QPDFObjGen, Codes> used_codes(QPDF& pdf) {
    std::map<QPDFObjGen, Codes> used;
    for (const Content& content : contents_of(pdf)) Counting(fonts_of(pdf, content), used).run(content.operators());
    return used;
}

}  // namespace pli::uploads::reader
