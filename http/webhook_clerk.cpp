#include "http/webhook_clerk.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <nlohmann/json.hpp>

#include "http/journal.hpp"
#include "http/kept_file.hpp"
#include "service/clock.hpp"

namespace pli::http {
namespace {

using nlohmann::json;

constexpr std::size_t lines_at_once = 200, letters_a_message = 500;
constexpr double seconds_between_looks = 0.5, longest_rest = 300;

WebhookStanding read_standing(const std::string& file) {
    const auto kept = read_kept(file);
    WebhookStanding standing;
    if (!kept || !kept->is_object()) return standing;
    standing.event = kept->value("event", std::int64_t{0});
    standing.place = kept->value("place", std::int64_t{0});
    standing.told = kept->value("told", std::uint64_t{0});
    standing.failed = kept->value("failed", std::uint64_t{0});
    return standing;
}

}  // namespace

WebhookOffice::Clerk::Clerk(Webhook webhook, Place place, OpenStore open_store)
    : webhook_(std::move(webhook)),
      place_(std::move(place)),
      open_store_(std::move(open_store)),
      standing_(read_standing(place_.file)),
      thread_([this] { work(); }) {}

WebhookOffice::Clerk::~Clerk() { stop(); }

void WebhookOffice::Clerk::stop() {
    {
        const std::lock_guard lock(mutex_);
        stopping_ = true;
    }
    changed_.notify_all();
    if (thread_.joinable()) thread_.join();
}

WebhookStanding WebhookOffice::Clerk::standing() const {
    const std::lock_guard lock(mutex_);
    return standing_;
}

void WebhookOffice::Clerk::work() {
    for (bool go_on = true; go_on;) {
        const auto told = tell_next();
        if (!told) {
            failed(told.error());
            go_on = rest(patience_);
            patience_ = std::min(longest_rest, patience_ * 2);
        } else {
            go_on = rest(*told ? 0 : seconds_between_looks);
        }
    }
}

bool WebhookOffice::Clerk::rest(double seconds) {
    std::unique_lock lock(mutex_);
    changed_.wait_for(lock, std::chrono::duration<double>(seconds), [this] { return stopping_; });
    return !stopping_;
}

void WebhookOffice::Clerk::failed(const Error& error) {
    store_.reset();
    note("webhook-failed", {{"webhook", webhook_.id}, {"error", error.text()}, {"again_in_s", patience_}});
    const std::lock_guard lock(mutex_);
    standing_.problem = error.text();
    ++standing_.failed;
}

/// While a service ends, its successor is there already: it goes on only where the first has stopped.
Result<bool> WebhookOffice::Clerk::on_duty() {
    if (duty_) return true;
    auto taken = TRY(FileLock::try_take(place_.file + ".lock"));
    if (!taken) return false;
    duty_.emplace(std::move(*taken));
    const std::lock_guard lock(mutex_);
    standing_ = read_standing(place_.file);
    return true;
}

Result<bool> WebhookOffice::Clerk::tell_next() {
    if (!TRY(on_duty())) return false;
    if (!store_) store_ = TRY(open_store_());
    const auto from = standing();
    const auto lines = TRY(store_->events_after(from.place > 0 ? from.event - 1 : from.event, lines_at_once));
    for (const auto& line : lines) {
        const bool told = wants(line) ? TRY(tell(line)) : true;
        if (!told) return false;  // the end
        pass(line);
    }
    if (!lines.empty()) TRY(keep(standing()));
    return !lines.empty();
}

/// A line of the log in as many messages as its letters need.
Result<bool> WebhookOffice::Clerk::tell(const jobs::LetterEvent& event) {
    auto standing = this->standing();
    if (standing.event != event.number) standing.place = 0;
    standing.event = event.number;
    while (rest(0)) {
        const auto letters = TRY(store_->letters_of(event, standing.place, letters_a_message));
        if (letters.empty()) return true;
        TRY(send_page(event, letters));
        standing.place = letters.back().place;
        ++standing.told;
        standing.problem.clear();
        patience_ = 1;
        TRY(keep(standing));
    }
    return false;
}

/// The line is done with. It is noted with the next message, or with the last line at hand: a line that this webhook does
/// not want costs no write.
void WebhookOffice::Clerk::pass(const jobs::LetterEvent& event) {
    const std::lock_guard lock(mutex_);
    standing_.event = event.number;
    standing_.place = 0;
}

bool WebhookOffice::Clerk::wants(const jobs::LetterEvent& event) const {
    return webhook_.events.empty() ||
           std::ranges::find(webhook_.events, jobs::name(event.event)) != webhook_.events.end();
}

Done WebhookOffice::Clerk::send_page(const jobs::LetterEvent& event, const std::vector<jobs::EventLetter>& letters) {
    const auto id = fmt::format("{}-{}", event.number, letters.front().place);
    json message{{"id", id},
                 {"event", jobs::name(event.event)},
                 {"at", event.at.iso()},
                 {"workspace", place_.workspace},
                 {"letters", json::array()}};
    for (const auto& one : letters) message["letters"].push_back(one.letter.value);
    if (!event.run.empty()) message["run"] = event.run;
    if (!event.batch.empty()) message["batch"] = event.batch;
    const auto body = message.dump(-1, ' ', false, json::error_handler_t::replace);
    const auto target = TRY(Target::parse(webhook_.url));
    const auto status = TRY(send(target,
                                 {body,
                                  {{"Content-Type", "application/json"},
                                   {"Pli-Event-Id", id},
                                   {"Pli-Signature", signature(webhook_.secret, service::now(), body)}}},
                                 place_.allow_private));
    if (status < 200 || status > 299)
        return failure(Fault::Environment, webhook_.url, fmt::format("answered with status {}", status));
    return {};
}

Done WebhookOffice::Clerk::keep(const WebhookStanding& standing) {
    {
        const std::lock_guard lock(mutex_);
        const auto failures = standing_.failed;
        standing_ = standing;
        standing_.failed = failures;
    }
    return write_kept(
        place_.file,
        {{"event", standing.event}, {"place", standing.place}, {"told", standing.told}, {"failed", standing.failed}});
}

}  // namespace pli::http
