#pragma once
#include "base/result.hpp"
#include "store/database.hpp"

namespace pli::store {

/// Copies every row of one store into another of the same, newest schema, in the transaction at hand of the other. What is
/// read is one moment of the first, and nobody waits for it.
Done transfer(Connection& from, Connection& to);

}  // namespace pli::store
