#include "preflight/streams.hpp"

#include <qpdf/Pipeline.hh>
#include <stdexcept>

namespace pli::preflight {
namespace {

class Sink final : public Pipeline {
public:
    explicit Sink(std::string& data) : Pipeline("sink", nullptr), data_(data) {}
    void write(const unsigned char* bytes, std::size_t size) override {
        if (data_.size() + size > largest_stream) overflowed = true;
        if (overflowed) throw std::runtime_error("too large");  // ends the decoding; qpdf catches it
        data_.append(reinterpret_cast<const char*>(bytes), size);
    }
    void finish() override {}
    bool overflowed = false;

private:
    std::string& data_;
};

}  // namespace

void check_stream_dictionary(const Inspection& inspection, Object stream) {
    Object dictionary = stream.getDict();
    if (has(dictionary, "/F"))
        inspection.find(RuleId::ExternalStream, stream, "/F " + in_words(entry(dictionary, "/F")));
    for (const Object& filter : items_of(entry(dictionary, "/Filter"))) {
        const std::string name = name_of(filter);
        if (name == "/LZWDecode" || name == "/LZW") inspection.find(RuleId::Lzw, stream, "/Filter" + name);
        if (name == "/Crypt") inspection.find(RuleId::CryptFilter, stream, "/Filter" + name);
    }
}

bool decode(const Inspection& inspection, Object stream, std::string& data) {
    Sink sink(data);
    bool attempted = false, good = false;
    try {
        good = stream.pipeStreamData(&sink, &attempted, 0, qpdf_dl_specialized, true, false);
    } catch (const std::exception&) {
        good = false;
    }
    if (sink.overflowed)
        inspection.find(RuleId::Stream, stream, "unpacks into more than 256 MB");
    else if (!good || (!attempted && has(stream, "/Filter")))
        inspection.find(RuleId::Stream, stream, "cannot be decoded with " + in_words(entry(stream, "/Filter")));
    return good && !sink.overflowed;
}

bool check_and_decode(const Inspection& inspection, Object stream, std::string& data) {
    check_stream_dictionary(inspection, stream);
    return decode(inspection, stream, data);
}

}  // namespace pli::preflight
