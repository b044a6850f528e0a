#pragma once
#include <atomic>
#include <chrono>
#include <memory>
#include <string>

#include "base/result.hpp"
#include "http/desk.hpp"
#include "http/limits.hpp"
#include "http/metrics.hpp"
#include "http/problem.hpp"
#include "http/router.hpp"
#include "http/server.hpp"
#include "http/worker_pool.hpp"

namespace pli::http {

struct ServeOptions {
    ListenOptions listen;
    std::string workspace = ".";            // or, where it is not empty,
    std::string workspaces;                 // a folder of them
    std::size_t workers = 0;                // 0: two for each processor
    double requests_a_second = 5000;        // of one token; 0: no limit
    std::size_t requests_at_once = 1024;    // under way, of everybody
    std::uint64_t body_bytes = 256u << 20;  // of any request; most routes take less
};

/// The service: workspaces behind a router behind a server.
/// Errors   start: as Desks and Server::listen
/// Threads  every member from any
class Application {
public:
    static Result<std::unique_ptr<Application>> start(const ServeOptions& options);
    ~Application();
    Application(const Application&) = delete;
    Application& operator=(const Application&) = delete;

    std::uint16_t port() const { return server_->port(); }
    std::size_t connections() const { return server_->connections(); }
    /// readyz says no from now on, so that a load balancer looks elsewhere; everything goes on being served.
    void announce_end() { ending_ = true; }
    /// Finishes what is under way. False: something took longer than that and was cut.
    bool stop(std::chrono::milliseconds patience);

    // For handlers.
    bool ending() const { return ending_; }
    const ServeOptions& options() const { return options_; }
    Desks& desks() { return *desks_; }
    const Metrics& metrics() const { return metrics_; }
    std::vector<Metrics::Gauge> gauges() const;

private:
    explicit Application(const ServeOptions& options);
    Admission admit(Request& head);
    std::optional<Problem> look_at(const Request& head, Call& call, const Route& route);
    std::optional<Problem> ask_for_token(const Request& head, Call& call, const Route& route);
    void serve(Request request, Answer answer);
    void handle(const Route& route, const std::shared_ptr<Call>& call, const Answer& answer);
    Response refuse(int status, const std::string& detail);

    ServeOptions options_;
    std::unique_ptr<Desks> desks_;
    Metrics metrics_;
    RateLimit rate_;
    std::atomic<std::size_t> under_way_{0};
    std::atomic<bool> ending_{false};
    std::unique_ptr<Server> server_;
    std::unique_ptr<WorkerPool> workers_, slow_workers_;
};

}  // namespace pli::http
