// The interpreter of content: any operators, drawn with fonts, forms, pictures, patterns and layers of every kind, end
// in a survey that survives the way to the parent.
#include "uploads/reader/survey_pages.hpp"

#include <fmt/format.h>

#include <array>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <exception>
#include <string>

#include "uploads/message.hpp"

namespace {

void expect(bool good) {
    if (!good) std::abort();
}

/// Objects 5 and up of a document whose object 4 is the page's content.
constexpr std::array objects{
    "<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding<</Differences[97/eacute/g33/uni20AC]>>>>",
    "<</Type/Font/Subtype/Type0/BaseFont/A/Encoding/Identity-H/ToUnicode 14 0 R/DescendantFonts[<</Type/Font/Subtype"
    "/CIDFontType2/BaseFont/A/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>/DW 500/W[1[400 300]5 9 "
    "700]>>]>>",
    "<</Type/Font/Subtype/Type3/FontBBox[0 0 1 1]/FontMatrix[.1 0 0 .1 0 0]/FirstChar 97/LastChar 98/Widths[5 7]"
    "/Encoding<</Differences[97/a/b]>>/CharProcs<</a 8 0 R>>>>",
    "<</Length 26>>\nstream\n5 0 d0 1 0 0 rg 0 0 4 4 re\nendstream",
    "<</Subtype/Form/BBox[0 0 50 50]/Matrix[1 .2 0 1 3 4]/Resources<</XObject<</X0 9 0 R>>>>/Length 18>>\nstream\n/X0 "
    "Do "
    "0 0 9 9 re f\nendstream",
    "<</Subtype/Image/Width 1/Height 1/BitsPerComponent 8/ColorSpace/DeviceGray/Length 1>>\nstream\nx\nendstream",
    "<</ca .5/BM/Multiply/SMask<</S/Luminosity/G 9 0 R>>/OP true/LW 3>>",
    "[/Separation/Gold/DeviceCMYK<</FunctionType 2/Domain[0 1]/C0[0 0 0 0]/C1[0 .2 .8 0]/N 1>>]",
    "<</PatternType 1/PaintType 1/TilingType 1/BBox[0 0 9 9]/XStep 9/YStep 9/Resources<<>>/Length 12>>\nstream\n0 0 4 "
    "4 "
    "re f\n\nendstream",
    "<</Length 52>>\nstream\n1 beginbfchar <0001> <0041> endbfchar 1 beginbfrange\n\nendstream",
    "<</Type/OCG/Name(hidden)>>",
};
constexpr const char* resources =
    "<</Font<</F1 5 0 R/F2 6 0 R/F3 7 0 R>>/XObject<</X0 9 0 R/I0 10 0 R>>/ExtGState<</G 11 0 R>>"
    "/ColorSpace<</C 12 0 R>>/Pattern<</P 13 0 R>>/Properties<</L0 15 0 R>>>>";

std::string page_with(std::string_view content) {
    std::string file = "%PDF-1.7\n", table;
    int count = 0;
    const auto add = [&](const std::string& body) {
        table += fmt::format("{:010} 00000 n \n", file.size());
        file += fmt::format("{} 0 obj\n{}\nendobj\n", ++count, body);
    };
    add("<</Type/Catalog/Pages 2 0 R/OCProperties<</OCGs[15 0 R]/D<</OFF[15 0 R]>>>>>>");
    add("<</Type/Pages/Count 1/Kids[3 0 R]>>");
    add(fmt::format("<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Rotate 90/Resources{}/Contents 4 0 R>>",
                    resources));
    add(fmt::format("<</Length {}>>\nstream\n{}\nendstream", content.size(), content));
    for (const char* object : objects) add(object);
    const auto start = file.size();
    return file +
           fmt::format("xref\n0 {}\n0000000000 65535 f \n{}trailer\n<</Size {}/Root 1 0 R>>\nstartxref\n{}\n%%EOF\n",
                       count + 1, table, count + 1, start);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace pli::uploads;
    try {
        const auto survey = reader::survey_pages(page_with({reinterpret_cast<const char*>(data), size}), 10);
        if (!survey) return 0;
        const std::string message = pack(*survey);
        const auto heard = unpack(message);
        expect(heard.has_value() && pack(*heard) == message);
    } catch (const std::exception&) {  // main.cpp makes a refusal of it
    }
    return 0;
}
