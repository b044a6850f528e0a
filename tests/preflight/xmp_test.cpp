#include <catch2/catch.hpp>

#include "preflight/xmp.hpp"

namespace {
using namespace pli::preflight;

std::string packet(const std::string& inside) {
    return R"(<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"
 xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:pdf="http://ns.adobe.com/pdf/1.3/">)" +
           inside + "</rdf:RDF></x:xmpmeta>";
}

TEST_CASE("an XMP property is read as element, as attribute and in a list", "[preflight]") {
    const auto xmp =
        Xmp::parse(packet(R"(<rdf:Description pdf:Trapped="False"><pdf:Producer> me &amp; you </pdf:Producer>
<dc:title><rdf:Alt><rdf:li xml:lang="de">Brief</rdf:li><rdf:li xml:lang="x-default">Letter</rdf:li></rdf:Alt></dc:title>
<dc:creator><rdf:Seq><rdf:li>First</rdf:li><rdf:li>Second</rdf:li></rdf:Seq></dc:creator></rdf:Description>
<rdf:Description><pdf:Keywords>k</pdf:Keywords></rdf:Description>)"));
    REQUIRE(xmp);
    CHECK(xmp->property(name_space::pdf, "Trapped") == "False");
    CHECK(xmp->property(name_space::pdf, "Producer") == "me & you");
    CHECK(xmp->property(name_space::dc, "title") == "Letter");
    CHECK(xmp->property(name_space::dc, "creator") == "First");
    CHECK(xmp->property(name_space::pdf, "Keywords") == "k");
    CHECK_FALSE(xmp->property(name_space::pdf, "Nothing"));
}

TEST_CASE("prefixes do not matter, namespaces do", "[preflight]") {
    const auto xmp = Xmp::parse(packet(R"(<rdf:Description xmlns:a="http://ns.adobe.com/pdf/1.3/" xmlns:pdf="urn:other">
<a:Trapped>True</a:Trapped><pdf:Producer>x</pdf:Producer></rdf:Description>)"));
    REQUIRE(xmp);
    CHECK(xmp->property(name_space::pdf, "Trapped") == "True");
    CHECK_FALSE(xmp->property(name_space::pdf, "Producer"));
}

TEST_CASE("broken XML says on which line", "[preflight]") {
    const auto xmp = Xmp::parse(packet("\n<rdf:Description><pdf:Producer></rdf:Description>"));
    REQUIRE_FALSE(xmp);
    CHECK(xmp.error().where == "line 3");
    CHECK_FALSE(Xmp::parse(""));
}

}  // namespace
