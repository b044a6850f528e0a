#pragma once
#include <atomic>
#include <condition_variable>
#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "base/day.hpp"
#include "base/result.hpp"
#include "service/workspace.hpp"
#include "store/letter_store.hpp"

namespace pli::http {

/// Somebody who wants to be told what becomes of letters.
struct Webhook {
    std::string id, url, secret;
    std::vector<std::string> events;  // "batched", "mailed", …; none: all
    bool of_settings = false;         // stands in pli.toml and can only be changed there
};

/// `[webhooks]` of pli.toml.
struct WebhookSettings {
    std::optional<Webhook> webhook;
    bool allow_private = false;  // http:// and addresses of the own network are fine
};
/// Errors   BadInput: a key, with line and column; NotFound: the file with the secret
Result<WebhookSettings> read_webhook_settings(const service::Workspace& workspace);

/// How far a webhook has come, and how it stands.
struct WebhookStanding {
    std::int64_t event = 0, place = 0;  // told of, up to this letter of this line of the log
    std::uint64_t told = 0, failed = 0;
    std::string problem;  // of the last try; empty: it was taken
};

/// `t=SECONDS,v1=HEX`: HMAC-SHA256 with the secret over "SECONDS.BODY".
std::string signature(const std::string& secret, Instant at, std::string_view body);

/// The webhooks of one workspace. Each has a thread that reads the log of the queue from where it stopped, sends what
/// it finds, in order, and notes how far it came only when that was taken: a message may come twice, under the same
/// id, and none is left out, whoever dies. One that fails is tried again after 1, 2, 4, … seconds, five minutes at most.
/// Errors   add: BadInput: an address that is none, or not allowed, an event that is none; Environment: the files
/// Threads  every member from any
class WebhookOffice {
public:
    using OpenStore = std::function<Result<std::unique_ptr<store::LetterStore>>()>;
    static Result<std::unique_ptr<WebhookOffice>> open(const service::Workspace& workspace, OpenStore open_store);
    ~WebhookOffice();

    struct Told {
        Webhook webhook;
        WebhookStanding standing;
    };
    std::vector<Told> list() const;
    /// From now on: what happened before is not told.
    Result<Webhook> add(Webhook wanted);
    /// NotFound: no such webhook, or one of pli.toml.
    Done remove(const std::string& id);
    void close();

private:
    class Clerk;
    WebhookOffice(std::string name, std::string folder, OpenStore open_store);
    Result<std::int64_t> end_of_log() const;
    Done save() const;
    void employ(Webhook webhook);

    std::string name_, folder_;
    OpenStore open_store_;
    WebhookSettings settings_;
    mutable std::mutex mutex_;
    std::vector<std::unique_ptr<Clerk>> clerks_;
};

}  // namespace pli::http
