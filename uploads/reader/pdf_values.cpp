#include "uploads/reader/pdf_values.hpp"

#include <algorithm>
#include <cmath>
#include <qpdf/Pl_String.hh>
#include <qpdf/QUtil.hh>

namespace pli::uploads::reader {

bool is_dictionary(QPDFObjectHandle value) { return value.isDictionary() || value.isStream(); }
bool is_stream(QPDFObjectHandle value) { return value.isStream(); }
bool is_name(QPDFObjectHandle value) { return value.isName(); }
bool is_number(QPDFObjectHandle value) { return value.isNumber(); }
bool is_rectangle(QPDFObjectHandle value) { return value.isRectangle(); }

QPDFObjectHandle entry(QPDFObjectHandle dictionary, const char* key) {
    if (dictionary.isStream()) dictionary = dictionary.getDict();
    return dictionary.isDictionary() ? dictionary.getKey(key) : QPDFObjectHandle::newNull();
}

double number_of(QPDFObjectHandle value) {
    const double number = value.isNumber() ? value.getNumericValue() : 0;
    return std::isfinite(number) ? std::clamp(number, -1e9, 1e9) : 0;
}

double number_in(const QPDFObjectHandle& dictionary, const char* key, double otherwise) {
    const auto value = entry(dictionary, key);
    return is_number(value) ? number_of(value) : otherwise;
}

bool flag_in(const QPDFObjectHandle& dictionary, const char* key) {
    auto value = entry(dictionary, key);
    return value.isBool() && value.getBoolValue();
}

std::string name_in(const QPDFObjectHandle& dictionary, const char* key) {
    auto value = entry(dictionary, key);
    return value.isName() ? value.getName() : std::string();
}

std::string text_in(const QPDFObjectHandle& dictionary, const char* key) {
    auto value = entry(dictionary, key);
    return value.isString() ? utf8_or_escaped(value.getUTF8Value()) : std::string();
}

std::vector<QPDFObjectHandle> items_of(QPDFObjectHandle array) {
    return array.isArray() ? array.getArrayAsVector() : std::vector<QPDFObjectHandle>{};
}

std::vector<QPDFObjectHandle> items_in(const QPDFObjectHandle& dictionary, const char* key) {
    return items_of(entry(dictionary, key));
}

std::string decoded_bytes(QPDFObjectHandle stream) {
    std::string bytes;
    Pl_String sink("decoded", nullptr, bytes);
    stream.pipeStreamData(&sink, nullptr, 0, qpdf_dl_specialized, true, false);
    return bytes;
}

std::u16string utf16_of(const std::string& utf8) {
    const std::string bytes = QUtil::utf8_to_utf16(utf8);  // big-endian, behind a mark
    std::u16string units;
    for (std::size_t at = 2; at + 1 < bytes.size(); at += 2)
        units += static_cast<char16_t>(static_cast<unsigned char>(bytes[at]) << 8 |
                                       static_cast<unsigned char>(bytes[at + 1]));
    return units;
}

std::string utf8_or_escaped(std::string text) {
    bool has_8bit_chars = false, is_utf8 = false, is_utf16 = false;
    QUtil::analyze_encoding(text, has_8bit_chars, is_utf8, is_utf16);
    if (has_8bit_chars && !is_utf8)
        std::ranges::replace_if(
            text, [](char c) { return static_cast<unsigned char>(c) > 127; }, '?');
    return text;
}

}  // namespace pli::uploads::reader
