#pragma once
#include <qpdf/QPDFObjectHandle.hh>
#include <string>
#include <vector>

namespace pli::uploads::reader {

// Questions to an object of an upload that may be of any kind, or not there: the answer is then null, empty or the
// value given. None of them throws for a wrong kind.

bool is_dictionary(QPDFObjectHandle value);  // of a stream too
bool is_stream(QPDFObjectHandle value);
bool is_name(QPDFObjectHandle value);
bool is_number(QPDFObjectHandle value);
bool is_rectangle(QPDFObjectHandle value);

QPDFObjectHandle entry(QPDFObjectHandle dictionary, const char* key);
double number_of(QPDFObjectHandle value);
double number_in(const QPDFObjectHandle& dictionary, const char* key, double otherwise);
bool flag_in(const QPDFObjectHandle& dictionary, const char* key);
/// With its slash; empty: none.
std::string name_in(const QPDFObjectHandle& dictionary, const char* key);
/// In UTF-8.
std::string text_in(const QPDFObjectHandle& dictionary, const char* key);
std::vector<QPDFObjectHandle> items_of(QPDFObjectHandle array);
std::vector<QPDFObjectHandle> items_in(const QPDFObjectHandle& dictionary, const char* key);

/// Decoded; what can be read of it where it is damaged.
std::string decoded_bytes(QPDFObjectHandle stream);

std::u16string utf16_of(const std::string& utf8);
/// As it is, where it is UTF-8; else every byte above 127 as "?".
std::string utf8_or_escaped(std::string text);

}  // namespace pli::uploads::reader
