#pragma once
#include <array>
#include <cstdint>
#include <string>
#include <string_view>

struct evp_md_ctx_st;

namespace pli {

/// SHA-256 of a stream of bytes (OpenSSL; uses the CPU's SHA instructions).
/// Threads  one object per thread
class Digest {
public:
    using Bytes = std::array<std::uint8_t, 32>;
    Digest();
    ~Digest();
    Digest(Digest&&) noexcept;
    Digest& operator=(Digest&&) noexcept;
    void add(std::string_view bytes);
    Bytes finish();  // the object starts anew afterwards

    static std::string hex(const Bytes& bytes);
    static std::string hex_of(std::string_view bytes);

private:
    evp_md_ctx_st* context_ = nullptr;
};

}  // namespace pli
