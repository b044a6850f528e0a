#pragma once
#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "base/result.hpp"
#include "http/message.hpp"

namespace pli::http {

/// What the server does with a body once it has seen the head of a request.
struct Admission {
    enum class Body : std::uint8_t { Memory, File };
    Body body = Body::Memory;
    std::uint64_t most = 0;             // bytes
    std::string spool_folder{};         // for Body::File
    std::optional<Response> refusal{};  // instead of reading it
};

/// The house behind the server. Both are called on the server's own threads and must not wait for anything.
struct House {
    std::function<Admission(Request& head)> admit;
    std::function<void(Request request, Answer answer)> serve;
    /// A refusal in the words of the house: too large (413), too slow (408), not HTTP (400), too many connections (503).
    std::function<Response(int status, const std::string& detail)> refuse;
};

struct ListenOptions {
    std::string address = "127.0.0.1";
    std::uint16_t port = 8080;  // 0: any that is free
    int threads = 1;            // that move bytes; the work is done elsewhere
    std::size_t connections = 16'384;
    std::uint32_t header_bytes = 16u << 10;
    // A client that sends its request a byte at a time is cut off when the whole has taken that long.
    std::chrono::milliseconds header_time{10'000}, idle_time{60'000}, chunk_time{30'000};
    std::uint64_t slowest_body = 4096;  // bytes a second, on average after the first `chunk_time`
};

/// HTTP/1.1 on a socket: many connections, few threads.
/// Errors   listen: BadInput: an address that is none; Environment: taken, or not allowed
/// Threads  stop and port from any thread
class Server {
public:
    static Result<std::unique_ptr<Server>> listen(const ListenOptions& options, House house);
    ~Server();
    Server(const Server&) = delete;
    Server& operator=(const Server&) = delete;

    std::uint16_t port() const;
    std::size_t connections() const;
    /// Takes no more connections; those that wait for a request are closed, those with one under way when it is
    /// answered. False: some were not within that time, and were cut.
    bool drain(std::chrono::milliseconds patience);

private:
    struct State;
    explicit Server(std::unique_ptr<State> state);
    std::unique_ptr<State> state_;
};

}  // namespace pli::http
