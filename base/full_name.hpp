#pragma once
#include <string>
#include <string_view>

#include "base/letter.hpp"

namespace pli {

/// First name and last name with the title before them, or the name as given whole. A view of the recipient or of
/// `scratch`.
std::string_view full_name(const Recipient& recipient, std::string& scratch);

}  // namespace pli
