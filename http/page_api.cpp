// The proof page at /, built from web/ and part of the program.
#include <fmt/format.h>

#include <string_view>

#include "base/digest.hpp"
#include "http/router.hpp"

#ifdef PLI_HAS_PAGE
extern "C" {
extern const char pli_page_html[], pli_page_html_end[];
extern const char pli_page_js[], pli_page_js_end[];
extern const char pli_page_css[], pli_page_css_end[];
}
#endif

namespace pli::http {
namespace {

/// The page gets everything from this service and nothing from anywhere else; blob: are the pictures of letters.
constexpr std::string_view policy =
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob: data:; connect-src 'self'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

Response page_part(const Request& request, std::string_view type, std::string_view text) {
    const auto tag = fmt::format("\"{}\"", Digest::hex_of(text).substr(0, 24));
    Response response{200, {}, {}, nullptr};
    response.headers = {{"Content-Type", std::string(type)},
                        {"Content-Security-Policy", std::string(policy)},
                        {"X-Content-Type-Options", "nosniff"},
                        {"Referrer-Policy", "no-referrer"},
                        {"Cross-Origin-Opener-Policy", "same-origin"},
                        {"Cross-Origin-Resource-Policy", "same-origin"},
                        {"Permissions-Policy", "camera=(), microphone=(), geolocation=()"},
                        {"ETag", tag},
                        {"Cache-Control", "no-cache"}};
    if (request.header("if-none-match") == tag) response.status = 304;
    if (response.status == 200) response.body = text;
    return response;
}

#ifdef PLI_HAS_PAGE

std::string_view between(const char* begin, const char* end) { return {begin, static_cast<std::size_t>(end - begin)}; }
Result<Reply> html(const Call& call) {
    return page_part(call.request, "text/html; charset=utf-8", between(pli_page_html, pli_page_html_end));
}
Result<Reply> script(const Call& call) {
    return page_part(call.request, "text/javascript; charset=utf-8", between(pli_page_js, pli_page_js_end));
}
Result<Reply> style(const Call& call) {
    return page_part(call.request, "text/css; charset=utf-8", between(pli_page_css, pli_page_css_end));
}

#else

constexpr std::string_view missing = R"(<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>Pli</title></head><body><h1>Pli</h1>
<p>The service runs; its API is at <a href="/v2/openapi.json">/v2/openapi.json</a>.</p>
<p>The proof page is not part of this build, because Node.js and npm were not there when it was made.
Install nodejs and npm and build again.</p></body></html>
)";
Result<Reply> html(const Call& call) { return page_part(call.request, "text/html; charset=utf-8", missing); }
Result<Reply> script(const Call&) { return failure(Fault::NotFound, "", "the proof page is not part of this build"); }
Result<Reply> style(const Call& call) { return script(call); }

#endif

}  // namespace

const std::vector<Route>& page_routes() {
    static const std::vector<Route> table{
        {"GET", "/", {}, html}, {"GET", "/proof.js", {}, script}, {"GET", "/proof.css", {}, style}};
    return table;
}

}  // namespace pli::http
