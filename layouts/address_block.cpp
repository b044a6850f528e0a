#include "layouts/address_block.hpp"

#include <fmt/format.h>
#include <unicode/locdspnm.h>
#include <unicode/locid.h>

#include <algorithm>
#include <array>
#include <optional>

#include "layouts/address_forms.hpp"
#include "layouts/field_binding.hpp"
#include "layouts/letter_case.hpp"

namespace pli::layouts {
namespace {

constexpr int codes = 26 * 26;

bool is_alpha2(std::string_view s) { return s.size() == 2 && s[0] >= 'A' && s[0] <= 'Z' && s[1] >= 'A' && s[1] <= 'Z'; }
std::size_t index_of(std::string_view alpha2) {
    return static_cast<std::size_t>((alpha2[0] - 'A') * 26 + (alpha2[1] - 'A'));
}

/// The country line may be German, French or English (Deutsche Post, La Poste, UPU); it is for the sender's post.
const char* language_of(std::string_view sender) {
    for (const std::string_view german : {"DE", "AT", "CH", "LI"}) {
        if (sender == german) return "de";
    }
    for (const std::string_view french : {"FR", "BE", "LU", "MC", "GP", "MQ", "GF", "RE", "YT"}) {
        if (sender == french) return "fr";
    }
    return "en";
}

std::string country_name(std::string_view alpha2, const char* language, UDisplayContext length) {
    UDisplayContext contexts[] = {length, UDISPCTX_NO_SUBSTITUTE};
    const std::unique_ptr<icu::LocaleDisplayNames> names(
        icu::LocaleDisplayNames::createInstance(icu::Locale(language), contexts, 2));
    icu::UnicodeString name;
    names->regionDisplayName(std::string(alpha2).c_str(), name);
    std::string text, upper;
    name.toUTF8String(text);
    append_upper(text, language, upper);
    return upper;
}

/// In capitals, or empty if there is no such country. The short names serve (USA, HONGKONG), abbreviations do not (UK,
/// É.-U.): a sorter abroad reads the whole word.
std::string country_line(std::string_view alpha2, const char* language) {
    auto name = country_name(alpha2, language, UDISPCTX_LENGTH_SHORT);
    if (name == alpha2) return {};
    const bool abbreviated = name.size() <= 2 || name.find('.') != std::string::npos;
    return abbreviated ? country_name(alpha2, language, UDISPCTX_LENGTH_FULL) : name;
}

/// Control characters and runs of blanks become one blank: a line of an address is one line.
void append_clean(std::string_view part, std::string& out) {
    const std::size_t start = out.size();
    for (const char c : part) {
        const bool blank = static_cast<unsigned char>(c) <= ' ' || c == 0x7F;
        if (!blank) out += c;
        if (blank && out.size() > start && out.back() != ' ') out += ' ';
    }
    while (out.size() > start && out.back() == ' ') out.pop_back();
}

bool same_text(std::string_view a, std::string_view b) {
    return a.size() == b.size() && std::equal(a.begin(), a.end(), b.begin(), [](char x, char y) {
               return x == y || ((x ^ y) == 32 && (x | 32) >= 'a' && (x | 32) <= 'z');
           });
}

bool starts_with_word(std::string_view text, std::string_view word) {
    return text.size() >= word.size() && same_text(text.substr(0, word.size()), word);
}

std::string_view without_prefix(std::string_view code, std::string_view prefixes) {
    while (!prefixes.empty()) {
        const std::size_t blank = std::min(prefixes.find(' '), prefixes.size());
        const std::string_view prefix = prefixes.substr(0, blank);
        const bool digit_follows =
            code.size() > prefix.size() && code[prefix.size()] >= '0' && code[prefix.size()] <= '9';
        if (starts_with_word(code, prefix) && (digit_follows || prefix.ends_with('-')))
            return code.substr(prefix.size());
        prefixes.remove_prefix(std::min(blank + 1, prefixes.size()));
    }
    return code;
}

/// "75008 Paris" in the city, though there is a postal code as well.
std::string_view without_code(std::string_view city, std::string_view code) {
    if (code.empty() || !city.starts_with(code)) return city;
    city.remove_prefix(code.size());
    const std::size_t first = city.find_first_not_of(' ');
    return first == city.npos ? std::string_view() : city.substr(first);
}

bool is_lieu_dit(std::string_view text) {
    for (const std::string_view word : {"lieu-dit", "lieu dit", "lieudit", "hameau"}) {
        if (starts_with_word(text, word)) return true;
    }
    return false;
}

}  // namespace

std::string& AddressLines::add() {
    if (count == lines.size()) lines.emplace_back();
    lines[count].clear();
    return lines[count++];
}

struct AddressWriter::State {
    std::string sender;
    const char* language = "en";
    std::array<std::optional<std::string>, codes> countries;
    std::string name, part;  // scratch
    bool abroad = false;     // then the town is in capitals too (UPU, Deutsche Post)

    Result<std::string_view> country(std::string_view alpha2) {
        if (!is_alpha2(alpha2)) return unknown(alpha2);
        auto& line = countries[index_of(alpha2)];
        if (!line) line = country_line(alpha2, language);
        if (line->empty()) return unknown(alpha2);
        return std::string_view(*line);
    }

    static tl::unexpected<Error> unknown(std::string_view alpha2) {
        return failure(Fault::BadInput, "recipient, country", fmt::format("'{}' is no country", alpha2.substr(0, 20)),
                       "write it as FR, DE or CH");
    }

