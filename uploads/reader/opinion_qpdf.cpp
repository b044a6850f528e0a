#include <qpdf/QPDF.hh>
#include <qpdf/QPDFExc.hh>

#include "uploads/reader/opinion_walk.hpp"
#include "uploads/reader/opinions.hpp"
#include "uploads/reader/upload.hpp"

namespace pli::uploads::reader {
namespace {

class QpdfLibrary {
public:
    using Object = QPDFObjectHandle;
    explicit QpdfLibrary(QPDF& pdf) : pdf_(pdf) {}

    Object root() const { return pdf_.getRoot(); }
    static bool is_null(Object object) { return object.isNull(); }
    static bool is_dictionary(Object object) { return object.isDictionary(); }
    static Object key(Object object, const std::string& name) {
        if (object.isStream()) object = object.getDict();
        return object.isDictionary() ? object.getKey("/" + name) : Object::newNull();
    }
    static std::map<std::string, Object> entries(Object object) {
        return object.isDictionary() ? object.getDictAsMap() : std::map<std::string, Object>{};
    }
    static std::vector<Object> items(Object object) {
        return object.isArray() ? object.getArrayAsVector() : std::vector<Object>{};
    }
    static std::optional<double> number(Object object) {
        return object.isNumber() ? std::optional(object.getNumericValue()) : std::nullopt;
    }
    static std::optional<std::string> name(Object object) {
        return object.isName() ? std::optional(object.getName().substr(1)) : std::nullopt;
    }
    static std::uint64_t identity(Object object) {
        return object.isIndirect() ? (static_cast<std::uint64_t>(object.getObjectID()) << 16) +
                                         static_cast<std::uint64_t>(object.getGeneration())
                                   : 0;
    }
    static std::string stream(Object object) {
        if (!object.isStream()) return {};
        try {
            const auto data = object.getStreamData(qpdf_dl_specialized);
            return {reinterpret_cast<const char*>(data->getBuffer()), data->getSize()};
        } catch (const QPDFExc&) {
            return {};  // the import says what it makes of it
        }
    }

private:
    QPDF& pdf_;
};

/// A table that counts its objects wrongly is a slip of many programs and changes nothing.
bool was_mended(QPDF& pdf) {
    return std::ranges::any_of(pdf.getWarnings(), [](const QPDFExc& warning) {
        return warning.getMessageDetail().find("reported number of objects") == std::string::npos;
    });
}

}  // namespace

Result<Opinion> opinion_of_qpdf(const std::string& bytes, int most_pages) {
    const auto pdf = TRY(open_upload(bytes));
    QpdfLibrary library(*pdf);
    Opinion opinion = OpinionWalk<QpdfLibrary>(library, most_pages).take();
    opinion.mended = was_mended(*pdf);
    return opinion;
}

}  // namespace pli::uploads::reader
