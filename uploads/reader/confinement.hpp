#pragma once
#include <cstdint>
#include <string>

#include "base/result.hpp"

namespace pli::uploads::reader {

/// What this process may still do. Called once, before the first byte of an upload is read; there is no way back.
enum class Doors {
    Closed,  // no file can be opened at all
    Denied,  // the same, but who tries is told so instead of killed: OpenSSL looks for its settings
    Fonts,   // the system's fonts and character maps can be read, nothing else
};

struct Allowance {
    std::uint64_t memory_bytes = 0;
    std::uint64_t cpu_seconds = 0;
};

/// Resource limits, then no new privileges, then Landlock where fonts are wanted, then a seccomp allow-list: whatever
/// is not on it kills the process. A build with sanitizers keeps the processor limit alone, because they map terabytes
/// and call the system in their own ways. `more_fonts`: a folder that can be read where fonts can.
/// Errors   Environment: the kernel refuses; the caller must not go on
Done confine(const Allowance& allowance, Doors doors, const std::string& more_fonts = {});

}  // namespace pli::uploads::reader
