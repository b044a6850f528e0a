#include "service/franking_settings.hpp"

#include <array>
#include <limits>

namespace pli::service {
namespace {

constexpr std::string_view table = "franking";

/// A key that is a single character: "1".
void character(Settings& settings, std::string_view key, char& value) {
    std::string given;
    settings.text(table, key, given);
    if (!given.empty()) value = given.size() == 1 ? given[0] : '?';  // check_account says what may stand there
}

template <class Number>
void number(Settings& settings, std::string_view key, Number& value) {
    std::uint32_t given = value;
    settings.count(table, key, given, std::numeric_limits<Number>::max());
    value = static_cast<Number>(given);
}

/// Ten digits, else a number that check_account refuses.
std::uint64_t customer_number(const std::string& digits) {
    constexpr auto refused = std::numeric_limits<std::uint64_t>::max();
    if (digits.empty()) return 0;
    const bool whole = digits.size() == 10 && digits.find_first_not_of("0123456789") == digits.npos;
    return whole ? std::stoull(digits) : refused;
}

pipeline::DvAccount read_dv(Settings& settings) {
    pipeline::DvAccount account;
    std::string customer;
    settings.flag(table, "certified", account.certified);
    settings.text(table, "customer", customer);
    account.customer = customer_number(customer);
    number(settings, "participation", account.participation);
    number(settings, "price_version", account.price_version);
    number(settings, "first_posting", account.first_posting);
    settings.text(table, "customer_data", account.customer_data);
    return account;
}

pipeline::ImbAccount read_imb(Settings& settings) {
    pipeline::ImbAccount account;
    settings.text(table, "barcode_id", account.barcode_id);
    settings.text(table, "service", account.service);
    settings.text(table, "mailer", account.mailer);
    return account;
}

pipeline::MailmarkAccount read_mailmark(Settings& settings, pipeline::MailmarkAccount::Kind kind) {
    pipeline::MailmarkAccount account;
    account.kind = kind;
    character(settings, "format", account.format);
    character(settings, "class", account.mail_class);
    character(settings, "information_type", account.information_type);
    character(settings, "service", account.service);
    settings.count(table, "supply_chain", account.supply_chain, 9'999'999);
    settings.text(table, "return_postcode", account.return_postcode);
    return account;
}

pipeline::MatrixAccount read_matrix(Settings& settings) {
    pipeline::MatrixAccount account;
    settings.text(table, "prefix", account.prefix);
    number(settings, "digits", account.digits);
    return account;
}

template <pipeline::MailmarkAccount::Kind kind>
pipeline::FrankingAccount mailmark(Settings& settings) {
    return read_mailmark(settings, kind);
}

}  // namespace

std::optional<pipeline::FrankingAccount> read_franking(Settings& settings) {
    using Kind = pipeline::MailmarkAccount::Kind;
    using Reader = pipeline::FrankingAccount (*)(Settings&);
    constexpr std::array<std::pair<std::string_view, Reader>, 8> systems{
        {{"dv-freimachung", [](Settings& s) { return pipeline::FrankingAccount(read_dv(s)); }},
         {"usps-imb", [](Settings& s) { return pipeline::FrankingAccount(read_imb(s)); }},
         {"mailmark-c", mailmark<Kind::C>},
         {"mailmark-l", mailmark<Kind::L>},
         {"mailmark-2d-7", mailmark<Kind::Type7>},
         {"mailmark-2d-9", mailmark<Kind::Type9>},
         {"mailmark-2d-29", mailmark<Kind::Type29>},
         {"datamatrix", [](Settings& s) { return pipeline::FrankingAccount(read_matrix(s)); }}}};
    Reader read = nullptr;
    settings.choice(table, "system", read, systems);
    if (!read) return std::nullopt;
    return read(settings);
}

}  // namespace pli::service
