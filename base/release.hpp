#pragma once
#include <memory>

namespace pli {

/// A C handle as a unique_ptr: `using Surface = Handle<cairo_surface_t, cairo_surface_destroy>;`
template <auto release>
struct Release {
    template <class T>
    void operator()(T* p) const {
        release(p);
    }
};
template <class T, auto release>
using Handle = std::unique_ptr<T, Release<release>>;

}  // namespace pli
