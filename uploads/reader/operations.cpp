#include "uploads/reader/operations.hpp"

namespace pli::uploads::reader {
namespace {

using content::Token;
using content::TokenKind;

/// true, false and null are words to the lexer and operands to everyone else.
bool is_operand(const Token& token) {
    return token.kind != TokenKind::Word || token.text == "true" || token.text == "false" || token.text == "null";
}

constexpr std::size_t most_operands = 100'000;  // a TJ of an honest file has hundreds

}  // namespace

bool OperationReader::next(Operation& operation) {
    operation = {};
    operation.begin = lexer_.position();
    while (operation.operands.size() < most_operands) {
        const Token token = lexer_.next();
        operation.end = lexer_.position();
        if (token.kind == TokenKind::End) return !operation.operands.empty() || operation.damaged;
        if (token.kind == TokenKind::Bad) {
            operation.damaged = true;
        } else if (is_operand(token)) {
            operation.operands.push_back(token);
        } else {
            operation.name = token.text;
            if (token.text == "BI") read_inline_image(operation);
            return true;
        }
    }
    operation.damaged = true;
    return true;
}

void OperationReader::read_inline_image(Operation& operation) {
    for (Token token = lexer_.next(); token.text != "ID" || token.kind != TokenKind::Word; token = lexer_.next()) {
        operation.end = lexer_.position();
        if (token.kind == TokenKind::End) operation.damaged = true;
        if (token.kind == TokenKind::End) return;
        operation.operands.push_back(token);
    }
    const auto data = lexer_.inline_image(std::nullopt);
    operation.damaged = operation.damaged || !data;
    operation.image = data.value_or(std::string_view());
    operation.end = lexer_.position();
}

}  // namespace pli::uploads::reader
