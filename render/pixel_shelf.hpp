#pragma once
#include <cstddef>
#include <list>
#include <memory>
#include <mutex>
#include <string>
#include <unordered_map>

#include "render/canvas.hpp"

namespace pli::render {

/// Pixels that were dear to draw (a letterhead, a photograph brought down to the screen), kept by name until others are
/// asked for more. A name says everything the pixels depend on, so what lies here is never out of date.
/// Threads  any
class PixelShelf {
public:
    explicit PixelShelf(std::size_t most_bytes) : most_bytes_(most_bytes) {}

    std::shared_ptr<const Cutting> find(const std::string& name);
    /// Where another thread was faster, its pixels stay: they are the same.
    std::shared_ptr<const Cutting> keep(const std::string& name, Cutting pixels);
    std::size_t bytes() const;

private:
    struct Kept {
        std::string name;
        std::shared_ptr<const Cutting> pixels;
    };
    static std::size_t size_of(const Kept& kept);

    std::size_t most_bytes_, bytes_ = 0;
    mutable std::mutex mutex_;
    std::list<Kept> kept_;  // used last in front
    std::unordered_map<std::string, std::list<Kept>::iterator> by_name_;
};

}  // namespace pli::render
