#include "intake/letter_builder.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "intake/country_names.hpp"
#include "intake/postal_line.hpp"
#include "intake/text_check.hpp"

namespace pli::intake {
namespace {

struct Target {
    Part part;
    std::string_view Recipient::*member;
};
constexpr std::array targets{Target{Part::Company, &Recipient::company},
                             Target{Part::Department, &Recipient::department},
                             Target{Part::Title, &Recipient::title},
                             Target{Part::FirstName, &Recipient::first_name},
                             Target{Part::LastName, &Recipient::last_name},
                             Target{Part::Name, &Recipient::name},
                             Target{Part::CareOf, &Recipient::care_of},
                             Target{Part::Street, &Recipient::street},
                             Target{Part::Extra, &Recipient::extra},
                             Target{Part::PoBox, &Recipient::po_box},
                             Target{Part::PostalCode, &Recipient::postal_code},
                             Target{Part::City, &Recipient::city},
                             Target{Part::Region, &Recipient::region},
                             Target{Part::Country, &Recipient::country},
                             Target{Part::Lines, &Recipient::lines}};

std::string_view value_of(const RawRow& row, const Columns& columns, Part part) {
    const auto column = columns.of(part);
    return column < 0 ? std::string_view{} : row.values[static_cast<std::size_t>(column)].text;
}

bool has_address(const Recipient& r) {
    return !(r.company.empty() && r.first_name.empty() && r.last_name.empty() && r.name.empty() && r.street.empty() &&
             r.po_box.empty() && r.city.empty() && r.lines.empty());
}

/// French, British, Irish and American addresses put the number first.
bool number_first(std::string_view country) {
    constexpr std::array<std::string_view, 8> first{"FR", "GB", "IE", "US", "CA", "AU", "NZ", "LU"};
    return std::find(first.begin(), first.end(), country) != first.end();
}

Error explained(TextFault fault) {
    switch (fault) {
        case TextFault::Nul: return {Fault::BadInput, "", "the value holds a NUL byte", "export the file again"};
        case TextFault::NotUtf8:
            return {Fault::BadInput, "", "the value holds bytes that are not UTF-8", "save the whole file as UTF-8"};
        case TextFault::Replaced:
            return {Fault::BadInput, "", "the value holds a character that was lost in an earlier conversion (U+FFFD)",
                    "correct it at its source, or choose the file's true encoding"};
        default:
            return {Fault::BadInput, "", "the value holds a control character, which cannot be printed", "remove it"};
    }
}

Result<std::int64_t> day_in(std::string_view text) { return std::int64_t{TRY(Day::parse(text)).days}; }

Result<std::int64_t> priority_in(std::string_view text) {
    if (text.size() == 1 && text[0] >= '0' && text[0] <= '9') return std::int64_t{text[0] - '0'};
    return failure(Fault::BadInput, "", "a priority is a digit from 0 to 9; 9 goes first, 5 is usual");
}

Result<std::int64_t> flag_in(std::string_view text) {
    if (text == "1" || text == "true" || text == "yes") return std::int64_t{1};
    if (text == "0" || text == "false" || text == "no") return std::int64_t{0};
    return failure(Fault::BadInput, "", "expected yes or no");
}

}  // namespace

RowError LetterBuilder::refusal(std::uint64_t line, std::string_view column, std::string_view value, Error why) const {
    why.where = fmt::format("{}:{}", file_, line);
    if (!column.empty()) why.where += fmt::format(", column {}", column);
    return {line, std::string(column), shown(value), std::move(why)};
}

LetterBuilder::Checked LetterBuilder::build(RawRow& row, const Columns& columns, jobs::NewLetter& letter) {
    if (auto checked = check_values(row, columns); !checked) return checked;
    fill_recipient(row, columns, letter.recipient);
    if (auto found = find_country(row, columns, letter.recipient); !found) return found;
    join_house_number(row, columns, letter.recipient);
    if (!has_address(letter.recipient))
        return tl::unexpected(refusal(
            row.line, "", "", {Fault::BadInput, "", "the address is empty", "give a name and a street or PO box"}));
    derive_key(row, columns);
    letter.key = key_;
    letter.template_name = options_.template_name;
    letter.locale = find_locale(value_of(row, columns, Part::Locale));
    if (auto wishes = fill_wishes(row, columns, letter); !wishes) return wishes;
    letter.fields.names = columns.fields;
    letter.fields.values.resize(columns.fields->names.size());
    for (std::size_t i = 0; i < row.values.size(); ++i)
        if (columns.field_of[i] >= 0)
            letter.fields.values[static_cast<std::size_t>(columns.field_of[i])] = row.values[i];
    return {};
}

/// When it may go, when it must have gone, what comes first: each from the row's own column or the same for all.
LetterBuilder::Checked LetterBuilder::fill_wishes(const RawRow& row, const Columns& columns,
                                                  jobs::NewLetter& letter) const {
    Result<std::int64_t> due = options_.due.days, deadline = options_.deadline.days, priority = options_.priority,
                         held = options_.held, test = options_.test;
    struct Wish {
        Part part;
        Result<std::int64_t>& value;
        Result<std::int64_t> (*read)(std::string_view);
    };
    for (const auto& [part, value, read] :
         {Wish{Part::LetterDue, due, day_in}, Wish{Part::LetterDeadline, deadline, day_in},
          Wish{Part::LetterPriority, priority, priority_in}, Wish{Part::LetterHold, held, flag_in},
          Wish{Part::LetterTest, test, flag_in}}) {
        const auto given = value_of(row, columns, part);
        if (!given.empty()) value = read(given);
        if (!value) return tl::unexpected(refusal(row.line, name_of(part), given, std::move(value).error()));
    }
    letter.due = {static_cast<std::int32_t>(*due)};
    letter.deadline = {static_cast<std::int32_t>(*deadline)};
    letter.priority = static_cast<std::uint8_t>(*priority);
    letter.held = *held != 0;
    letter.test = *test != 0;
    if (letter.deadline.days == 0 || letter.due <= letter.deadline) return {};
    return tl::unexpected(refusal(row.line, "", letter.deadline.iso(),
                                  {Fault::BadInput, "",
                                   fmt::format("the deadline {} is before {}, the day the letter may go",
                                               letter.deadline.iso(), letter.due.iso()),
                                   "correct one of them"}));
}

/// "fr", "de-CH", "pt_BR"; anything else in a column of that name (Französisch, 3) is a merge field and no more.
std::string_view LetterBuilder::find_locale(std::string_view given) {
    const auto letters = given.substr(0, given.find_first_of("-_"));
    const auto is_letter = [](char c) { return (c | 0x20) >= 'a' && (c | 0x20) <= 'z'; };
    const auto region = given.substr(std::min(given.size(), letters.size() + 1));
    const bool well_formed =
        (letters.size() == 2 || letters.size() == 3) && std::ranges::all_of(letters, is_letter) &&
        (given.size() == letters.size() || (region.size() == 2 && std::ranges::all_of(region, is_letter)));
    if (!well_formed) return options_.locale;
    locale_ = letters;
    if (!region.empty()) locale_.append("-").append(region);
    return locale_;
}

LetterBuilder::Checked LetterBuilder::check_values(RawRow& row, const Columns& columns) const {
    for (std::size_t i = 0; i < row.values.size(); ++i) {
        auto& text = row.values[i].text;
        text = trimmed(text);
        if (const auto fault = fault_in(text); fault != TextFault::None)
            return tl::unexpected(refusal(row.line, columns.headers[i], text, explained(fault)));
    }
    return {};
}

void LetterBuilder::fill_recipient(const RawRow& row, const Columns& columns, Recipient& recipient) {
    for (const auto& [part, member] : targets) recipient.*member = value_of(row, columns, part);
    // Shopify writes '75007 so that a spreadsheet keeps leading zeros.
    if (recipient.postal_code.starts_with('\'')) recipient.postal_code.remove_prefix(1);
    const auto line = value_of(row, columns, Part::PostalLine);
    if (line.empty() || !recipient.postal_code.empty()) return;
    const auto split = split_postal_line(line);
    recipient.postal_code = split.postal_code;
    if (recipient.city.empty()) recipient.city = split.city;
    if (recipient.region.empty()) recipient.region = split.region;
}

LetterBuilder::Checked LetterBuilder::find_country(const RawRow& row, const Columns& columns, Recipient& recipient) {
    if (recipient.country.empty()) {
        recipient.country = options_.home_country;
        return {};
    }
    std::string spelled(recipient.country);
    auto known = countries_.find(spelled);
    if (known == countries_.end()) {
        const auto code = country_code(spelled);
        if (!code)
            return tl::unexpected(
                refusal(row.line, columns.headers[static_cast<std::size_t>(columns.of(Part::Country))], spelled,
                        {Fault::BadInput, "", fmt::format("\"{}\" is not a country Pli knows", shown(spelled)),
                         "use the two-letter ISO code (DE), or the name in English, French or German"}));
        known = countries_.emplace(std::move(spelled), *code).first;  // as many as there are spellings of countries
    }
    recipient.country = known->second;
    return {};
}

void LetterBuilder::join_house_number(const RawRow& row, const Columns& columns, Recipient& recipient) {
    const auto number = value_of(row, columns, Part::HouseNumber);
    if (number.empty() || recipient.street.empty()) return;
    street_ = number_first(recipient.country) ? fmt::format("{} {}", number, recipient.street)
                                              : fmt::format("{} {}", recipient.street, number);
    recipient.street = street_;
}

/// Given or derived, under the template's name: the same row for another template is another letter.
void LetterBuilder::derive_key(const RawRow& row, const Columns& columns) {
    key_ = options_.template_name;
    key_ += '/';
    if (const auto given = value_of(row, columns, Part::Key); !given.empty()) {
        key_ += given;
        return;
    }
    for (const auto& value : row.values) {
        digest_.add(value.text);
        digest_.add(std::string_view("\0", 1));
    }
    key_ += "row ";
    key_ += Digest::hex(digest_.finish()).substr(0, 32);
}

}  // namespace pli::intake
