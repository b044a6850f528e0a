// Sending a message to where somebody wants to be told: the client side of HTTP.
#include <boost/asio/connect.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ssl.hpp>
#include <boost/beast/core.hpp>
#include <boost/beast/http.hpp>
#include <boost/beast/ssl.hpp>
#include <optional>

#include "http/target.hpp"

namespace pli::http {
namespace {

namespace net = boost::asio;
namespace beast = boost::beast;
namespace bh = beast::http;
using ErrorCode = boost::system::error_code;
using Endpoints = std::vector<net::ip::tcp::endpoint>;
using Plain = beast::tcp_stream;
using Secure = beast::ssl_stream<beast::tcp_stream>;

/// One exchange on a loop of its own, which `run` gives its time.
class Exchange {
public:
    Exchange(const Target& target, const Message& message, bool allow_private)
        : target_(target), allow_private_(allow_private), plain_(io_), tls_(net::ssl::context::tls_client) {
        request_.method(bh::verb::post);
        request_.target(target.path);
        const bool usual = target.port == (target.tls ? 443 : 80);
        request_.set(bh::field::host, usual ? target.host : target.host + ":" + std::to_string(target.port));
        request_.set(bh::field::user_agent, "pli");
        for (const auto& [name, value] : message.headers) request_.set(name, value);
        request_.body() = message.body;
        request_.prepare_payload();
        parser_.body_limit(64u << 10);
    }

    Result<int> run(int seconds) {
        resolver_.async_resolve(target_.host, std::to_string(target_.port), [this](ErrorCode error, auto found) {
            if (error) return fail("its name is not known: " + error.message());
            connect(found);
        });
        io_.run_for(std::chrono::seconds(seconds));
        if (status_) return *status_;
        if (refused_) return failure(Fault::BadInput, target_.host, *refused_);
        return failure(Fault::Environment, target_.host, problem_.value_or("it did not answer in time"));
    }

private:
    void fail(std::string why) {
        if (!problem_) problem_ = std::move(why);
        io_.stop();
    }

    /// The addresses are looked at here and not before: the one that was looked at is the one that is connected to.
    void connect(const net::ip::tcp::resolver::results_type& found) {
        for (const auto& entry : found)
            if (allow_private_ || is_public(entry.endpoint().address().to_string()))
                endpoints_.push_back(entry.endpoint());
        if (endpoints_.empty()) {
            refused_ = "has no public address, and this service does not send to private ones";
            return io_.stop();
        }
        if (target_.tls && !prepare_tls()) return;
        auto& socket = target_.tls ? beast::get_lowest_layer(*secure_).socket() : plain_.socket();
        net::async_connect(socket, endpoints_, [this](ErrorCode error, const auto&) {
            if (error) return fail("it cannot be reached: " + error.message());
            target_.tls ? greet() : exchange(plain_);
        });
    }

    bool prepare_tls() {
        ErrorCode error;
        tls_.set_default_verify_paths(error);
        tls_.set_verify_mode(net::ssl::verify_peer, error);
        SSL_CTX_set_min_proto_version(tls_.native_handle(), TLS1_2_VERSION);
        secure_.emplace(io_, tls_);
        if (!error && SSL_set_tlsext_host_name(secure_->native_handle(), target_.host.c_str()) == 1) {
            secure_->set_verify_callback(net::ssl::host_name_verification(target_.host), error);
            if (!error) return true;
        }
        fail("TLS cannot be set up");
        return false;
    }

    void greet() {
        secure_->async_handshake(net::ssl::stream_base::client, [this](ErrorCode error) {
            if (error) return fail("its certificate is not believed, or it speaks no TLS: " + error.message());
            exchange(*secure_);
        });
    }

    template <class Stream>
    void exchange(Stream& stream) {
        bh::async_write(stream, request_, [this, &stream](ErrorCode error, std::size_t) {
            if (error) return fail("it hung up: " + error.message());
            bh::async_read_header(stream, buffer_, parser_, [this](ErrorCode read_error, std::size_t) {
                if (read_error) return fail("its answer is not HTTP: " + read_error.message());
                status_ = static_cast<int>(parser_.get().result_int());
                io_.stop();  // what it says beyond that is of no interest
            });
        });
    }

    const Target& target_;
    bool allow_private_;
    net::io_context io_;
    net::ip::tcp::resolver resolver_{io_};
    Plain plain_;
    net::ssl::context tls_;
    std::optional<Secure> secure_;
    Endpoints endpoints_;
    bh::request<bh::string_body> request_;
    bh::response_parser<bh::string_body> parser_;
    beast::flat_buffer buffer_;
    std::optional<int> status_;
    std::optional<std::string> problem_, refused_;
};

}  // namespace

Result<int> send(const Target& target, const Message& message, bool allow_private, int seconds) {
    Exchange exchange(target, message, allow_private);
    return exchange.run(seconds);
}

}  // namespace pli::http
