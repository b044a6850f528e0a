#pragma once
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "frame/assets.hpp"

namespace pli::uploads {

/// What a child that opens a foreign PDF may use before it is stopped.
struct Limits {
    std::uint64_t memory_bytes = 512u << 20;
    int cpu_seconds = 8;
    int wall_seconds = 10;
    std::uint64_t output_bytes = 256u << 20;
    int pages = 200;
};

struct ImportOptions {
    Limits limits;
    bool grey_rgb_to_k = false;  // for PDFs drawn by Cairo: "0 0 0 rg" becomes "0 g", RGB page groups are dropped
    bool for_press = false;      // what a print file may not hold is refused: fonts that are not embedded
    /// So much of what lies outside the trim stays visible around the page, where the file has it. Sizes remain the trim's.
    Length bleed;
};

/// Pages of an uploaded PDF as Form XObjects. qpdf works in a child process (`pli-import`, next to the program) under
/// limits and a seccomp filter; annotations are flattened, scripts and actions never come along.
/// Errors   BadInput: damaged, encrypted, no pages, over a limit, naming the file and what was met; Unsupported
/// Threads  any; each call runs its own child
Result<std::vector<ForeignPage>> import_pdf(std::string bytes, std::string_view where,
                                            const ImportOptions& options = {});

/// One page as 8-bit RGB pixels on white, drawn by poppler in the same kind of child.
struct Raster {
    std::uint32_t columns = 0, rows = 0;
    std::vector<std::uint8_t> rgb;
};
Result<Raster> rasterise(const std::string& bytes, int page, int dpi, std::string_view where,
                         const Limits& limits = {});

}  // namespace pli::uploads
