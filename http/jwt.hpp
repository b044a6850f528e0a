#pragma once
#include <cstdint>
#include <string>

#include "base/result.hpp"

namespace pli::http {

/// What stands in our tokens.
struct TokenClaims {
    std::string key, id, workspace;  // kid, jti, aud
    std::int64_t made = 0, expires = 0;
};

/// HS256 alone: a token that names another algorithm, or none, is refused whatever its signature.
/// Errors   sign: Environment; read, verify: BadInput, with what is wrong with the token
Result<std::string> sign(const TokenClaims& claims, const std::string& secret);
/// Without looking at the signature: to learn which key to ask for.
Result<TokenClaims> read_unverified(const std::string& token);
Result<TokenClaims> verify(const std::string& token, const std::string& secret);

}  // namespace pli::http
