#pragma once
#include <cstdint>
#include <map>
#include <qpdf/QPDFObjectHandle.hh>
#include <string>
#include <vector>

#include "base/result.hpp"
#include "frame/assets.hpp"
#include "uploads/reader/taking.hpp"

namespace pli::uploads::reader {

/// Serialises forms and everything they need, each object once, in the order in which it is met. Ways that lead out of
/// a page's appearance into the document (parents, structure, annotations, metadata, files) end in null.
/// Errors   BadInput: nests too deep, content that cannot be decoded; Unsupported: data in another file, an unknown
///          filter; Overflow: more than `most_bytes`
class ObjectCollector {
public:
    explicit ObjectCollector(Taking taking) : taking_(std::move(taking)) {}
    /// The number of `form` among the objects.
    Result<std::uint32_t> take(const QPDFObjectHandle& form);
    /// Of an indirect object of the upload; ForeignPage::none: nothing needed it.
    std::uint32_t number_if_taken(const QPDFObjectHandle& object) const;
    std::vector<ForeignObject> finish() { return std::move(objects_); }

private:
    std::uint32_t number_of(const QPDFObjectHandle& object);
    Done write_numbered();
    Done write_value(ForeignObject& out, QPDFObjectHandle value, int depth);
    Done write_array(ForeignObject& out, QPDFObjectHandle array, int depth);
    Done write_dictionary(ForeignObject& out, QPDFObjectHandle dictionary, int depth);
    Done write_stream(ForeignObject& out, QPDFObjectHandle stream);

    Taking taking_;
    std::map<QPDFObjGen, std::uint32_t> numbers_;
    std::vector<QPDFObjectHandle> sources_;  // by number; those beyond objects_.size() are still to be written
    std::vector<ForeignObject> objects_;
    std::uint64_t bytes_ = 0;
};

}  // namespace pli::uploads::reader
