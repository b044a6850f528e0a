#include "address/writer.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "address/capitals.hpp"
#include "address/country_names.hpp"
#include "address/forms.hpp"
#include "address/latin.hpp"
#include "address/manners.hpp"
#include "address/parts.hpp"
#include "address/postal_code.hpp"
#include "address/regions.hpp"
#include "base/full_name.hpp"

namespace pli::address {

std::string& Lines::add(Part part) {
    if (count == lines.size()) {
        lines.emplace_back();
        parts.emplace_back();
    }
    lines[count].clear();
    parts[count] = part;
    return lines[count++];
}

void Lines::insert_after(std::size_t line) {
    add(parts[line]);
    for (std::size_t i = count - 1; i > line + 1; --i) swap(i, i - 1);
}

void Lines::remove(std::size_t line) {
    for (std::size_t i = line; i + 1 < count; ++i) swap(i, i + 1);
    --count;
}

void Lines::swap(std::size_t a, std::size_t b) {
    lines[a].swap(lines[b]);
    std::swap(parts[a], parts[b]);
}

namespace {

std::string_view home_of(std::string_view country) {
    const Form* form = form_of(country);
    return form == nullptr ? country : std::string_view(form->home);
}

tl::unexpected<Error> unknown_country(std::string_view text) {
    return failure(Fault::BadInput, "recipient, country", fmt::format("'{}' is no country", text.substr(0, 20)),
                   "write it as FR, DE or CH");
}

Done check_complete(const Recipient& to, std::string_view name, const Form& form) {
    if (name.empty() && to.company.empty()) {
        return failure(Fault::BadInput, "recipient, name", "the address has neither a name nor a company");
    }
    if (to.city.empty() && form.prints(Part::Town))
        return failure(Fault::BadInput, "recipient, city", "the address has no town");
    return {};
}

bool is_turkish(std::string_view country) { return country == "TR" || country == "AZ"; }

}  // namespace

struct Writer::State {
    std::string sender, language;
    std::vector<std::string_view> languages;
    const CountryNames* names = nullptr;
    std::vector<const CountryNames*> known_names;  // what people write a country in; for ready lines only
    Romaniser romaniser;
    std::string name, code, part, scratch;  // kept from letter to letter
    const Recipient* to = nullptr;
    const Form* form = nullptr;
    bool abroad = false;

    void take_language(std::string_view wanted) {
        const auto known = std::find(languages.begin(), languages.end(), wanted.substr(0, wanted.find_first_of("-_")));
        const auto chosen = known == languages.end() ? languages.front() : *known;
        if (names != nullptr && language == chosen) return;
        language = chosen;
        names = &country_names(chosen);
    }

    Done start(const Recipient& recipient) {
        to = &recipient;
        const std::string_view country = recipient.country.empty() ? std::string_view(sender) : recipient.country;
        form = form_of(country);
        if (form == nullptr) return unknown_country(country);
        abroad = home_of(sender) != form->home;
        return {};
    }

    void read_code(Lines& out) {
        code.clear();
        const auto given = trimmed(to->postal_code);
        const auto bare = without_prefix(given, *form);
        if (bare.size() != given.size()) out.note(Remark::PrefixDropped);
        if (!append_code(bare, form->codes, code)) append_clean(bare, code);
        if (code != bare) out.note(Remark::CodeRewritten);
    }

    /// The given text, unless it says again what another part says.
    void read_unless(std::string_view text, bool doubled, Lines& out) {
        if (doubled && !text.empty()) return out.note(Remark::PartDoubled);
        append_clean(text, part);
    }

    /// The part as printed, in `part`; may be empty.
    void read(Part which, Lines& out) {
        part.clear();
        switch (which) {
            case Part::Name: return read_unless(name, same_text(name, to->company), out);
            case Part::Company: return append_clean(to->company, part);
            case Part::Department: return read_unless(to->department, same_text(to->department, to->company), out);
            case Part::CareOf: return read_care_of();
            case Part::Extra:
                return read_unless(to->extra, same_text(to->extra, to->street) || same_text(to->extra, to->city), out);
            case Part::Street: return read_street(out);
            case Part::Box: return read_box();
            case Part::Code: part = code; return;
            case Part::Town: return read_town(out);
            case Part::Region: return read_region(out);
            default: return;
        }
    }

