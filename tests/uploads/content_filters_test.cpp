#include "uploads/reader/content_filters.hpp"

#include <catch2/catch.hpp>

#include "uploads/reader/defined_names.hpp"

namespace pli::uploads {

TEST_CASE("only greys written as RGB become K; strings, inline images and colours stay", "[uploads]") {
    using reader::grey_rgb_to_k;
    CHECK(grey_rgb_to_k("0 0 0 rg\n(0 0 0 rg) Tj") == "\n0 g\n\n(0 0 0 rg) Tj");
    CHECK(grey_rgb_to_k("0.2 0.2 0.2 RG") == "\n0.2 G\n");
    CHECK(grey_rgb_to_k("0.2 0.2 0.3 rg") == "0.2 0.2 0.3 rg");
    CHECK(grey_rgb_to_k("f 0 0 0 rg f") == "f\n0 g\n f");
    const std::string image = "BI /W 1 /H 1 /CS /G /BPC 8 ID 0 0 0 rg EI Q";
    CHECK(grey_rgb_to_k(image) == image);
}

TEST_CASE("content of a document whose layers are all shown loses only their marks", "[uploads]") {
    QPDF pdf;
    pdf.emptyPDF();
    const reader::Layers layers(pdf);
    CHECK_FALSE(layers.any());
    const auto none = QPDFObjectHandle::newDictionary();
    CHECK_THAT(reader::without_layers("q /OC /MC0 BDC 0 0 1 1 re f EMC Q", none, layers),
               !Catch::Contains("/OC") && Catch::Contains("re f") && Catch::Contains("Q"));
}

TEST_CASE("layers: print usage wins over the screen's, and memberships follow their policy", "[uploads]") {
    QPDF pdf;
    pdf.emptyPDF();
    const auto group = [&](const std::string& text) {
        return pdf.makeIndirectObject(QPDFObjectHandle::parse("<</Type/OCG" + text + ">>"));
    };
    auto screen_only = group("/Usage<</Print<</PrintState/OFF>>>>"), off = group(""), on = group("");
    const auto list = [](std::vector<QPDFObjectHandle> items) { return QPDFObjectHandle::newArray(items); };
    auto usage = QPDFObjectHandle::parse("<</Event/Print>>");
    usage.replaceKey("/OCGs", list({screen_only}));
    auto configuration = QPDFObjectHandle::newDictionary();
    configuration.replaceKey("/OFF", list({off}));
    configuration.replaceKey("/AS", list({usage}));
    auto properties = QPDFObjectHandle::newDictionary();
    properties.replaceKey("/OCGs", list({screen_only, off, on}));
    properties.replaceKey("/D", configuration);
    pdf.getRoot().replaceKey("/OCProperties", properties);
    const reader::Layers layers(pdf);
    CHECK(layers.hides(screen_only));
    CHECK(layers.hides(off));
    CHECK_FALSE(layers.hides(on));
    const auto membership = [&](const std::string& policy) {
        auto made = QPDFObjectHandle::parse("<</Type/OCMD" + policy + ">>");
        made.replaceKey("/OCGs", list({on, off}));
        return made;
    };
    CHECK_FALSE(layers.hides(membership("")));
    CHECK(layers.hides(membership("/P/AllOn")));
    CHECK_FALSE(layers.hides(membership("/P/AnyOff")));
    CHECK(layers.hides(membership("/P/AllOff")));
    auto expression = QPDFObjectHandle::parse("<</Type/OCMD>>");
    expression.replaceKey("/VE", list({QPDFObjectHandle::newName("/Not"), on}));
    CHECK(layers.hides(expression));
}

TEST_CASE("names that the resources lack go with what depends on them, the rest stays as it is", "[uploads]") {
    const auto resources = QPDFObjectHandle::parse("<</Font<</F 1>>/ColorSpace<</C/DeviceGray>>/XObject<</X 1>>>>");
    const auto cleaned = [&](const std::string& content) { return reader::with_defined_names(content, resources); };
    const std::string sound = "q /F 12 Tf (a) Tj /C cs 1 scn /DeviceRGB CS 0 0 0 SC /X Do /P /Q BMC EMC Q";
    CHECK(cleaned(sound) == sound);
    CHECK(cleaned("/F 9 Tf (a) Tj /Z 9 Tf (b) Tj [(c)] TJ (d) ' /F 8 Tf (e) Tj") ==
          "/F 9 Tf (a) Tj\nT* /F 8 Tf (e) Tj");
    CHECK(cleaned("q /Z 9 Tf (b) Tj Q (a) Tj") == "q Q (a) Tj");
    CHECK(cleaned("/Z Do /X Do /Z gs /Z sh f") == " /X Do f");
    CHECK(cleaned("/Z cs 1 scn /Z scn f /C cs 0 scn f 0 g f") == " f /C cs 0 scn f 0 g f");
    CHECK(cleaned("/OC /Z BDC f EMC /M /Z DP") == "\n/Span BMC f EMC");
}

}  // namespace pli::uploads
