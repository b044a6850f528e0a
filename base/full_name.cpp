#include "base/full_name.hpp"

namespace pli {

std::string_view full_name(const Recipient& recipient, std::string& scratch) {
    if (!recipient.name.empty()) return recipient.name;
    scratch.clear();
    for (const std::string_view part : {recipient.title, recipient.first_name, recipient.last_name}) {
        if (part.empty()) continue;
        if (!scratch.empty()) scratch += ' ';
        scratch += part;
    }
    return scratch;
}

}  // namespace pli
