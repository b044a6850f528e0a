#include "delivery/ssh_login.hpp"

#include <fmt/format.h>
#include <sys/stat.h>

#include <algorithm>
#include <fstream>
#include <iterator>
#include <memory>

namespace pli::delivery {
namespace {

constexpr long patience_seconds = 30;

using SshKey = Handle<ssh_key_struct, ssh_key_free>;

tl::unexpected<Error> no_connection(const Place& place, ssh_session session) {
    return failure(Fault::Environment, place.url, fmt::format("no connection: {}", ssh_get_error(session)),
                   "check host and port, and that the print house lets this machine in; then deliver again");
}

/// Who the server says it is: "SHA256:…" without padding, as ssh-keygen -l prints it.
Result<std::string> fingerprint_of(const Place& place, ssh_session session) {
    ssh_key raw = nullptr;
    if (ssh_get_server_publickey(session, &raw) != SSH_OK) return no_connection(place, session);
    const SshKey key(raw);
    unsigned char* hash = nullptr;
    std::size_t length = 0;
    if (ssh_get_publickey_hash(key.get(), SSH_PUBLICKEY_HASH_SHA256, &hash, &length) != 0)
        return no_connection(place, session);
    const Handle<char, ssh_string_free_char> text(ssh_get_fingerprint_hash(SSH_PUBLICKEY_HASH_SHA256, hash, length));
    ssh_clean_pubkey_hash(&hash);
    return std::string(text ? text.get() : "");
}

Done check_host_key(const Place& place, ssh_session session) {
    const auto offered = TRY(fingerprint_of(place, session));
    if (std::find(place.host_keys.begin(), place.host_keys.end(), offered) != place.host_keys.end()) return {};
    if (place.host_keys.empty())
        return failure(
            Fault::BadInput, place.url, fmt::format("the host key is not known: {}", offered),
            "ask the print house for its fingerprint by another way; if it is this one, write it as host_key "
            "into the print house's file");
    return failure(
        Fault::BadInput, place.url,
        fmt::format("the host key has changed: expected {}, found {}", fmt::join(place.host_keys, " or "), offered),
        "somebody may be in between: nothing was sent; ask the print house, and change host_key only if it says so");
}

/// Secrets that others on the machine can read are no secrets.
Done refuse_shared(const std::string& path) {
    struct stat facts {};
    if (::stat(path.c_str(), &facts) != 0)
        return failure(Fault::BadInput, path, "cannot be read", "check the name in the print house's file");
    constexpr mode_t others = S_IRWXG | S_IRWXO;
    if ((facts.st_mode & others) == 0) return {};
    return failure(Fault::BadInput, path, "may be read by others", "chmod 600 " + path);
}

tl::unexpected<Error> login_refused(const Place& place, std::string_view means) {
    return failure(
        Fault::BadInput, place.url,
        fmt::format("the login as {} with {} is refused", place.user.empty() ? "this user" : place.user, means),
        "check user and key in the print house's file, and that the print house has our public key");
}

Done log_in_with_key(const Place& place, ssh_session session) {
    TRY(refuse_shared(place.key_file));
    ssh_key raw = nullptr;
    // A passphrase would have to come from somewhere: a key that needs one belongs into the agent.
    if (ssh_pki_import_privkey_file(place.key_file.c_str(), nullptr, nullptr, nullptr, &raw) != SSH_OK)
        return failure(Fault::BadInput, place.key_file, "is not a private key without a passphrase",
                       "make one by ssh-keygen -t ed25519 -N '' -f FILE, or leave key out and use the SSH agent");
    const SshKey key(raw);
    if (ssh_userauth_publickey(session, nullptr, key.get()) == SSH_AUTH_SUCCESS) return {};
    return login_refused(place, "the key " + place.key_file);
}

Done log_in_with_password(const Place& place, ssh_session session) {
    TRY(refuse_shared(place.password_file));
    std::ifstream file(place.password_file);
    std::string password;
    std::getline(file, password);
    const bool accepted = ssh_userauth_password(session, nullptr, password.c_str()) == SSH_AUTH_SUCCESS;
    std::fill(password.begin(), password.end(), '\0');
    return accepted ? Done{} : Done{login_refused(place, "the password of " + place.password_file)};
}

Done show_who_we_are(const Place& place, ssh_session session) {
    if (!place.key_file.empty()) return log_in_with_key(place, session);
    if (!place.password_file.empty()) return log_in_with_password(place, session);
    if (ssh_userauth_agent(session, nullptr) == SSH_AUTH_SUCCESS) return {};
    return login_refused(place, "the keys of the SSH agent");
}

/// Nothing of the user's own ~/.ssh decides where a batch goes or whom we trust.
void set_options(const Place& place, ssh_session session) {
    const bool no = false;
    const int port = place.port;
    const long patience = patience_seconds;
    ssh_options_set(session, SSH_OPTIONS_PROCESS_CONFIG, &no);
    ssh_options_set(session, SSH_OPTIONS_HOST, place.host.c_str());
    ssh_options_set(session, SSH_OPTIONS_PORT, &port);
    ssh_options_set(session, SSH_OPTIONS_TIMEOUT, &patience);
    if (!place.user.empty()) ssh_options_set(session, SSH_OPTIONS_USER, place.user.c_str());
}

}  // namespace

Result<SshSession> log_in(const Place& place) {
    SshSession session(ssh_new());
    if (!session) return failure(Fault::Environment, place.url, "no memory for a connection");
    set_options(place, session.get());
    if (ssh_connect(session.get()) != SSH_OK) return no_connection(place, session.get());
    TRY(check_host_key(place, session.get()));
    TRY(show_who_we_are(place, session.get()));
    return session;
}

}  // namespace pli::delivery
