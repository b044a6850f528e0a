#include "store/letter_body.hpp"

#include <array>

namespace pli::store {
namespace {

// Written to disk in this order: append at the end, behind a new migration.
constexpr std::array parts{
    &Recipient::company,     &Recipient::department, &Recipient::title,  &Recipient::first_name, &Recipient::last_name,
    &Recipient::name,        &Recipient::care_of,    &Recipient::street, &Recipient::extra,      &Recipient::po_box,
    &Recipient::postal_code, &Recipient::city,       &Recipient::region, &Recipient::country,    &Recipient::lines};

void append_varint(std::string& body, std::uint64_t value) {
    for (; value >= 0x80; value >>= 7) body += static_cast<char>(value | 0x80);
    body += static_cast<char>(value);
}

Result<std::uint64_t> take_varint(std::string_view& body) {
    std::uint64_t value = 0;
    for (unsigned shift = 0; !body.empty() && shift < 63; shift += 7) {
        const auto byte = static_cast<std::uint8_t>(body.front());
        body.remove_prefix(1);
        value |= std::uint64_t{byte & 0x7fu} << shift;
        if (byte < 0x80) return value;
    }
    return failure(Fault::Environment, "queue", "the contents of a letter are damaged", "restore the queue file");
}

Result<std::string_view> take(std::string_view& body, std::uint64_t length) {
    if (length > body.size())
        return failure(Fault::Environment, "queue", "the contents of a letter are cut short", "restore the queue file");
    const auto text = body.substr(0, length);
    body.remove_prefix(length);
    return text;
}

}  // namespace

void append_body(std::string& body, const Recipient& recipient, const Fields& fields) {
    for (const auto part : parts) {
        append_varint(body, (recipient.*part).size());
        body += recipient.*part;
    }
    for (const auto& value : fields.values) {
        append_varint(body, value.text.size() * 2 + (value.kind == FieldKind::List ? 1 : 0));
        body += value.text;
    }
}

Done read_recipient(std::string_view& body, Recipient& recipient) {
    for (const auto part : parts) recipient.*part = TRY(take(body, TRY(take_varint(body))));
    return {};
}

Done read_values(std::string_view body, Fields& fields) {
    const auto count = fields.names ? fields.names->names.size() : 0;
    fields.values.resize(count);
    for (auto& value : fields.values) {
        const auto head = TRY(take_varint(body));
        value = {TRY(take(body, head / 2)), head % 2 ? FieldKind::List : FieldKind::Text};
    }
    return {};
}

std::string display_name(const Recipient& recipient) {
    if (!recipient.name.empty()) return std::string(recipient.name);
    std::string name(recipient.first_name);
    if (!name.empty() && !recipient.last_name.empty()) name += ' ';
    name += recipient.last_name;
    if (!name.empty()) return name;
    if (!recipient.company.empty()) return std::string(recipient.company);
    return std::string(recipient.lines.substr(0, recipient.lines.find('\n')));
}

}  // namespace pli::store
