// Content streams by strangers: the lexer comes to an end and tells what it read, the filters write what they can read
// again.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "content/lexer.hpp"
#include "uploads/reader/content_filters.hpp"

namespace {

using namespace pli;

void expect(bool good) {
    if (!good) std::abort();
}

bool lies_in(std::string_view part, std::string_view whole) {
    return part.empty() || (part.data() >= whole.data() && part.data() + part.size() <= whole.data() + whole.size());
}

void split(std::string_view text) {
    content::Lexer lexer(text);
    std::string shown;
    for (std::size_t before = 0;; before = lexer.position()) {
        const content::Token token = lexer.next();
        expect(lies_in(token.text, text) && lexer.position() <= text.size());
        if (token.kind == content::TokenKind::End) break;
        expect(lexer.position() > before);
        shown.clear();
        if (token.kind == content::TokenKind::String || token.kind == content::TokenKind::HexString)
            content::append_string_bytes(token, shown);
        expect(shown.size() <= token.text.size() + 1);
        if (token.kind == content::TokenKind::Name) content::decoded_name(token.text);
        if (token.kind == content::TokenKind::Number) expect(content::content_number(token.text).has_value());
        if (token.kind == content::TokenKind::Word && token.text == "ID")
            if (const auto data = lexer.inline_image(std::nullopt)) expect(lies_in(*data, text));
    }
}

/// A document in which the layer /L0 is hidden and the form /X0 belongs to it.
struct Layered {
    Layered() {
        pdf.emptyPDF();
        auto group = pdf.makeIndirectObject(QPDFObjectHandle::parse("<< /Type /OCG /Name (hidden) >>"));
        auto properties = QPDFObjectHandle::parse("<< /D << >> >>");
        auto hidden = QPDFObjectHandle::newArray();
        hidden.appendItem(group);
        properties.replaceKey("/OCGs", hidden);
        properties.getKey("/D").replaceKey("/OFF", hidden);
        pdf.getRoot().replaceKey("/OCProperties", properties);
        auto form = QPDFObjectHandle::newStream(&pdf, "0 0 1 1 re f");
        form.getDict().replaceKey("/OC", group);
        resources = QPDFObjectHandle::parse("<< /Properties << >> /XObject << >> >>");
        resources.getKey("/Properties").replaceKey("/L0", group);
        resources.getKey("/XObject").replaceKey("/X0", form);
    }
    QPDF pdf;
    QPDFObjectHandle resources;
};

void filter(const std::string& text) {
    static Layered layered;
    static const uploads::reader::Layers layers(layered.pdf);
    const std::string visible = uploads::reader::without_layers(text, layered.resources, layers);
    expect(uploads::reader::without_layers(visible, layered.resources, layers).size() <= visible.size());
    uploads::reader::grey_rgb_to_k(text);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string text(reinterpret_cast<const char*>(data), size);
    split(text);
    try {
        filter(text);
    } catch (const std::exception&) {  // qpdf's refusal of an object it cannot read
    }
    return 0;
}
