#include <fmt/format.h>

#include <vector>

#include "base/digest.hpp"
#include "store/letter_body.hpp"
#include "store/sql_store.hpp"

namespace pli::store {
namespace {

/// Whoever types an address again leaves spaces, commas and capitals elsewhere.
void add_folded(Digest& digest, std::string_view text) {
    std::string folded;
    for (const char c : text) {
        const bool sign = c == ' ' || c == ',' || c == '.' || c == '-' || c == '\t' || c == '\n';
        if (!sign) folded += c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    }
    digest.add(folded);
    digest.add("\n");
}

/// Recipient and address: somebody else at the same address may well get letters.
Result<Digest::Bytes> address_digest(std::string_view body) {
    Recipient recipient;
    TRY(read_recipient(body, recipient));
    Digest digest;
    add_folded(digest, display_name(recipient));
    for (const auto part : {recipient.company, recipient.care_of, recipient.street, recipient.extra, recipient.po_box,
                            recipient.postal_code, recipient.city, recipient.country, recipient.lines})
        add_folded(digest, part);
    return digest.finish();
}

std::string_view as_text(const Digest::Bytes& bytes) {
    return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

}  // namespace

Done SqlStore::mark_returned(const BatchRow& batch, const jobs::PieceReport& report) {
    auto row = TRY(Statement::prepare(
        db_,
        "SELECT letters.id, body, country, postal_code FROM batches JOIN runs ON runs.id = batches.run"
        " JOIN places ON position BETWEEN coalesce(first_place, first) AND"
        " coalesce(last_place, first + runs.letters - 1) JOIN letters ON letters.id = places.letter"
        " JOIN contents ON contents.letter = letters.id"
        " WHERE batches.id = ?1 AND places.batch = ?1 AND piece = ?2"));
    if (!TRY(row.bind(batch.original, report.piece).step())) return {};
    const auto digest = TRY(address_digest(row.bytes(1)));
    auto insert = TRY(Statement::prepare(
        db_,
        "INSERT INTO returned_addresses (digest, country, postal_code, letter, reason) VALUES (?, ?, ?, ?, ?)"
        " ON CONFLICT (digest) DO UPDATE SET letter = excluded.letter, reason = excluded.reason"));
    return insert.bind(Statement::blob(as_text(digest)), row.bytes(2), row.bytes(3), row.number(0), report.reason)
        .execute();
}

Done SqlStore::clear_returned(LetterId letter) {
    auto row = TRY(Statement::prepare(db_, "SELECT body FROM contents WHERE letter = ?"));
    if (!TRY(row.bind(letter.value).step())) return {};
    const auto digest = TRY(address_digest(row.bytes(0)));
    auto remove = TRY(Statement::prepare(db_, "DELETE FROM returned_addresses WHERE digest = ?"));
    return remove.bind(Statement::blob(as_text(digest))).execute();
}

/// Why a letter is held, where it is for its address.
Done SqlStore::tell_returned(jobs::LetterRecord& record) {
    if (record.state != jobs::State::Held) return {};
    record.reason_code = jobs::Reason::AwaitsApproval;
    auto row = TRY(Statement::prepare(db_, "SELECT body FROM contents WHERE letter = ?"));
    if (!TRY(row.bind(record.id.value).step())) return {};
    const auto digest = TRY(address_digest(row.bytes(0)));
    auto known = TRY(Statement::prepare(db_, "SELECT letter, reason FROM returned_addresses WHERE digest = ?"));
    if (!TRY(known.bind(Statement::blob(as_text(digest))).step())) return {};
    record.reason_code = jobs::Reason::AddressCameBack;
    record.reason = fmt::format("letter {} to this address came back: {}", known.number(0), known.bytes(1));
    return {};
}

Result<std::uint64_t> SqlStore::hold_returned(Day day, Instant at) {
    // Without this, a queue of a million would be read once more before each run, for nothing.
    if (TRY(db_.number("SELECT count(*) FROM returned_addresses")) == 0) return std::uint64_t{0};
    auto transaction = TRY(Transaction::begin(db_));
    auto rows = TRY(Statement::prepare(
        db_,
        "SELECT letters.id, body FROM letters JOIN contents ON contents.letter = letters.id"
        " WHERE state = 0 AND test = 0 AND due <= ? AND EXISTS (SELECT 1 FROM returned_addresses AS returned"
        " WHERE returned.country = letters.country AND returned.postal_code = letters.postal_code)"));
    auto known = TRY(Statement::prepare(db_, "SELECT 1 FROM returned_addresses WHERE digest = ?"));
    std::vector<std::int64_t> found;
    rows.bind(day.days);
    while (TRY(rows.step())) {
        const auto digest = TRY(address_digest(rows.bytes(1)));
        if (TRY(known.bind(Statement::blob(as_text(digest))).step())) found.push_back(rows.number(0));
        known.reset();
    }
    auto hold = TRY(Statement::prepare(db_, "UPDATE letters SET state = 1 WHERE id = ?"));
    for (const auto letter : found) TRY(hold.bind(letter).execute());
    LogLine line{jobs::Event::HoldAsked, at};
    line.why = {jobs::Reason::AddressCameBack, {}};
    TRY(log_each(line, found));
    TRY(transaction.commit());
    return static_cast<std::uint64_t>(found.size());
}

}  // namespace pli::store
