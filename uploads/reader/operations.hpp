#pragma once
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "content/lexer.hpp"

namespace pli::uploads::reader {

/// One operator with what stands in front of it. An inline image is one operation, "BI", with its keys and values as
/// operands.
struct Operation {
    std::string_view name;  // empty: operands without an operator, at the end of the content
    std::vector<content::Token> operands;
    std::size_t begin = 0, end = 0;  // of the whole in the content, the space before it included
    std::string_view image;          // the data of an inline image
    bool damaged = false;            // something in it is no token

    double number(std::size_t index) const { return index < operands.size() ? operands[index].number : 0; }
    std::size_t size() const { return operands.size(); }
};

/// Content operator by operator, for those who rewrite it: what is between `begin` and `end` can be copied as it is.
/// Source   ISO 32000-1 §7.8.2, §8.9.7
class OperationReader {
public:
    explicit OperationReader(std::string_view content) : content_(content), lexer_(content) {}
    /// False at the end.
    bool next(Operation& operation);
    std::string_view written(const Operation& operation) const {
        return content_.substr(operation.begin, operation.end - operation.begin);
    }

private:
    void read_inline_image(Operation& operation);
    std::string_view content_;
    content::Lexer lexer_;
};

}  // namespace pli::uploads::reader
