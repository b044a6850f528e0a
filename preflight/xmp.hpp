#pragma once
#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "base/result.hpp"

namespace pli::preflight {

/// The simple properties of an XMP packet, under "namespace URI" + "name". An alternative by language gives its
/// x-default, an ordered or unordered list its first item; structures within structures are passed over.
class Xmp {
public:
    /// Errors   BadInput: not well-formed, a document type (entities are no part of XMP), no or several rdf:RDF
    static Result<Xmp> parse(std::string_view packet);
    std::optional<std::string> property(std::string_view name_space, std::string_view name) const;

private:
    friend class XmpReader;
    std::map<std::string, std::string> properties_;
};

/// Without white space at its ends.
std::string_view trimmed(std::string_view text);

namespace name_space {
constexpr std::string_view dc = "http://purl.org/dc/elements/1.1/";
constexpr std::string_view xmp = "http://ns.adobe.com/xap/1.0/";
constexpr std::string_view media = "http://ns.adobe.com/xap/1.0/mm/";
constexpr std::string_view pdf = "http://ns.adobe.com/pdf/1.3/";
constexpr std::string_view pdfx = "http://www.npes.org/pdfx/ns/id/";
constexpr std::string_view pdfvt = "http://www.npes.org/pdfvt/ns/id/";
}  // namespace name_space

}  // namespace pli::preflight
