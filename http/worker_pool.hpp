#pragma once
#include <condition_variable>
#include <cstddef>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

namespace pli::http {

/// Threads that do the work of requests, and a queue before them with an end.
/// Threads  every member from any
class WorkerPool {
public:
    WorkerPool(std::size_t threads, std::size_t waiting_at_most);
    ~WorkerPool();
    WorkerPool(const WorkerPool&) = delete;
    WorkerPool& operator=(const WorkerPool&) = delete;

    /// False: too many wait already.
    bool take(std::function<void()> task);
    std::size_t waiting() const;
    /// Does what waits, then ends.
    void close();

private:
    void work();

    const std::size_t most_;
    mutable std::mutex mutex_;
    std::condition_variable changed_;
    std::deque<std::function<void()>> tasks_;
    bool closing_ = false;
    std::vector<std::thread> threads_;
};

}  // namespace pli::http
