#pragma once
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace pli::store {

/// Arrays as PostgreSQL takes them in binary: one dimension, no NULL.
/// Source   PostgreSQL 15, src/backend/utils/adt/arrayfuncs.c, array_recv
std::string array_of(std::span<const std::int64_t> numbers);          // bigint[]
std::string array_of_texts(std::span<const std::string_view> texts);  // text[]
std::string array_of_blobs(std::span<const std::string_view> blobs);  // bytea[]

/// A number as PostgreSQL gives it in binary, of two, four or eight bytes.
std::int64_t number_in(std::string_view bytes);

}  // namespace pli::store
