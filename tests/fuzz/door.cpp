// What the service reads before it knows anybody: a request's target, a token, the address of a webhook.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "http/jwt.hpp"
#include "http/message.hpp"
#include "http/target.hpp"

namespace {

using namespace pli;

void expect(bool good) {
    if (!good) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string text(reinterpret_cast<const char*>(data), size);
    http::Request request;
    if (http::read_target(text, request))
        for (const auto& part : request.path) expect(part.find('\0') == std::string::npos);
    if (text.find('\0') == std::string::npos) {
        (void)http::read_unverified(text);
        expect(!http::verify(text, "a key that no fuzzer finds, 32 bytes"));
    }
    if (const auto target = http::Target::parse(text)) {
        expect(!target->host.empty() && target->port != 0 && target->path.front() == '/');
        expect(target->host.find_first_of(" \r\n/@") == std::string::npos);
        expect(target->path.find_first_of(" \r\n") == std::string::npos);
    }
    (void)http::is_public(text);
    return 0;
}
