#include "uploads/reader/objects.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <string_view>

#include "uploads/message.hpp"
#include "uploads/reader/default_colour.hpp"
#include "uploads/reader/streams.hpp"

namespace pli::uploads::reader {
namespace {

constexpr int deepest = 100;  // arrays and dictionaries in each other; honest files stay below 10

/// Dictionaries of the document around the page. Their types tell, wherever they are met; keys alone would not, because
/// a resource or a glyph may be called /P or /Parent.
bool leads_out(QPDFObjectHandle value) {
    if (!value.isDictionary()) return false;
    auto type = value.getKey("/Type");
    if (!type.isName()) return false;
    static constexpr std::array<std::string_view, 11> outside{
        "/Page",   "/Pages",    "/Catalog", "/StructElem", "/StructTreeRoot", "/Annot",
        "/Action", "/Filespec", "/OCG",     "/OCMD",       "/Outlines"};
    return std::ranges::find(outside, type.getName()) != outside.end();
}

/// Only containers and streams become objects; numbers and names are written where they are used.
bool needs_object(QPDFObjectHandle value) {
    return value.isIndirect() && (value.isStream() || value.isDictionary() || value.isArray());
}

}  // namespace

Result<std::uint32_t> ObjectCollector::take(const QPDFObjectHandle& form) {
    const std::uint32_t number = number_of(form);
    TRY(write_numbered());
    return number;
}

std::uint32_t ObjectCollector::number_if_taken(const QPDFObjectHandle& object) const {
    const auto found = numbers_.find(QPDFObjectHandle(object).getObjGen());
    return found != numbers_.end() ? found->second : ForeignPage::none;
}

std::uint32_t ObjectCollector::number_of(const QPDFObjectHandle& object) {
    const auto next = static_cast<std::uint32_t>(sources_.size());
    const auto [place, fresh] = numbers_.try_emplace(object.getObjGen(), next);
    if (fresh) sources_.push_back(object);
    return place->second;
}

/// A queue instead of recursion: a chain of a million objects must not overflow the stack.
Done ObjectCollector::write_numbered() {
    while (objects_.size() < sources_.size()) {
        ForeignObject object;
        QPDFObjectHandle source = sources_[objects_.size()];
        TRY(source.isStream() ? write_stream(object, source) : write_value(object, source, 0));
        bytes_ += object.bytes.size();
        objects_.push_back(std::move(object));
        if (objects_.size() > most_objects)
            return failure(Fault::Overflow, "too-heavy",
                           fmt::format("its pages are made of more than {} objects", most_objects),
                           "print it to a new PDF and upload that");
        if (bytes_ > taking_.most_bytes)
            return failure(Fault::Overflow, "too-heavy",
                           fmt::format("its pages need more than {} MB", taking_.most_bytes >> 20),
                           "reduce the resolution of its pictures to 300 dpi");
    }
    return {};
}

Done ObjectCollector::write_value(ForeignObject& out, QPDFObjectHandle value, int depth) {
    if (depth > deepest)
        return failure(Fault::BadInput, "damaged", fmt::format("an object nests more than {} deep", deepest));
    if (leads_out(value)) {
        out.bytes += "null";
    } else if (depth > 0 && needs_object(value)) {
        out.references.push_back({static_cast<std::uint32_t>(out.bytes.size()), number_of(value)});
    } else if (value.isDictionary()) {
        return write_dictionary(out, value, depth);
    } else if (value.isArray()) {
        return write_array(out, value, depth);
    } else {
        out.bytes += value.unparseResolved();
    }
    return {};
}

Done ObjectCollector::write_array(ForeignObject& out, QPDFObjectHandle array, int depth) {
    out.bytes += "[";
    for (const auto& item : array.getArrayAsVector()) {
        out.bytes += ' ';
        TRY(write_value(out, item, depth + 1));
    }
    out.bytes += " ]";
    return {};
}

Done ObjectCollector::write_dictionary(ForeignObject& out, QPDFObjectHandle dictionary, int depth) {
    out.bytes += "<<";
    for (const auto& [key, value] : dictionary.getDictAsMap()) {
        if (QPDFObjectHandle(value).isNull() || leads_out(value)) continue;
        if (key == "/Resources" && QPDFObjectHandle(value).isDictionary() && taking_.default_rgb.isInitialized())
            set_default_rgb(value, taking_.default_rgb);
        out.bytes += ' ' + QPDFObjectHandle::newName(key).unparse() + ' ';
        TRY(write_value(out, value, depth + 1));
    }
    out.bytes += " >>";
    return {};
}

Done ObjectCollector::write_stream(ForeignObject& out, QPDFObjectHandle stream) {
    const StreamBody body = TRY(body_of(stream, taking_));
    TRY(write_dictionary(out, body.dictionary, 1));
    out.bytes += "\nstream\n";
    out.bytes += body.data;
    out.bytes += "\nendstream";
    return {};
}

}  // namespace pli::uploads::reader
