#include "tests/http/service_for_tests.hpp"

#include <arpa/inet.h>
#include <poll.h>
#include <signal.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <catch2/catch.hpp>
#include <chrono>
#include <fstream>
#include <thread>

#include "http/journal.hpp"
#include "service/workspace.hpp"

namespace pli::http::test {
namespace {

Instant now() {
    using namespace std::chrono;
    return {duration_cast<seconds>(system_clock::now().time_since_epoch()).count()};
}

}  // namespace

Socket::Socket(std::uint16_t port) : number_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
    sockaddr_in at{};
    at.sin_family = AF_INET;
    at.sin_port = htons(port);
    at.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (::connect(number_, reinterpret_cast<sockaddr*>(&at), sizeof at) != 0) ::close(std::exchange(number_, -1));
}

Socket::~Socket() {
    if (number_ >= 0) ::close(number_);
}

bool Socket::send(std::string_view bytes) {
    while (!bytes.empty()) {
        const auto sent = ::send(number_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
        if (sent <= 0) return false;
        bytes.remove_prefix(static_cast<std::size_t>(sent));
    }
    return true;
}

std::string Socket::some(int seconds) {
    pollfd waiting{number_, POLLIN, 0};
    if (::poll(&waiting, 1, seconds * 1000) <= 0) return {};
    std::string bytes(64u << 10, '\0');
    const auto got = ::recv(number_, bytes.data(), bytes.size(), 0);
    bytes.resize(got > 0 ? static_cast<std::size_t>(got) : 0);
    return bytes;
}

std::string Socket::rest(int seconds) {
    std::string all;
    for (auto bytes = some(seconds); !bytes.empty(); bytes = some(seconds)) all += bytes;
    return all;
}

Answered answer_in(const std::string& bytes) {
    Answered answered;
    auto text = bytes;
    while (text.starts_with("HTTP/1.1 100")) text.erase(0, text.find("\r\n\r\n") + 4);
    if (!text.starts_with("HTTP/1.1 ")) return answered;
    answered.status = std::stoi(text.substr(9, 3));
    const auto end = text.find("\r\n\r\n");
    for (auto at = text.find("\r\n"); at < end; at = text.find("\r\n", at + 2)) {
        const auto colon = text.find(':', at);
        std::string name = text.substr(at + 2, colon - at - 2);
        for (char& c : name) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
        answered.headers[name] = text.substr(colon + 2, text.find("\r\n", at + 2) - colon - 2);
    }
    if (end != std::string::npos) answered.body = text.substr(end + 4);
    return answered;
}

Answered ask(std::uint16_t port, const Asking& asking) {
    Socket socket(port);
    std::string head = asking.method + " " + asking.path + " HTTP/1.1\r\nHost: test\r\nConnection: close\r\n";
    if (!asking.token.empty()) head += "Authorization: Bearer " + asking.token + "\r\n";
    for (const auto& [name, value] : asking.headers) head += name + ": " + value + "\r\n";
    if (!asking.body.empty() || asking.method == "POST" || asking.method == "PUT")
        head += "Content-Length: " + std::to_string(asking.body.size()) + "\r\n";
    socket.send(head + "\r\n" + asking.body);
    return answer_in(socket.rest());
}

Served::Served(std::vector<std::string> workspaces, ServeOptions options) : options_(std::move(options)) {
    silence(true);
    for (const auto& name : workspaces) REQUIRE(service::Workspace::create(folder_ / name));
    options_.workspaces = folder_.path();
    options_.listen.port = 0;
    restart();
}

Served::~Served() { stop(); }

void Served::stop() {
    if (service_) service_->stop(std::chrono::seconds(5));
    service_.reset();
}

void Served::restart() {
    stop();
    auto started = Application::start(options_);
    if (!started) FAIL(started.error().text());
    service_ = std::move(*started);
}

std::string Served::token(Scopes scopes, const std::string& workspace, TokenWish wish) const {
    TokenBook book(folder(workspace) + "/access", workspace);
    if (wish.name.empty()) wish.name = "test";
    wish.scopes = scopes;
    const auto issued = book.issue(wish, now());
    if (!issued) FAIL(issued.error().text());
    return issued->token;
}

Answered Served::post(const std::string& token, const json& letters, const std::string& key) const {
    Asking asking{"POST", "/v2/letters", token, letters.dump(), {{"Content-Type", "application/json"}}};
    if (!key.empty()) asking.headers.emplace_back("Idempotency-Key", key);
    return ask(asking);
}

Process::Process(const std::string& workspace, const std::string& report) {
    ::unlink(report.c_str());  // the port of an earlier one is not ours
    process_ = ::fork();
    if (process_ == 0) {
        if (::freopen(report.c_str(), "w", stdout) == nullptr || ::freopen("/dev/null", "w", stderr) == nullptr)
            ::_exit(126);
        ::execl(PLI_PROGRAM, "pli", "serve", "--json", "--quiet", "--rate", "0", "--listen", "127.0.0.1:0", "-w",
                workspace.c_str(), nullptr);
        ::_exit(127);
    }
    for (int tries = 0; port == 0 && tries < 1500; ++tries) {
        std::this_thread::sleep_for(std::chrono::milliseconds(20));
        std::ifstream file(report);
        const auto told = json::parse(file, nullptr, false);
        if (told.is_object()) port = told["port"];
    }
    REQUIRE(port != 0);
}

Process::~Process() { end(SIGTERM); }

void Process::end(int signal) {
    if (process_ <= 0) return;
    ::kill(process_, signal);
    ::waitpid(process_, nullptr, 0);
    process_ = 0;
}

json letter_to(const std::string& name, json data) {
    return {{"template", "merci"},
            {"recipient", {{"name", name}, {"street", "8 rue des Lilas"}, {"postal_code", "75019"}, {"city", "Paris"}}},
            {"data", std::move(data)}};
}

}  // namespace pli::http::test
