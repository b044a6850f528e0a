#include "intake/columns.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <unordered_map>

#include "intake/fold.hpp"

namespace pli::intake {
namespace {

/// What the wishes say of a column: nothing, a part, or another field name ("-" for none).
struct Wish {
    std::optional<Part> part;
    std::optional<std::string> field;
};

std::vector<Wish> wishes_by_column(const std::vector<std::string>& headers, const Wishes& wishes) {
    std::vector<Wish> by_column(headers.size());
    for (const auto& [name, target] : wishes.map) {
        const auto column = find_column(headers, name);
        if (column < 0) continue;  // the reader has checked; objects of a JSON file may each lack some
        const auto part = part_named(target);
        by_column[column] = part ? Wish{part, {}} : Wish{{}, target};
    }
    if (const auto column = find_column(headers, wishes.key_column); column >= 0) by_column[column].part = Part::Key;
    return by_column;
}

bool says_where(Part part) {
    return part == Part::Street || part == Part::City || part == Part::Lines || part == Part::PostalLine;
}
bool says_who(Part part) {
    return part == Part::Name || part == Part::FirstName || part == Part::LastName || part == Part::Company;
}

using Meanings = std::vector<std::optional<Meaning>>;

/// Whose address the letter goes to: the first of these with a place. Mixing two would post to nobody's address.
Owner chosen_owner(const Meanings& meanings) {
    for (const auto owner : {Owner::Recipient, Owner::Plain, Owner::Shipping, Owner::Customer, Owner::Billing})
        for (const auto& meaning : meanings)
            if (meaning && meaning->owner == owner && says_where(meaning->part)) return owner;
    return Owner::Plain;
}

bool plain_columns_say_who(const Meanings& meanings) {
    return std::any_of(meanings.begin(), meanings.end(), [](const auto& meaning) {
        return meaning && meaning->owner == Owner::Plain && says_who(meaning->part);
    });
}

/// Of several columns for one part the surest wins. The chosen owner's come first: in shop exports the plain "Name" is
/// the order's number.
class PartChoice {
public:
    PartChoice(Columns& columns, const Meanings& meanings)
        : columns_(columns), owner_(chosen_owner(meanings)), plain_who_(plain_columns_say_who(meanings)) {
        columns.column_of.fill(-1);
    }
    void offer(int column, const Meaning& meaning) {
        const auto part = static_cast<std::size_t>(meaning.part);
        const auto weight = std::pair(meaning.owner != owner_, meaning.rank);
        if (!admits(meaning) || (columns_.column_of[part] >= 0 && weight >= weights_[part])) return;
        columns_.column_of[part] = column;
        weights_[part] = weight;
    }

private:
    /// "Customer Name, Street, City": another's columns only to say who lives at a plain address.
    bool admits(const Meaning& meaning) const {
        if (meaning.owner == owner_ || meaning.owner == Owner::Plain) return true;
        return owner_ == Owner::Plain && !plain_who_ && says_who(meaning.part);
    }
    Columns& columns_;
    Owner owner_;
    bool plain_who_;
    std::array<std::pair<bool, std::size_t>, part_count> weights_{};
};

void choose_parts(Columns& columns, const std::vector<Wish>& wishes) {
    Meanings meanings;
    for (std::size_t i = 0; i < wishes.size(); ++i)
        meanings.push_back(wishes[i].part || wishes[i].field ? std::nullopt : meaning_of(columns.headers[i]));
    PartChoice choice(columns, meanings);
    for (std::size_t i = 0; i < meanings.size(); ++i)
        if (meanings[i]) choice.offer(static_cast<int>(i), *meanings[i]);
    for (std::size_t i = 0; i < wishes.size(); ++i)
        if (wishes[i].part) columns.column_of[static_cast<std::size_t>(*wishes[i].part)] = static_cast<int>(i);
}

Done name_fields(Columns& columns, const std::vector<Wish>& wishes) {
    auto names = std::make_shared<FieldNames>();
    std::unordered_map<std::string, std::size_t> first;
    for (std::size_t i = 0; i < columns.headers.size(); ++i) {
        const auto& name = wishes[i].field.value_or(columns.headers[i]);
        const bool left_out = name.empty() || wishes[i].field == "-";
        columns.field_of.push_back(left_out ? -1 : static_cast<int>(names->names.size()));
        if (left_out) continue;
        const auto [known, fresh] = first.emplace(name, i);
        if (!fresh)
            return failure(
                Fault::BadInput, "",
                fmt::format("two columns are named \"{}\" (columns {} and {})", name, known->second + 1, i + 1),
                "rename one of them");
        names->names.push_back(name);
    }
    columns.fields = std::move(names);
    return {};
}

void report(Columns& columns, const std::vector<Wish>& wishes) {
    for (std::size_t i = 0; i < columns.headers.size(); ++i) {
        std::string meaning;
        for (std::size_t part = 0; part < part_count; ++part)
            if (columns.column_of[part] == static_cast<int>(i)) meaning = name_of(static_cast<Part>(part));
        if (meaning.empty() && columns.field_of[i] < 0) meaning = "left out";
        if (meaning.empty()) meaning = wishes[i].field ? "field " + *wishes[i].field : "field";
        columns.mapped.emplace_back(columns.headers[i], meaning);
    }
}

}  // namespace

bool Columns::has_address() const {
    for (const auto part : {Part::Name, Part::LastName, Part::FirstName, Part::Company, Part::Lines, Part::Street,
                            Part::PoBox, Part::City, Part::PostalLine})
        if (of(part) >= 0) return true;
    return false;
}

int find_column(const std::vector<std::string>& headers, const std::string& name) {
    if (name.empty()) return -1;
    auto found = std::find(headers.begin(), headers.end(), name);
    if (found == headers.end()) {
        const auto wanted = folded(name);
        found = std::find_if(headers.begin(), headers.end(), [&](const auto& h) { return folded(h) == wanted; });
    }
    return found == headers.end() ? -1 : static_cast<int>(found - headers.begin());
}

Result<Columns> columns_of(std::vector<std::string> headers, const Wishes& wishes) {
    Columns columns;
    columns.headers = std::move(headers);
    const auto by_column = wishes_by_column(columns.headers, wishes);
    choose_parts(columns, by_column);
    TRY(name_fields(columns, by_column));
    report(columns, by_column);
    return columns;
}

}  // namespace pli::intake
