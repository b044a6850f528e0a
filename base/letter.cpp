#include "base/letter.hpp"

#include <algorithm>

namespace pli {

int FieldNames::index_of(std::string_view name) const {
    const auto found = std::find(names.begin(), names.end(), name);
    return found == names.end() ? -1 : static_cast<int>(found - names.begin());
}

}  // namespace pli
