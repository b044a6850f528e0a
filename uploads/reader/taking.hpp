#pragma once
#include <cstdint>
#include <functional>
#include <qpdf/QPDFObjectHandle.hh>
#include <string>

namespace pli::uploads::reader {

/// Rewrites the operators of a page, form or pattern; the second argument is its resource dictionary.
using ContentFilter = std::function<std::string(const std::string&, const QPDFObjectHandle&)>;

/// How objects are taken over from an upload.
struct Taking {
    std::uint64_t most_bytes = 256u << 20;
    ContentFilter filter;  // empty: content stays as it is
    /// Cairo gives every page and group a colour space of its own, RGB: blending in it would turn K into four inks.
    bool drop_rgb_groups = false;
    QPDFObjectHandle default_rgb;  // an indirect object: what device RGB means where nothing else is said
};

}  // namespace pli::uploads::reader
