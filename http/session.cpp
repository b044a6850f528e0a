#include "http/session.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <boost/asio/post.hpp>
#include <boost/asio/write.hpp>
#include <boost/beast/http/read.hpp>
#include <boost/beast/http/write.hpp>
#include <cctype>
#include <cerrno>
#include <cstring>
#include <limits>

namespace pli::http {
namespace {

namespace bh = beast::http;
constexpr std::size_t chunk_bytes = 64u << 10;
constexpr auto linger_time = std::chrono::seconds(2);

std::string small(std::string_view text) {
    std::string letters(text);
    for (char& c : letters) c = static_cast<char>(c >= 'A' && c <= 'Z' ? c + 32 : c);
    return letters;
}

/// A number that a client may choose: it goes into logs and headers.
bool good_number(std::string_view number) {
    return !number.empty() && number.size() <= 64 && std::ranges::all_of(number, [](unsigned char c) {
        return std::isalnum(c) != 0 || c == '-' || c == '_' || c == '.';
    });
}

/// What is wrong with a head, as a status and in words.
std::pair<int, std::string> complaint(const ErrorCode& error) {
    if (error == bh::error::header_limit || error == bh::error::buffer_overflow)
        return {431, "the head of the request is too large"};
    if (error == bh::error::bad_version) return {505, "only HTTP/1.0 and HTTP/1.1 are spoken here"};
    return {400, "this is not an HTTP request: " + error.message()};
}

template <class Message>
void fill_head(Message& message, const Response& response, const std::string& number, bool keep_alive) {
    message.version(11);
    message.result(static_cast<unsigned>(response.status));
    for (const auto& [name, value] : response.headers) message.insert(name, value);
    message.set(bh::field::server, "pli");
    message.set("X-Request-Id", number);
    message.keep_alive(keep_alive);
}

}  // namespace

Session::Session(net::ip::tcp::socket socket, std::shared_ptr<Hall> hall)
    : socket_(std::move(socket)), hall_(std::move(hall)), buffer_(hall_->options.header_bytes + chunk_bytes) {}

Session::~Session() {
    if (spool_ >= 0) ::close(spool_);
    if (slice_ >= 0) ::close(slice_);
}

void Session::begin() {
    ErrorCode ignored;
    socket_.set_option(net::ip::tcp::no_delay(true), ignored);
    wait_for_request();
}

void Session::turn_away() {
    keep_alive_ = false;
    request_.number = "none";
    refuse(503, "too many connections are open");
}

void Session::look_at_clock(Clock::time_point now) {
    const auto deadline = deadline_.load();
    if (deadline == 0 || now.time_since_epoch().count() < deadline) return;
    net::post(socket_.get_executor(), [self = shared_from_this(), deadline] {
        if (self->deadline_ != deadline) return;  // something came in the meantime
        self->deadline_ = 0;
        self->late_ = true;
        ErrorCode ignored;
        self->socket_.cancel(ignored);
    });
}

void Session::hurry() {
    net::post(socket_.get_executor(), [self = shared_from_this()] {
        self->keep_alive_ = false;
        if (self->doing_ == Doing::Waiting) self->drop();
    });
}

void Session::cut() {
    net::post(socket_.get_executor(), [self = shared_from_this()] { self->drop(); });
}

void Session::drop() {
    ErrorCode ignored;
    without_deadline();
    socket_.close(ignored);
}

// Reading

void Session::wait_for_request() {
    doing_ = Doing::Waiting;
    if (hall_->draining) return drop();
    if (buffer_.size() > 0) return read_head();
    until(hall_->options.idle_time);
    socket_.async_read_some(buffer_.prepare(4096), [self = shared_from_this()](ErrorCode error, std::size_t bytes) {
        if (error) return self->drop();
        self->buffer_.commit(bytes);
        self->read_head();
    });
}

void Session::read_head() {
    doing_ = Doing::ReadingHead;
    request_ = {};
    request_.number = fmt::format("{}-{}", hall_->run, ++hall_->requests);
    parser_.emplace();
    parser_->header_limit(hall_->options.header_bytes);
    // Counted here, as it differs from route to route.
    parser_->body_limit(std::numeric_limits<std::uint64_t>::max());
    until(hall_->options.header_time);
    bh::async_read_header(socket_, buffer_, *parser_,
                          [self = shared_from_this()](ErrorCode error, std::size_t) { self->head_is_read(error); });
}

void Session::head_is_read(ErrorCode error) {
    without_deadline();
    if (!error) {
        request_ = take_head();
        return admit();
    }
    keep_alive_ = false;
    if (late_) {
        late_ = false;
        return refuse(408, "the head of the request did not come in time");
    }
    if (error.category() != bh::make_error_code(bh::error::end_of_stream).category() ||
        error == bh::error::end_of_stream || error == bh::error::partial_message)
        return drop();
    const auto [status, detail] = complaint(error);
    refuse(status, detail);
}

Request Session::take_head() {
    const auto& head = parser_->get();
    Request request;
    request.number = std::move(request_.number);
    request.method = std::string(head.method_string());
    head_only_ = head.method() == bh::verb::head;
    for (const auto& field : head)
        request.headers.emplace_back(small(std::string_view(field.name_string().data(), field.name_string().size())),
                                     std::string(field.value()));
    if (const auto given = request.header("x-request-id"); good_number(given)) request.number = given;
    ErrorCode ignored;
    const auto peer = socket_.remote_endpoint(ignored);
    request.peer = peer.address().to_string(ignored);
    keep_alive_ = parser_->keep_alive() && !hall_->draining;
    return request;
}

void Session::admit() {
    const auto target = parser_->get().target();
    if (!read_target(std::string_view(target.data(), target.size()), request_))
        return refuse(400, "the request's target is not a well-formed path");
    admission_ = hall_->house.admit(request_);
    if (admission_.refusal) return respond(std::move(*admission_.refusal));
    const auto length = parser_->content_length();
    if (length && *length > admission_.most)
        return refuse(413, fmt::format("the body holds {} bytes, at most {} are taken here", *length, admission_.most));
    if (parser_->is_done()) return work();
    if (admission_.body == Admission::Body::File)
        if (const auto opened = open_spool(admission_.spool_folder); !opened) return refuse(507, opened.error().text());
    body_began_ = Clock::now();
    received_ = 0;
    chunk_ = std::make_unique<char[]>(chunk_bytes);
    promise_to_read();
}

/// Source  RFC 9110 §10.1.1: curl and others hold a large body back until they are told to go on
void Session::promise_to_read() {
    if (small(request_.header("expect")) != "100-continue") return read_body();
    static constexpr std::string_view go_on = "HTTP/1.1 100 Continue\r\n\r\n";
    until(hall_->options.chunk_time);
    net::async_write(socket_, net::buffer(go_on), [self = shared_from_this()](ErrorCode error, std::size_t) {
        if (error) return self->drop();
        self->read_body();
    });
}

Done Session::open_spool(const std::string& folder) {
    std::string path = folder + "/.upload-XXXXXX";
    spool_ = ::mkostemp(path.data(), O_CLOEXEC);
    if (spool_ < 0)
        return failure(Fault::Environment, "", std::string("the body cannot be stored: ") + std::strerror(errno));
    request_.spooled = std::make_shared<SpoolFile>(std::move(path));
    return {};
}

/// The longer it takes, the more must have come: a client that is merely slow gets through, one that wants to sit here
/// does not.
void Session::read_body() {
    doing_ = Doing::ReadingBody;
    const auto& options = hall_->options;
    const auto earned = std::chrono::seconds(received_ / std::max<std::uint64_t>(options.slowest_body, 1));
    deadline_ = (body_began_ + options.chunk_time + earned).time_since_epoch().count();
    auto& body = parser_->get().body();
    body.data = chunk_.get();
    body.size = chunk_bytes;
    bh::async_read_some(socket_, buffer_, *parser_,
                        [self = shared_from_this()](ErrorCode error, std::size_t) { self->body_has_come(error); });
}

void Session::body_has_come(ErrorCode error) {
    without_deadline();
    if (error == bh::error::need_buffer) error = {};
    if (error) {
        keep_alive_ = false;
        if (late_) {
            late_ = false;
            return refuse(408, "the body of the request came too slowly");
        }
        if (error == bh::error::bad_chunk || error == bh::error::bad_chunk_extension)
            return refuse(400, "the body's chunks are not well formed");
        return drop();
    }
    const auto count = chunk_bytes - parser_->get().body().size;
    received_ += count;
    if (received_ > admission_.most)
        return refuse(413, fmt::format("the body is larger than the {} bytes that are taken here", admission_.most));
    if (!keep(chunk_.get(), count)) return refuse(507, "the body cannot be stored: the disk is full");
    if (!parser_->is_done()) return read_body();
    work();
}

/// Written here, on the server's own thread: into the page cache, at the speed of the network's own copying.
bool Session::keep(const char* bytes, std::size_t count) {
    if (spool_ < 0) {
        request_.body.append(bytes, count);
        return true;
    }
    while (count > 0) {
        const auto written = ::write(spool_, bytes, count);
        if (written < 0 && errno == EINTR) continue;
        if (written <= 0) return false;
        bytes += written;
        count -= static_cast<std::size_t>(written);
    }
    return true;
}

void Session::work() {
    doing_ = Doing::Working;
    chunk_.reset();
    if (spool_ >= 0) ::close(std::exchange(spool_, -1));
    auto number = request_.number;  // stays behind for the response
    hall_->house.serve(std::move(request_), [self = shared_from_this()](Response response) {
        net::post(self->socket_.get_executor(),
                  [self, response = std::move(response)]() mutable { self->respond(std::move(response)); });
    });
    request_ = {};
    request_.number = std::move(number);
}

// Writing

bool Session::body_is_pending() const { return parser_ && !parser_->is_done(); }

void Session::refuse(int status, const std::string& detail) { respond(hall_->house.refuse(status, detail)); }

void Session::respond(Response response) {
    doing_ = Doing::Writing;
    chunk_.reset();
    if (spool_ >= 0) ::close(std::exchange(spool_, -1));
    request_.spooled.reset();
    response_ = std::move(response);
    if (response_.hang_up || body_is_pending() || hall_->draining) keep_alive_ = false;
    until(hall_->options.chunk_time);
    response_.file ? write_head_of_file() : write_text();
}

void Session::write_text() {
    const auto done = [self = shared_from_this()](ErrorCode error, std::size_t) { self->written(error); };
    const bool no_body = response_.status == 204 || response_.status == 304;
    if (head_only_ || no_body) {
        head_ = {};
        fill_head(head_, response_, request_.number, keep_alive_);
        if (!no_body) head_.content_length(response_.body.size());
        return bh::async_write(socket_, head_, done);
    }
    text_ = {};
    fill_head(text_, response_, request_.number, keep_alive_);
    text_.body() = std::move(response_.body);
    text_.content_length(text_.body().size());
    bh::async_write(socket_, text_, done);
}

void Session::write_head_of_file() {
    slice_ = ::open(response_.file->path.c_str(), O_RDONLY | O_CLOEXEC);
    if (slice_ < 0) {
        response_.file.reset();
        return refuse(404, "the file is gone");
    }
    head_ = {};
    fill_head(head_, response_, request_.number, keep_alive_);
    head_.content_length(response_.file->length);
    sent_ = 0;
    bh::async_write(socket_, head_, [self = shared_from_this()](ErrorCode error, std::size_t) {
        if (error || self->head_only_) return self->written(error);
        self->chunk_ = std::make_unique<char[]>(chunk_bytes);
        self->write_slice();
    });
}

void Session::write_slice() {
    const auto& file = *response_.file;
    if (sent_ == file.length) return written({});
    const auto want = std::min<std::uint64_t>(chunk_bytes, file.length - sent_);
    const auto got = ::pread(slice_, chunk_.get(), want, static_cast<off_t>(file.from + sent_));
    if (got <= 0) return drop();  // shorter than it was: only closing tells the client
    sent_ += static_cast<std::uint64_t>(got);
    until(hall_->options.chunk_time);
    net::async_write(socket_, net::buffer(chunk_.get(), static_cast<std::size_t>(got)),
                     [self = shared_from_this()](ErrorCode error, std::size_t) {
                         if (error) return self->written(error);
                         self->write_slice();
                     });
}

void Session::written(ErrorCode error) {
    without_deadline();
    late_ = false;
    chunk_.reset();
    if (slice_ >= 0) ::close(std::exchange(slice_, -1));
    response_ = {};
    if (error) return drop();
    if (!keep_alive_ || hall_->draining) return leave();
    parser_.reset();
    wait_for_request();
}

/// Closing at once would reset the connection while the client still sends, and the refusal would never be read: what
/// comes is thrown away for a moment first.
void Session::leave() {
    if (doing_ != Doing::Leaving) {
        ErrorCode ignored;
        socket_.shutdown(net::ip::tcp::socket::shutdown_send, ignored);
        doing_ = Doing::Leaving;
        buffer_.clear();
        until(linger_time);
    }
    if (late_) return drop();
    socket_.async_read_some(buffer_.prepare(chunk_bytes), [self = shared_from_this()](ErrorCode error, std::size_t) {
        if (error) return self->drop();
        self->leave();
    });
}

}  // namespace pli::http
