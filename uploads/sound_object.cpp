#include "uploads/sound_object.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <string_view>
#include <vector>

#include "content/lexer.hpp"

namespace pli::uploads {
namespace {

using content::Token;
using content::TokenKind;

/// Follows the brackets of one value from its first token to its last.
class Value {
public:
    /// False: no object goes on like this.
    bool take(const Token& token) {
        switch (token.kind) {
            case TokenKind::ArrayOpen: return open(false);
            case TokenKind::DictOpen: return open(true);
            case TokenKind::ArrayClose: return close(false);
            case TokenKind::DictClose: return close(true);
            case TokenKind::Name: return name(token.text);
            case TokenKind::Word: return plain_word(token.text) && scalar();
            case TokenKind::Number: return number(token);
            case TokenKind::String:
            case TokenKind::HexString: return scalar();
            case TokenKind::Bad:
            case TokenKind::End: break;
        }
        return false;
    }
    bool scalar() {
        if (complete_ || expects_key()) return false;
        return ended();
    }
    bool complete() const { return complete_; }
    /// Of a dictionary; -1 where it has none.
    double length() const { return length_; }

private:
    struct Level {
        bool dictionary, key_given;
    };
    static constexpr std::size_t deepest = 128;

    static bool plain_word(std::string_view word) { return word == "true" || word == "false" || word == "null"; }
    bool expects_key() const { return !levels_.empty() && levels_.back().dictionary && !levels_.back().key_given; }
    bool name(std::string_view text) {
        if (!expects_key()) return scalar();
        levels_.back().key_given = true;
        is_length_ = levels_.size() == 1 && text == "Length";
        return true;
    }
    bool number(const Token& token) {
        if (is_length_) length_ = token.number;
        return scalar();
    }
    bool open(bool dictionary) {
        if (complete_ || expects_key() || levels_.size() == deepest) return false;
        is_length_ = false;
        levels_.push_back({dictionary, false});
        return true;
    }
    bool close(bool dictionary) {
        if (levels_.empty() || levels_.back().dictionary != dictionary || levels_.back().key_given) return false;
        levels_.pop_back();
        return ended();
    }
    bool ended() {
        is_length_ = false;
        complete_ = levels_.empty();
        if (!complete_) levels_.back().key_given = false;
        return true;
    }
    std::vector<Level> levels_;
    bool complete_ = false, is_length_ = false;
    double length_ = -1;
};

/// Between tokens stand spaces alone: a comment would hide what follows from a reader, not from this one.
bool only_spaces_before_token(std::string_view rest) {
    const std::size_t next = rest.find_first_not_of(' ');
    constexpr std::string_view hidden("%\n\r\t\f\0", 6);
    return next == std::string_view::npos || hidden.find(rest[next]) == std::string_view::npos;
}

/// Takes tokens until the value is complete or the piece ends; how far it came, or nothing where it is no object.
std::optional<std::size_t> take_piece(std::string_view piece, Value& value) {
    content::Lexer lexer(piece);
    while (!value.complete()) {
        const std::string_view rest = piece.substr(lexer.position());
        if (!only_spaces_before_token(rest)) return std::nullopt;
        const Token token = lexer.next();
        if (token.kind == TokenKind::End) break;
        if (!value.take(token)) return std::nullopt;
    }
    return lexer.position();
}

/// "12 0 R" is put in here: a space on both sides keeps it a word of its own.
bool stands_free(std::string_view bytes, std::size_t offset) {
    return offset > 0 && offset < bytes.size() && bytes[offset - 1] == ' ' && bytes[offset] == ' ';
}

bool is_stream_of(std::string_view tail, double length) {
    constexpr std::string_view opening = "\nstream\n", closing = "\nendstream";
    return length >= 0 && tail.starts_with(opening) && tail.ends_with(closing) &&
           static_cast<double>(tail.size()) == length + static_cast<double>(opening.size() + closing.size());
}

}  // namespace

bool is_one_object(const ForeignObject& object) {
    const std::string_view bytes = object.bytes;
    Value value;
    std::size_t done = 0;
    for (const auto& reference : object.references) {
        if (reference.offset < done || !stands_free(bytes, reference.offset)) return false;
        const auto piece = take_piece(bytes.substr(done, reference.offset - done), value);
        if (!piece || value.complete() || !value.scalar()) return false;
        done = reference.offset;
    }
    const auto last = take_piece(bytes.substr(done), value);
    if (!last || !value.complete()) return false;
    const std::string_view tail = bytes.substr(done + *last);
    return tail.empty() || is_stream_of(tail, value.length());
}

}  // namespace pli::uploads
