#include "uploads/reader/font_objects.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace pli::uploads::reader {
namespace {

/// A hundred lines at most stand in one list of a CMap (Adobe Technical Note 5014).
std::string character_lists(const std::vector<std::pair<std::uint8_t, std::u16string>>& texts) {
    std::string lists;
    constexpr std::size_t most = 100;
    for (std::size_t from = 0; from < texts.size(); from += most) {
        const std::size_t end = std::min(texts.size(), from + most);
        lists += fmt::format("{} beginbfchar\n", end - from);
        for (std::size_t i = from; i < end; ++i) {
            lists += fmt::format("<{:02X}> <", texts[i].first);
            for (const char16_t unit : texts[i].second) lists += fmt::format("{:04X}", static_cast<unsigned>(unit));
            lists += ">\n";
        }
        lists += "endbfchar\n";
    }
    return lists;
}

}  // namespace

QPDFObjectHandle thousandths(double value) { return QPDFObjectHandle::newReal(value, 3, true); }

QPDFObjectHandle font_descriptor(const SubstituteFace::Metrics& metrics, const FontLook& look,
                                 const std::string& name) {
    const int flags = (look.fixed ? 1 : 0) + (look.serif ? 2 : 0) + (look.symbolic ? 4 : 32) + (look.italic ? 64 : 0);
    auto descriptor = QPDFObjectHandle::newDictionary();
    descriptor.replaceKey("/Type", QPDFObjectHandle::newName("/FontDescriptor"));
    descriptor.replaceKey("/FontName", QPDFObjectHandle::newName(name));
    descriptor.replaceKey("/Flags", QPDFObjectHandle::newInteger(flags));
    descriptor.replaceKey("/FontBBox",
                          QPDFObjectHandle::newArray({thousandths(metrics.left), thousandths(metrics.bottom),
                                                      thousandths(metrics.right), thousandths(metrics.top)}));
    descriptor.replaceKey("/ItalicAngle", thousandths(metrics.italic_angle));
    descriptor.replaceKey("/Ascent", thousandths(metrics.ascent));
    descriptor.replaceKey("/Descent", thousandths(metrics.descent));
    descriptor.replaceKey("/CapHeight", thousandths(metrics.cap_height));
    descriptor.replaceKey("/StemV", QPDFObjectHandle::newInteger(look.bold ? 140 : 85));  // not told by any table
    return descriptor;
}

std::string SubsetTag::letters() const {
    std::string tag;
    std::uint64_t rest = hash_;
    for (int letter = 0; letter < 6; ++letter, rest /= 26) tag += static_cast<char>('A' + rest % 26);
    return tag;
}

std::string to_unicode_map(const std::vector<std::pair<std::uint8_t, std::u16string>>& texts) {
    return "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n"
           "/CIDSystemInfo <</Registry(Adobe)/Ordering(UCS)/Supplement 0>> def\n"
           "/CMapName /Adobe-Identity-UCS def\n/CMapType 2 def\n"
           "1 begincodespacerange\n<00> <FF>\nendcodespacerange\n" +
           character_lists(texts) + "endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n";
}

}  // namespace pli::uploads::reader
