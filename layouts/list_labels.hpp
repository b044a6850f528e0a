#pragma once
#include <string>

#include "layouts/design.hpp"

namespace pli::layouts {

/// What stands before an item: its marker, in which the last of 1 a A i I stands for the number of an ordered list
/// ("1.", "(a)", "I."). Without a marker bullets and numbers change from level to level.
/// Threads  pure
std::string label_of(const ListSpec& list, int depth, int number);

/// "xiv", "ab"; `form` is one of 1 a A i I. What the form cannot write is written in digits.
std::string numeral(char form, int number);

}  // namespace pli::layouts
