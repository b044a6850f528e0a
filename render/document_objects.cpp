#include "render/document_objects.hpp"

#include <fmt/format.h>

#include "base/digest.hpp"
#include "render/pdf_text.hpp"

namespace pli::render {

namespace {

constexpr std::string_view producer = "Pli " PLI_VERSION;

/// (D:20261122210000Z) from 2026-11-22T21:00:00Z.
std::string pdf_date(Instant moment) {
    std::string digits;
    for (const char c : moment.iso()) {
        if (c >= '0' && c <= '9') digits += c;
    }
    return "(D:" + digits + "Z)";
}

std::string xml_text(std::string_view text) {
    std::string out;
    for (const char c : text) {
        if (c == '&')
            out += "&amp;";
        else if (c == '<')
            out += "&lt;";
        else if (c == '>')
            out += "&gt;";
        else if (static_cast<unsigned char>(c) >= ' ')  // XML 1.0 has no place for the others
            out += c;
    }
    return out;
}

std::string element(std::string_view name, std::string_view text) {
    return fmt::format("<{0}>{1}</{0}>\n", name, xml_text(text));
}

ObjectId write_intent(PdfFile& file, const PressCondition& condition) {
    const ObjectId profile = file.add_stream("/N 4/Filter/FlateDecode", condition.profile->deflated);
    std::string body = "<</Type/OutputIntent/S/GTS_PDFX/OutputConditionIdentifier" + text_string(condition.identifier);
    body += "/Info" + text_string(condition.info);
    if (!condition.registry.empty()) body += "/RegistryName" + text_string(condition.registry);
    return file.add(body + "/DestOutputProfile " + profile.reference() + ">>");
}

ObjectId write_info(PdfFile& file, const DocumentFacts& facts) {
    const std::string date = pdf_date(facts.created);
    return file.add(fmt::format("<</Title{}/Creator({})/Producer({})/CreationDate{}/ModDate{}/Trapped/False>>",
                                text_string(facts.title), producer, producer, date, date));
}

}  // namespace

std::string uuid_of(std::string_view text) {
    std::string hex = Digest::hex_of(text).substr(0, 32);
    hex[12] = '8';  // RFC 9562: version 8, made as its maker likes; variant 10 in the two bits at 16
    hex[16] = "89ab"[(hex[16] <= '9' ? hex[16] - '0' : hex[16] - 'a' + 10) % 4];
    for (const std::size_t at : {20, 16, 12, 8}) hex.insert(at, "-");
    return "uuid:" + hex;
}

std::string xmp_packet(const DocumentFacts& facts) {
    const std::string date = facts.created.iso();
    std::string out =
        "<?xpacket begin=\"\xEF\xBB\xBF\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?>\n"
        "<x:xmpmeta xmlns:x=\"adobe:ns:meta/\">\n"
        "<rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\">\n"
        "<rdf:Description rdf:about=\"\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\""
        " xmlns:xmp=\"http://ns.adobe.com/xap/1.0/\" xmlns:xmpMM=\"http://ns.adobe.com/xap/1.0/mm/\""
        " xmlns:pdf=\"http://ns.adobe.com/pdf/1.3/\" xmlns:pdfxid=\"http://www.npes.org/pdfx/ns/id/\""
        " xmlns:pdfvtid=\"http://www.npes.org/pdfvt/ns/id/\">\n";
    out += element("pdfxid:GTS_PDFXVersion", "PDF/X-4") + element("pdfvtid:GTS_PDFVTVersion", "PDF/VT-1");
    out += element("pdfvtid:GTS_PDFVTModDate", date) + element("xmp:CreateDate", date);
    out += element("xmp:ModifyDate", date) + element("xmp:MetadataDate", date) + element("xmp:CreatorTool", producer);
    out += element("xmpMM:DocumentID", uuid_of(facts.seed)) + element("xmpMM:InstanceID", uuid_of(facts.seed + "\n1"));
    out += element("xmpMM:VersionID", "1") + element("xmpMM:RenditionClass", "default");
    out += element("pdf:Producer", producer) + element("pdf:Trapped", "False");
    out += element("dc:format", "application/pdf");
    out += "<dc:title><rdf:Alt><rdf:li xml:lang=\"x-default\">" + xml_text(facts.title) +
           "</rdf:li></rdf:Alt></dc:title>\n";
    return out + "</rdf:Description>\n</rdf:RDF>\n</x:xmpmeta>\n<?xpacket end=\"r\"?>";
}

std::string write_document(PdfFile& file, const DocumentFacts& facts, const PressCondition& condition,
                           const DocumentRoots& roots) {
    // In clear, so that a press's job desk finds it without reading the file as a PDF.
    const ObjectId metadata = file.add_stream("/Type/Metadata/Subtype/XML", xmp_packet(facts));
    std::string catalogue = "<</Type/Catalog/Pages " + roots.pages.reference() + "/Metadata " + metadata.reference();
    catalogue += "/OutputIntents[" + write_intent(file, condition).reference() + "]";
    if (roots.parts) catalogue += "/DPartRoot " + roots.parts->reference();
    const ObjectId root = file.add(catalogue + ">>"), info = write_info(file, facts);
    const std::string identifier = Digest::hex_of(facts.seed).substr(0, 32);
    return fmt::format("/Root {} 0 R/Info {} 0 R/ID[<{}><{}>]", root.number, info.number, identifier, identifier);
}

}  // namespace pli::render
