#include "preflight/rules.hpp"

#include <algorithm>
#include <array>

namespace pli::preflight {
namespace {

using enum RuleId;
using enum Severity;

constexpr std::string_view x4 = "ISO 15930-7, as reported";
constexpr std::string_view vt = "ISO 16612-2, as reported";
constexpr std::string_view parts = "ISO 32000-2 §14.12, Arlington PDF model";
constexpr std::string_view craft = "print-house practice";
constexpr std::string_view house = "docs/print-house.md";

// clang-format off
constexpr std::array table{
    Rule{Structure, "x4-structure", Error, "ISO 32000-1 §7.5", "a file that opens without repair"},
    Rule{Header, "x4-header", Error, x4, "%PDF-1.0 to %PDF-1.6 as the first bytes"},
    Rule{CatalogVersion, "x4-catalog-version", Error, x4, "no /Version above 1.6 in the catalogue"},
    Rule{Encryption, "x4-encryption", Error, x4, "no encryption"},
    Rule{FileId, "x4-id", Error, x4, "/ID with two strings in the trailer"},
    Rule{ExternalStream, "x4-external-stream", Error, x4, "all data within the file"},
    Rule{Lzw, "x4-lzw", Error, x4, "no LZWDecode"},
    Rule{CryptFilter, "x4-crypt-filter", Error, x4, "no Crypt filter"},
    Rule{Stream, "x4-stream", Error, "ISO 32000-1 §7.4", "a stream that can be decoded"},

    Rule{Metadata, "x4-metadata", Error, x4, "an XMP stream (/Type/Metadata/Subtype/XML) as the catalogue's /Metadata"},
    Rule{MetadataFilter, "x4-metadata-filter", Error, x4, "metadata in clear, without a filter"},
    Rule{MetadataXml, "x4-metadata-xml", Error, "XML 1.0, ISO 16684-1", "well-formed XML with one rdf:RDF"},
    Rule{XmpVersion, "x4-xmp-version", Error, x4, "pdfxid:GTS_PDFXVersion is PDF/X-4"},
    Rule{XmpDates, "x4-xmp-dates", Error, x4, "xmp:CreateDate, ModifyDate and MetadataDate with date, time and zone"},
    Rule{XmpTitle, "x4-xmp-title", Error, x4, "dc:title with text"},
    Rule{XmpIds, "x4-xmp-ids", Error, x4, "xmpMM:DocumentID, VersionID and RenditionClass"},
    Rule{Trapped, "x4-trapped", Error, x4, "Trapped is True or False, in the Info dictionary and in pdf:Trapped"},
    Rule{InfoMatch, "x4-info-match", Error, x4, "Info dictionary and XMP say the same"},

    Rule{Intent, "x4-intent", Error, x4, "exactly one output intent with /S/GTS_PDFX"},
    Rule{IntentCondition, "x4-intent-condition", Error, x4, "an /OutputConditionIdentifier"},
    Rule{IntentProfile, "x4-intent-profile", Error, x4, "an embedded /DestOutputProfile of class prtr, its /N that of its colours"},
    Rule{IccProfile, "x4-icc", Error, "ICC.1:2004-10 §7.2, §7.3", "an ICC profile of version 2 or 4, as long as it says, its tags within it"},
    Rule{IccSource, "x4-icc-source", Error, "ISO 32000-1 §8.6.5.5", "a source profile of class scnr, mntr, prtr or spac, its /N that of its colours"},
    Rule{IccSameAsIntent, "x4-icc-same-as-intent", Error, x4, "DeviceCMYK, not the output profile once more as a source"},

    Rule{PageTree, "x4-page-tree", Error, "ISO 32000-1 §7.7.3", "pages that name their parent, counted right, each once"},
    Rule{MediaBox, "x4-mediabox", Error, "ISO 32000-1 §14.11.2", "a /MediaBox of four numbers with an area"},
    Rule{TrimBox, "x4-trimbox", Error, x4, "either a /TrimBox or an /ArtBox on the page itself"},
    Rule{BoxOrder, "x4-box-order", Error, x4, "trim or art within bleed within media, and within crop where there is one"},
    Rule{UserUnit, "x4-user-unit", Error, x4, "no /UserUnit"},
    Rule{ViewerArea, "x4-viewer-area", Error, x4, "ViewArea, ViewClip, PrintArea, PrintClip are MediaBox or BleedBox"},

    Rule{Syntax, "x4-content-syntax", Error, "ISO 32000-1 §7.8.2", "content of complete tokens"},
    Rule{Operator, "x4-operator", Error, "ISO 32000-1 Annex A", "operators that exist"},
    Rule{Operands, "x4-operands", Error, "ISO 32000-1 §8, §9", "the operands the operator takes"},
    Rule{SaveRestore, "x4-save-restore", Error, "ISO 32000-1 §8.4.2, §9.4.1, §14.6", "q and Q, BT and ET, BMC and EMC in pairs within a page or form"},
    Rule{Resource, "x4-resource", Error, "ISO 32000-1 §7.8.3", "names that the resources define"},
    Rule{InlineImage, "x4-inline-image", Error, "ISO 32000-1 §8.9.7", "an inline image with its keys, its data and EI"},
    Rule{Recursion, "x4-recursion", Error, "ISO 32000-1 §8.10", "content that does not draw itself"},

    Rule{DeviceColour, "x4-device-colour", Error, x4, "device colours of the output intent, or a default colour space"},
    Rule{ColourSpace, "x4-colour-space", Error, "ISO 32000-1 §8.6", "a colour space made as the standard says"},
    Rule{ColourOperator, "x4-colour-operator", Error, "ISO 32000-1 §8.6.8", "as many components as the colour space has, within 0 to 1; no colour in an uncoloured pattern"},
    Rule{SpotConsistent, "x4-spot-consistent", Warning, x4, "one alternate space and tint transform for each spot ink"},
    Rule{GroupColour, "x4-group-colour", Error, x4, "a blending space of the output intent or an ICC profile"},

    Rule{PostScript, "x4-postscript", Error, x4, "no PostScript XObject and no PS operator"},
    Rule{Opi, "x4-opi", Error, x4, "no /OPI"},
    Rule{ReferenceXObject, "x4-reference-xobject", Error, x4, "no /Ref (that is PDF/X-5)"},
    Rule{Alternates, "x4-alternates", Error, x4, "no /Alternates"},
    Rule{ImageDictionary, "x4-image", Error, "ISO 32000-1 §8.9.5", "width, height, bits and colour space as the standard says"},

    Rule{Transfer, "x4-transfer", Error, x4, "no /TR, and /TR2 only as /Default"},
    Rule{Halftone, "x4-halftone", Error, x4, "halftones of type 1 or 5, without /HalftoneName, transfer function or /HTP"},
    Rule{BlackGeneration, "x4-black-generation", Warning, x4, "no /BG and /UCR, and /BG2, /UCR2 only as /Default"},
    Rule{BlendMode, "x4-blend-mode", Error, "ISO 32000-1 §11.3.5", "a blend mode of the standard"},
    Rule{SoftMask, "x4-soft-mask", Error, "ISO 32000-1 §11.6.5", "/None or a soft mask with /S and a group"},
    Rule{RenderingIntent, "x4-rendering-intent", Error, "ISO 32000-1 §8.6.5.8", "one of the four rendering intents"},

    Rule{FontEmbedded, "x4-font-embedded", Error, x4, "every font embedded"},
    Rule{FontProgram, "x4-font-program", Error, x4, "a font program of the kind its key says, whole"},
    Rule{FontDictionary, "x4-font", Error, "ISO 32000-1 §9.5 to §9.8", "a font dictionary as the standard says"},
    Rule{FontWidths, "x4-font-widths", Error, x4, "widths as in the font program, within one thousandth"},
    Rule{FontGlyph, "x4-font-glyph", Error, x4, "every glyph that is shown is in the font program"},
    Rule{FontUnicode, "print-font-unicode", Warning, craft, "a /ToUnicode map, so that the text can be searched and proofed"},

    Rule{Annotation, "x4-annotation", Error, x4, "no annotation within the bleed or trim but TrapNet and PrinterMark"},
    Rule{Action, "x4-action", Error, x4, "no action and no JavaScript"},
    Rule{Form, "x4-form", Error, x4, "no form and no XFA"},
    Rule{EmbeddedFile, "x4-embedded-file", Error, x4, "no embedded file"},
    Rule{OptionalContent, "x4-optional-content", Error, x4, "layers whose configurations have a name of their own and no /AS"},

    Rule{VtVersion, "vt-version", Error, vt, "pdfvtid:GTS_PDFVTVersion is PDF/VT-1 where there is a /DPartRoot, and the other way round"},
    Rule{VtModDate, "vt-mod-date", Error, vt, "pdfvtid:GTS_PDFVTModDate equals xmp:ModifyDate"},
    Rule{VtRoot, "vt-root", Error, parts, "a /DPartRoot with an indirect /DPartRootNode"},
    Rule{VtNodeNames, "vt-node-names", Error, vt, "a name in /NodeNameList for each level, none twice"},
    Rule{VtRecordLevel, "vt-record-level", Error, vt, "a /RecordLevel within the tree"},
    Rule{VtDepth, "vt-depth", Error, vt, "all leaves on the same level"},
    Rule{VtParent, "vt-parent", Error, parts, "each part an indirect object that names its parent"},
    Rule{VtPart, "vt-part", Error, parts, "a part with either /DParts or /Start, /End only with /Start"},
    Rule{VtCoverage, "vt-coverage", Error, vt, "each page in one part, in order, Start to End without a gap"},
    Rule{VtPagePart, "vt-page-part", Error, parts, "each page's /DPart names the part that holds it"},
    Rule{VtMetadata, "vt-dpm", Error, vt, "/DPM a dictionary of plain values, a CIP4_Root in it a dictionary"},
    Rule{VtScope, "vt-scope", Error, vt, "/GTS_Scope is SingleUse, Record, File, Stream, Global or Unknown; SingleUse is drawn once"},
    Rule{VtEnvironment, "vt-env", Error, vt, "a /GTS_Env string where the scope is Stream or Global"},
    Rule{VtXid, "vt-xid", Error, vt, "a /GTS_XID string where the scope is Stream or Global"},
    Rule{VtEncapsulated, "vt-encapsulated", Error, vt, "/GTS_Encapsulated is true or false"},

    Rule{RichBlackText, "print-rich-black-text", Warning, craft, "black text from the black plate only"},
    Rule{BlackKnocksOut, "print-black-knocks-out", Warning, craft, "100 % black text overprints"},
    Rule{WhiteOverprints, "print-white-overprints", Warning, craft, "white knocks out; overprinted it vanishes"},
    Rule{RegistrationInk, "print-registration-ink", Warning, craft, "no text in registration colour (All)"},
    Rule{TotalInk, "print-total-ink", Warning, craft, "no more ink than the paper takes"},
    Rule{ImageResolution, "print-image-resolution", Warning, craft, "pictures fine enough for their size"},
    Rule{Hairline, "print-hairline", Warning, craft, "lines of 0.25 pt or more"},

    Rule{BatchReady, "batch-ready", Error, house, "READY in the folder"},
    Rule{BatchSums, "batch-sums", Error, house, "every file with the checksum that SHA256SUMS gives"},
    Rule{BatchManifest, "batch-manifest", Error, house, "a manifest.csv with its columns, and as many rows in manifest.jsonl"},
    Rule{BatchPieces, "batch-pieces", Error, house, "pieces numbered from 1 without a gap, each with its sheets"},
    Rule{BatchPages, "batch-pages", Error, house, "pieces that cover the pages of print.pdf, first to last sheet"},
    Rule{BatchParts, "batch-parts", Error, house, "one document part for each piece, or for each press sheet 2-up"},

    Rule{ProofContent, "proof-content", Error, house, "pages that show what was set for the pieces on them, backs too"},
    Rule{ProofSheetCode, "proof-sheet-code", Error, house, "on each front the code of the sheet that the manifest puts there"},
    Rule{ProofQrCode, "proof-qr-code", Error, house, "each letter's own QR codes at their places"},
    Rule{ProofAddress, "proof-address", Error, house, "the address where the window shows it, with the manifest's postal code"},
};
// clang-format on

static_assert(table.size() == rule_count);
static_assert([] {
    for (std::size_t i = 0; i < table.size(); ++i)
        if (table[i].id != static_cast<RuleId>(i)) return false;
    return true;
}());

}  // namespace

const Rule& rule(RuleId id) { return table[static_cast<std::size_t>(id)]; }

const Rule* rule_named(std::string_view code) {
    const auto found = std::find_if(table.begin(), table.end(), [&](const Rule& r) { return r.code == code; });
    return found == table.end() ? nullptr : &*found;
}

}  // namespace pli::preflight
