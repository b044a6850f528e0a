#pragma once
#include "layouts/design.hpp"
#include "layouts/object_reader.hpp"

namespace pli::layouts {

/// Reads a template file. Whatever is wrong with keys, kinds and ranges becomes a finding; what could be read is
/// returned all the same, so that one check reports every problem.
/// Threads  pure
Design read_design(FindingList& findings);

/// The parts of it that stand in files of their own.
BlockSpec read_block(FindingList& findings, const std::string& pointer);
std::vector<BlockSpec> read_blocks(ObjectReader& reader, std::string_view key);
BlockSpec read_address(ObjectReader& reader, std::string_view key);
TypeSpec read_type(ObjectReader& reader);
Placement read_placement(ObjectReader reader);
ListSpec read_list(ObjectReader& reader);
/// A share of the type's size, from a half to the whole.
std::optional<double> read_share(ObjectReader& reader, std::string_view key);

}  // namespace pli::layouts
