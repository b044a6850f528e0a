#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <variant>

#include "base/day.hpp"
#include "base/result.hpp"
#include "frame/frame.hpp"
#include "pipeline/code_drawing.hpp"
#include "pipeline/franking.hpp"
#include "pipeline/plain_text.hpp"
#include "render/postal_bars.hpp"

namespace pli::pipeline {

/// Deutsche Post, DV-Freimachung. Value and product are those that the counter chose for the piece. Not certified: the
/// code has neither, and MUSTER stands beside it.
struct DvAccount {
    bool certified = false;
    std::uint64_t customer = 0;  // EKP
    std::uint8_t participation = 1, price_version = 0;
    std::uint16_t first_posting = 1;  // of the first batch ever; each batch is a posting of its own
    std::string customer_data;        // the same in every code
};
/// USPS Intelligent Mail. The serial number has the digits that the mailer's number leaves of 15.
struct ImbAccount {
    std::string barcode_id = "00", service, mailer;
};
/// Royal Mail Mailmark: four-state C and L, or DataMatrix of type 7, 9 or 29.
struct MailmarkAccount {
    enum class Kind : std::uint8_t { C, L, Type7, Type9, Type29 };
    Kind kind = Kind::C;
    char format = '1', mail_class = '1', information_type = '0', service = '0';
    std::uint32_t supply_chain = 0;
    std::string return_postcode;  // DataMatrix only
};
/// A DataMatrix of a fixed text and a running number, for contracts that say no more, such as Swiss Post's PP franking.
struct MatrixAccount {
    std::string prefix;
    std::uint8_t digits = 8;
};
using FrankingAccount = std::variant<DvAccount, ImbAccount, MailmarkAccount, MatrixAccount>;

/// How the letters of a run are franked with codes in their windows.
struct FrankingCode {
    FrankingAccount account;
    CodeDrawing drawing;
};

/// The name of the file in marks/codes that has the measures.
std::string_view drawing_of(const FrankingAccount& account);

/// What the code of a piece is made of. `batch_number` is what precedes the running numbers taken for its batch.
struct FrankedPiece {
    std::uint64_t batch_number = 0;
    std::uint32_t piece = 1;
    Day day;
    std::string_view country, postal_code;
    const Franking* counter = nullptr;  // nullptr: the run has no post office
};

/// How many running numbers a batch takes: one where batches are numbered as postings, else one for each piece.
std::uint64_t numbers_of_batch(const FrankingAccount& account, std::uint32_t most_pieces);

/// The code in words, as it goes into the manifest. Empty: this piece gets none, such as an Intelligent Mail barcode for a
/// letter abroad.
/// Errors   BadInput: the postal code is none of that post's, or the product has no key or no price that fits its code
Result<std::string> franking_id(const FrankingCode& franking, const FrankedPiece& piece);

/// Errors   BadInput: a number of the account is too long, too short or not there
Done check_account(const FrankingAccount& account);
/// Errors   Overflow: the code with its clear zone is larger than its place
Done check_place(const FrankingCode& franking, const Rect& zone);

/// Draws codes into their zone, from its top left corner, clear zone included.
/// Errors   as franking_id; MissingGlyph
/// Threads  one object per thread
class Franker {
public:
    Done frank(Frame& front, const Rect& zone, const FrankingCode& franking, const FrankedPiece& piece,
               PlainText& text);

private:
    render::PostalBars bars_;
};

}  // namespace pli::pipeline
