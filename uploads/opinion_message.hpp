#pragma once
#include <string>

#include "uploads/opinion.hpp"
#include "uploads/packing.hpp"

namespace pli::uploads {

void put_opinion(std::string& out, const Opinion& opinion);
Opinion read_opinion(Reader& in);

}  // namespace pli::uploads
