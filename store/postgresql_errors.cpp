#include "store/postgresql_errors.hpp"

#include <algorithm>
#include <array>

namespace pli::store {
namespace {

/// One line, without libpq's "ERROR:  " and its line end.
std::string tidy(std::string message) {
    for (const std::string_view head : {"ERROR:  ", "FATAL:  "})
        if (const auto at = message.find(head); at != std::string::npos) message.erase(at, head.size());
    message = message.substr(0, message.find("\nLINE "));
    std::ranges::replace(message, '\n', ' ');
    message.erase(message.find_last_not_of(' ') + 1);
    return message;
}

struct Case {
    std::string_view code;  // or how it begins
    Fault fault;
    std::string_view message, remedy;
};
constexpr std::array cases{
    Case{"08", Fault::Environment, "the connection to the database was lost", "what was confirmed stands; run again"},
    Case{"57P", Fault::Environment, "the database was shut down", "what was confirmed stands; run again when it is up"},
    Case{"53100", Fault::Environment, "the disk of the database is full", "free some space there and repeat"},
    Case{"53300", Fault::Environment, "the database has too many connections",
         "raise max_connections, or start fewer workers"},
    Case{"53", Fault::Environment, "the database has not enough resources", "see its log"},
    Case{"55P03", Fault::Busy, "the queue is locked by another process", "try again when that has ended"},
    Case{"40", Fault::Busy, "the queue was changed by another process", "try again"},
    Case{"42501", Fault::Environment, "the user of the database may not do this",
         "make it the owner of the schema: ALTER SCHEMA … OWNER TO …"},
    Case{"25006", Fault::Environment, "the database may not be written to", "name the primary server, not a replica"},
    Case{"22021", Fault::BadInput, "a text is not UTF-8", "correct it at its source"},
    Case{"XX001", Fault::Environment, "the database is damaged", "restore it from a backup"},
    Case{"XX002", Fault::Environment, "the database is damaged", "REINDEX it, or restore it from a backup"},
};

}  // namespace

Error explained(std::string_view code, const std::string& place, std::string message) {
    message = tidy(std::move(message));
    for (const auto& known : cases)
        if (code.starts_with(known.code))
            return {known.fault, place, std::string(known.message) + " (" + message + ")", std::string(known.remedy)};
    return {Fault::Environment, place, "the database cannot be used: " + message + " [" + std::string(code) + "]", ""};
}

Error no_connection(const std::string& place, std::string message) {
    message = tidy(std::move(message));
    const auto says = [&](std::string_view words) { return message.find(words) != std::string::npos; };
    std::string remedy = "check that the server is up, and `store` in pli.toml";
    if (says("password") || says("authentication") || says("pg_hba.conf"))
        remedy = "check the user, and the password in ~/.pgpass or PGPASSWORD";
    else if (says("database \"") && says("does not exist"))
        remedy = "make the database (createdb), or correct `store` in pli.toml";
    else if (says("role \""))
        remedy = "make the user (createuser), or correct `store` in pli.toml";
    return {Fault::Environment, place, "the database cannot be reached: " + message, remedy};
}

}  // namespace pli::store
