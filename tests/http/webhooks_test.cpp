// Who is told what becomes of letters: in order, signed, at least once, whoever dies.
#include <arpa/inet.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <atomic>
#include <catch2/catch.hpp>
#include <fstream>
#include <mutex>
#include <set>
#include <thread>

#include "http/target.hpp"
#include "http/webhooks.hpp"
#include "tests/http/service_for_tests.hpp"

using namespace pli;
using namespace pli::http;
using namespace pli::http::test;

namespace {

struct Received {
    std::string signature, id, body;
};

/// A shop's server: takes messages, or refuses them.
class Listener {
public:
    Listener() : socket_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
        sockaddr_in at{};
        at.sin_family = AF_INET;
        at.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        socklen_t size = sizeof at;
        REQUIRE(::bind(socket_, reinterpret_cast<sockaddr*>(&at), size) == 0);
        ::getsockname(socket_, reinterpret_cast<sockaddr*>(&at), &size);
        port_ = ntohs(at.sin_port);
        ::listen(socket_, 16);
        thread_ = std::thread([this] { work(); });
    }
    ~Listener() {
        ending_ = true;
        thread_.join();
        ::close(socket_);
    }
    std::string url() const { return "http://127.0.0.1:" + std::to_string(port_) + "/hook"; }
    std::atomic<int> status{200};
    std::atomic<int> refused{0};

    std::vector<Received> taken() const {
        const std::lock_guard lock(mutex_);
        return taken_;
    }
    /// Until that many were taken, or half a minute is over.
    std::vector<Received> wait_for(std::size_t count) const {
        for (int tries = 0; tries < 1500 && taken().size() < count; ++tries)
            std::this_thread::sleep_for(std::chrono::milliseconds(20));
        return taken();
    }

private:
    void work() {
        while (!ending_) {
            pollfd waiting{socket_, POLLIN, 0};
            if (::poll(&waiting, 1, 50) <= 0) continue;
            const int client = ::accept4(socket_, nullptr, nullptr, SOCK_CLOEXEC);
            serve(client);
            ::close(client);
        }
    }
    void serve(int client) {
        std::string bytes(64u << 10, '\0'), all;
        while (true) {
            const auto got = ::recv(client, bytes.data(), bytes.size(), 0);
            if (got <= 0) break;
            all.append(bytes, 0, static_cast<std::size_t>(got));
            const auto end = all.find("\r\n\r\n");
            if (end == std::string::npos) continue;
            const auto length = std::stoul(value(all, "Content-Length: "));
            if (all.size() >= end + 4 + length) break;
        }
        const int now = status;
        if (now == 200) {
            const std::lock_guard lock(mutex_);
            taken_.push_back(
                {value(all, "Pli-Signature: "), value(all, "Pli-Event-Id: "), all.substr(all.find("\r\n\r\n") + 4)});
        } else {
            ++refused;
        }
        const auto answer = "HTTP/1.1 " + std::to_string(now) + " X\r\nContent-Length: 0\r\n\r\n";
        ::send(client, answer.data(), answer.size(), MSG_NOSIGNAL);
    }
    static std::string value(const std::string& head, const std::string& name) {
        const auto at = head.find(name);
        return at == std::string::npos ? "0" : head.substr(at + name.size(), head.find("\r\n", at) - at - name.size());
    }
    int socket_;
    std::uint16_t port_ = 0;
    std::atomic<bool> ending_{false};
    mutable std::mutex mutex_;
    std::vector<Received> taken_;
    std::thread thread_;
};

void allow_private(const Served& served) {
    const auto file = served.folder() + "/pli.toml";
    pli::test::write_file(file, pli::test::read_file(file) + "\n[webhooks]\nallow_private = true\n");
}

std::vector<std::string> events_in(const std::vector<Received>& all) {
    std::vector<std::string> events;
    for (const auto& one : all) events.push_back(json::parse(one.body)["event"]);
    return events;
}

}  // namespace

TEST_CASE("whoever asked for it is told what becomes of a letter, in order, with a signature", "[http][webhooks]") {
    Served served;
    allow_private(served);
    served.restart();
    Listener shop;
    const auto token = served.token(Scope::Letters);
    const auto made = served.ask({"POST", "/v2/webhooks", token, json{{"url", shop.url()}}.dump()});
    REQUIRE(made.status == 201);
    const auto secret = made.read()["secret"].get<std::string>();
    const auto place = served.post(token, letter_to("A")).headers.at("location");
    for (const auto* step : {"/hold", "/release", "/cancel"}) served.ask({"POST", place + step, token});
    const auto told = shop.wait_for(4);
    CHECK(events_in(told) == std::vector<std::string>{"queued", "held", "released", "cancelled"});
    for (const auto& one : told) {
        const auto at = std::stoll(one.signature.substr(2));
        CHECK(one.signature == signature(secret, {at}, one.body));
        CHECK(json::parse(one.body)["letters"] == json::array({1}));
        CHECK(json::parse(one.body)["id"] == one.id);
    }
}

