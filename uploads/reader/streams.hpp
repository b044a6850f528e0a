#pragma once
#include <qpdf/QPDFObjectHandle.hh>
#include <string>

#include "base/result.hpp"
#include "uploads/reader/taking.hpp"

namespace pli::uploads::reader {

/// A stream as it goes into the print file: its dictionary, ready but for references, and the bytes behind it.
struct StreamBody {
    QPDFObjectHandle dictionary;
    std::string data;
};

/// Data that is already compressed in a way every RIP reads stays as it is; the rest is decoded and deflated. Content
/// goes through the filter of `taking`. Entries that belong to the document (structure, metadata, layers) are left
/// behind.
/// Errors   BadInput: content that cannot be decoded; Unsupported: data in another file, an unknown filter
Result<StreamBody> body_of(QPDFObjectHandle stream, const Taking& taking);

}  // namespace pli::uploads::reader
