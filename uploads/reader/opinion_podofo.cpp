#include <podofo/podofo.h>

#include <cstdlib>
#include <memory>

#include "uploads/reader/opinion_walk.hpp"
#include "uploads/reader/opinions.hpp"

namespace pli::uploads::reader {
namespace {

using PoDoFo::PdfObject;

class PodofoLibrary {
public:
    using Object = const PdfObject*;
    explicit PodofoLibrary(PoDoFo::PdfMemDocument& pdf) : pdf_(pdf) {}

    Object root() const { return key(pdf_.GetTrailer(), "Root"); }
    static bool is_null(Object object) { return object == nullptr || object->IsNull(); }
    static bool is_dictionary(Object object) { return object != nullptr && object->IsDictionary(); }
    Object key(Object object, const char* name) const {
        return is_dictionary(object) ? resolved(object->GetDictionary().GetKey(name)) : nullptr;
    }
    std::map<std::string, Object> entries(Object object) const {
        std::map<std::string, Object> all;
        if (!is_dictionary(object)) return all;
        for (const auto& [name, value] : object->GetDictionary().GetKeys())
            all.emplace("/" + name.GetName(), resolved(value));
        return all;
    }
    std::vector<Object> items(Object object) const {
        std::vector<Object> all;
        if (object == nullptr || !object->IsArray()) return all;
        for (const PdfObject& item : object->GetArray()) all.push_back(resolved(&item));
        return all;
    }
    static std::optional<double> number(Object object) {
        return object != nullptr && (object->IsNumber() || object->IsReal()) ? std::optional(object->GetReal())
                                                                             : std::nullopt;
    }
    static std::optional<std::string> name(Object object) {
        return object != nullptr && object->IsName() ? std::optional(object->GetName().GetName()) : std::nullopt;
    }
    static std::uint64_t identity(Object object) {
        if (object == nullptr || !object->Reference().IsIndirect()) return 0;
        return (static_cast<std::uint64_t>(object->Reference().ObjectNumber()) << 16) +
               object->Reference().GenerationNumber();
    }
    static std::string stream(Object object) {
        if (object == nullptr || !object->HasStream()) return {};
        char* data = nullptr;
        PoDoFo::pdf_long length = 0;
        object->GetStream()->GetFilteredCopy(&data, &length);
        const std::unique_ptr<char, decltype(&std::free)> owner(data, &std::free);
        return {data, static_cast<std::size_t>(length)};
    }

private:
    Object resolved(Object object) const {
        for (int step = 0; object != nullptr && object->IsReference() && step < 20; ++step)
            object = pdf_.GetObjects().GetObject(object->GetReference());
        return object;
    }
    PoDoFo::PdfMemDocument& pdf_;
};

auto unreadable(const PoDoFo::PdfError& problem) {
    const char* name = PoDoFo::PdfError::ErrorName(problem.GetError());
    return failure(Fault::BadInput, "damaged", std::string("a second reader cannot open it: ") + name);
}

}  // namespace

Result<Opinion> opinion_of_podofo(const std::string& bytes, int most_pages) try {
    PoDoFo::PdfError::EnableLogging(false);
    PoDoFo::PdfMemDocument pdf;
    pdf.LoadFromBuffer(bytes.data(), static_cast<long>(bytes.size()));
    PodofoLibrary library(pdf);
    return OpinionWalk<PodofoLibrary>(library, most_pages).take();
} catch (const PoDoFo::PdfError& problem) {
    return unreadable(problem);
}

}  // namespace pli::uploads::reader
