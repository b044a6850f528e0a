#include "uploads/reader/streams.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <qpdf/Pl_Flate.hh>
#include <qpdf/Pl_String.hh>
#include <string_view>
#include <vector>

namespace pli::uploads::reader {
namespace {

using Names = std::vector<std::string>;

Names filters_of(QPDFObjectHandle dictionary) {
    Names names;
    auto filter = dictionary.getKey("/Filter");
    auto list = filter.isArray() ? filter.getArrayAsVector() : std::vector{filter};
    for (QPDFObjectHandle& name : list)
        if (name.isName()) names.push_back(name.getName());
    return names;
}

template <std::size_t Count>
bool all_in(const Names& names, const std::array<std::string_view, Count>& known) {
    return std::ranges::all_of(names,
                               [&](const std::string& name) { return std::ranges::find(known, name) != known.end(); });
}

/// Compressed, and read by every RIP. LZW is left out for its two dialects (EarlyChange), ASCII filters for their size.
bool keeps_its_filter(const Names& names) {
    static constexpr std::array<std::string_view, 5> kept{"/FlateDecode", "/DCTDecode", "/JPXDecode", "/CCITTFaxDecode",
                                                          "/JBIG2Decode"};
    return !names.empty() && all_in(names, kept);
}

bool known_filters(const Names& names) {
    static constexpr std::array<std::string_view, 14> known{"/FlateDecode",
                                                            "/DCTDecode",
                                                            "/JPXDecode",
                                                            "/CCITTFaxDecode",
                                                            "/JBIG2Decode",
                                                            "/LZWDecode",
                                                            "/ASCII85Decode",
                                                            "/ASCIIHexDecode",
                                                            "/RunLengthDecode",
                                                            "/Fl",
                                                            "/LZW",
                                                            "/A85",
                                                            "/AHx",
                                                            "/RL"};
    return all_in(names, known);
}

bool is_content(QPDFObjectHandle dictionary) {
    const auto named = [&](const char* key, std::string_view value) {
        auto entry = dictionary.getKey(key);
        return entry.isName() && entry.getName() == value;
    };
    auto pattern = dictionary.getKey("/PatternType");
    return named("/Subtype", "/Form") || (pattern.isInteger() && pattern.getIntValue() == 1);
}

std::string deflated(const std::string& data) {
    std::string result;
    Pl_String sink("deflated", nullptr, result);
    Pl_Flate deflate("deflate", &sink, Pl_Flate::a_deflate);
    deflate.write(reinterpret_cast<const unsigned char*>(data.data()), data.size());
    deflate.finish();
    return result;
}

struct Decoded {
    std::string data;
    bool whole = false;  // every filter was known and no error met
};

Decoded decoded(QPDFObjectHandle stream) {
    std::string result;
    Pl_String sink("decoded", nullptr, result);
    bool attempted = false;
    const bool good = stream.pipeStreamData(&sink, &attempted, 0, qpdf_dl_specialized, true, false);
    return {std::move(result), good && (attempted || filters_of(stream.getDict()).empty())};
}

/// As stored, but decrypted.
std::string stored(QPDFObjectHandle stream) {
    std::string result;
    Pl_String sink("stored", nullptr, result);
    stream.pipeStreamData(&sink, nullptr, 0, qpdf_dl_none, true, false);
    return result;
}

/// A copy of the dictionary without what belongs to the document.
QPDFObjectHandle cleaned(QPDFObjectHandle dictionary) {
    auto copy = dictionary.shallowCopy();
    for (const char* key : {"/StructParent", "/StructParents", "/Metadata", "/PieceInfo", "/LastModified", "/OC", "/AF",
                            "/OPI", "/Ref", "/Alternates", "/Measure", "/PtData", "/DL", "/AA", "/Length", "/GTS_XID",
                            "/GTS_Env", "/GTS_Scope", "/GTS_Encapsulated"})
        copy.removeKey(key);
    return copy;
}

void drop_rgb_group(QPDFObjectHandle dictionary) {
    auto group = dictionary.getKey("/Group");
    if (!group.isDictionary()) return;
    auto space = group.getKey("/CS");
    if (!space.isName() || space.getName() != "/DeviceRGB") return;
    group = group.shallowCopy();
    group.removeKey("/CS");  // it then inherits the press's space; isolation and knockout stay
    dictionary.replaceKey("/Group", group);
}

StreamBody with_data(QPDFObjectHandle dictionary, std::string data) {
    dictionary.replaceKey("/Length", QPDFObjectHandle::newInteger(static_cast<long long>(data.size())));
    return {dictionary, std::move(data)};
}

StreamBody deflated_body(QPDFObjectHandle dictionary, const std::string& data) {
    for (const char* key : {"/DecodeParms", "/DP", "/Filter"}) dictionary.removeKey(key);
    dictionary.replaceKey("/Filter", QPDFObjectHandle::newName("/FlateDecode"));
    return with_data(dictionary, deflated(data));
}

Result<StreamBody> content_body(QPDFObjectHandle stream, QPDFObjectHandle dictionary, const Taking& taking) {
    Decoded content = decoded(stream);
    if (!content.whole)
        return failure(Fault::BadInput, "damaged", "the content of a page is damaged and would print incompletely",
                       "open it in a PDF program, save or print it as a new PDF and upload that");
    if (taking.filter) content.data = taking.filter(content.data, dictionary.getKey("/Resources"));
    if (taking.drop_rgb_groups) drop_rgb_group(dictionary);
    return deflated_body(dictionary, content.data);
}

}  // namespace

Result<StreamBody> body_of(QPDFObjectHandle stream, const Taking& taking) {
    const QPDFObjectHandle original = stream.getDict();
    if (QPDFObjectHandle(original).hasKey("/F"))
        return failure(Fault::Unsupported, "external-data", "the PDF keeps part of its data in another file",
                       "embed linked pictures before you export it");
    const Names filters = filters_of(original);
    const QPDFObjectHandle dictionary = cleaned(original);
    if (is_content(dictionary)) return content_body(stream, dictionary, taking);
    if (keeps_its_filter(filters)) return with_data(dictionary, stored(stream));
    if (Decoded data = decoded(stream); data.whole) return deflated_body(dictionary, data.data);
    if (known_filters(filters)) return with_data(dictionary, stored(stream));
    return failure(Fault::Unsupported, "damaged",
                   fmt::format("the PDF uses the unknown compression {}", filters.back()),
                   "export it again with usual settings");
}

}  // namespace pli::uploads::reader