    void read_care_of() {
        if (to->care_of.empty()) return;
        const bool said = starts_with_word(to->care_of, "c/o") || starts_with_word(to->care_of, "chez ") ||
                          starts_with_word(to->care_of, "p.a.") || starts_with_word(to->care_of, "bei ");
        if (!said) part += "c/o ";
        append_clean(to->care_of, part);
    }

    void read_street(Lines& out) {
        const auto street = without_town(trimmed(to->street), to->postal_code, to->city);
        if (street.size() < trimmed(to->street).size()) out.note(Remark::PartDoubled);
        append_clean(street, part);
    }

    void read_box() {
        const bool number = !to->po_box.empty() && to->po_box.find_first_not_of("0123456789 ") == to->po_box.npos;
        if (number) part.append(form->box).append(" ");
        const std::size_t start = part.size();
        append_clean(to->po_box, part);
        if (!number || !form->box_pairs || part.find(' ', start) != part.npos) return;
        for (std::size_t at = part.size(); at > start + 2;) part.insert(at -= 2, " ");
    }

    void read_town(Lines& out) {
        const auto bare = without_prefix(trimmed(to->city), *form);
        auto town = without_code(without_code(bare, to->postal_code), code);
        if (town.size() == bare.size()) town = trimmed(to->city);
        town = without_region(town);
        if (!town.empty() && town.size() < trimmed(to->city).size()) out.note(Remark::PartDoubled);
        if (abroad && is_foreign_script(town) && romaniser.append(town, form->country, part))
            return out.note(Remark::TownRomanised);
        append_clean(town, part);
    }

    /// "Portland, OR" where the state is there as well.
    std::string_view without_region(std::string_view town) const {
        if (to->region.empty() || !ends_with_word(town, to->region)) return town;
        const auto head = town.substr(0, town.size() - to->region.size());
        const bool comma = head.find_last_not_of(' ') == head.find_last_of(',') && head.find(',') != head.npos;
        return comma ? trimmed(head) : town;
    }

    void read_region(Lines& out) {
        if (to->region.empty()) return;
        const Region* known = region_named(form->country, to->region);
        if (known != nullptr && known->written.size() == 2) return append_clean(known->written, part);
        read_unless(to->region, same_text(to->region, to->city), out);
    }

    void append_part(bool capitals, std::string& line) const {
        if (capitals)
            append_capitals(part, is_turkish(form->country) ? Accents::Turkish : Accents::Kept, line);
        else
            line += part;
    }

    /// Nothing is added where all parts of a line are empty.
    void write_line(const LineForm& line_form, Lines& out) {
        std::string* line = nullptr;
        for (const Step& step : line_form) {
            if (step.part == Part::Fixed)
                part = step.text;
            else
                read(step.part, out);
            if (part.empty()) continue;
            if (line != nullptr) *line += step.between;
            if (line == nullptr) line = &out.add(step.part);
            append_part(step.capitals || (abroad && step.part == Part::Town), *line);
        }
    }

    void write_parts(Lines& out) {
        const bool own_script = !abroad && !form->script.empty() && is_foreign_script(to->city);
        for (const LineForm& line : own_script ? form->script : form->lines) write_line(line, out);
    }

    Done finish(std::size_t room, Lines& out) {
        if (form->manner == Manner::French) TRY(finish_french(out, room - (abroad ? 1 : 0), scratch));
        if (form->manner == Manner::American) finish_american(out, scratch);
        return {};
    }

    /// A line that is the country already is not said twice: Gibraltar, Monaco, Jersey.
    void write_country(Lines& out) {
        const std::string& country = names->of(form->country);
        for (std::size_t i = out.count; i > 1; --i)
            if (out.lines[i - 1] == country) out.remove(i - 1);
        out.add(Part::Country) = country;
    }

    // ---- ready lines

    void read_lines(std::string_view ready, Lines& out) {
        while (!ready.empty()) {
            const std::size_t end = std::min(ready.find('\n'), ready.size());
            std::string& line = out.add(out.count == 0 ? Part::Name : Part::Extra);
            append_clean(ready.substr(0, end), line);
            const bool doubled = out.count > 1 && same_text(line, out.lines[out.count - 2]);
            if (doubled) out.note(Remark::PartDoubled);
            if (doubled || line.empty()) --out.count;
            ready.remove_prefix(std::min(end + 1, ready.size()));
        }
    }

