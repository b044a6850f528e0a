#pragma once
#include <cstdint>
#include <string>

namespace pli::postage {

/// Where a figure comes from, and how sure it is: "S: post.at" was read there, "D: …" was derived from other figures,
/// "M: …" is from memory or of an earlier year. What is M is told in every report that uses it.
struct Source {
    std::string text;
    bool confirmed() const { return !text.starts_with("M"); }
};

}  // namespace pli::postage
