#pragma once
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace pli::preflight {

enum class Severity : std::uint8_t {
    Error,    // breaks PDF/X-4, PDF/VT-1 or what the batch promises: do not print
    Warning,  // allowed, but a prepress engineer would ask
};

/// Everything that is looked for. The table in rules.cpp says what each means; its codes never change.
enum class RuleId : std::uint8_t {
    Structure,
    Header,
    CatalogVersion,
    Encryption,
    FileId,
    ExternalStream,
    Lzw,
    CryptFilter,
    Stream,
    Metadata,
    MetadataFilter,
    MetadataXml,
    XmpVersion,
    XmpDates,
    XmpTitle,
    XmpIds,
    Trapped,
    InfoMatch,
    Intent,
    IntentCondition,
    IntentProfile,
    IccProfile,
    IccSource,
    IccSameAsIntent,
    PageTree,
    MediaBox,
    TrimBox,
    BoxOrder,
    UserUnit,
    ViewerArea,
    Syntax,
    Operator,
    Operands,
    SaveRestore,
    Resource,
    InlineImage,
    Recursion,
    DeviceColour,
    ColourSpace,
    ColourOperator,
    SpotConsistent,
    GroupColour,
    PostScript,
    Opi,
    ReferenceXObject,
    Alternates,
    ImageDictionary,
    Transfer,
    Halftone,
    BlackGeneration,
    BlendMode,
    SoftMask,
    RenderingIntent,
    FontEmbedded,
    FontProgram,
    FontDictionary,
    FontWidths,
    FontGlyph,
    FontUnicode,
    Annotation,
    Action,
    Form,
    EmbeddedFile,
    OptionalContent,
    VtVersion,
    VtModDate,
    VtRoot,
    VtNodeNames,
    VtRecordLevel,
    VtDepth,
    VtParent,
    VtPart,
    VtCoverage,
    VtPagePart,
    VtMetadata,
    VtScope,
    VtEnvironment,
    VtXid,
    VtEncapsulated,
    RichBlackText,
    BlackKnocksOut,
    WhiteOverprints,
    RegistrationInk,
    TotalInk,
    ImageResolution,
    Hairline,
    BatchReady,
    BatchSums,
    BatchManifest,
    BatchPieces,
    BatchPages,
    BatchParts,
    ProofContent,
    ProofSheetCode,
    ProofQrCode,
    ProofAddress,
    Count
};

struct Rule {
    RuleId id;
    std::string_view code;  // stable: programs may rely on it
    Severity severity;
    std::string_view source;    // the clause, and whether it was read or is known from others
    std::string_view expected;  // what a clean file has
};

/// Source   rules marked "as reported" were written from what print houses, producers and other checkers say of
///          ISO 15930-7 and ISO 16612-2; clauses of ISO 32000-1 are those of the published text
const Rule& rule(RuleId id);
/// nullptr: no such code.
const Rule* rule_named(std::string_view code);
constexpr std::size_t rule_count = static_cast<std::size_t>(RuleId::Count);

}  // namespace pli::preflight