TEST_CASE("what could not be told is told later, also by a service that was started anew", "[http][webhooks]") {
    Served served;
    allow_private(served);
    served.restart();
    Listener shop;
    shop.status = 500;
    const auto token = served.token(Scope::Letters);
    REQUIRE(served.ask({"POST", "/v2/webhooks", token, json{{"url", shop.url()}}.dump()}).status == 201);
    for (int i = 0; i < 5; ++i) REQUIRE(served.post(token, letter_to("N" + std::to_string(i))).status == 201);
    for (int tries = 0; shop.refused == 0 && tries < 500; ++tries)
        std::this_thread::sleep_for(std::chrono::milliseconds(20));
    CHECK(shop.refused > 0);
    CHECK_THAT(served.ask({"GET", "/v2/webhooks", token}).body, Catch::Contains("answered with status 500"));
    served.stop();
    shop.status = 200;
    served.restart();
    const auto told = shop.wait_for(5);
    std::set<std::int64_t> letters;
    for (const auto& one : told) {
        const auto message = json::parse(one.body);
        for (const auto& letter : message["letters"]) letters.insert(letter.get<std::int64_t>());
    }
    CHECK(letters == std::set<std::int64_t>{1, 2, 3, 4, 5});
}

TEST_CASE("only the events that were asked for are told, and none once the webhook is gone", "[http][webhooks]") {
    Served served;
    allow_private(served);
    served.restart();
    Listener shop;
    const auto token = served.token(Scope::Letters);
    const auto wanted = json{{"url", shop.url()}, {"events", {"cancelled"}}};
    const auto made = served.ask({"POST", "/v2/webhooks", token, wanted.dump()});
    REQUIRE(made.status == 201);
    for (int i = 1; i <= 3; ++i) {
        const auto place = served.post(token, letter_to("N" + std::to_string(i))).headers.at("location");
        served.ask({"POST", place + "/cancel", token});
    }
    CHECK(events_in(shop.wait_for(3)) == std::vector<std::string>(3, "cancelled"));
    const auto id = made.read()["id"].get<std::string>();
    CHECK(served.ask({"DELETE", "/v2/webhooks/" + id, token}).status == 204);
    CHECK(served.ask({"DELETE", "/v2/webhooks/" + id, token}).status == 404);
    CHECK(served.ask({"GET", "/v2/webhooks", token}).read()["webhooks"].empty());
}

TEST_CASE("a webhook into the own network is refused unless the operator allows it", "[http][webhooks]") {
    Served served;
    const auto token = served.token(Scope::Letters);
    for (const auto* url :
         {"https://127.0.0.1/x", "https://localhost/", "https://10.0.0.1/", "https://[::1]/",
          "https://169.254.169.254/latest/meta-data", "http://shop.example/", "ftp://shop.example/", "x"}) {
        CAPTURE(url);
        const auto refused = served.ask({"POST", "/v2/webhooks", token, json{{"url", url}}.dump()});
        CHECK(refused.status == 422);
    }
    const auto odd = json{{"url", "https://shop.example/"}, {"events", {"printed"}}};
    CHECK(served.ask({"POST", "/v2/webhooks", token, odd.dump()}).status == 422);
    const auto weak = json{{"url", "https://shop.example/"}, {"secret", "short"}};
    CHECK(served.ask({"POST", "/v2/webhooks", token, weak.dump()}).status == 422);
}

TEST_CASE("a message goes to whom the certificate belongs to, and to nobody else", "[http][webhooks]") {
    const Folder folder;
    pli::test::output_of(
        "openssl req -x509 -newkey rsa:2048 -nodes -subj /CN=localhost -addext subjectAltName=DNS:localhost"
        " -keyout " +
        (folder / "key") + " -out " + (folder / "pem") + " 2>/dev/null");
    pli::test::output_of("timeout 30 python3 tests/http/tls_listener.py " + (folder / "pem") + " " + (folder / "key") +
                         " " + (folder / "port") + " > " + (folder / "log") + " 2>&1 &");
    for (int tries = 0; !std::ifstream(folder / "port").good() && tries < 500; ++tries)
        std::this_thread::sleep_for(std::chrono::milliseconds(20));
    const auto port = pli::test::read_file(folder / "port");
    const auto told = [&](const std::string& host) {
        return send(Target::parse("https://" + host + ":" + port + "/").value(), {"{}", {}}, true, 10);
    };
    CHECK_FALSE(told("localhost"));  // nobody vouches for it
    ::setenv("SSL_CERT_FILE", (folder / "pem").c_str(), 1);
    CHECK(told("localhost").value_or(0) == 204);
    CHECK_FALSE(told("127.0.0.1"));  // the same server, under a name that is not in its certificate
    ::unsetenv("SSL_CERT_FILE");
    const auto refused = send(Target::parse("https://localhost:" + port + "/").value(), {"{}", {}}, false, 10);
    CHECK_THAT(refused.error().message, Catch::Contains("no public address"));
}
