#include "uploads/sound_object.hpp"

#include <catch2/catch.hpp>

namespace pli::uploads {
namespace {

bool sound(std::string bytes, std::vector<ForeignObject::Reference> references = {}) {
    return is_one_object({std::move(bytes), std::move(references)});
}

}  // namespace

TEST_CASE("what the importer writes are objects", "[uploads]") {
    CHECK(sound("<< >>"));
    CHECK(sound("<< /A#20B [ 1 -.5 (a\\)b) <0aF> /C true null << /D false >> ] >>"));
    CHECK(sound("[ 1 ]"));
    CHECK(sound("42"));
    CHECK(sound("<< /Font  /Kids [  ] >>", {{9, 3}, {18, 4}}));
    CHECK(sound("<< /Length 3 >>\nstream\nq Q\nendstream"));
    CHECK(sound("<< /Resources << /Length 9 >> /Length 0 /R  >>\nstream\n\nendstream", {{43, 0}}));
    CHECK(sound("<< /Length 20 >>\nstream\nendstream endobj 1 0\nendstream"));
}

TEST_CASE("an answer cannot close its object and write another", "[uploads]") {
    CHECK_FALSE(sound(""));
    CHECK_FALSE(sound("<< >> endobj 1 0 obj << /Type /Catalog >>"));
    CHECK_FALSE(sound("<< >>\nendobj\n1 0 obj\n<< >>"));
    CHECK_FALSE(sound("endobj"));
    CHECK_FALSE(sound("<< /Length 3 >>\nstream\nq Q\nendstream\nendobj\n1 0 obj\n<< >>\nstream\n\nendstream"));
    CHECK_FALSE(sound("<< /Length 2 >>\nstream\nq Q\nendstream"));
    CHECK_FALSE(sound("<< /Kids << /Length 3 >> >>\nstream\nq Q\nendstream"));
    CHECK_FALSE(sound("<< >>\nstream\nq Q\nendstream"));
    CHECK_FALSE(sound("<< /A 1 >> << /B 2 >>"));
}

TEST_CASE("an answer cannot reach objects of other letters by a number of its own", "[uploads]") {
    CHECK_FALSE(sound("<< /Contents 12 0 R >>"));
    CHECK_FALSE(sound("[ 12 0 R ]"));
    CHECK_FALSE(sound("12 0 R"));
    CHECK_FALSE(sound("<< /A1 2 >>", {{5, 0}}));  // "/A" + "7 0 R" would be the name /A7
    CHECK_FALSE(sound("<< /A 1 >>", {{6, 0}}));
    CHECK_FALSE(sound("<<  1 >>", {{3, 0}}));  // a key that is a reference
    CHECK_FALSE(sound("[ (  ) ]", {{4, 0}}));  // within a string
}

TEST_CASE("brackets that do not pair, comments and endless nesting are no object", "[uploads]") {
    for (const char* bytes : {"<< /A 1", "<< /A >>", "[ << ] >>", "[ 1 ] ]", ">>", "<< 1 2 >>", "(open", "<0g>", "{ }",
                              "<< /A % >>\n1 >>", "<< /A\n1 >>", "/A /B"})
        CHECK_FALSE(sound(bytes));
    CHECK(sound(std::string(100, '[') + std::string(100, ']')));
    CHECK_FALSE(sound(std::string(100'000, '[') + std::string(100'000, ']')));
}

}  // namespace pli::uploads
