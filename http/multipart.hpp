#pragma once
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"

namespace pli::http {

/// The head of one part of a form.
struct PartHead {
    std::string name, filename, type;
};

/// What takes the parts, one after the other.
struct PartSink {
    std::function<Done(const PartHead&)> begin;
    std::function<Done(std::string_view bytes)> more;
    std::function<Done()> end;
};

/// A multipart/form-data body, piece by piece, in constant memory.
/// Source   RFC 7578, RFC 2046 §5.1
/// Errors   BadInput: not well formed, a head over 8 KiB, more than 500 parts; whatever the sink says
/// Threads  one at a time
class Multipart {
public:
    Multipart(const std::string& boundary, PartSink sink);
    Done feed(std::string_view bytes);
    /// After the last byte.
    Done finish() const;

private:
    enum class In : std::uint8_t { Preamble, Head, Part, AfterDelimiter, Done };
    Result<bool> step();
    bool skip_preamble();
    Result<bool> take_head();
    Result<bool> take_part();
    Result<bool> take_after_delimiter();

    std::string delimiter_;  // CR LF -- boundary
    PartSink sink_;
    std::string buffer_;
    In in_ = In::Preamble;
    bool first_ = true;  // nothing of this part was given yet
    std::size_t parts_ = 0;
};

/// The boundary that a Content-Type names.
/// Errors   Unsupported: not multipart/form-data; BadInput: no boundary, or one that RFC 2046 does not allow
Result<std::string> boundary_of(std::string_view content_type);

/// A part as it was kept: small ones without a file name as text, others in a file.
struct KeptPart {
    PartHead head;
    std::string text;
    std::string path;  // empty: `text` is the part
    std::uint64_t bytes = 0;
};

/// Takes a spooled body apart into files of a folder, which must be there: "part-1", "part-2", …
/// Errors   as Multipart; BadInput: a text over 1 MiB; Environment: cannot be written
Result<std::vector<KeptPart>> keep_parts(const std::string& body_file, std::string_view content_type,
                                         const std::string& folder);

}  // namespace pli::http
