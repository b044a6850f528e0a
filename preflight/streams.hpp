#pragma once
#include <cstddef>
#include <string>

#include "preflight/inspection.hpp"

namespace pli::preflight {

/// More than this decoded is taken for a bomb.
constexpr std::size_t largest_stream = std::size_t{256} << 20;

/// Rules for the dictionary of any stream: its data in the file, no LZW, no Crypt.
void check_stream_dictionary(const Inspection& inspection, Object stream);

/// Appends the decoded data to `data`; a stream that cannot be decoded, or into more than `largest_stream`, is a
/// finding, and what came so far stays.
bool decode(const Inspection& inspection, Object stream, std::string& data);

/// Both in one.
bool check_and_decode(const Inspection& inspection, Object stream, std::string& data);

}  // namespace pli::preflight
