#pragma once
#include <map>
#include <string>

#include "tests/outside/outside.hpp"

namespace pli::delivery::test {

using pli::test::Folder;
using pli::test::read_file;
using pli::test::write_file;

/// A finished batch as far as a delivery looks at it: files, SHA256SUMS, READY.
class SmallBatch {
public:
    /// `print_bytes` of print.pdf, different for each `seed`.
    explicit SmallBatch(std::size_t print_bytes = 3'000'000, unsigned seed = 1);
    const std::string& path() const { return folder_.path(); }
    std::string operator/(const std::string& file) const { return folder_ / file; }
    std::uint64_t bytes() const;

private:
    Folder folder_;
};

/// All files below a folder with their bytes.
std::map<std::string, std::string> contents(const std::string& folder);

}  // namespace pli::delivery::test
