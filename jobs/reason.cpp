#include "jobs/reason.hpp"

#include <algorithm>
#include <array>

namespace pli::jobs {
namespace {

struct Meaning {
    std::string_view code, text;
};
constexpr std::array<Meaning, reason_count> meanings{{
    {"", ""},
    {"awaits-approval", "It waits until somebody releases it"},
    {"address-came-back", "An earlier letter to this address came back"},
    {"deadline-passed", "Its deadline had passed when the run began"},
    {"address-too-long", "The address does not fit the window"},
    {"character-missing", "No font of the workspace has one of its characters"},
    {"text-too-long", "A text, table or code outgrows its place"},
    {"bad-data", "Its data are not what the template needs"},
    {"template-broken", "Its template does not compile"},
    {"not-printable", "It asks for something that is not printed"},
    {"asked-for", "Somebody asked for it"},
}};

}  // namespace

std::string_view code(Reason reason) { return meanings.at(static_cast<std::size_t>(reason)).code; }
std::string_view text(Reason reason) { return meanings.at(static_cast<std::size_t>(reason)).text; }

std::optional<Reason> reason_coded(std::string_view code) {
    const auto at = std::find_if(meanings.begin(), meanings.end(), [&](const Meaning& m) { return m.code == code; });
    if (at == meanings.end()) return std::nullopt;
    return static_cast<Reason>(at - meanings.begin());
}

Reason reason_of(Fault fault) {
    switch (fault) {
        case Fault::AddressTooLong: return Reason::AddressTooLong;
        case Fault::MissingGlyph: return Reason::CharacterMissing;
        case Fault::Overflow: return Reason::TextTooLong;
        case Fault::Unsupported: return Reason::NotPrintable;
        default: return Reason::BadData;
    }
}

}  // namespace pli::jobs
