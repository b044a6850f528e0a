#pragma once
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "base/result.hpp"

class QPDF;
class QPDFObjectHandle;

namespace pli::preflight {

/// The pages of a print file: what their contents add up to, and some of them as a PDF of their own.
/// Errors   open: BadInput, no PDF; the others: BadInput, an object cannot be read
/// Threads  one object per thread
class PrintPages {
public:
    static Result<PrintPages> open(const std::string& path);
    PrintPages(PrintPages&&) noexcept;
    PrintPages& operator=(PrintPages&&) noexcept;
    ~PrintPages();

    std::uint32_t count() const;
    /// The Adler-32 of each content stream of a page, unpacked, in the order they are drawn. Pages count from 1.
    Result<std::vector<std::uint32_t>> content_sums(std::uint32_t page);
    /// These pages alone, without the parts of the file that no page shows.
    Result<std::string> extract(const std::vector<std::uint32_t>& pages);

private:
    PrintPages();
    std::unique_ptr<QPDF> pdf_;
    std::vector<QPDFObjectHandle> pages_;
};

}  // namespace pli::preflight
