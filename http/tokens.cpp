#include "http/tokens.hpp"

#include <fmt/format.h>
#include <openssl/rand.h>
#include <sys/stat.h>

#include <algorithm>
#include <array>
#include <filesystem>
#include <nlohmann/json.hpp>

#include "http/jwt.hpp"
#include "http/kept_file.hpp"

namespace pli::http {
namespace {

using nlohmann::json;

struct Named {
    Scope scope;
    std::string_view name;
};
constexpr std::array scopes{Named{Scope::Read, "read-only"}, Named{Scope::Letters, "letters"},
                            Named{Scope::Templates, "templates"}, Named{Scope::PrintHouse, "print-house"}};

constexpr const char* keys_file = "keys.json";
constexpr const char* records_file = "tokens.json";

Result<std::string> random_hex(std::size_t bytes) {
    std::array<unsigned char, 64> chance{};
    if (::RAND_bytes(chance.data(), static_cast<int>(bytes)) != 1)
        return failure(Fault::Environment, "", "the system gives no random numbers");
    std::string hex;
    for (std::size_t i = 0; i < bytes; ++i) hex += fmt::format("{:02x}", chance[i]);
    return hex;
}

json as_json(const TokenRecord& record) {
    return {{"id", record.id},
            {"name", record.name},
            {"key", record.key},
            {"scopes", record.scopes.names()},
            {"test", record.test},
            {"made", record.made.seconds},
            {"expires", record.expires.seconds},
            {"revoked", record.revoked}};
}

TokenRecord record_in(const json& entry) {
    TokenRecord record;
    record.id = entry.value("id", "");
    record.name = entry.value("name", "");
    record.key = entry.value("key", "");
    for (const auto& scope : entry.value("scopes", std::vector<std::string>{}))
        if (const auto known = scope_named(scope)) record.scopes = record.scopes | *known;
    record.test = entry.value("test", false);
    record.made.seconds = entry.value("made", std::int64_t{0});
    record.expires.seconds = entry.value("expires", std::int64_t{0});
    record.revoked = entry.value("revoked", true);
    return record;
}

tl::unexpected<Error> disbelief(std::string why) {
    return failure(Fault::NotFound, "", std::move(why), "ask the operator of this service for a new token");
}

}  // namespace

std::string_view name(Scope scope) { return std::ranges::find(scopes, scope, &Named::scope)->name; }

std::optional<Scope> scope_named(std::string_view name) {
    const auto found = std::ranges::find(scopes, name, &Named::name);
    return found == scopes.end() ? std::nullopt : std::optional(found->scope);
}

std::vector<std::string> Scopes::names() const {
    std::vector<std::string> all;
    for (const auto& [scope, word] : scopes)
        if (meets(scope)) all.emplace_back(word);
    return all;
}

std::string workspace_named_in(const std::string& token) {
    auto claims = read_unverified(token);
    return claims ? std::move(claims->workspace) : std::string();
}

TokenBook::TokenBook(std::string folder, std::string workspace)
    : folder_(std::move(folder)), workspace_(std::move(workspace)) {}

Result<TokenBook::Issued> TokenBook::issue(const TokenWish& wish, Instant now) {
    std::error_code ignored;
    if (std::filesystem::create_directory(folder_, ignored))
        std::filesystem::permissions(folder_, std::filesystem::perms::owner_all, ignored);
    const auto lock = TRY(FileLock::take(path("lock")));
    TRY(refresh());
    if (keys_.empty()) TRY(new_key(now));
    const auto id = TRY(random_hex(8));
    records_.push_back(
        {id, wish.name, keys_.back().id, wish.scopes, wish.test, now, Instant{now.seconds + wish.days * 86'400}});
    TRY(write_records());
    const auto& record = records_.back();
    auto token =
        TRY(sign({record.key, id, workspace_, record.made.seconds, record.expires.seconds}, keys_.back().secret));
    return Issued{std::move(token), record};
}

Result<std::vector<TokenRecord>> TokenBook::list() {
    TRY(refresh());
    return records_;
}

Done TokenBook::revoke(const std::string& id) {
    if (!std::filesystem::exists(folder_)) return failure(Fault::NotFound, id, "there is no such token");
    const auto lock = TRY(FileLock::take(path("lock")));
    TRY(refresh());
    const auto found = std::ranges::find(records_, id, &TokenRecord::id);
    if (found == records_.end())
        return failure(Fault::NotFound, id, "there is no such token", "pli token list shows those there are");
    found->revoked = true;
    return write_records();
}

Result<std::string> TokenBook::rotate(Instant now) {
    std::error_code ignored;
    std::filesystem::create_directory(folder_, ignored);
    const auto lock = TRY(FileLock::take(path("lock")));
    TRY(refresh());
    TRY(new_key(now));
    return keys_.back().id;
}

Result<std::size_t> TokenBook::forget_old_keys() {
    const auto lock = TRY(FileLock::take(path("lock")));
    TRY(refresh());
    if (keys_.size() < 2) return std::size_t{0};
    const auto forgotten = keys_.size() - 1;
    keys_.erase(keys_.begin(), keys_.end() - 1);
    TRY(write_keys());
    return forgotten;
}

Result<Identity> TokenBook::believe(const std::string& token, Instant now) {
    TRY(refresh());
    const auto said = read_unverified(token);
    const auto* key = said ? key_named(said->key) : nullptr;
    if (key == nullptr) return disbelief("the token is not signed with a key that is in use");
    const auto claims = verify(token, key->secret);
    if (!claims) return disbelief("the token " + claims.error().message);
    const auto* record = claims->workspace == workspace_ ? record_of(claims->id) : nullptr;
    if (record == nullptr) return disbelief("the token is not known here");
    if (record->revoked) return disbelief("the token was revoked");
    if (now.seconds >= claims->expires)
        return disbelief("the token's time was over at " + Instant{claims->expires}.iso());
    return Identity{record->id, record->name, workspace_, record->scopes, record->test};
}

// The files

TokenBook::Stamp TokenBook::stamp_of(const std::string& path) {
    struct stat seen {};
    if (::stat(path.c_str(), &seen) != 0) return {};
    return {seen.st_mtim.tv_sec * 1'000'000'000 + seen.st_mtim.tv_nsec, seen.st_size,
            static_cast<std::int64_t>(seen.st_ino)};
}

Done TokenBook::refresh() {
    if (const auto stamp = stamp_of(path(keys_file)); stamp != keys_stamp_) {
        TRY(read_keys());
        keys_stamp_ = stamp;
    }
    if (const auto stamp = stamp_of(path(records_file)); stamp != records_stamp_) {
        TRY(read_records());
        records_stamp_ = stamp;
    }
    return {};
}

Done TokenBook::read_keys() {
    const auto content = TRY(read_kept(path(keys_file)));
    keys_.clear();
    try {
        for (const auto& entry : content)
            keys_.push_back({entry.at("id"), entry.at("secret"), Instant{entry.value("made", std::int64_t{0})}});
    } catch (const json::exception&) {
        return failure(Fault::BadInput, path(keys_file), "is not a list of keys", "put back the last backup");
    }
    return {};
}

Done TokenBook::read_records() {
    const auto content = TRY(read_kept(path(records_file)));
    records_.clear();
    try {
        for (const auto& entry : content) records_.push_back(record_in(entry));
    } catch (const json::exception&) {
        return failure(Fault::BadInput, path(records_file), "is not a list of tokens", "put back the last backup");
    }
    return {};
}

Done TokenBook::write_keys() const {
    json content = json::array();
    for (const auto& key : keys_)
        content.push_back({{"id", key.id}, {"secret", key.secret}, {"made", key.made.seconds}});
    return write_kept(path(keys_file), content);
}

Done TokenBook::write_records() const {
    json content = json::array();
    for (const auto& record : records_) content.push_back(as_json(record));
    return write_kept(path(records_file), content);
}

Done TokenBook::new_key(Instant now) {
    const auto id = TRY(random_hex(4));
    const auto secret = TRY(random_hex(32));
    keys_.push_back({id, secret, now});
    return write_keys();
}

const TokenBook::Key* TokenBook::key_named(std::string_view id) const {
    const auto found = std::ranges::find(keys_, id, &Key::id);
    return found == keys_.end() ? nullptr : &*found;
}

const TokenRecord* TokenBook::record_of(std::string_view id) const {
    const auto found = std::ranges::find(records_, id, &TokenRecord::id);
    return found == records_.end() ? nullptr : &*found;
}

}  // namespace pli::http
