#include "http/webhooks.hpp"

#include <fmt/format.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/rand.h>
#include <toml++/toml.h>

#include <algorithm>
#include <array>
#include <filesystem>
#include <nlohmann/json.hpp>

#include "http/kept_file.hpp"
#include "http/target.hpp"
#include "http/webhook_clerk.hpp"
#include "service/composing.hpp"
#include "service/settings.hpp"

namespace pli::http {
namespace {

using nlohmann::json;

constexpr std::size_t most_webhooks = 20, shortest_secret = 16;

Result<std::string> new_secret(std::size_t bytes) {
    std::array<unsigned char, 32> chance{};
    if (::RAND_bytes(chance.data(), static_cast<int>(bytes)) != 1)
        return failure(Fault::Environment, "", "the system gives no random numbers");
    std::string hex;
    for (std::size_t i = 0; i < bytes; ++i) hex += fmt::format("{:02x}", chance[i]);
    return hex;
}

Done check(const Webhook& webhook, bool allow_private) {
    const auto target = TRY(Target::parse(webhook.url));
    if (!allow_private && !target.tls)
        return failure(Fault::BadInput, "url", "is not https://",
                       "messages tell who got a letter: they are not sent in the open");
    const bool literal =
        target.host.find_first_not_of("0123456789.") == std::string::npos || target.host.find(':') != std::string::npos;
    if (!allow_private && (target.host == "localhost" || (literal && !is_public(target.host))))
        return failure(Fault::BadInput, "url", "is no address on the internet",
                       "an operator may allow others: allow_private = true in [webhooks] of pli.toml");
    if (webhook.secret.size() < shortest_secret)
        return failure(Fault::BadInput, "secret", fmt::format("is shorter than {} characters", shortest_secret));
    for (const auto& event : webhook.events)
        if (!jobs::event_named(event))
            return failure(Fault::BadInput, "events",
                           fmt::format("\"{}\" is nothing that happens to letters", event.substr(0, 40)));
    return {};
}

Webhook webhook_in(const json& entry) {
    return {entry.value("id", ""), entry.value("url", ""), entry.value("secret", ""),
            entry.value("events", std::vector<std::string>{}), false};
}

}  // namespace

std::string signature(const std::string& secret, Instant at, std::string_view body) {
    const auto text = fmt::format("{}.{}", at.seconds, body);
    std::array<unsigned char, EVP_MAX_MD_SIZE> mac{};
    unsigned length = 0;
    ::HMAC(::EVP_sha256(), secret.data(), static_cast<int>(secret.size()),
           reinterpret_cast<const unsigned char*>(text.data()), text.size(), mac.data(), &length);
    auto line = fmt::format("t={},v1=", at.seconds);
    for (unsigned i = 0; i < length; ++i) line += fmt::format("{:02x}", mac[i]);
    return line;
}

Result<WebhookSettings> read_webhook_settings(const service::Workspace& workspace) {
    const auto file = workspace.folder + "/pli.toml";
    try {
        const toml::table root = toml::parse_file(file);
        service::Settings settings(root, file);
        for (const auto& [name, table] : root)
            if (name != "webhooks") settings.leave(name.str());
        WebhookSettings wanted;
        Webhook webhook{"settings", {}, {}, {}, true};
        std::string secret_file;
        settings.flag("webhooks", "allow_private", wanted.allow_private);
        settings.text("webhooks", "url", webhook.url);
        settings.text("webhooks", "secret_file", secret_file);
        settings.texts("webhooks", "events", webhook.events);
        TRY(settings.refuse_unknown());
        if (webhook.url.empty()) return wanted;
        webhook.secret = TRY(service::read_file(workspace.folder + "/" + secret_file));
        while (!webhook.secret.empty() && webhook.secret.back() <= ' ') webhook.secret.pop_back();
        auto checked = check(webhook, wanted.allow_private);
        if (!checked) checked.error().where = file + ", webhooks." + checked.error().where;
        TRY(checked);
        wanted.webhook = std::move(webhook);
        return wanted;
    } catch (const toml::parse_error& error) {
        return failure(Fault::BadInput, file, std::string(error.description()));
    }
}

WebhookOffice::WebhookOffice(std::string name, std::string folder, OpenStore open_store)
    : name_(std::move(name)), folder_(std::move(folder)), open_store_(std::move(open_store)) {}

WebhookOffice::~WebhookOffice() { close(); }

Result<std::unique_ptr<WebhookOffice>> WebhookOffice::open(const service::Workspace& workspace, OpenStore open_store) {
    std::unique_ptr<WebhookOffice> office(
        new WebhookOffice(workspace.name, workspace.folder + "/access", std::move(open_store)));
    office->settings_ = TRY(read_webhook_settings(workspace));
    if (office->settings_.webhook) {
        std::error_code ignored;
        std::filesystem::create_directory(office->folder_, ignored);
        office->employ(*office->settings_.webhook);
    }
    for (const auto& entry : TRY(read_kept(office->folder_ + "/webhooks.json"))) office->employ(webhook_in(entry));
    return office;
}

void WebhookOffice::employ(Webhook webhook) {
    auto file = folder_ + "/webhook-" + webhook.id + ".json";
    clerks_.push_back(std::make_unique<Clerk>(
        std::move(webhook), Clerk::Place{name_, std::move(file), settings_.allow_private}, open_store_));
}

std::vector<WebhookOffice::Told> WebhookOffice::list() const {
    const std::lock_guard lock(mutex_);
    std::vector<Told> all;
    for (const auto& clerk : clerks_) all.push_back({clerk->webhook(), clerk->standing()});
    return all;
}

/// The log is asked in steps: it has no length to ask for.
Result<std::int64_t> WebhookOffice::end_of_log() const {
    constexpr std::size_t step = 10'000;
    const auto store = TRY(open_store_());
    std::int64_t last = 0;
    while (true) {
        const auto lines = TRY(store->events_after(last, step));
        if (!lines.empty()) last = lines.back().number;
        if (lines.size() < step) return last;
    }
}

Result<Webhook> WebhookOffice::add(Webhook wanted) {
    if (wanted.secret.empty()) wanted.secret = TRY(new_secret(32));
    TRY(check(wanted, settings_.allow_private));
    wanted.id = TRY(new_secret(6));
    wanted.of_settings = false;
    const auto from = TRY(end_of_log());
    const std::lock_guard lock(mutex_);
    if (clerks_.size() >= most_webhooks)
        return failure(Fault::BadInput, "",
                       fmt::format("there are {} webhooks, which is all there may be", most_webhooks));
    TRY(write_kept(folder_ + "/webhook-" + wanted.id + ".json", {{"event", from}, {"place", 0}}));
    employ(wanted);
    TRY(save());
    return wanted;
}

Done WebhookOffice::remove(const std::string& id) {
    std::unique_ptr<Clerk> gone;
    {
        const std::lock_guard lock(mutex_);
        const auto found = std::ranges::find_if(
            clerks_, [&](const auto& clerk) { return clerk->webhook().id == id && !clerk->webhook().of_settings; });
        if (found == clerks_.end()) return failure(Fault::NotFound, "", "there is no such webhook");
        gone = std::move(*found);
        clerks_.erase(found);
        TRY(save());
    }
    gone->stop();
    std::error_code ignored;
    std::filesystem::remove(gone->file(), ignored);
    std::filesystem::remove(gone->file() + ".lock", ignored);
    return {};
}

Done WebhookOffice::save() const {
    json all = json::array();
    for (const auto& clerk : clerks_) {
        const auto& webhook = clerk->webhook();
        if (webhook.of_settings) continue;
        all.push_back(
            {{"id", webhook.id}, {"url", webhook.url}, {"secret", webhook.secret}, {"events", webhook.events}});
    }
    return write_kept(folder_ + "/webhooks.json", all);
}

void WebhookOffice::close() {
    const std::lock_guard lock(mutex_);
    clerks_.clear();
}

}  // namespace pli::http
