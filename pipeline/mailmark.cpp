#include "pipeline/mailmark.hpp"

#include <fmt/format.h>

#include <array>

namespace pli::pipeline {
namespace {

constexpr std::size_t destination_places = 9;
constexpr std::string_view unknown_delivery_point = "9Z";
// The letters after a postcode's last digit: none that a reader could take for another.
constexpr std::string_view inward_letters = "ABDEFGHJLNPQRSTUWXYZ";

/// The postcode without blanks, in capitals.
std::string compact(std::string_view postal_code) {
    std::string code;
    for (const char c : postal_code)
        if (c != ' ') code += 'a' <= c && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
    return code;
}

/// A: any letter, N: a digit, L: one of the letters that inward codes have.
std::string shape_of(std::string_view postcode) {
    std::string shape;
    for (std::size_t i = 0; i < postcode.size(); ++i) {
        const char c = postcode[i];
        const bool inward = i + 2 >= postcode.size();
        if ('0' <= c && c <= '9')
            shape += 'N';
        else if (inward && inward_letters.find(c) != inward_letters.npos)
            shape += 'L';
        else
            shape += !inward && 'A' <= c && c <= 'Z' ? 'A' : '?';
    }
    return shape;
}

bool is_postcode(std::string_view postcode) {
    constexpr std::array<std::string_view, 6> shapes{"ANNLL", "ANNNLL", "AANNLL", "AANNNLL", "ANANLL", "AANANLL"};
    const std::string shape = shape_of(postcode);
    for (const auto known : shapes)
        if (shape == known) return true;
    return false;
}

}  // namespace

Result<std::string> mailmark_destination(std::string_view country, std::string_view postal_code) {
    std::string destination = "XY11";
    if (country == "GB") {
        destination = compact(postal_code);
        if (!is_postcode(destination))
            return failure(Fault::BadInput, "postal code",
                           fmt::format("\"{}\" is no British postcode, which Mailmark needs", postal_code),
                           "correct it, as in SW1A 1AA");
        destination += unknown_delivery_point;
    }
    destination.resize(destination_places, ' ');
    return destination;
}

Result<std::string> mailmark_content(const MailmarkAccount& account, const MailmarkItem& item) {
    const std::string destination = TRY(mailmark_destination(item.country, item.postal_code));
    if (!is_four_state(account.kind))
        return fmt::format("JGB {}1{}{:07}{:08}{}{}{:<7}{:6}", account.information_type, account.mail_class,
                           account.supply_chain, item.number, destination, account.service, account.return_postcode,
                           "");
    const int chain_digits = account.kind == MailmarkAccount::Kind::C ? 2 : 6;
    return fmt::format("{}1{}{:0{}}{:08}{}", account.format, account.mail_class, account.supply_chain, chain_digits,
                       item.number, destination);
}

MatrixSize mailmark_matrix(MailmarkAccount::Kind kind) {
    switch (kind) {
        case MailmarkAccount::Kind::Type7: return {24, 24};
        case MailmarkAccount::Kind::Type9: return {32, 32};
        case MailmarkAccount::Kind::Type29: return {48, 16};
        case MailmarkAccount::Kind::C:
        case MailmarkAccount::Kind::L: break;
    }
    return {};
}

Done check_mailmark(const MailmarkAccount& account) {
    const std::uint32_t most = account.kind == MailmarkAccount::Kind::C   ? 99
                               : account.kind == MailmarkAccount::Kind::L ? 999'999
                                                                          : 9'999'999;
    if (account.supply_chain > most)
        return failure(Fault::BadInput, "franking.supply_chain",
                       fmt::format("{} is more than this code holds, {}", account.supply_chain, most));
    const bool known_class = ('0' <= account.mail_class && account.mail_class <= '9') ||
                             ('A' <= account.mail_class && account.mail_class <= 'E');
    if (!known_class) return failure(Fault::BadInput, "franking.class", "must be 0 to 9 or A to E");
    if (is_four_state(account.kind) && (account.format < '0' || account.format > '4'))
        return failure(Fault::BadInput, "franking.format", "must be 0 to 4");
    if (!account.return_postcode.empty() && !is_postcode(account.return_postcode))
        return failure(Fault::BadInput, "franking.return_postcode",
                       fmt::format("\"{}\" is no British postcode without blanks", account.return_postcode));
    return {};
}

}  // namespace pli::pipeline
