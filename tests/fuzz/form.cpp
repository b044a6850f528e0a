// Forms by strangers. The first byte says in pieces of what length one arrives; the parts are the same as of the whole.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "http/multipart.hpp"

namespace {

using namespace pli;

void expect(bool good) {
    if (!good) std::abort();
}

/// What the parser told, as one text: heads, bytes, ends, and how it came out. Where bytes are cut does not show.
std::string told(std::string_view form, std::size_t step) {
    std::string log;
    bool open = false;
    http::Multipart parser("b", {[&](const http::PartHead& head) {
                                     expect(!open && !head.name.empty());
                                     open = true;
                                     log += "[" + head.name + "|" + head.filename + "|" + head.type + "]";
                                     return Done{};
                                 },
                                 [&](std::string_view bytes) {
                                     expect(open && !bytes.empty());
                                     log += bytes;
                                     return Done{};
                                 },
                                 [&] {
                                     expect(open);
                                     open = false;
                                     log += "]";
                                     return Done{};
                                 }});
    for (std::size_t at = 0; at < form.size(); at += step)
        if (!parser.feed(form.substr(at, step))) return "refused";
    return parser.finish() ? log : "refused";
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size == 0) return 0;
    const std::string_view form(reinterpret_cast<const char*>(data) + 1, size - 1);
    const auto line = form.substr(0, form.find('\n'));
    if (const auto boundary = http::boundary_of(line)) expect(!boundary->empty() && boundary->size() <= 70);
    expect(told(form, std::max<std::size_t>(1, form.size())) == told(form, std::max<std::size_t>(1, data[0])));
    return 0;
}
