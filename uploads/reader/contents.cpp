#include "uploads/reader/contents.hpp"

#include <qpdf/Pl_String.hh>
#include <qpdf/QPDFPageObjectHelper.hh>
#include <set>
#include <stdexcept>

namespace pli::uploads::reader {
namespace {

bool is_name(QPDFObjectHandle value, const char* name) { return value.isName() && value.getName() == name; }

QPDFObjectHandle entry(QPDFObjectHandle dictionary, const char* key) {
    return dictionary.isDictionary() ? dictionary.getKey(key) : QPDFObjectHandle::newNull();
}

std::vector<QPDFObjectHandle> values_of(QPDFObjectHandle dictionary) {
    std::vector<QPDFObjectHandle> values;
    if (dictionary.isDictionary())
        for (auto& [key, value] : dictionary.getDictAsMap()) values.push_back(value);
    return values;
}

/// Goes through resources, with a list of what is still to be looked at instead of recursion.
class Gathering {
public:
    explicit Gathering(QPDF& pdf) {
        int number = 0;
        for (QPDFObjectHandle page : pdf.getAllPages()) add_page(page, ++number);
    }
    std::vector<Content> finish() && {
        for (std::size_t next = 0; next < found_.size(); ++next) look_into(Content(found_[next]));
        return std::move(found_);
    }

private:
    void add_page(QPDFObjectHandle page, int number) {
        QPDFPageObjectHelper helper(page);
        auto resources = helper.getAttribute("/Resources", false);
        if (!resources.isDictionary())
            resources = page.replaceKeyAndGetNew("/Resources", QPDFObjectHandle::newDictionary());
        found_.push_back({page, resources, number});
        auto annotations = page.getKey("/Annots");
        if (!annotations.isArray()) return;
        for (auto& annotation : annotations.getArrayAsVector())
            if (annotation.isDictionary()) add_appearances(entry(annotation, "/AP"), found_.back());
    }
    /// A stream, or one for each state, for three occasions.
    void add_appearances(QPDFObjectHandle appearances, Content from) {
        for (auto& appearance : values_of(appearances)) {
            add(appearance, from);
            if (appearance.isStream()) continue;
            for (auto& state : values_of(appearance)) add(state, from);
        }
    }
    void add(QPDFObjectHandle stream, const Content& from, bool colourless = false) {
        if (!stream.isStream() || !seen_.insert(stream.getObjGen()).second) return;
        auto dictionary = stream.getDict();
        auto resources = dictionary.getKey("/Resources");
        if (!resources.isDictionary()) {
            resources = from.resources;
            dictionary.replaceKey("/Resources", resources);
        }
        found_.push_back({stream, resources, from.page, colourless});
    }
    void look_into(const Content& content) {
        for (auto& object : values_of(entry(content.resources, "/XObject")))
            if (object.isStream() && is_name(object.getDict().getKey("/Subtype"), "/Form")) add(object, content);
        for (auto& pattern : values_of(entry(content.resources, "/Pattern")))
            if (pattern.isStream()) {
                auto paint = pattern.getDict().getKey("/PaintType");
                add(pattern, content, paint.isInteger() && paint.getIntValue() == 2);
            }
        for (auto& font : values_of(entry(content.resources, "/Font"))) look_into_font(font, content);
        for (auto& state : values_of(entry(content.resources, "/ExtGState")))
            add(entry(entry(state, "/SMask"), "/G"), content);
    }
    void look_into_font(QPDFObjectHandle font, const Content& from) {
        if (!is_name(entry(font, "/Subtype"), "/Type3") || !fonts_.insert(font.getObjGen()).second) return;
        Content lent = from;
        if (auto own = font.getKey("/Resources"); own.isDictionary()) lent.resources = own;
        for (auto& glyph : values_of(font.getKey("/CharProcs"))) {
            if (!glyph.isStream() || !seen_.insert(glyph.getObjGen()).second) continue;
            found_.push_back({glyph, lent.resources, from.page, false});
        }
    }

    std::vector<Content> found_;
    std::set<QPDFObjGen> seen_, fonts_;
};

}  // namespace

std::string Content::operators() const {
    std::string text;
    Pl_String sink("operators", nullptr, text);
    if (QPDFObjectHandle(holder).isStream()) {
        if (!QPDFObjectHandle(holder).pipeStreamData(&sink, nullptr, 0, qpdf_dl_specialized, true, false))
            throw std::runtime_error("content that cannot be decoded");
    } else {
        QPDFPageObjectHelper(holder).pipeContents(&sink);
    }
    return text;
}

void Content::replace(const std::string& operators) const {
    QPDFObjectHandle held = holder;
    if (held.isStream())
        held.replaceStreamData(operators, QPDFObjectHandle::newNull(), QPDFObjectHandle::newNull());
    else
        held.replaceKey("/Contents", QPDFObjectHandle::newStream(held.getOwningQPDF(), operators));
}

std::vector<Content> contents_of(QPDF& pdf) { return Gathering(pdf).finish(); }

}  // namespace pli::uploads::reader
