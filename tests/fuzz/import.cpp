// The importer as the child runs it, without the confinement around it: any file is a refusal with a reason, or pages
// that survive the way to the parent.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <exception>
#include <string>

#include "uploads/message.hpp"
#include "uploads/reader/import_pages.hpp"
#include "uploads/reader/survey_pages.hpp"

namespace pli::uploads {
namespace {

void expect(bool good) {
    if (!good) std::abort();
}

void check(const auto& answer) {
    if (!answer) return expect(!answer.error().message.empty());
    const std::string message = pack(*answer);
    const auto heard = unpack(message);
    expect(heard.has_value() && pack(*heard) == message);
}

}  // namespace
}  // namespace pli::uploads

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace pli::uploads;
    const std::string bytes(reinterpret_cast<const char*>(data), size);
    for (const bool grey_to_k : {false, true}) try {
            check(reader::import_pages(bytes, {16u << 20, 50, grey_to_k}));
            if (!grey_to_k) check(reader::survey_pages(bytes, 50));
        } catch (const std::exception&) {  // main.cpp makes a refusal of it
        }
    return 0;
}
