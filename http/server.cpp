#include "http/server.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <boost/asio/io_context.hpp>
#include <boost/asio/strand.hpp>
#include <future>
#include <mutex>
#include <random>
#include <thread>
#include <unordered_map>

#include "http/session.hpp"

namespace pli::http {
namespace {

constexpr auto tick = std::chrono::milliseconds(200);
constexpr std::size_t turned_away_at_once = 256;  // who get their 503; beyond that the door stays shut

std::string new_run() {
    std::random_device chance;
    return fmt::format("{:08x}", chance());
}

}  // namespace

struct Server::State {
    explicit State(const ListenOptions& options, House house) : hall(std::make_shared<Hall>()), io(options.threads) {
        hall->options = options;
        hall->house = std::move(house);
        hall->run = new_run();
    }

    Done open() {
        ErrorCode error;
        const auto address = net::ip::make_address(hall->options.address, error);
        if (error)
            return failure(Fault::BadInput, "--listen " + hall->options.address, "is not an address",
                           "for example: --listen 127.0.0.1:8080");
        const net::ip::tcp::endpoint at(address, hall->options.port);
        acceptor.open(at.protocol(), error);
        if (!error) acceptor.set_option(net::socket_base::reuse_address(true), error);
        if (!error) acceptor.bind(at, error);
        if (!error) acceptor.listen(4096, error);
        if (!error) port = acceptor.local_endpoint(error).port();
        if (!error) return {};
        return failure(Fault::Environment, fmt::format("{}:{}", hall->options.address, hall->options.port),
                       "cannot be listened on: " + error.message(), "choose another with --listen ADDRESS:PORT");
    }

    void start() {
        accept();
        watch();
        for (int i = 0; i < hall->options.threads; ++i) threads.emplace_back([this] { io.run(); });
    }

    void accept() {
        acceptor.async_accept(net::make_strand(io), [this](ErrorCode error, net::ip::tcp::socket socket) {
            if (error == net::error::operation_aborted || !acceptor.is_open()) return;
            if (error) return pause();
            welcome(std::move(socket));
            accept();
        });
    }
    /// No descriptor is free, most likely: trying again at once would only burn the processor.
    void pause() {
        rest.expires_after(tick);
        rest.async_wait([this](ErrorCode error) {
            if (!error) accept();
        });
    }

    void welcome(net::ip::tcp::socket socket) {
        const auto session = std::make_shared<Session>(std::move(socket), hall);
        std::size_t open = 0;
        {
            const std::lock_guard lock(mutex);
            forget_the_gone();
            open = sessions.size();
            if (open >= hall->options.connections + turned_away_at_once) return;
            sessions.push_back(session);
        }
        open < hall->options.connections ? session->begin() : session->turn_away();
    }
    /// Now and then, so that it costs each connection a little and none of them much.
    void forget_the_gone() {
        if (sessions.size() < look_again_at) return;
        std::erase_if(sessions, [](const auto& session) { return session.expired(); });
        look_again_at = std::max<std::size_t>(64, sessions.size() + sessions.size() / 8);
    }

    template <class Do>
    std::size_t for_all(Do do_it) {
        std::vector<std::shared_ptr<Session>> present;
        {
            const std::lock_guard lock(mutex);
            std::erase_if(sessions, [](const auto& session) { return session.expired(); });
            for (const auto& session : sessions)
                if (auto here = session.lock()) present.push_back(std::move(here));
        }
        for (const auto& session : present) do_it(*session);
        return present.size();
    }

    void watch() {
        clock.expires_after(tick);
        clock.async_wait([this](ErrorCode error) {
            if (error) return;
            const auto now = Clock::now();
            for_all([now](Session& session) { session.look_at_clock(now); });
            watch();
        });
    }

    bool drain(std::chrono::milliseconds patience) {
        hall->draining = true;
        net::post(own, [this] {
            ErrorCode ignored;
            acceptor.close(ignored);
            rest.cancel();
        });
        const auto until = Clock::now() + patience;
        bool all = false;
        while (!all && Clock::now() < until) {
            all = for_all([](Session& session) { session.hurry(); }) == 0;
            if (!all) std::this_thread::sleep_for(std::chrono::milliseconds(20));
        }
        if (!all) for_all([](Session& session) { session.cut(); });
        return all;
    }

    void stop() {
        io.stop();
        for (auto& thread : threads) thread.join();
        threads.clear();
    }

    std::shared_ptr<Hall> hall;
    net::io_context io;
    net::strand<net::io_context::executor_type> own = net::make_strand(io);  // of the three below
    net::ip::tcp::acceptor acceptor{own};
    net::steady_timer clock{own}, rest{own};
    std::uint16_t port = 0;
    std::vector<std::thread> threads;
    std::mutex mutex;
    std::vector<std::weak_ptr<Session>> sessions;
    std::size_t look_again_at = 64;
};

Server::Server(std::unique_ptr<State> state) : state_(std::move(state)) {}

Server::~Server() {
    if (!state_) return;
    state_->hall->draining = true;
    state_->stop();
}

Result<std::unique_ptr<Server>> Server::listen(const ListenOptions& options, House house) {
    auto state = std::make_unique<State>(options, std::move(house));
    TRY(state->open());
    state->start();
    return std::unique_ptr<Server>(new Server(std::move(state)));
}

std::uint16_t Server::port() const { return state_->port; }
std::size_t Server::connections() const {
    return state_->for_all([](Session&) {});
}
bool Server::drain(std::chrono::milliseconds patience) { return state_->drain(patience); }

}  // namespace pli::http
