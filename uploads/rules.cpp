#include "uploads/rules.hpp"

#include <algorithm>
#include <array>

#include "uploads/plain_words.hpp"

namespace pli::uploads {
namespace {

using enum RuleId;
using enum Severity;

constexpr std::string_view pdf = "ISO 32000-1";
constexpr std::string_view safety = "an upload may come from anybody";
constexpr std::string_view carrier = "carrier, layouts/profiles";
constexpr std::string_view press = "press, service/press_conditions.toml";
constexpr std::string_view x4 = "ISO 15930-7, as reported";
constexpr std::string_view craft = "print-house practice";
constexpr std::string_view again = "open it in a PDF program, save or print it as a new PDF and upload that";
constexpr std::string_view keep_clear = "move it away in your design program";

// clang-format off
constexpr std::array table{
    Rule{NotAPdf, "not-a-pdf", Fatal, "ISO 32000-1 §7.5.2", "a PDF", "export your design as PDF", ""},
    Rule{Password, "password", Fatal, "ISO 32000-1 §7.6", "a PDF that opens without a password", "save it without password protection", ""},
    Rule{PrintingForbidden, "printing-forbidden", Fatal, "ISO 32000-1 §7.6.3.2", "a PDF that may be printed in full quality", "ask its author for a copy that may be printed", ""},
    Rule{DynamicForm, "dynamic-form", Fatal, "ISO 32000-1 §12.7.8", "pages that are drawn, not made by a form program", "print it to a new PDF and upload that", ""},
    Rule{Damaged, "damaged", Fatal, pdf, "a PDF whose parts are all there", again, ""},
    Rule{ExternalData, "external-data", Fatal, "ISO 32000-1 §7.3.8.2", "everything within the file", "embed the linked files and export it again", ""},
    Rule{NoPages, "no-pages", Fatal, "ISO 32000-1 §7.7.3", "at least one page", again, ""},
    Rule{NoPageSize, "no-page-size", Fatal, "ISO 32000-1 §14.11.2", "a page size", "set a page size in your design program and export it again", ""},
    Rule{TooHeavy, "too-heavy", Fatal, safety, "a PDF that opens and draws within the limits of time and memory", "reduce its pictures to 300 dpi, flatten transparency, or save it as a new PDF", ""},
    Rule{Attack, "unsafe", Fatal, safety, "a PDF that programs can read without harm", again, ""},
    Rule{ReadersDisagree, "readers-disagree", Fatal, safety, "two independent PDF readers see the same pages", again, ""},
    Rule{TooManySheets, "too-many-sheets", Fatal, carrier, "no more sheets than the envelope and the carrier take", "shorten it, or print it on both sides", ""},
    Rule{LargerEnvelope, "larger-envelope", Warning, carrier, "no more sheets than the envelope takes", "nothing, if it may go into the larger envelope at that postage; else shorten it, or print it on both sides", ""},
    Rule{FileTooLarge, "file-too-large", Fatal, carrier, "a file no larger than the limit", "reduce its pictures to 300 dpi", ""},
    Rule{PageSize, "page-size", Repairable, carrier, "pages of the sheet's size", "set the page size in your design program, or have it scaled", "scale"},
    Rule{PageOrientation, "page-orientation", Repairable, carrier, "pages as the sheet stands, portrait or landscape", "turn the page in your design program, or have it turned", "rotate"},
    Rule{AddressZone, "address-zone", Repairable, carrier, "nothing printed where the address goes", keep_clear, "clear-zone"},
    Rule{FrankingZone, "franking-zone", Warning, carrier, "nothing printed where a carrier of hybrid mail franks", keep_clear, "clear-zone"},
    Rule{ReservedZone, "reserved-zone", Repairable, carrier, "nothing printed in a zone that the carrier keeps for itself", keep_clear, "clear-zone"},
    Rule{SheetCodeZone, "sheet-code-zone", Repairable, carrier, "nothing printed where the inserting machine's code goes", keep_clear, "clear-zone"},
    Rule{WindowZone, "window", Repairable, carrier, "nothing in the window but the address and the sender's line", keep_clear, "clear-zone"},
    Rule{ReturnLineZone, "return-line", Warning, carrier, "the sender's line printed once, by Pli or by the design", "leave it out of the design if the template stamps one", "clear-zone"},
    Rule{StampPlace, "stamp-place", Warning, "the template", "blank paper under a stamp", "move the stamp, or what stands below it", "clear-zone"},
    Rule{FontUnknown, "font-unknown", Fatal, x4, "every font embedded: what the characters of this one are is known to nobody else", "embed all fonts when you export, or turn the text into outlines", ""},
    Rule{FontNotEmbedded, "font-not-embedded", Repairable, x4, "every font embedded", "embed all fonts when you export, or have the text set in the likest face there is", "embed-fonts"},
    Rule{StandardFontNotEmbedded, "standard-font-not-embedded", Repairable, x4, "every font embedded, the standard fonts too", "embed all fonts when you export", "embed-fonts"},
    Rule{UnprintableEdge, "unprintable-edge", Warning, carrier, "nothing in the edge that machines do not reach", "keep text and logos away from the edge, or have the page scaled", "scale"},
    Rule{ImageResolution, "image-resolution", Warning, press, "pictures fine enough for their size", "put in the picture at its full resolution, or print it smaller", ""},
    Rule{BlackOnFourPlates, "rgb-black-text", Warning, craft, "black text from the black plate only", "set text in 100 % black (K), or have it turned into black", "black-text"},
    Rule{TotalInk, "total-ink", Warning, press, "no more ink than the paper takes", "export with the profile of the press", ""},
    Rule{Hairline, "hairline", Warning, press, "lines thick enough to print", "make the line thicker", ""},
    Rule{SmallText, "small-text", Warning, press, "text large enough to read", "set it larger", ""},
    Rule{SpotInk, "spot-ink", Warning, craft, "colours made of the inks of the press", "export spot colours as process colours unless their ink was ordered", ""},
    Rule{CodeOnPage, "code-on-page", Warning, craft, "one code to scan: the one that is printed for each letter", "leave the code out of the design if letters get one of their own", ""},
    Rule{BlankPage, "blank-page", Warning, craft, "pages that show something", "leave it out, or have it dropped", "drop-blank-pages"},
    Rule{PrintOnlyLayer, "print-only-layer", Warning, "ISO 32000-1 §8.11.4.4", "layers that print as they show on the screen", "check that this layer shall be printed", "flatten"},
    Rule{FormFields, "form-fields", Warning, "ISO 32000-1 §12.7", "no form fields", "print the form to a new PDF if a field shall look otherwise", "flatten"},
    Rule{TooMuchToSurvey, "too-detailed", Warning, safety, "content that can be looked at piece by piece", "look at the picture: small text, lines and pictures were not all checked", ""},
    Rule{Mended, "mended", Warning, pdf, "a PDF that opens without being mended", "look at the picture; if something is missing, save it as a new PDF and upload that", ""},
    Rule{OneReader, "one-reader", Info, safety, "a PDF that two independent readers can open", "look at the picture; if something is missing, save it as a new PDF and upload that", ""},
    Rule{RgbColour, "rgb-colour", Info, craft, "colours in the inks of the press", "nothing, if it may print a little duller than on the screen; else export as CMYK", "convert-rgb"},
    Rule{Transparency, "transparency", Info, x4, "transparency is kept; the press flattens it", "nothing", ""},
    Rule{OutputIntent, "output-intent", Info, x4, "the output intent of the press", "nothing, or export for the press's condition", ""},
    Rule{Annotations, "annotations", Info, "ISO 32000-1 §12.5", "no comments and stamps", "nothing: those that carry the print flag are printed, the others are not", "flatten"},
    Rule{ActiveContent, "active-content", Info, safety, "no scripts and no actions", "nothing: they are taken out", "flatten"},
    Rule{EmbeddedFiles, "embedded-files", Info, safety, "no files within the file", "nothing: they are taken out", "flatten"},
    Rule{HiddenLayer, "hidden-layer", Info, "ISO 32000-1 §8.11", "no hidden layers", "nothing: what is hidden is not printed", "flatten"},
    Rule{InvisibleText, "invisible-text", Info, "ISO 32000-1 §9.3.6", "text that can be seen", "nothing: it is not printed (scanned pages carry it for searching)", ""},
    Rule{HiddenMarks, "hidden-marks", Info, craft, "nothing white, clipped or covered where a zone is kept free", "nothing: it does not show in print", ""},
    Rule{BarcodeOnPage, "barcode-on-page", Info, craft, "no barcodes that a sorting machine could take for its own", "check that it is meant to be there", ""},
    Rule{TextOnFold, "text-on-fold", Info, carrier, "no text on a fold", "move the text off the fold if it shall be read easily", ""},
    Rule{TintedZone, "tinted-zone", Info, carrier, "white paper below the address", "nothing, if the tint is light enough for the carrier (20 % at most)", ""},
    Rule{Signature, "signature", Info, "ISO 32000-1 §12.8", "no digital signature", "nothing: a signature does not survive printing", ""},
    Rule{PageGeometry, "page-geometry", Info, "ISO 32000-1 §14.11.2", "pages whose boxes say the same and stand upright", "nothing: the page is taken as a viewer shows it", ""},
    Rule{Placeholder, "placeholder", Info, "docs/templates.md", "a field for each placeholder", "give letters this field", ""},
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

Finding finding(RuleId id, int page, std::optional<Rect> where, std::string found) {
    const Rule& r = rule(id);
    return {r.severity,
            std::string(r.code),
            page,
            where,
            plain_words(found),
            std::string(r.expected),
            std::string(r.remedy),
            std::string(r.repair)};
}

}  // namespace pli::uploads
