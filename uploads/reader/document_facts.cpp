#include "uploads/reader/document_facts.hpp"

#include <algorithm>
#include <string_view>

#include "uploads/reader/layers.hpp"
#include "uploads/reader/pdf_values.hpp"

namespace pli::uploads::reader {
namespace {

constexpr std::size_t most_listed = 1000;

template <class Value>
void list(std::vector<Value>& values, Value value, DocumentFacts& facts) {
    if (values.size() < most_listed)
        values.push_back(std::move(value));
    else
        facts.truncated = true;
}

/// Scripts and actions hang in many places; every dictionary of the file is asked, wherever it is used.
void note_action(const QPDFObjectHandle& dictionary, DocumentFacts& facts) {
    const std::string kind = name_in(dictionary, "/S");
    if (kind == "/JavaScript" || kind == "/Rendition")
        facts.scripts += QPDFObjectHandle(dictionary).hasKey("/JS") ? 1 : 0;
    if (kind == "/Launch") ++facts.launches;
    if (kind == "/URI" || kind == "/GoToR" || kind == "/SubmitForm" || kind == "/ImportData") ++facts.outside_actions;
}

void note_file(const QPDFObjectHandle& dictionary, DocumentFacts& facts) {
    if (name_in(dictionary, "/Type") != "/Filespec" && name_in(dictionary, "/Type") != "/F") return;
    if (!is_dictionary(entry(dictionary, "/EF"))) return;
    std::string name = text_in(dictionary, "/UF");
    if (name.empty()) name = text_in(dictionary, "/F");
    if (std::ranges::find(facts.embedded_files, name) == facts.embedded_files.end())
        list(facts.embedded_files, std::move(name), facts);
}

void walk_objects(QPDFObjectHandle object, DocumentFacts& facts, int depth);

void walk_children(QPDFObjectHandle object, DocumentFacts& facts, int depth) {
    if (object.isArray())
        for (const auto& item : object.getArrayAsVector()) walk_objects(item, facts, depth);
    if (object.isDictionary())
        for (const auto& [key, value] : object.getDictAsMap()) walk_objects(value, facts, depth);
}

void walk_objects(QPDFObjectHandle object, DocumentFacts& facts, int depth) {
    if (depth > 40 || (depth > 0 && object.isIndirect())) return;  // indirect ones have their own turn
    if (object.isStream()) {
        const auto dictionary = object.getDict();
        if (QPDFObjectHandle(dictionary).hasKey("/F")) ++facts.external_streams;
        return walk_children(dictionary, facts, depth + 1);
    }
    if (object.isDictionary()) {
        note_action(object, facts);
        note_file(object, facts);
        if (name_in(object, "/FT") == "/Sig" && is_dictionary(entry(object, "/V"))) ++facts.signatures;
    }
    walk_children(object, facts, depth + 1);
}

void note_intents(const QPDFObjectHandle& root, DocumentFacts& facts) {
    for (const auto& intent : items_in(root, "/OutputIntents")) {
        OutputIntentFact fact{text_in(intent, "/OutputConditionIdentifier"), name_in(intent, "/S")};
        if (fact.condition.empty()) fact.condition = text_in(intent, "/OutputCondition");
        if (fact.subtype.starts_with('/')) fact.subtype.erase(0, 1);
        fact.subtype = utf8_or_escaped(fact.subtype);
        fact.components =
            static_cast<int>(std::clamp(number_in(entry(intent, "/DestOutputProfile"), "/N", 0), 0.0, 15.0));
        list(facts.output_intents, std::move(fact), facts);
    }
}

/// On screen the default configuration's usage for printing does not count.
void note_layers(QPDF& pdf, DocumentFacts& facts) {
    const auto properties = entry(pdf.getRoot(), "/OCProperties");
    const Layers on_paper(pdf);
    for (const auto& group : items_in(properties, "/OCGs")) {
        if (!is_dictionary(group)) continue;
        LayerFact fact{text_in(group, "/Name"), on_paper.hides(group)};
        fact.screen_differs = on_paper.hides_on_screen(group) != fact.hidden;
        list(facts.layers, std::move(fact), facts);
    }
}

std::string value_of(const QPDFObjectHandle& field) {
    auto value = entry(field, "/V");
    if (value.isName()) return utf8_or_escaped(value.getName().substr(1));
    return value.isString() ? utf8_or_escaped(value.getUTF8Value()) : std::string();
}

void note_fields(const QPDFObjectHandle& field, const std::string& above, DocumentFacts& facts, int depth) {
    if (depth > 16 || !is_dictionary(field)) return;
    const std::string own = text_in(field, "/T");
    const std::string name = above.empty() || own.empty() ? above + own : above + "." + own;
    bool has_children = false;
    for (const auto& child : items_in(field, "/Kids")) {
        if (!QPDFObjectHandle(entry(child, "/T")).isString()) continue;  // another widget of the same field
        has_children = true;
        if (facts.fields.size() < most_listed) note_fields(child, name, facts, depth + 1);
    }
    if (has_children) return;
    std::string kind = name_in(field, "/FT");
    if (kind.starts_with('/')) kind.erase(0, 1);
    list(facts.fields, FieldFact{name, utf8_or_escaped(kind), value_of(field)}, facts);
}

}  // namespace

DocumentFacts facts_of(QPDF& pdf, const std::string& bytes) {
    DocumentFacts facts;
    facts.version = pdf.getPDFVersion();
    facts.linearised = bytes.substr(0, 1024).find("/Linearized") != std::string::npos;
    const auto root = pdf.getRoot(), information = entry(pdf.getTrailer(), "/Info");
    facts.producer = text_in(information, "/Producer");
    facts.creator = text_in(information, "/Creator");
    facts.pages = static_cast<int>(pdf.getAllPages().size());
    facts.encrypted = pdf.isEncrypted();
    facts.permissions = {pdf.allowPrintLowRes(), pdf.allowPrintHighRes(), pdf.allowModifyAll(), pdf.allowExtractAll()};
    for (const auto& object : pdf.getAllObjects()) walk_objects(object, facts, 0);
    walk_objects(pdf.getTrailer(), facts, 0);
    note_intents(root, facts);
    note_layers(pdf, facts);
    const auto form = entry(root, "/AcroForm");
    facts.xfa = !QPDFObjectHandle(entry(form, "/XFA")).isNull();
    for (const auto& field : items_in(form, "/Fields")) note_fields(field, "", facts, 0);
    return facts;
}

}  // namespace pli::uploads::reader
