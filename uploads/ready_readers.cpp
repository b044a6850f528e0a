#include "uploads/ready_readers.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "uploads/asking.hpp"

namespace pli::uploads {
namespace {

const Limits usual;

std::vector<std::string> waiting_order() {
    return {"raster", std::to_string(usual.memory_bytes), std::to_string(usual.cpu_seconds),
            std::to_string(usual.output_bytes), "later"};
}

}  // namespace

ReadyReaders::ReadyReaders(int count) : count_(static_cast<std::size_t>(std::max(0, count))) {
    if (count_ > 0) keeper_ = std::thread([this] { keep_ready(); });
}

ReadyReaders::~ReadyReaders() {
    {
        const std::lock_guard lock(mutex_);
        closing_ = true;
    }
    wanted_.notify_all();
    if (keeper_.joinable()) keeper_.join();
}

void ReadyReaders::keep_ready() {
    std::unique_lock lock(mutex_);
    while (!closing_) {
        if (waiting_.size() >= count_) {
            wanted_.wait(lock);
            continue;
        }
        lock.unlock();
        auto child = WaitingChild::start(waiting_order());
        lock.lock();
        if (!child) return;  // whoever needs a reader starts it and tells why it cannot
        waiting_.push_back(std::move(*child));
    }
}

/// One reader, or none.
std::vector<WaitingChild> ReadyReaders::take() {
    std::vector<WaitingChild> taken;
    const std::lock_guard lock(mutex_);
    if (waiting_.empty()) return taken;
    taken.push_back(std::move(waiting_.back()));
    waiting_.pop_back();
    return taken;
}

Result<Raster> ReadyReaders::rasterise(const std::string& bytes, int page, int dpi, std::string_view where) {
    auto reader = take();
    if (reader.empty()) return uploads::rasterise(bytes, page, dpi, where);
    const auto outcome = reader.front().tell(fmt::format("{} {}\n", page, dpi), bytes, usual);
    wanted_.notify_one();  // only now: starting the next one would take the processor from this one
    if (outcome) return as_result(as_answer<Raster>(understood(*outcome, where, usual), where));
    return uploads::rasterise(bytes, page, dpi, where);
}

}  // namespace pli::uploads
