#pragma once
#include <atomic>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http/buffer_body.hpp>
#include <boost/beast/http/empty_body.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/string_body.hpp>
#include <chrono>
#include <memory>
#include <optional>

#include "http/server.hpp"

namespace pli::http {

namespace net = boost::asio;
namespace beast = boost::beast;
using Clock = std::chrono::steady_clock;
using ErrorCode = boost::system::error_code;

/// What all connections share.
struct Hall {
    ListenOptions options;
    House house;
    std::atomic<bool> draining{false};
    std::atomic<std::uint64_t> requests{0};
    std::string run;  // makes request numbers of two starts differ
};

/// One connection, request after request. A deadline is a number that `look_at_clock` compares: a timer for each
/// operation of each of ten thousand connections would cost more than the requests.
/// Threads  on its socket's executor; look_at_clock, hurry and the Answer from any
class Session : public std::enable_shared_from_this<Session> {
public:
    Session(net::ip::tcp::socket socket, std::shared_ptr<Hall> hall);
    ~Session();

    void begin();
    /// There are too many of us.
    void turn_away();
    void look_at_clock(Clock::time_point now);
    /// The house closes: what waits for a request need not wait longer.
    void hurry();
    void cut();

private:
    enum class Doing : std::uint8_t { Waiting, ReadingHead, ReadingBody, Working, Writing, Leaving };

    void wait_for_request();
    void read_head();
    void head_is_read(ErrorCode error);
    Request take_head();
    void admit();
    void promise_to_read();
    Done open_spool(const std::string& folder);
    void read_body();
    void body_has_come(ErrorCode error);
    bool keep(const char* bytes, std::size_t count);
    void work();

    void refuse(int status, const std::string& detail);
    void respond(Response response);
    void write_text();
    void write_head_of_file();
    void write_slice();
    void written(ErrorCode error);
    void leave();
    void drop();
    bool body_is_pending() const;

    void until(Clock::duration time) { deadline_ = (Clock::now() + time).time_since_epoch().count(); }
    void without_deadline() { deadline_ = 0; }

    net::ip::tcp::socket socket_;
    std::shared_ptr<Hall> hall_;
    beast::flat_buffer buffer_;
    std::optional<beast::http::request_parser<beast::http::buffer_body>> parser_;
    std::unique_ptr<char[]> chunk_;
    Request request_;
    Admission admission_;
    int spool_ = -1;
    std::uint64_t received_ = 0;
    Clock::time_point body_began_;

    Response response_;
    beast::http::response<beast::http::string_body> text_;
    beast::http::response<beast::http::empty_body> head_;
    int slice_ = -1;
    std::uint64_t sent_ = 0;

    Doing doing_ = Doing::Waiting;
    bool late_ = false, keep_alive_ = true, head_only_ = false;
    std::atomic<Clock::rep> deadline_{0};
};

}  // namespace pli::http
