// Clients that are slow, endless, many, or not who they say they are. Each is told what is wrong, and the service goes on.
#include <fmt/format.h>
#include <sys/resource.h>

#include <catch2/catch.hpp>
#include <thread>

#include "http/jwt.hpp"
#include "tests/http/service_for_tests.hpp"

using namespace pli;
using namespace pli::http;
using namespace pli::http::test;

namespace {

ServeOptions impatient() {
    ServeOptions options;
    options.listen.header_time = std::chrono::milliseconds(600);
    options.listen.chunk_time = std::chrono::milliseconds(600);
    options.listen.slowest_body = 1u << 20;
    return options;
}

void goes_on(const Served& house, const std::string& token) {
    CHECK(house.ask({"GET", "/readyz"}).status == 200);
    CHECK(house.post(token, letter_to("who comes after"), "after").status < 300);
}

std::string head(const std::string& path, const std::string& token, const std::string& more) {
    return fmt::format("POST {} HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {}\r\n{}\r\n", path, token, more);
}

/// Sends up to a gigabyte of nonsense, until the other side has had enough; what it says.
Answered send_garbage(std::uint16_t port, const std::string& head_bytes, bool chunked = false) {
    Socket socket(port);
    socket.send(head_bytes);
    std::string garbage(1u << 20, '\xA5');
    if (chunked) garbage = "100000\r\n" + garbage + "\r\n";
    std::thread sender([&] {
        for (int i = 0; i < 1024 && socket.send(garbage); ++i) {
        }
    });
    const auto answer = answer_in(socket.rest());
    sender.join();
    return answer;
}

}  // namespace

TEST_CASE("a head that comes a byte at a time is cut off with 408", "[http][abuse]") {
    Served house({"atelier"}, impatient());
    Socket slow(house.port());
    for (const char c : std::string("GET /healthz HTTP/1.1\r\nHost: x\r\n")) {
        if (!slow.send(std::string(1, c))) break;
        std::this_thread::sleep_for(std::chrono::milliseconds(50));
    }
    CHECK(answer_in(slow.rest()).status == 408);
    goes_on(house, house.token(Scope::Letters));
}

TEST_CASE("a body that comes a byte at a time is cut off with 408", "[http][abuse]") {
    Served house({"atelier"}, impatient());
    const auto token = house.token(Scope::Letters);
    Socket slow(house.port());
    slow.send(head("/v2/letters", token, "Content-Length: 100000\r\n"));
    for (int i = 0; i < 40 && slow.send("x"); ++i) std::this_thread::sleep_for(std::chrono::milliseconds(50));
    CHECK(answer_in(slow.rest()).status == 408);
    goes_on(house, token);
}

TEST_CASE("a gigabyte of garbage is refused before it is read", "[http][abuse]") {
    Served house;
    const auto token = house.token(Scope::Letters), other = house.token(Scope::Templates);
    const std::string length = "Content-Length: 1073741824\r\n";
    const auto port = house.port();
    CHECK(send_garbage(port, head("/v2/letters", token, length)).status == 413);
    CHECK(send_garbage(port, head("/v2/uploads", other, length)).status == 413);
    CHECK(send_garbage(port, head("/v2/letters", "nobody", length)).status == 401);
    CHECK(send_garbage(port, head("/nowhere", token, length)).status == 404);
    goes_on(house, token);
}

TEST_CASE("a gigabyte of garbage that does not say how long it is stops at the limit", "[http][abuse]") {
    Served house;
    const auto token = house.token(Scope::Letters);
    const auto refused = send_garbage(house.port(), head("/v2/letters", token, "Transfer-Encoding: chunked\r\n"), true);
    CHECK(refused.status == 413);
    CHECK(refused.read()["code"] == "body-too-large");
    goes_on(house, token);
}

TEST_CASE("an upload of garbage leaves nothing behind", "[http][abuse]") {
    Served house;
    const auto token = house.token(Scope::Templates);
    const auto refused = house.ask({"POST",
                                    "/v2/uploads",
                                    token,
                                    std::string(3u << 20, '\xA5'),
                                    {{"Content-Type", "multipart/form-data; boundary=x"}}});
    CHECK(refused.status == 422);
    CHECK(pli::test::output_of("find " + house.folder() + "/incoming -type f").empty());
}

