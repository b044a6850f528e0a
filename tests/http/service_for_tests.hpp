#pragma once
#include <map>
#include <memory>
#include <nlohmann/json.hpp>
#include <string>
#include <utility>
#include <vector>

#include "http/application.hpp"
#include "tests/outside/outside.hpp"

namespace pli::http::test {

using nlohmann::json;
using pli::test::Folder;

/// A socket, as a client has it.
class Socket {
public:
    explicit Socket(std::uint16_t port);
    ~Socket();
    Socket(Socket&& other) noexcept : number_(std::exchange(other.number_, -1)) {}
    Socket(const Socket&) = delete;
    Socket& operator=(const Socket&) = delete;
    bool open() const { return number_ >= 0; }
    /// False: the other side has hung up.
    bool send(std::string_view bytes);
    /// What comes until the other side hangs up or `seconds` have gone without a byte.
    std::string rest(int seconds = 20);
    /// The next bytes; empty: the end.
    std::string some(int seconds = 20);

private:
    int number_ = -1;
};

struct Answered {
    int status = 0;
    std::map<std::string, std::string> headers;  // names in small letters
    std::string body;
    json read() const { return json::parse(body, nullptr, false); }
};
/// The first answer in these bytes.
Answered answer_in(const std::string& bytes);

struct Asking {
    std::string method = "GET", path = "/", token{}, body{};
    std::vector<std::pair<std::string, std::string>> headers{};
};
/// One request on a connection of its own.
Answered ask(std::uint16_t port, const Asking& asking);

/// A folder of workspaces, each with a template `thanks`, and the service over them.
class Served {
public:
    explicit Served(std::vector<std::string> workspaces = {"atelier"}, ServeOptions options = {});
    ~Served();
    void restart();
    void stop();
    std::uint16_t port() const { return service_->port(); }
    Application& service() { return *service_; }
    std::string folder(const std::string& workspace = "atelier") const { return folder_ / workspace; }
    /// A token of the workspace.
    std::string token(Scopes scopes, const std::string& workspace = "atelier", TokenWish wish = {}) const;
    Answered ask(const Asking& asking) const { return test::ask(port(), asking); }
    Answered post(const std::string& token, const json& letters, const std::string& key = {}) const;
    const Folder& scratch() const { return folder_; }

private:
    Folder folder_;
    ServeOptions options_;
    std::unique_ptr<Application> service_;
};

/// `pli serve` over one workspace as a process of its own, that can be killed.
class Process {
public:
    /// `report`: a file, for the port that it tells.
    Process(const std::string& workspace, const std::string& report);
    ~Process();
    void end(int signal);
    std::uint16_t port = 0;

private:
    int process_ = 0;
};

/// The smallest letter the API takes.
json letter_to(const std::string& name, json data = {{"order_number", "1"}});

}  // namespace pli::http::test
