#pragma once
#include <condition_variable>
#include <memory>
#include <mutex>
#include <string>
#include <thread>

#include "http/kept_file.hpp"
#include "http/target.hpp"
#include "http/webhooks.hpp"

namespace pli::http {

/// Who tells one webhook.
/// Threads  its own; standing from any
class WebhookOffice::Clerk {
public:
    struct Place {
        std::string workspace;  // as messages name it
        std::string file;       // where the standing is kept
        bool allow_private = false;
    };
    Clerk(Webhook webhook, Place place, OpenStore open_store);
    ~Clerk();
    Clerk(const Clerk&) = delete;
    Clerk& operator=(const Clerk&) = delete;

    const Webhook& webhook() const { return webhook_; }
    WebhookStanding standing() const;
    const std::string& file() const { return place_.file; }
    /// The end, as soon as the message at hand is answered.
    void stop();

private:
    void work();
    /// True: there was something to tell, and it was taken.
    Result<bool> on_duty();
    Result<bool> tell_next();
    Result<bool> tell(const jobs::LetterEvent& event);
    void pass(const jobs::LetterEvent& event);
    Done send_page(const jobs::LetterEvent& event, const std::vector<jobs::EventLetter>& letters);
    bool wants(const jobs::LetterEvent& event) const;
    Done keep(const WebhookStanding& standing);
    void failed(const Error& error);
    bool rest(double seconds);  // false: stop

    const Webhook webhook_;
    const Place place_;
    OpenStore open_store_;
    std::unique_ptr<store::LetterStore> store_;
    mutable std::mutex mutex_;
    std::condition_variable changed_;
    bool stopping_ = false;
    WebhookStanding standing_;
    std::optional<FileLock> duty_;  // held by the one who tells, should two services serve a workspace
    double patience_ = 1;
    std::thread thread_;
};

}  // namespace pli::http
