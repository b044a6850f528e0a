#pragma once
#include <memory>
#include <string>
#include <string_view>

#include "base/result.hpp"

namespace pli::render {

/// The bars of postal four-state codes as letters, from left to right: F full, A ascender, D descender, T tracker; what
/// `Bars` of a Frame draws. Check digits and error correction are libzint's, what is allowed inside is checked here.
/// Source   USPS-B-3200 rev. H (Intelligent Mail); Royal Mail: Mailmark barcode C, and L, encoding and decoding
///          instructions (September 2015), as libzint 2.11.1 has them
/// Errors   BadInput: a field that is too long, too short or holds what its place does not allow
/// Threads  one object per thread; the views are good until the next call
class PostalBars {
public:
    PostalBars();
    ~PostalBars();
    PostalBars(PostalBars&&) noexcept;
    PostalBars& operator=(PostalBars&&) noexcept;

    /// 65 bars. `tracking` is 20 digits, the second of them 0 to 4; `routing` 0, 5, 9 or 11 digits.
    Result<std::string_view> intelligent_mail(std::string_view tracking, std::string_view routing);
    /// 66 bars for the 22 characters of barcode C, 78 for the 26 of barcode L.
    Result<std::string_view> mailmark(std::string_view content);

private:
    struct State;
    std::unique_ptr<State> state_;
};

}  // namespace pli::render
