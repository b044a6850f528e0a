#include "http/jwt.hpp"

#include <jwt.h>

#include <cerrno>
#include <cstdlib>
#include <memory>

#include "base/release.hpp"

namespace pli::http {
namespace {

using Token = Handle<jwt_t, jwt_free>;

std::string text(const char* value) { return value == nullptr ? std::string() : std::string(value); }

tl::unexpected<Error> no_token(const char* why) { return failure(Fault::BadInput, "", why); }

TokenClaims claims_of(jwt_t* token) {
    return {text(jwt_get_header(token, "kid")), text(jwt_get_grant(token, "jti")), text(jwt_get_grant(token, "aud")),
            jwt_get_grant_int(token, "iat"), jwt_get_grant_int(token, "exp")};
}

Result<Token> decoded(const std::string& token, const std::string* secret) {
    jwt_t* raw = nullptr;
    const auto* bytes = secret == nullptr ? nullptr : reinterpret_cast<const unsigned char*>(secret->data());
    const int length = secret == nullptr ? 0 : static_cast<int>(secret->size());
    const int problem = jwt_decode(&raw, token.c_str(), bytes, length);
    Token decoded(raw);
    if (problem != 0 || !decoded) return no_token("is not a token, or somebody changed it");
    return decoded;
}

}  // namespace

Result<std::string> sign(const TokenClaims& claims, const std::string& secret) {
    jwt_t* raw = nullptr;
    const auto full = [] { return failure(Fault::Environment, "", "the token cannot be signed: out of memory"); };
    if (jwt_new(&raw) != 0) return full();
    const Token token(raw);
    bool good = jwt_add_header(raw, "kid", claims.key.c_str()) == 0;
    good = good && jwt_add_grant(raw, "jti", claims.id.c_str()) == 0;
    good = good && jwt_add_grant(raw, "aud", claims.workspace.c_str()) == 0;
    good = good && jwt_add_grant_int(raw, "iat", claims.made) == 0;
    good = good && jwt_add_grant_int(raw, "exp", claims.expires) == 0;
    good = good && jwt_set_alg(raw, JWT_ALG_HS256, reinterpret_cast<const unsigned char*>(secret.data()),
                               static_cast<int>(secret.size())) == 0;
    if (!good) return full();
    const std::unique_ptr<char, Release<std::free>> encoded(jwt_encode_str(raw));
    if (!encoded) return full();
    return std::string(encoded.get());
}

Result<TokenClaims> read_unverified(const std::string& token) {
    const auto read = TRY(decoded(token, nullptr));
    return claims_of(read.get());
}

Result<TokenClaims> verify(const std::string& token, const std::string& secret) {
    const auto read = TRY(decoded(token, &secret));
    if (jwt_get_alg(read.get()) != JWT_ALG_HS256) return no_token("is signed with another algorithm than HS256");
    return claims_of(read.get());
}

}  // namespace pli::http
