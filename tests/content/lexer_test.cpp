#include <catch2/catch.hpp>
#include <cmath>
#include <qpdf/BufferInputSource.hh>
#include <qpdf/QPDFTokenizer.hh>

#include "content/lexer.hpp"

namespace {
using namespace pli::content;

std::string shown(std::string_view content) {
    std::string all;
    Lexer lexer(content);
    for (Token token = lexer.next(); token.kind != TokenKind::End; token = lexer.next()) {
        constexpr std::string_view kinds = "nNshaAdDw!";
        all += kinds[static_cast<std::size_t>(token.kind)];
        all += ':' + std::string(token.text) + ' ';
    }
    return all;
}

TEST_CASE("content is split as the standard says", "[content]") {
    CHECK(shown("q 1 0 0 -1.5 .5 +3 cm/F0 12 Tf") == "w:q n:1 n:0 n:0 n:-1.5 n:.5 n:+3 w:cm N:F0 n:12 w:Tf ");
    CHECK(shown("[(a(b)\\)c)<41 42>-3]TJ % a (comment\n'") == "a:[ s:a(b)\\)c h:41 42 n:-3 A:] w:TJ w:' ");
    CHECK(shown("/P<</MCID 0>>BDC") == "N:P d:<< N:MCID n:0 D:>> w:BDC ");
    CHECK(shown("1.2.3 --5 4e2 (open") == "!:1.2.3 !:--5 !:4e2 !:(open ");
    CHECK(shown("<41x> ) {") == "!:<41 w:x !:> !:) !:{ ");
}

TEST_CASE("numbers are read with their sign and point", "[content]") {
    CHECK(content_number("-12.50") == -12.5);
    CHECK(content_number("5.") == 5);
    CHECK(content_number("-.25") == -.25);
    for (const char* text : {"", "-", ".", "1-2", "0x1"}) CHECK_FALSE(content_number(text));
}

TEST_CASE("strings give their bytes", "[content]") {
    const auto bytes = [](std::string_view content) {
        std::string all;
        append_string_bytes(Lexer(content).next(), all);
        return all;
    };
    CHECK(bytes("(a\\)\\101\\7\\n\\\nb)") == "a)A\7\nb");
    CHECK(bytes("<4142 4>") == "AB@");
    CHECK(decoded_name("HKS#2013") == "HKS 13");
    CHECK(decoded_name("odd#") == "odd#");
}

TEST_CASE("an inline image ends where its length says, or at an EI that text follows", "[content]") {
    const std::string content = "ID \x01 EI \x02 EI Q";
    Lexer lexer(content);
    lexer.next();
    CHECK(lexer.inline_image(7) == "\x01 EI \x02 "[0] + std::string(" EI \x02 "));
    CHECK(lexer.next().text == "Q");
    Lexer searching(content);
    searching.next();
    CHECK(searching.inline_image(std::nullopt) == "\x01 EI \x02");
    CHECK(searching.next().text == "Q");
    Lexer wrong(content);
    wrong.next();
    CHECK_FALSE(wrong.inline_image(100));
}

TEST_CASE("content is split as qpdf splits it", "[content]") {
    const std::string content =
        "q 1 0 0 1 20.5 -3 cm BT /F0 9 Tf[(A\\(b)-20<0041>]TJ/P<</X[1 2]>>BDC ET true null % c\nQ";
    Lexer ours(content);
    const auto source = std::make_shared<BufferInputSource>("content", content);
    QPDFTokenizer theirs;
    theirs.allowEOF();
    for (;;) {
        const auto token = theirs.readToken(source, "content", true);
        const Token mine = ours.next();
        if (token.getType() == QPDFTokenizer::tt_eof) {
            CHECK(mine.kind == TokenKind::End);
            break;
        }
        INFO(token.getRawValue());
        if (token.getType() == QPDFTokenizer::tt_string) {
            std::string bytes;
            append_string_bytes(mine, bytes);
            CHECK(bytes == token.getValue());
        } else if (token.getType() == QPDFTokenizer::tt_name) {
            CHECK("/" + std::string(mine.text) == token.getValue());
        } else {
            CHECK(std::string(mine.text) == token.getRawValue());
        }
    }
}

}  // namespace
