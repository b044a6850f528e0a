// Templates by strangers, above all the stamps on an uploaded PDF: whatever the JSON says, compiling ends in findings
// or in a template that can set a letter.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "layouts/template.hpp"

namespace {

using namespace pli;

void expect(bool good) {
    if (!good) std::abort();
}

layouts::Resources resources() {
    layouts::Resources given;
    given.read = [](std::string_view path) -> Result<std::string> {
        if (path.size() > 8) return failure(Fault::NotFound, std::string(path), "there is no such file");
        return std::string("picture");
    };
    given.decode_image = [](const std::string&, std::string_view) -> Result<Image> {
        Image image;
        image.columns = 300;
        image.rows = 120;
        return image;
    };
    given.import_pdf = [](std::string_view path, const layouts::UploadOrder& order) -> Result<layouts::Upload> {
        if (path.size() > 8) return failure(Fault::NotFound, std::string(path), "there is no such file");
        ForeignPage page;
        page.size = {210_mm, 297_mm};
        page.objects = std::make_shared<const std::vector<ForeignObject>>(1, ForeignObject{"<<>>", {}});
        return layouts::Upload{{page, page}, order.repairs};
    };
    return given;
}

Letter letter() {
    Letter letter;
    letter.key = "K-17";
    auto names = std::make_shared<FieldNames>();
    names->names = {"url", "items"};
    letter.fields.names = names;
    letter.fields.values = {{"https://merci.example/K-17", FieldKind::Text},
                            {R"([{"name":"Vase","price":"12.50"}])", FieldKind::List}};
    letter.recipient.first_name = "Zoë";
    letter.recipient.last_name = "Lefèvre";
    letter.recipient.street = "12 rue des Lilas";
    letter.recipient.postal_code = "75011";
    letter.recipient.city = "Paris";
    letter.recipient.country = "FR";
    return letter;
}

void set_letter(const layouts::CompiledTemplate& letterform, fonts::FontSet& fonts, const Assets& assets) {
    fonts.freeze();
    layouts::Typesetter typesetter(fonts, assets, Day::of(2026, 11, 22), "DE");
    layouts::TypesetLetter out;
    const auto done = typesetter.lay_out(letterform, letter(), out);
    if (!done) return expect(!done.error().message.empty());
    for (std::size_t page = 0; page < out.page_count; ++page) expect(out.pages[page].size.width > 0_mm);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    static const auto profiles = layouts::ProfileSet::load("layouts/profiles", "").value();
    const std::string_view json(reinterpret_cast<const char*>(data), size);
    fonts::FontSet fonts(fonts::FontSet::Options{"", {}});
    Assets assets;
    layouts::Workshop workshop{profiles, fonts, assets, resources(), Day::of(2026, 11, 22), "DE"};
    const auto compiled = layouts::compile("trial", json, workshop);
    for (const auto& finding : compiled.findings) expect(!finding.code.empty() && !finding.error.text().empty());
    if (compiled.result) set_letter(*compiled.result, fonts, assets);
    expect(compiled.result || !compiled.findings.empty());
    return 0;
}
