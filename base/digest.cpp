#include "base/digest.hpp"

#include <fmt/format.h>
#include <openssl/evp.h>

#include <iterator>
#include <utility>

namespace pli {

Digest::Digest() : context_(EVP_MD_CTX_new()) { EVP_DigestInit_ex(context_, EVP_sha256(), nullptr); }
Digest::~Digest() { EVP_MD_CTX_free(context_); }
Digest::Digest(Digest&& other) noexcept : context_(std::exchange(other.context_, nullptr)) {}
Digest& Digest::operator=(Digest&& other) noexcept {
    std::swap(context_, other.context_);
    return *this;
}

void Digest::add(std::string_view bytes) { EVP_DigestUpdate(context_, bytes.data(), bytes.size()); }

Digest::Bytes Digest::finish() {
    Bytes out{};
    unsigned length = 0;
    EVP_DigestFinal_ex(context_, out.data(), &length);
    EVP_DigestInit_ex(context_, EVP_sha256(), nullptr);
    return out;
}

std::string Digest::hex(const Bytes& bytes) {
    std::string text;
    text.reserve(2 * bytes.size());
    for (const auto byte : bytes) fmt::format_to(std::back_inserter(text), "{:02x}", byte);
    return text;
}

std::string Digest::hex_of(std::string_view bytes) {
    Digest digest;
    digest.add(bytes);
    return hex(digest.finish());
}

}  // namespace pli
