#pragma once
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace pli::content {

enum class TokenKind : std::uint8_t {
    Number,
    Name,
    String,
    HexString,
    ArrayOpen,
    ArrayClose,
    DictOpen,
    DictClose,
    Word,  // an operator, or true, false, null
    Bad,   // no token: an unpaired bracket, a string without end
    End,
};

struct Token {
    TokenKind kind = TokenKind::End;
    std::string_view text{};  // as written; without "/", "()" and "<>"
    double number = 0;
};

/// Splits a content stream into tokens that point into it. No allocation: a batch has gigabytes of content. qpdf's
/// tokenizer, which builds a string for each token, is its oracle in the tests.
/// Source   ISO 32000-1 §7.2, §7.8.2, §8.9.7
class Lexer {
public:
    explicit Lexer(std::string_view content) : content_(content) {}

    Token next();
    std::size_t position() const { return at_; }

    /// After the word ID: skips the data of an inline image and its EI, gives the data. Where the length is not known
    /// the data ends at an EI between white space that is followed by text, not by more binary data.
    std::optional<std::string_view> inline_image(std::optional<std::size_t> length);

private:
    void skip_space();
    Token string();
    Token hex_string();
    Token number_or_word();
    Token bracket(TokenKind kind, std::size_t length);
    bool ends_image(std::size_t at) const;

    std::string_view content_;
    std::size_t at_ = 0;
};

/// The number in "-12.50"; nothing where it is none, as in "1.2.3", "--5", "4e2".
std::optional<double> content_number(std::string_view text);

/// What a string shows: escapes and hexadecimal digits resolved. Appends to `bytes`.
void append_string_bytes(const Token& token, std::string& bytes);

/// "A#20B" as "A B".
std::string decoded_name(std::string_view name);

}  // namespace pli::content
