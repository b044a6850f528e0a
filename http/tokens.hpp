#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/day.hpp"
#include "base/result.hpp"

namespace pli::http {

/// What a token opens. Each of the first three includes reading.
enum class Scope : std::uint8_t { Read = 1, Letters = 2, Templates = 4, PrintHouse = 8 };
std::string_view name(Scope scope);
std::optional<Scope> scope_named(std::string_view name);

class Scopes {
public:
    constexpr Scopes() = default;
    constexpr Scopes(Scope scope) : bits_(static_cast<std::uint8_t>(scope)) {}  // NOLINT: a scope is a set of one
    constexpr Scopes operator|(Scopes other) const { return Scopes(static_cast<std::uint8_t>(bits_ | other.bits_)); }
    constexpr bool meets(Scopes other) const { return (bits_ & other.bits_) != 0; }
    constexpr bool empty() const { return bits_ == 0; }
    std::vector<std::string> names() const;

private:
    constexpr explicit Scopes(std::uint8_t bits) : bits_(bits) {}
    std::uint8_t bits_ = 0;
};
constexpr Scopes operator|(Scope a, Scope b) { return Scopes(a) | Scopes(b); }

/// A token as the workspace remembers it. The token itself is nowhere: it can be made again, not read again.
struct TokenRecord {
    std::string id, name, key;  // `key`: the one it is signed with
    Scopes scopes;
    bool test = false;  // whatever comes with it is a test
    Instant made, expires;
    bool revoked = false;
};

struct TokenWish {
    std::string name;
    Scopes scopes;
    bool test = false;
    std::int64_t days = 365;
};

/// Who somebody is, after their token was believed.
struct Identity {
    std::string token, name, workspace;
    Scopes scopes;
    bool test = false;
};

/// The bearer tokens of one workspace: JSON Web Tokens signed with HS256, whose keys lie in access/keys.json and whose
/// records in access/tokens.json. A token is good if one of the keys signed it, it has a record that is not revoked, and
/// its time is not over.
/// Source   RFC 7519, RFC 7515; RFC 8725 §3.1: the algorithm is ours to say, not the token's
/// Errors   believe: NotFound, for whatever is wrong with a token, in words for its holder; Environment: the files
/// Threads  one at a time; several processes may: changes are made under a lock
class TokenBook {
public:
    /// `workspace` is the name that stands in the tokens.
    TokenBook(std::string folder, std::string workspace);

    struct Issued {
        std::string token;
        TokenRecord record;
    };
    Result<Issued> issue(const TokenWish& wish, Instant now);
    Result<std::vector<TokenRecord>> list();
    /// NotFound: no such token.
    Done revoke(const std::string& id);
    /// A new key signs from now on. The old ones are believed until `forget_old_keys`, which ends all they signed.
    Result<std::string> rotate(Instant now);
    Result<std::size_t> forget_old_keys();

    /// Looks whether the files have changed first: a revocation takes effect with the next request.
    Result<Identity> believe(const std::string& token, Instant now);

private:
    struct Key {
        std::string id, secret;
        Instant made;
    };
    struct Stamp {
        std::int64_t changed = -1, size = -1, inode = -1;
        bool operator==(const Stamp&) const = default;
    };
    static Stamp stamp_of(const std::string& path);
    Done refresh();
    Done read_keys();
    Done read_records();
    Done write_keys() const;
    Done write_records() const;
    Done new_key(Instant now);
    const Key* key_named(std::string_view id) const;
    const TokenRecord* record_of(std::string_view id) const;
    std::string path(const char* file) const { return folder_ + "/" + file; }

    std::string folder_, workspace_;
    std::vector<Key> keys_;  // the newest last
    std::vector<TokenRecord> records_;
    Stamp keys_stamp_, records_stamp_;
};

/// The workspace that a token says it is for, believed or not: whose keys to try. Empty: no token at all.
std::string workspace_named_in(const std::string& token);

}  // namespace pli::http
