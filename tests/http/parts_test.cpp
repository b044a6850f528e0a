// The pieces that stand between a socket and a handler, each alone.
#include <catch2/catch.hpp>

#include "http/letter_json.hpp"
#include "http/limits.hpp"
#include "http/multipart.hpp"
#include "http/names.hpp"
#include "http/router.hpp"
#include "http/target.hpp"
#include "http/webhooks.hpp"
#include "tests/outside/outside.hpp"

using namespace pli;
using namespace pli::http;

namespace {

/// What comes of a form that arrives in pieces of `step` bytes: "name=bytes;" for each part.
std::string parts_of(const std::string& form, std::size_t step) {
    std::string seen;
    Multipart parser("b", {[&](const PartHead& head) {
                               seen += head.name + (head.filename.empty() ? "" : "(" + head.filename + ")") + "=";
                               return Done{};
                           },
                           [&](std::string_view bytes) {
                               seen += bytes;
                               return Done{};
                           },
                           [&] {
                               seen += ";";
                               return Done{};
                           }});
    for (std::size_t at = 0; at < form.size(); at += step)
        if (const auto fed = parser.feed(std::string_view(form).substr(at, step)); !fed) return fed.error().message;
    const auto finished = parser.finish();
    return finished ? seen : finished.error().message;
}

const std::string two_parts =
    "--b\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\none\r\n-- b \r\n\r\n--b\r\n"
    "content-disposition: form-data; filename=\"f \\\"x\\\".pdf\"; name=file\r\nContent-Type: application/pdf\r\n\r\n"
    "\r\n--c\r\n\r\n--b--\r\nepilogue";

Request with_header(std::string name, std::string value) {
    Request request;
    request.headers.emplace_back(std::move(name), std::move(value));
    return request;
}

Match match_of(const std::string& method, const std::string& target) {
    Request request;
    REQUIRE(read_target(target, request));
    return match(method, request.path);
}

}  // namespace

TEST_CASE("a form gives the same parts in whatever pieces it arrives", "[http][multipart]") {
    const std::string expected = "a=one\r\n-- b \r\n;file(f \"x\".pdf)=\r\n--c\r\n;";
    for (std::size_t step = 1; step <= two_parts.size(); ++step) {
        CAPTURE(step);
        CHECK(parts_of(two_parts, step) == expected);
    }
}

TEST_CASE("a part may be empty, and a form may have no part", "[http][multipart]") {
    CHECK(parts_of("--b\r\nContent-Disposition: form-data; name=x\r\n\r\n\r\n--b--", 7) == "x=;");
    CHECK(parts_of("--b--\r\n", 1).empty());
}

