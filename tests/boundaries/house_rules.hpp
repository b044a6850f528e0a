#pragma once
#include <map>
#include <string>
#include <vector>

namespace pli::house {

/// The source tree as text by path ("render/codes.cpp"), so that the rules can be tried on houses that are not there.
using House = std::map<std::string, std::string>;

/// Sources, READMEs, the top CMakeLists.txt and docs/decisions of a checkout.
House read_house(const std::string& root);

/// Every breach of the rules that the tree is the architecture, as "path:line: what, and what is allowed":
/// - a top folder with C++ in it is a room, named in the order of the top CMakeLists.txt, with a README of its own;
///   a folder within a room that has a `May include:` line is a room of its own too and stands behind it;
/// - the README's `May include:` line names every room and library its sources include, only rooms that stand before
///   it, and no library that it has no use for;
/// - a library is included by one room, unless a page of docs/decisions has a line `Shared library: NAME: room, room`;
/// - no source file, tests included, is longer than 600 lines.
std::vector<std::string> broken_rules(const House& house);

}  // namespace pli::house
