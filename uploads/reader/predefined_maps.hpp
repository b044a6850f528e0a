#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace pli::uploads::reader {

// What every reader is expected to know of Adobe's character collections: read from poppler-data, by repairs alone (a
// survey may open no file). Both are empty where it is not installed, or has nothing of the kind.

/// A CMap such as "GBK-EUC-H"; of a vertical one, the horizontal one it is made from.
std::string predefined_cmap(std::string_view ordering, std::string_view name);

/// The character of each CID of a collection such as "GB1"; 0: none.
std::vector<char32_t> characters_of_collection(std::string_view ordering);

}  // namespace pli::uploads::reader
