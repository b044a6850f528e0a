// What the parent believes of a child that a hostile file may have taken over: whatever `unpack` lets through has to be
// whole and canonical, and the writers of PDFs and previews must be able to use it.
#include "uploads/message.hpp"

#include <cstddef>
#include <cstdint>
#include <cstdlib>

#include "uploads/page_pdf.hpp"
#include "uploads/plain_words.hpp"

namespace pli::uploads {
namespace {

void expect(bool good) {
    if (!good) std::abort();
}

void use(const ImportedPages& imported) {
    for (const PageForm& page : imported.pages) {
        expect(page.form < imported.objects.size());
        page_pdf(imported.objects, page.form, page.size);
    }
}
void use(const Raster& raster) { expect(raster.rgb.size() == std::size_t{3} * raster.columns * raster.rows); }
void use(const Error& error) { plain_words(error.message); }
void use(const auto&) {}

}  // namespace
}  // namespace pli::uploads

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace pli::uploads;
    const std::string_view bytes(reinterpret_cast<const char*>(data), size);
    const auto reply = unpack(bytes);
    if (!reply) return 0;
    expect(pack(*reply) == bytes);
    std::visit([](const auto& body) { use(body); }, *reply);
    return 0;
}
