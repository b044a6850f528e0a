#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "address/findings.hpp"
#include "address/writer.hpp"

namespace pli::address {

/// Looks an address over before it costs a stamp: writes its lines and says what in it will hold it up. Whether it fits the
/// window in millimetres is for layouts, which knows the type.
/// Source   as writer.hpp; towns and codes as places.hpp; regions by tables/regions.tsv
/// Threads  one object per thread
class Examiner {
public:
    explicit Examiner(std::string sender_country);
    /// `lines` as printed, or none where the address is refused; `findings` is cleared first.
    void examine(const Recipient& recipient, Limits limits, Lines& lines, std::vector<Finding>& findings);
    void use_language(std::string_view locale) { writer_.use_language(locale); }

private:
    std::string sender_;
    Writer writer_;
};

}  // namespace pli::address
