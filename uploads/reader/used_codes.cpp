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
using Use = std::function<void(QPDFObjGen, const std::string&)>;

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
    Counting(Fonts fonts, const Use& use) : fonts_(std::move(fonts)), use_(use) {}

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
    /// A name that the resources lack is no font: readers show nothing in it.
    void set_font(const Operation& operation) {
        font_ = QPDFObjGen();
        if (operation.operands.empty()) return;
        const auto found = fonts_.find(content::decoded_name(operation.operands.front().text));
        if (found != fonts_.end()) font_ = found->second;
    }
    void show(const Token& token) {
        bytes_.clear();
        content::append_string_bytes(token, bytes_);
        if (bytes_.empty() || font_ == QPDFObjGen()) return;
        if (font_) return use_(*font_, bytes_);
        for (const auto& [name, font] : fonts_) use_(font, bytes_);
    }

    Fonts fonts_;
    const Use& use_;
    std::optional<QPDFObjGen> font_;  // nothing: it cannot be told; object 0: none
    std::vector<std::optional<QPDFObjGen>> saved_;
    std::string bytes_;
};

}  // namespace

void each_shown_string(QPDF& pdf, const Use& use) {
    for (const Content& content : contents_of(pdf)) Counting(fonts_of(pdf, content), use).run(content.operators());
}

std::map<QPDFObjGen, Codes> used_codes(QPDF& pdf) {
    std::map<QPDFObjGen, Codes> used;
    each_shown_string(pdf, [&used](QPDFObjGen font, const std::string& bytes) {
        Codes& codes = used[font];
        for (const char byte : bytes) codes.set(static_cast<unsigned char>(byte));
    });
    return used;
}

}  // namespace pli::uploads::reader
