#pragma once
#include <functional>
#include <qpdf/QPDF.hh>
#include <qpdf/QPDFObjectHandle.hh>
#include <string>
#include <vector>

namespace pli::test {

/// A print file in which something goes wrong between Pli and the press. Everything else stays as it is.
class PlantedFault {
public:
    explicit PlantedFault(const std::string& pdf);
    /// Pages count from 1. What they show is exchanged, what they are stays.
    void swap(std::size_t a, std::size_t b);
    void remove(std::size_t page);
    /// Operators drawn before all others of the page, and after them.
    void draw_before(std::size_t page, const std::string& operators);
    void draw_after(std::size_t page, const std::string& operators);
    /// All operators of a page, unpacked.
    std::string operators_of(std::size_t page);
    /// Over the file it was read from.
    void write();

private:
    QPDFObjectHandle page_at(std::size_t page);
    std::vector<QPDFObjectHandle> contents_of(std::size_t page);
    std::string path_;
    QPDF pdf_;
};

}  // namespace pli::test