TEST_CASE("what is not HTTP is told so", "[http][abuse]") {
    Served house;
    const auto [bytes, status] = GENERATE(table<std::string, int>(
        {{"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03 a TLS hello\r\n\r\n", 400},
         {"GET /healthz HTTP/9.9\r\n\r\n", 505},
         {"GET healthz HTTP/1.1\r\nHost: x\r\n\r\n", 400},
         {"GET /%zz HTTP/1.1\r\nHost: x\r\n\r\n", 400},
         {"GET /a%00b HTTP/1.1\r\nHost: x\r\n\r\n", 400},
         {"GET / HTTP/1.1\r\nA: " + std::string(100'000, 'a') + "\r\n\r\n", 431},
         {"POST /v2/letters HTTP/1.1\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", 400},
         {"POST /v2/letters HTTP/1.1\r\nContent-Length: -5\r\n\r\n", 400}}));
    CAPTURE(bytes.substr(0, 60));
    Socket socket(house.port());
    socket.send(bytes);
    CHECK(answer_in(socket.rest()).status == status);
    goes_on(house, house.token(Scope::Letters));
}

TEST_CASE("ten thousand connections stand open, and who comes then is served", "[http][abuse]") {
    rlimit limit{};
    ::getrlimit(RLIMIT_NOFILE, &limit);
    limit.rlim_cur = limit.rlim_max;
    ::setrlimit(RLIMIT_NOFILE, &limit);
    const auto count = std::min<std::size_t>(10'000, limit.rlim_cur - 500);
    Served
        house;  // makes workspace and token; the service under test is a process of its own, with descriptors of its own
    const auto token = house.token(Scope::Letters);
    house.stop();
    Process service(house.folder(), house.scratch() / "serve.json");
    std::vector<Socket> open;
    for (std::size_t i = 0; i < count; ++i) {
        open.emplace_back(service.port);
        REQUIRE(open.back().open());
    }
    CHECK(ask(service.port, {"GET", "/readyz"}).status == 200);
    CHECK(ask(service.port, {"POST", "/v2/letters", token, letter_to("who comes after").dump()}).status == 201);
    auto& one = open[count / 2];
    one.send("GET /healthz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
    CHECK(answer_in(one.rest()).status == 200);
    const auto counts = ask(service.port, {"GET", "/metrics"}).body;
    const auto at = counts.find("\npli_http_connections ") + 22;
    CHECK(std::stoul(counts.substr(at)) >= count - 1);
}

TEST_CASE("one connection more than there may be is told 503", "[http][abuse]") {
    ServeOptions options;
    options.listen.connections = 5;
    Served house({"atelier"}, options);
    std::vector<Socket> open;
    for (int i = 0; i < 5; ++i) open.emplace_back(house.port());
    Socket sixth(house.port());
    CHECK(answer_in(sixth.rest()).status == 503);
    open.clear();
    for (int tries = 0; house.service().connections() > 0 && tries < 100; ++tries)
        std::this_thread::sleep_for(std::chrono::milliseconds(20));
    CHECK(house.ask({"GET", "/healthz"}).status == 200);
}

TEST_CASE("more requests than a token may make in a second get 429, and another token none", "[http][abuse]") {
    ServeOptions options;
    options.requests_a_second = 3;
    Served house({"atelier"}, options);
    const auto greedy = house.token(Scope::Read), modest = house.token(Scope::Read);
    int refused = 0;
    for (int i = 0; i < 20; ++i) refused += house.ask({"GET", "/v2/workspace", greedy}).status == 429 ? 1 : 0;
    CHECK(refused > 0);
    CHECK(house.ask({"GET", "/v2/workspace", modest}).status == 200);
}

TEST_CASE("a token is refused that is none, changed, unsigned, of another key, over or revoked", "[http][tokens]") {
    Served house({"atelier", "usine"});
    const auto good = house.token(Scope::Read);
    const auto claims = read_unverified(good).value();
    auto longer = claims;
    longer.expires += 1000;
    auto changed = good;
    changed[changed.size() - 5] = changed[changed.size() - 5] == 'A' ? 'B' : 'A';
    // {"alg":"none","typ":"JWT"} and the good token's claims.
    const auto unsigned_one = "eyJhbGciOiJub25lIiwidHlwIjoiSldUIn0." + good.substr(good.find('.') + 1);
    for (const auto& bad :
         {std::string("nonsense"), changed, unsigned_one, unsigned_one.substr(0, unsigned_one.rfind('.') + 1),
          sign(longer, "a key of somebody else, long enough").value(), good + "A", good.substr(1)}) {
        CAPTURE(bad);
        const auto refused = house.ask({"GET", "/v2/workspace", bad});
        CHECK(refused.status == 401);
        CHECK(refused.read()["code"] == "no-valid-token");
        CHECK(refused.headers.count("www-authenticate") == 1);
    }
    CHECK(house.ask({"GET", "/v2/workspace"}).status == 401);
    CHECK(house.ask({"GET", "/v2/workspace", good}).status == 200);

    TokenBook book(house.folder() + "/access", "atelier");
    REQUIRE(book.revoke(claims.id));
    CHECK_THAT(house.ask({"GET", "/v2/workspace", good}).body, Catch::Contains("revoked"));
    const auto over = house.token(Scope::Read, "atelier", {.name = "old", .scopes = {}, .test = false, .days = -1});
    CHECK_THAT(house.ask({"GET", "/v2/workspace", over}).body, Catch::Contains("time was over"));
}

TEST_CASE("tokens of the old key are good until it is forgotten", "[http][tokens]") {
    Served house;
    const auto old = house.token(Scope::Read);
    TokenBook book(house.folder() + "/access", "atelier");
    REQUIRE(book.rotate({1'700'000'000}));
    const auto fresh = house.token(Scope::Read);
    CHECK(house.ask({"GET", "/v2/workspace", old}).status == 200);
    REQUIRE(book.forget_old_keys().value() == 1);
    CHECK(house.ask({"GET", "/v2/workspace", old}).status == 401);
    CHECK(house.ask({"GET", "/v2/workspace", fresh}).status == 200);
}

TEST_CASE("a scope opens what is its own and nothing else", "[http][tokens]") {
    Served house;
    const auto status = [&](Scope scope, const std::string& method, const std::string& path) {
        return house.ask({method, path, house.token(scope)}).status;
    };
    CHECK(status(Scope::Read, "GET", "/v2/letters") == 200);
    CHECK(status(Scope::Read, "POST", "/v2/letters") == 403);
    CHECK(status(Scope::Letters, "PUT", "/v2/templates/x") == 403);
    CHECK(status(Scope::Templates, "POST", "/v2/letters") == 403);
    CHECK(status(Scope::PrintHouse, "GET", "/v2/letters") == 403);
    CHECK(status(Scope::PrintHouse, "GET", "/v2/batches") == 200);
    CHECK(status(Scope::Letters, "GET", "/v2/batches/x/files/print.pdf") == 403);
}

TEST_CASE("another workspace's letters, templates and batches are not there", "[http][tokens]") {
    Served house({"atelier", "usine"});
    const auto own = house.token(Scope::Letters), other = house.token(Scope::Letters | Scope::Templates, "usine");
    const auto place = house.post(own, letter_to("A")).headers.at("location");
    REQUIRE(house.ask({"GET", place, own}).status == 200);
    for (const auto* path : {"", "/cancel", "/hold", "/release"}) {
        const auto answer = house.ask({*path == '\0' ? "GET" : "POST", place + path, other});
        CHECK(answer.status == 404);
        CHECK_THAT(answer.body, !Catch::Contains("atelier"));
    }
    CHECK(house.ask({"GET", "/v2/letters", other}).read()["letters"].empty());
    for (const auto* path : {"/v2/templates/..%2f..%2fatelier%2ftemplates%2fmerci", "/v2/batches/..%2f..%2fatelier",
                             "/v2/templates/merci/files/..%2f..%2f..%2fatelier%2fpli.toml", "/v2/uploads/..%2fx"})
        CHECK(house.ask({"GET", path, other}).status == 404);
    CHECK(house.ask({"GET", place, own}).read()["state"] == "queued");
}

TEST_CASE("requests under way are answered before the service ends, and readyz says no", "[http]") {
    Served house;
    const auto token = house.token(Scope::Letters);
    house.service().announce_end();
    CHECK(house.ask({"GET", "/readyz"}).status == 503);
    Socket socket(house.port());
    const auto body = letter_to("the last").dump();
    socket.send(head("/v2/letters", token, fmt::format("Content-Length: {}\r\n", body.size())) + body.substr(0, 20));
    std::thread end([&] {
        std::this_thread::sleep_for(std::chrono::milliseconds(100));
        socket.send(body.substr(20));
    });
    std::this_thread::sleep_for(std::chrono::milliseconds(50));
    CHECK(house.service().stop(std::chrono::seconds(10)));
    end.join();
    CHECK(answer_in(socket.rest()).status == 201);
}
