#pragma once
#include <condition_variable>
#include <mutex>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include "base/result.hpp"
#include "uploads/child_process.hpp"
#include "uploads/import.hpp"

namespace pli::uploads {

/// Readers that are started ahead and locked in, for who waits for a picture. Each reads one upload and ends, as any
/// reader does; another takes its place. What is saved is the start: loading poppler and looking for fonts.
/// Threads  any
class ReadyReaders {
public:
    /// None wait where `count` is 0, or where readers cannot be started: each is then started when it is needed.
    explicit ReadyReaders(int count);
    ~ReadyReaders();
    ReadyReaders(const ReadyReaders&) = delete;
    ReadyReaders& operator=(const ReadyReaders&) = delete;

    /// As uploads::rasterise.
    Result<Raster> rasterise(const std::string& bytes, int page, int dpi, std::string_view where);

private:
    void keep_ready();
    std::vector<WaitingChild> take();

    const std::size_t count_;
    std::mutex mutex_;
    std::condition_variable wanted_;
    std::vector<WaitingChild> waiting_;
    bool closing_ = false;
    std::thread keeper_;  // starts all of them: a child dies with the thread that started it
};

}  // namespace pli::uploads
