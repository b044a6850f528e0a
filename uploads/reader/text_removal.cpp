#include "uploads/reader/text_removal.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <tuple>

#include "content/lexer.hpp"

namespace pli::uploads::reader {
namespace {

using content::Token;
using content::TokenKind;

void append_hex(std::string& out, std::string_view bytes) {
    out += '<';
    for (const char byte : bytes) fmt::format_to(std::back_inserter(out), "{:02x}", static_cast<unsigned char>(byte));
    out += '>';
}

/// Copies content and puts other operators in the place of those that show taken codes.
class Remover {
public:
    Remover(const std::string& content, std::vector<TakenCode> codes)
        : content_(content), lexer_(content), codes_(std::move(codes)) {
        std::ranges::sort(codes_, {}, [](const TakenCode& c) { return std::tuple(c.token, c.at); });
        const auto same = [](const TakenCode& a, const TakenCode& b) { return a.token == b.token && a.at == b.at; };
        codes_.erase(std::unique(codes_.begin(), codes_.end(), same), codes_.end());
    }

    std::string run() {
        for (Token token = lexer_.next(); token.kind != TokenKind::End; token = lexer_.next()) {
            if (token.kind != TokenKind::Word) {
                operands_.push_back(token);
                continue;
            }
            if (token.text == "ID")
                lexer_.inline_image(std::nullopt);
            else
                rewrite(token.text);
            operands_.clear();
        }
        return out_.append(content_, copied_);
    }

private:
    static bool is_string(const Token& token) {
        return token.kind == TokenKind::String || token.kind == TokenKind::HexString;
    }
    /// Where the token begins, its delimiter included.
    std::size_t start_of(const Token& token) const {
        const auto at = static_cast<std::size_t>(token.text.data() - content_.data());
        return is_string(token) || token.kind == TokenKind::Name ? at - 1 : at;
    }
    bool is_taken(const Token& token) const {
        const auto at = start_of(token);
        const auto code = std::ranges::lower_bound(codes_, at, {}, &TakenCode::token);
        return is_string(token) && code != codes_.end() && code->token == at;
    }

    void rewrite(std::string_view name) {
        const bool shows = name == "Tj" || name == "TJ" || name == "'" || name == "\"";
        if (!shows || std::ranges::none_of(operands_, [&](const Token& t) { return is_taken(t); })) return;
        out_.append(content_, copied_, start_of(operands_.front()) - copied_);
        copied_ = lexer_.position();
        if (name == "\"" && operands_.size() == 3)
            fmt::format_to(std::back_inserter(out_), "{} Tw {} Tc ", operands_[0].text, operands_[1].text);
        if (name == "\"" || name == "'") out_ += "T* ";
        out_ += '[';
        for (const Token& token : operands_) {
            if (name == "TJ" && token.kind == TokenKind::Number) out_.append(token.text) += ' ';
            if (is_string(token)) write_string(token);
        }
        out_ += "] TJ";
    }

    void write_string(const Token& token) {
        std::string bytes;
        content::append_string_bytes(token, bytes);
        std::size_t done = 0;
        const auto at = start_of(token);
        auto code = std::ranges::lower_bound(codes_, at, {}, &TakenCode::token);
        for (; code != codes_.end() && code->token == at; ++code) {
            if (code->at < done || code->at + code->bytes > bytes.size()) continue;
            if (code->at > done) append_hex(out_, std::string_view(bytes).substr(done, code->at - done));
            fmt::format_to(std::back_inserter(out_), " {:.3f} ", -code->advance);
            done = code->at + code->bytes;
        }
        if (done < bytes.size()) append_hex(out_, std::string_view(bytes).substr(done));
    }

    const std::string& content_;
    content::Lexer lexer_;
    std::vector<TakenCode> codes_;
    std::vector<Token> operands_;
    std::string out_;
    std::size_t copied_ = 0;
};

}  // namespace

std::string without_codes(const std::string& content, std::vector<TakenCode> codes) {
    return Remover(content, std::move(codes)).run();
}

}  // namespace pli::uploads::reader
