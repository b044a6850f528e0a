#include "uploads/reader/well_formed.hpp"

#include <algorithm>
#include <string_view>
#include <vector>

#include "uploads/reader/operations.hpp"

namespace pli::uploads::reader {
namespace {

struct Pair {
    std::string_view begin, other_begin, end;
};
constexpr Pair pairs[]{{"q", "", "Q"}, {"BT", "", "ET"}, {"BMC", "BDC", "EMC"}};

/// Which pairs are open, innermost last; as numbers into `pairs`.
class Balance {
public:
    /// False: an end without its beginning.
    bool take(std::string_view name) {
        for (std::size_t i = 0; i < std::size(pairs); ++i) {
            if (name == pairs[i].begin || (!pairs[i].other_begin.empty() && name == pairs[i].other_begin))
                open_.push_back(i);
            if (name == pairs[i].end) return close(i);
        }
        return true;
    }
    std::string ends() const {
        std::string operators;
        for (auto pair = open_.rbegin(); pair != open_.rend(); ++pair)
            operators += "\n" + std::string(pairs[*pair].end);
        return operators;
    }

private:
    bool close(std::size_t pair) {
        const auto last = std::find(open_.rbegin(), open_.rend(), pair);
        if (last == open_.rend()) return false;
        open_.erase(std::next(last).base());
        return true;
    }
    std::vector<std::size_t> open_;
};

bool is_well_formed(const std::string& content) {
    OperationReader reader(content);
    Balance balance;
    for (Operation operation; reader.next(operation);)
        if (operation.damaged || operation.name.empty() || !balance.take(operation.name)) return false;
    return balance.ends().empty();
}

/// The end of the literal string that begins at `at`.
std::size_t end_of_string(std::string_view content, std::size_t at) {
    int depth = 0;
    for (; at < content.size(); ++at) {
        if (content[at] == '\\') {
            ++at;
        } else if (content[at] == '(') {
            ++depth;
        } else if (content[at] == ')' && --depth == 0) {
            return at + 1;
        }
    }
    return content.size();
}

bool is_hex_or_space(char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F') || c == ' ' || c == '\n' ||
           c == '\r' || c == '\t';
}

/// What viewers make of "<48 !! 49>": they pass over what is no digit.
std::string with_clean_hex(std::string_view content) {
    std::string result;
    for (std::size_t at = 0; at < content.size();) {
        if (content[at] == '(') {
            const std::size_t end = end_of_string(content, at);
            result += content.substr(at, end - at);
            at = end;
        } else if (content[at] == '<' && content.substr(at, 2) != "<<" && content.find('>', at) != content.npos) {
            const std::size_t end = content.find('>', at);
            for (result += '<'; ++at < end;)
                if (is_hex_or_space(content[at])) result += content[at];
        } else if (content.substr(at, 2) == "<<") {
            result += "<<";
            at += 2;
        } else {
            result += content[at++];
        }
    }
    return result;
}

bool has_inline_image(const std::string& content) {
    OperationReader reader(content);
    for (Operation operation; reader.next(operation);)
        if (operation.name == "BI") return true;
    return false;
}

}  // namespace

std::string well_formed(std::string content) {
    if (is_well_formed(content)) return content;
    if (!has_inline_image(content)) content = with_clean_hex(content);  // a picture's bytes are no text
    std::string result;
    OperationReader reader(content);
    Balance balance;
    for (Operation operation; reader.next(operation);)
        if (!operation.damaged && !operation.name.empty() && balance.take(operation.name))
            result += reader.written(operation);
    return result + balance.ends() + "\n";
}

}  // namespace pli::uploads::reader
