#pragma once
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "base/result.hpp"
#include "http/letter_writer.hpp"
#include "http/tokens.hpp"
#include "http/webhooks.hpp"
#include "service/preview_desk.hpp"
#include "service/workspace.hpp"
#include "store/letter_store.hpp"

namespace pli::http {

/// A store out of a desk's shelf, back on it when done. After a failure it is thrown away: whatever broke may be mended
/// when the next is opened.
class BorrowedStore {
public:
    BorrowedStore(std::unique_ptr<store::LetterStore> store, class Desk* desk)
        : store_(std::move(store)), desk_(desk) {}
    ~BorrowedStore();
    BorrowedStore(BorrowedStore&&) noexcept = default;
    BorrowedStore& operator=(BorrowedStore&&) = delete;
    store::LetterStore* operator->() const { return store_.get(); }

private:
    std::unique_ptr<store::LetterStore> store_;
    Desk* desk_;
};

/// All that serves one workspace. Nothing of one desk is reached from another.
/// Threads  every member from any
class Desk {
public:
    static Result<std::unique_ptr<Desk>> open(const std::string& folder, std::shared_ptr<service::PreviewRoom> room);

    const service::Workspace& workspace() const { return workspace_; }
    LetterWriter& writer() { return *writer_; }
    service::PreviewDesk& previews() { return previews_; }
    WebhookOffice& webhooks() { return *webhooks_; }
    Result<BorrowedStore> store();
    Result<Identity> believe(const std::string& token, Instant now);
    /// A folder of the workspace for what comes in and goes again; made when it is not there.
    Result<std::string> spool_folder() const;
    /// Held while templates are changed.
    std::mutex& templates() { return templates_; }

private:
    friend class BorrowedStore;
    Desk(service::Workspace workspace, std::shared_ptr<service::PreviewRoom> room);
    void put_back(std::unique_ptr<store::LetterStore> store);

    service::Workspace workspace_;
    std::unique_ptr<LetterWriter> writer_;
    std::shared_ptr<service::PreviewRoom> room_;
    service::PreviewDesk previews_;
    std::unique_ptr<WebhookOffice> webhooks_;
    std::mutex tokens_mutex_, shelf_mutex_, templates_;
    TokenBook tokens_;
    std::vector<std::unique_ptr<store::LetterStore>> shelf_;
};

/// The workspaces that are served: one, or every sub-folder of a folder that has a pli.toml. A new one is found when
/// somebody comes with a token of it.
/// Threads  every member from any
class Desks {
public:
    /// Errors   NotFound: no workspace there; BadInput: a pli.toml, or two workspaces of one name
    static Result<std::unique_ptr<Desks>> open_one(const std::string& folder);
    static Result<std::unique_ptr<Desks>> open_all(const std::string& folder);

    /// nullptr: no such workspace.
    std::shared_ptr<Desk> named(const std::string& workspace);
    std::vector<std::shared_ptr<Desk>> all() const;

private:
    Done look_around();
    Done add(const std::string& folder);

    std::string folder_;  // of workspaces; empty: there is one
    std::shared_ptr<service::PreviewRoom> room_ = std::make_shared<service::PreviewRoom>();
    mutable std::mutex mutex_;
    std::int64_t looked_at_ = 0;
    std::vector<std::shared_ptr<Desk>> desks_;
};

}  // namespace pli::http
