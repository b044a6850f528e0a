#include "preflight/xmp.hpp"

#include <expat.h>
#include <fmt/format.h>

#include <memory>

#include "base/release.hpp"

namespace pli::preflight {
namespace {

constexpr std::string_view rdf = "http://www.w3.org/1999/02/22-rdf-syntax-ns#";
constexpr const char* language = "http://www.w3.org/XML/1998/namespacelang";

}  // namespace

std::string_view trimmed(std::string_view text) {
    constexpr std::string_view space = " \t\r\n";
    const auto first = text.find_first_not_of(space);
    return first == std::string_view::npos ? "" : text.substr(first, text.find_last_not_of(space) - first + 1);
}

/// Follows expat through rdf:RDF / rdf:Description / property [/ rdf:Alt / rdf:li].
class XmpReader {
public:
    explicit XmpReader(XML_Parser parser) : parser_(parser) {
        XML_SetUserData(parser, this);
        XML_SetElementHandler(parser, &XmpReader::open, &XmpReader::close);
        XML_SetCharacterDataHandler(parser, &XmpReader::text);
        XML_SetStartDoctypeDeclHandler(parser, &XmpReader::doctype);
    }

    Result<Xmp> read(std::string_view packet) {
        const auto status = XML_Parse(parser_, packet.data(), static_cast<int>(packet.size()), 1);
        if (status != XML_STATUS_OK)
            return failure(Fault::BadInput, fmt::format("line {}", XML_GetCurrentLineNumber(parser_)),
                           has_doctype_ ? "a document type declaration" : XML_ErrorString(XML_GetErrorCode(parser_)));
        if (rdf_count_ != 1) return failure(Fault::BadInput, "", fmt::format("{} elements rdf:RDF", rdf_count_));
        return std::move(xmp_);
    }

private:
    static XmpReader& self(void* data) { return *static_cast<XmpReader*>(data); }
    static void open(void* data, const char* name, const char** attributes) { self(data).opened(name, attributes); }
    static void close(void* data, const char*) { self(data).closed(); }
    static void text(void* data, const char* characters, int length) {
        self(data).text_.append(characters, static_cast<std::size_t>(length));
    }
    static void doctype(void* data, const char*, const char*, const char*, int) {
        self(data).has_doctype_ = true;
        XML_StopParser(self(data).parser_, XML_FALSE);
    }

    void opened(std::string_view name, const char** attributes) {
        ++depth_;
        if (name == std::string(rdf) + "RDF") {
            ++rdf_count_;
            description_at_ = depth_ + 1;
        } else if (description_at_ != 0 && depth_ == description_at_) {
            in_description_ = name == std::string(rdf) + "Description";
            if (in_description_) take_attributes(attributes);
        } else if (in_description_ && depth_ == description_at_ + 1) {
            property_ = name;
        } else if (in_description_ && depth_ == description_at_ + 3) {
            default_language_ = is_default(attributes);
        }
        text_.clear();
    }

    /// An item of a list, or the text of the property itself.
    void closed() {
        const int level = description_at_ == 0 ? 0 : depth_ - description_at_;
        if (in_description_ && level == 3 && (default_language_ || !xmp_.properties_.contains(property_)))
            xmp_.properties_[property_] = trimmed(text_);
        if (in_description_ && level == 1) {
            xmp_.properties_.emplace(property_, trimmed(text_));
        }
        if (level == 0) in_description_ = false;
        if (level <= 1) text_.clear();
        --depth_;
    }

    /// Simple properties may be written as attributes of rdf:Description.
    void take_attributes(const char** attributes) {
        for (; *attributes != nullptr; attributes += 2) xmp_.properties_.emplace(attributes[0], attributes[1]);
    }

    static bool is_default(const char** attributes) {
        for (; *attributes != nullptr; attributes += 2)
            if (std::string_view(attributes[0]) == language) return std::string_view(attributes[1]) == "x-default";
        return false;
    }

    XML_Parser parser_;
    Xmp xmp_;
    std::string property_, text_;
    int depth_ = 0, description_at_ = 0, rdf_count_ = 0;
    bool in_description_ = false, default_language_ = false, has_doctype_ = false;
};

Result<Xmp> Xmp::parse(std::string_view packet) {
    constexpr std::size_t largest = 64 << 20;
    if (packet.size() > largest) return failure(Fault::BadInput, "", "a packet of more than 64 MB");
    // No separator: a name is its namespace followed by its local name, as RDF has it.
    const std::unique_ptr<XML_ParserStruct, Release<XML_ParserFree>> parser(XML_ParserCreateNS(nullptr, '\0'));
    return XmpReader(parser.get()).read(packet);
}

std::optional<std::string> Xmp::property(std::string_view name_space, std::string_view name) const {
    const auto found = properties_.find(std::string(name_space) + std::string(name));
    if (found == properties_.end()) return std::nullopt;
    return found->second;
}

}  // namespace pli::preflight
