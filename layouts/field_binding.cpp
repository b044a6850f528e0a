#include "layouts/field_binding.hpp"

#include "base/full_name.hpp"

#include <algorithm>
#include <array>
#include <optional>

#include "layouts/aliases.hpp"

namespace pli::layouts {
namespace {

struct RecipientPart {
    std::string_view name;
    std::string_view Recipient::*part;
};
constexpr std::array recipient_parts{
    RecipientPart{"name", &Recipient::name},
    RecipientPart{"first_name", &Recipient::first_name},
    RecipientPart{"last_name", &Recipient::last_name},
    RecipientPart{"title", &Recipient::title},
    RecipientPart{"company", &Recipient::company},
    RecipientPart{"department", &Recipient::department},
    RecipientPart{"care_of", &Recipient::care_of},
    RecipientPart{"street", &Recipient::street},
    RecipientPart{"extra", &Recipient::extra},
    RecipientPart{"po_box", &Recipient::po_box},
    RecipientPart{"postal_code", &Recipient::postal_code},
    RecipientPart{"city", &Recipient::city},
    RecipientPart{"region", &Recipient::region},
    RecipientPart{"country", &Recipient::country},
};
constexpr std::uint16_t whole_name = 0;

using From = FieldBinding::From;

std::optional<FieldBinding> field(std::string_view name, const FieldNames& names) {
    const int index = names.index_of(name);
    if (index < 0) return std::nullopt;
    return FieldBinding{From::Field, static_cast<std::uint16_t>(index)};
}

template <class Same>
std::optional<FieldBinding> field_if(const FieldNames& names, Same same) {
    const auto found = std::find_if(names.names.begin(), names.names.end(), same);
    if (found == names.names.end()) return std::nullopt;
    return FieldBinding{From::Field, static_cast<std::uint16_t>(found - names.names.begin())};
}

FieldBinding recipient_part(std::string_view name) {
    if (name == "today") return {From::Today, 0};
    if (name.starts_with("recipient.")) name.remove_prefix(10);
    for (std::size_t i = 0; i < recipient_parts.size(); ++i) {
        if (recipient_parts[i].name == name) return {From::Recipient, static_cast<std::uint16_t>(i)};
    }
    return {};
}

/// Changes of one letter that turn a into b (Levenshtein), for names of a few dozen bytes.
std::size_t distance(std::string_view a, std::string_view b) {
    std::vector<std::size_t> row(b.size() + 1);
    for (std::size_t j = 0; j < row.size(); ++j) row[j] = j;
    for (std::size_t i = 0; i < a.size(); ++i) {
        std::size_t diagonal = row[0]++;
        for (std::size_t j = 0; j < b.size(); ++j) {
            const std::size_t changed = diagonal + (a[i] == b[j] ? 0 : 1);
            diagonal = row[j + 1];
            row[j + 1] = std::min({changed, row[j] + 1, row[j + 1] + 1});
        }
    }
    return row.back();
}

}  // namespace

FieldBinding bind(std::string_view path, const FieldNames& names) {
    if (const auto found = field(path, names)) return *found;
    const std::string folded = folded_name(path);
    if (const auto found = field_if(names, [&](const auto& name) { return folded_name(name) == folded; }))
        return *found;
    const std::string canonical = canonical_path(path);
    if (const auto found = field(canonical, names)) return *found;
    return recipient_part(canonical);
}

FieldValue fetch(FieldBinding binding, const Letter& letter, std::string_view today, std::string& scratch) {
    switch (binding.from) {
        case From::Field:
            return binding.index < letter.fields.values.size() ? letter.fields.values[binding.index] : FieldValue{};
        case From::Recipient:
            if (binding.index == whole_name) return {full_name(letter.recipient, scratch)};
            return {letter.recipient.*recipient_parts[binding.index].part};
        case From::Today: return {today};
        case From::Missing: break;
    }
    return {};
}

const std::vector<std::string_view>& recipient_part_names() {
    static const std::vector<std::string_view> names = [] {
        std::vector<std::string_view> all;
        for (const RecipientPart& part : recipient_parts) all.push_back(part.name);
        return all;
    }();
    return names;
}

std::string_view closest_name(std::string_view path, const FieldNames& names) {
    const std::string folded = folded_name(path);
    std::string_view best;
    std::size_t least = 1 + folded.size() / 3;  // further apart is no slip of the pen
    const auto consider = [&](std::string_view name) {
        const std::size_t d = distance(folded, folded_name(name));
        if (d < least || (d == least && best.empty())) {
            least = d;
            best = name;
        }
    };
    for (const std::string& name : names.names) consider(name);
    for (const std::string_view name : recipient_part_names()) consider(name);
    return best;
}

}  // namespace pli::layouts
