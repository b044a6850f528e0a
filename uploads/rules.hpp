#pragma once
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "uploads/finding.hpp"

namespace pli::uploads {

/// Everything an upload is looked at for. The table in rules.cpp says what each means; its codes never change.
enum class RuleId : std::uint8_t {
    NotAPdf,
    Password,
    PrintingForbidden,
    DynamicForm,
    Damaged,
    ExternalData,
    NoPages,
    NoPageSize,
    TooHeavy,
    Attack,
    ReadersDisagree,
    TooManySheets,
    LargerEnvelope,
    FileTooLarge,
    PageSize,
    PageOrientation,
    AddressZone,
    FrankingZone,
    ReservedZone,
    SheetCodeZone,
    WindowZone,
    ReturnLineZone,
    StampPlace,
    FontUnknown,
    FontNotEmbedded,
    StandardFontNotEmbedded,
    UnprintableEdge,
    ImageResolution,
    BlackOnFourPlates,
    TotalInk,
    Hairline,
    SmallText,
    SpotInk,
    CodeOnPage,
    BlankPage,
    PrintOnlyLayer,
    FormFields,
    TooMuchToSurvey,
    Mended,
    OneReader,
    RgbColour,
    Transparency,
    OutputIntent,
    Annotations,
    ActiveContent,
    EmbeddedFiles,
    HiddenLayer,
    InvisibleText,
    HiddenMarks,
    BarcodeOnPage,
    TextOnFold,
    TintedZone,
    Signature,
    PageGeometry,
    Placeholder,
    Count
};

struct Rule {
    RuleId id;
    std::string_view code;
    Severity severity;
    std::string_view source;    // whose demand it is
    std::string_view expected;  // what a clean upload has
    std::string_view remedy;    // what a person does about it
    std::string_view repair;    // a stable name of uploads/repair.hpp, or nothing
};

const Rule& rule(RuleId id);
/// nullptr: no such code.
const Rule* rule_named(std::string_view code);
constexpr std::size_t rule_count = static_cast<std::size_t>(RuleId::Count);

/// A finding as the table has it; where the expectation has a figure, the caller puts it in its place.
Finding finding(RuleId id, int page, std::optional<Rect> where, std::string found);

}  // namespace pli::uploads
