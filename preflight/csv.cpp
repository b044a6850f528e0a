#include "preflight/csv.hpp"

namespace pli::preflight {

bool take_record(std::string_view& csv, std::vector<std::string>& fields) {
    fields.assign(1, {});
    bool quoted = false;
    std::size_t i = 0;
    for (; i < csv.size(); ++i) {
        const char c = csv[i];
        if (c == '"') {
            const bool doubled = quoted && i + 1 < csv.size() && csv[i + 1] == '"';
            if (doubled)
                fields.back() += csv[i++];
            else
                quoted = !quoted;
        } else if (quoted) {
            fields.back() += c;
        } else if (c == ',') {
            fields.emplace_back();
        } else if (c == '\n') {
            ++i;
            break;
        } else if (c != '\r') {
            fields.back() += c;
        }
    }
    csv.remove_prefix(i);
    return !quoted;
}

}  // namespace pli::preflight