    /// The part as printed, in `part`; may be empty.
    void read_part(char letter, const Recipient& to, const AddressForm& form) {
        part.clear();
        switch (letter) {
            case 'N': return append_clean(same_text(name, to.company) ? std::string_view() : name, part);
            case 'O': return append_clean(to.company, part);
            case 'D':
                return append_clean(same_text(to.department, to.company) ? std::string_view() : to.department, part);
            case 'c': return read_care_of(to.care_of);
            case 'X': return append_clean(same_text(to.extra, to.street) ? std::string_view() : to.extra, part);
            case 'S': return append_clean(to.street, part);
            case 'P': return read_po_box(to.po_box, form);
            case 'Z': return append_clean(without_prefix(to.postal_code, form.prefixes), part);
            case 'C': return append_clean(without_code(to.city, without_prefix(to.postal_code, form.prefixes)), part);
            case 'R': return append_clean(same_text(to.region, to.city) ? std::string_view() : to.region, part);
            default: return;
        }
    }

    void read_care_of(std::string_view care_of) {
        if (care_of.empty()) return;
        const bool said = starts_with_word(care_of, "c/o") || starts_with_word(care_of, "chez ") ||
                          starts_with_word(care_of, "p.a.") || starts_with_word(care_of, "bei ");
        if (!said) part += "c/o ";
        append_clean(care_of, part);
    }

    void read_po_box(std::string_view box, const AddressForm& form) {
        const bool number = !box.empty() && box.find_first_not_of("0123456789 ") == box.npos;
        if (number) part.append(form.po_box).append(" ");
        append_clean(box, part);
    }

    void append_part(bool capitals, std::string& line) const {
        if (capitals) {
            append_upper(part, "en", line);
        } else {
            line += part;
        }
    }

    /// Sets one line of a form ("Z ^C"). Nothing is added where all its parts are empty.
    void write_line(std::string_view line_form, const Recipient& to, const AddressForm& form, AddressLines& out) {
        std::string* line = nullptr;
        std::string_view between;
        bool capitals = false;
        for (std::size_t i = 0; i < line_form.size(); ++i) {
            if (line_form[i] == '^') {
                capitals = true;
            } else if (line_form[i] == ' ') {
                const std::size_t end = line_form.find_first_not_of(' ', i);
                between = line_form.substr(i, end - i);
                i = end - 1;
            } else {
                read_part(line_form[i], to, form);
                if (!part.empty()) {
                    if (line) *line += between;
                    if (!line) line = &out.add();
                    append_part(capitals || (abroad && line_form[i] == 'C'), *line);
                }
                capitals = false;
            }
        }
    }

    void write_form(const Recipient& to, const AddressForm& form, AddressLines& out) {
        for (std::string_view rest = form.form; !rest.empty();) {
            const std::size_t slash = std::min(rest.find('/'), rest.size());
            write_line(rest.substr(0, slash), to, form, out);
            rest.remove_prefix(std::min(slash + 1, rest.size()));
        }
        if (form.last_three_in_capitals) finish_french(to, out);
    }

    /// NF Z10-011: the place (lieu-dit) stands below the street, and from the street on all is in capitals.
    void finish_french(const Recipient& to, AddressLines& out) {
        part.clear();
        append_clean(to.extra, part);
        for (std::size_t i = 0; is_lieu_dit(part) && i + 2 < out.count; ++i) {
            if (out.lines[i] == part) std::swap(out.lines[i], out.lines[i + 1]);
        }
        for (std::size_t i = out.count - std::min<std::size_t>(3, out.count); i < out.count; ++i) {
            const bool names_somebody = i == 0 || out.lines[i] == name || out.lines[i] == to.company;
            if (names_somebody) continue;
            part.clear();
            append_upper(out.lines[i], "fr", part);
            out.lines[i].swap(part);
        }
    }
};

namespace {

void write_ready_lines(std::string_view ready, AddressLines& out) {
    while (!ready.empty()) {
        const std::size_t end = std::min(ready.find('\n'), ready.size());
        std::string& line = out.add();
        append_clean(ready.substr(0, end), line);
        if (line.empty()) --out.count;
        ready.remove_prefix(std::min(end + 1, ready.size()));
    }
}

Done check_complete(const Recipient& to, std::string_view name) {
    if (name.empty() && to.company.empty()) {
        return failure(Fault::BadInput, "recipient, name", "the address has neither a name nor a company");
    }
    if (to.city.empty()) return failure(Fault::BadInput, "recipient, city", "the address has no town");
    return {};
}

}  // namespace

AddressWriter::AddressWriter(std::string sender_country) : state_(std::make_unique<State>()) {
    state_->language = language_of(sender_country);
    state_->sender = std::move(sender_country);
}
AddressWriter::~AddressWriter() = default;
AddressWriter::AddressWriter(AddressWriter&&) noexcept = default;

Done AddressWriter::write(const Recipient& recipient, AddressLimits limits, AddressLines& out) {
    out.clear();
    const bool abroad = !recipient.country.empty() && recipient.country != state_->sender;
    state_->abroad = abroad;
    if (!recipient.lines.empty()) {
        write_ready_lines(recipient.lines, out);
    } else {
        state_->name.assign(full_name(recipient, state_->part));
        TRY(check_complete(recipient, state_->name));
        state_->write_form(recipient, address_form(abroad ? recipient.country : state_->sender), out);
        if (abroad) out.add() = TRY(state_->country(recipient.country));
    }
    const std::size_t room = static_cast<std::size_t>(abroad ? limits.lines_abroad : limits.lines);
    if (out.count <= room) return {};
    return failure(Fault::AddressTooLong, "recipient",
                   fmt::format("the address has {} lines, the field holds {}", out.count, room),
                   "shorten the address or choose a profile with a larger field");
}

}  // namespace pli::layouts
