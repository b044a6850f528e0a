#pragma once
#include <cstdint>
#include <string>
#include <string_view>

#include "base/result.hpp"
#include "pipeline/franking_code.hpp"

namespace pli::pipeline {

/// What Royal Mail's codes say of a piece.
struct MailmarkItem {
    std::uint32_t number = 0;  // eight digits
    std::string_view country, postal_code;
};

/// The text of the code: 22 characters (C), 26 (L) or 45 (DataMatrix), fields at fixed places.
/// Source   Royal Mail: Mailmark barcode definition document 2.2 and 3.2 (September 2015), fields as in its public copies
/// Errors   BadInput: a postcode at home that is none
Result<std::string> mailmark_content(const MailmarkAccount& account, const MailmarkItem& item);

/// Postcode and delivery point, nine characters: "SW1A1AA9Z". The delivery point is not known here, for which 9Z stands;
/// abroad it is "XY11" for all.
Result<std::string> mailmark_destination(std::string_view country, std::string_view postal_code);

constexpr bool is_four_state(MailmarkAccount::Kind kind) {
    return kind == MailmarkAccount::Kind::C || kind == MailmarkAccount::Kind::L;
}
/// Nothing for four-state codes.
MatrixSize mailmark_matrix(MailmarkAccount::Kind kind);
Done check_mailmark(const MailmarkAccount& account);

}  // namespace pli::pipeline
