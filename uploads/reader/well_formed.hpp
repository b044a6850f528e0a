#pragma once
#include <string>

namespace pli::uploads::reader {

/// Content as a strict reader wants it. What is well formed comes back as it is; else strings in hexadecimal lose what
/// is no digit, operations that hold something that is no token go, and q, BT and BMC find their ends: those left open
/// are closed, ends without a beginning go.
/// Source   ISO 32000-1 §7.3.4.3, §7.8.2, §8.4.2, §9.4.1, §14.6; how viewers read such files
std::string well_formed(std::string content);

}  // namespace pli::uploads::reader
