#pragma once
#include <cstddef>

namespace pli::test {

/// How often this thread has allocated with new; strings and containers all do. A test program that asks has
/// allocations.cpp among its sources, which replaces operator new for all of it.
std::size_t allocations();

}  // namespace pli::test