    bool names_country(std::string_view line) {
        scratch.clear();
        append_capitals(line, Accents::Kept, scratch);
        if (known_names.empty())
            for (const std::string_view known : {"en", "fr", "de"}) known_names.push_back(&country_names(known));
        const auto is_it = [&](const CountryNames* known) { return scratch == known->of(form->country); };
        return is_it(names) || std::any_of(known_names.begin(), known_names.end(), is_it);
    }

    /// The country in whatever language: it is written anew abroad, and not at all at home.
    void drop_country(Lines& out) {
        if (out.count < 3 || !names_country(out.lines[out.count - 1])) return;
        --out.count;
        if (!abroad) out.note(Remark::CountryDropped);
    }

    /// Whether the line begins or ends with a postal code: then it is the town's. A prefix of the code is dropped.
    bool is_town_line(std::string& line, Lines& out) {
        const auto bare = without_prefix(line, *form);
        for (std::size_t end = bare.find(' '), words = 1; words <= 2 && end != bare.npos; ++words) {
            scratch.clear();
            if (append_code(bare.substr(0, end), form->codes, scratch)) {
                if (bare.size() < line.size()) {
                    out.note(Remark::PrefixDropped);
                    line.erase(0, line.size() - bare.size());
                }
                return true;
            }
            end = bare.find(' ', end + 1);
        }
        for (std::size_t blank = line.rfind(' '), words = 1; words <= 2 && blank != line.npos && blank > 0; ++words) {
            scratch.clear();
            if (append_code(std::string_view(line).substr(blank + 1), form->codes, scratch)) return true;
            blank = line.rfind(' ', blank - 1);
        }
        return false;
    }

    bool is_code(std::string_view line) {
        scratch.clear();
        return append_code(line, form->codes, scratch);
    }

    void capitalise(std::string& line) {
        scratch.clear();
        append_capitals(line, is_turkish(form->country) ? Accents::Turkish : Accents::Kept, scratch);
        line.swap(scratch);
    }

    /// The line with the postal code, and the town above it where the code stands alone, as in Britain.
    void find_town(Lines& out) {
        for (std::size_t i = out.count; i > 1 && i + 2 > out.count; --i) {
            const bool alone = is_code(out.lines[i - 1]);
            if (!alone && !is_town_line(out.lines[i - 1], out)) continue;
            out.parts[i - 1] = Part::Code;
            if (i > 2) out.parts[i - 2] = alone ? Part::Town : Part::Street;
            if (abroad) capitalise(out.lines[i - 1]);
            if (abroad && alone && i > 2) capitalise(out.lines[i - 2]);
            return;
        }
    }

    Done write_ready(std::size_t room, Lines& out) {
        read_lines(to->lines, out);
        drop_country(out);
        find_town(out);
        TRY(finish(room, out));
        if (abroad) write_country(out);
        return {};
    }

    Done write_components(std::size_t room, Lines& out) {
        name.assign(full_name(*to, part));
        TRY(check_complete(*to, name, *form));
        read_code(out);
        write_parts(out);
        TRY(finish(room, out));
        if (abroad) write_country(out);
        return {};
    }
};

Writer::Writer(std::string sender_country) : state_(std::make_unique<State>()) {
    state_->languages = post_languages(sender_country);
    state_->sender = std::move(sender_country);
    state_->take_language({});
}
Writer::~Writer() = default;
Writer::Writer(Writer&&) noexcept = default;

void Writer::use_language(std::string_view locale) { state_->take_language(locale); }

bool Writer::is_home(std::string_view country) const {
    return country.empty() || home_of(country) == home_of(state_->sender);
}

Done Writer::write(const Recipient& recipient, Limits limits, Lines& out) {
    out.clear();
    TRY(state_->start(recipient));
    const auto room = static_cast<std::size_t>(state_->abroad ? limits.lines_abroad : limits.lines);
    TRY(recipient.lines.empty() ? state_->write_components(room, out) : state_->write_ready(room, out));
    if (out.count <= room) return {};
    return failure(Fault::AddressTooLong, "recipient",
                   fmt::format("the address has {} lines, the field holds {}", out.count, room),
                   "shorten the address or choose a profile with a larger field");
}

}  // namespace pli::address
