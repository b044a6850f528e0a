#pragma once
#include <string>

namespace pli::service {

/// The folder of Pli's own data (profiles/, aliases): env PLI_DATA, else share/pli beside the program's bin/, else the
/// source tree it was built from.
std::string profiles_folder();
/// The folder with tariffs/, sorting/ and stocks/, found the same way.
std::string postage_folder();
/// marks/ of the same: marks of inserters and measures of postal codes.
std::string marks_folder();

}  // namespace pli::service