TEST_CASE("a form that is not well formed is refused", "[http][multipart]") {
    CHECK(parts_of("", 1) == "the form does not end");
    CHECK(parts_of(two_parts.substr(0, two_parts.size() - 15), 3) == "the form does not end");
    CHECK(parts_of("--b\r\nContent-Type: text/plain\r\n\r\nx\r\n--b--", 5) == "a part has no name");
    CHECK(parts_of("--bx\r\n", 9) == "a boundary is not followed by a line end");
    CHECK(parts_of("--b\r\n" + std::string(20'000, 'h'), 999) == "the head of a part is over 8 KiB");
}

TEST_CASE("a boundary is taken from the Content-Type as clients write it", "[http][multipart]") {
    CHECK(boundary_of("multipart/form-data; boundary=abc").value() == "abc");
    CHECK(boundary_of("Multipart/Form-Data; charset=utf-8; Boundary=\"a b\"").value() == "a b");
    CHECK(boundary_of("application/json").error().fault == Fault::Unsupported);
    CHECK_FALSE(boundary_of("multipart/form-data"));
    CHECK_FALSE(boundary_of("multipart/form-data; boundary=" + std::string(71, 'x')));
}

TEST_CASE("a path finds its route, and the wrong method what there is", "[http][router]") {
    CHECK(match_of("GET", "/v2/letters/17").values == std::vector<std::string>{"17"});
    CHECK(match_of("HEAD", "/v2/letters").route != nullptr);
    CHECK(match_of("GET", "/v2/templates/a%2Fb").values == std::vector<std::string>{"a/b"});
    CHECK(match_of("GET", "/v2/templates/a/files/x/y.svg").values == std::vector<std::string>{"a", "x/y.svg"});
    CHECK(match_of("GET", "/v2/nothing").methods.empty());
    const auto wrong = match_of("DELETE", "/v2/letters");
    CHECK(wrong.route == nullptr);
    CHECK(wrong.methods == std::vector<std::string>{"POST", "GET"});
}

TEST_CASE("a name that leads elsewhere is no name", "[http][names]") {
    for (const auto* name : {"", ".", "..", ".hidden", "a/b", "a\\b", " a", "a\nb",
                             "a\x7f"
                             "b"}) {
        CAPTURE(name);
        CHECK_FALSE(good_name(name));
    }
    CHECK(good_name("merci"));
    CHECK(good_name("Frühling 2027.v2"));
    CHECK(good_path("art/logo.svg"));
    CHECK_FALSE(good_path("art/../logo.svg"));
    CHECK_FALSE(good_path("/etc/passwd"));
}

TEST_CASE("a range of a file is what RFC 9110 says", "[http][names]") {
    const pli::test::Folder folder;
    const auto path = folder.write("ten", "0123456789");
    const auto slice = [&](const std::string& range) {
        const auto reply = std::get<Response>(file_response(with_header("range", range), path, "").value());
        if (!reply.file) return std::to_string(reply.status);
        return std::to_string(reply.status) + ":" + std::to_string(reply.file->from) + "+" +
               std::to_string(reply.file->length);
    };
    CHECK(slice("bytes=0-0") == "206:0+1");
    CHECK(slice("bytes=2-") == "206:2+8");
    CHECK(slice("bytes=-3") == "206:7+3");
    CHECK(slice("bytes=-30") == "206:0+10");
    CHECK(slice("bytes=8-99") == "206:8+2");
    CHECK(slice("bytes=10-") == "416");
    CHECK(slice("bytes=-0") == "416");
    for (const auto* ignored : {"bytes=5-2", "bytes=0-1,3-4", "lines=1-2", "bytes=a-b", "bytes=", "bytes=-"})
        CHECK(slice(ignored) == "200:0+10");
}

TEST_CASE("an address of the own network is not public, however it is written", "[http][webhooks]") {
    for (const auto* address : {"127.0.0.1",       "10.1.2.3",        "172.16.0.1",    "172.31.255.255",
                                "192.168.1.1",     "169.254.169.254", "100.64.0.1",    "0.0.0.0",
                                "224.0.0.1",       "255.255.255.255", "::1",           "::",
                                "fe80::1",         "fc00::1",         "ff02::1",       "::ffff:127.0.0.1",
                                "::ffff:10.0.0.1", "2001:db8::1",     "2002:7f00:1::", "64:ff9b::7f00:1",
                                "not an address"}) {
        CAPTURE(address);
        CHECK_FALSE(is_public(address));
    }
    for (const auto* address : {"93.184.216.34", "172.32.0.1", "2a00:1450:4001:81b::200e", "::ffff:93.184.216.34"})
        CHECK(is_public(address));
}

TEST_CASE("an address for messages is taken apart, and what is none is refused", "[http][webhooks]") {
    const auto plain = Target::parse("https://shop.example/hooks?x=1#y").value();
    CHECK(plain.host == "shop.example");
    CHECK(plain.port == 443);
    CHECK(plain.path == "/hooks?x=1");
    CHECK(Target::parse("http://[::1]:8080").value().host == "::1");
    CHECK(Target::parse("http://[::1]:8080").value().port == 8080);
    CHECK(Target::parse("https://a?b").value().path == "/?b");
    for (const auto* bad : {"", "shop.example", "ftp://a", "https://", "https://a:0", "https://a:99999",
                            "https://u:p@a", "https://a b", "https://a\r\nX: y", "https://[::1"})
        CHECK_FALSE(Target::parse(bad));
}

TEST_CASE("a signature is that of the HMAC that anybody can compute", "[http][webhooks]") {
    const auto judged =
        pli::test::output_of(R"(printf '1795355198.{"id":"1"}' | openssl dgst -sha256 -hmac 'a secret of sixteen')");
    const auto ours = signature("a secret of sixteen", {1'795'355'198}, R"({"id":"1"})");
    CHECK(ours == "t=1795355198,v1=" + judged.substr(judged.find("= ") + 2, 64));
}

TEST_CASE("a rate is kept, saved up for two seconds at most, and each token has its own", "[http]") {
    using namespace std::chrono_literals;
    RateLimit limit(10);
    const auto begin = RateLimit::Clock::time_point{} + 1h;
    int taken = 0;
    for (int i = 0; i < 100; ++i) taken += limit.take("a", begin) ? 1 : 0;
    CHECK(taken == 20);
    CHECK(limit.take("b", begin));
    CHECK_FALSE(limit.take("a", begin + 50ms));
    CHECK(limit.take("a", begin + 200ms));
    taken = 0;
    for (int i = 0; i < 100; ++i) taken += limit.take("a", begin + 1h) ? 1 : 0;
    CHECK(taken == 20);
}

TEST_CASE("the items of a list are told apart without reading them", "[http]") {
    const std::string body = R"( [ {"a":"],\"["} , {"b":[1,{"c":2}]} , 5 , "x,y" ] )";
    const auto items = items_of(body, 10).value();
    REQUIRE(items.size() == 4);
    CHECK(items[0] == R"({"a":"],\"["})");
    CHECK(items[1] == R"({"b":[1,{"c":2}]})");
    CHECK_FALSE(items_of(body, 3));
}
