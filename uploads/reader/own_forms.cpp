#include "uploads/reader/own_forms.hpp"

#include <fmt/format.h>

#include <string>

#include "uploads/reader/contents.hpp"
#include "uploads/reader/operations.hpp"
#include "uploads/reader/pdf_values.hpp"

namespace pli::uploads::reader {
namespace {

constexpr int deepest = 24, most = 3000;

class Copying {
public:
    explicit Copying(QPDF& pdf) : pdf_(pdf) {}

    Result<QPDFObjectHandle> copy(QPDFObjectHandle form, QPDFObjectHandle lent, int depth) {
        if (depth > deepest || ++copies_ > most)
            return failure(Fault::BadInput, "too-heavy", "the page draws forms within forms too deep or too often",
                           "print it to a new PDF and upload that");
        auto dictionary = form.getDict().shallowCopy();
        auto resources = entry(dictionary, "/Resources");
        resources = is_dictionary(resources) ? resources.shallowCopy() : lent;
        auto objects = entry(resources, "/XObject");
        objects = is_dictionary(objects) ? objects.shallowCopy() : QPDFObjectHandle::newDictionary();
        resources.replaceKey("/XObject", objects);
        dictionary.replaceKey("/Resources", resources);
        const std::string content = TRY(renamed(Content{form, resources}.operators(), objects, resources, depth));
        auto own = QPDFObjectHandle::newStream(&pdf_, content);
        for (auto& [key, value] : dictionary.getDictAsMap())
            if (key != "/Length" && key != "/Filter" && key != "/DecodeParms") own.getDict().replaceKey(key, value);
        return own;
    }

private:
    Result<std::string> renamed(const std::string& content, QPDFObjectHandle objects, QPDFObjectHandle resources,
                                int depth) {
        std::string result;
        OperationReader reader(content);
        for (Operation operation; reader.next(operation);) {
            const auto drawn = form_drawn_by(operation, objects);
            if (!is_stream(drawn)) {
                result += reader.written(operation);
                continue;
            }
            const std::string name = fmt::format("/PliForm{}", copies_);
            objects.replaceKey(name, TRY(copy(drawn, resources.shallowCopy(), depth + 1)));
            result += fmt::format("\n{} Do", name);
        }
        return result;
    }
    static QPDFObjectHandle form_drawn_by(const Operation& operation, QPDFObjectHandle objects) {
        if (operation.name != "Do" || operation.operands.empty()) return QPDFObjectHandle::newNull();
        auto object = objects.getKey("/" + content::decoded_name(operation.operands.back().text));
        if (!object.isStream() || name_in(object, "/Subtype") != "/Form") return QPDFObjectHandle::newNull();
        return object;
    }

    QPDF& pdf_;
    int copies_ = 0;
};

}  // namespace

Result<QPDFObjectHandle> with_forms_of_its_own(QPDF& pdf, const QPDFObjectHandle& form) {
    return Copying(pdf).copy(form, QPDFObjectHandle::newDictionary(), 0);
}

}  // namespace pli::uploads::reader
