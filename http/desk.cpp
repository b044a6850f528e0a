#include "http/desk.hpp"

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <set>

namespace pli::http {
namespace fs = std::filesystem;
namespace {

constexpr std::size_t stores_kept = 16;
constexpr std::int64_t seconds_between_looks = 2;

std::int64_t seconds_now() {
    return std::chrono::duration_cast<std::chrono::seconds>(std::chrono::steady_clock::now().time_since_epoch())
        .count();
}

Result<std::unique_ptr<store::LetterStore>> open_queue(const service::Workspace& workspace) {
    return store::open(workspace.queue);
}

}  // namespace

BorrowedStore::~BorrowedStore() {
    if (store_) desk_->put_back(std::move(store_));
}

Desk::Desk(service::Workspace workspace, std::shared_ptr<service::PreviewRoom> room)
    : workspace_(std::move(workspace)),
      room_(std::move(room)),
      previews_(workspace_.folder, *room_),
      tokens_(workspace_.folder + "/access", workspace_.name) {
    writer_ = std::make_unique<LetterWriter>([this] { return open_queue(workspace_); });
}

Result<std::unique_ptr<Desk>> Desk::open(const std::string& folder, std::shared_ptr<service::PreviewRoom> room) {
    auto workspace = TRY(service::Workspace::open(folder));
    TRY(open_queue(workspace));  // says now what is wrong with it
    std::unique_ptr<Desk> desk(new Desk(std::move(workspace), std::move(room)));
    auto* self = desk.get();
    desk->webhooks_ = TRY(WebhookOffice::open(desk->workspace_, [self] { return open_queue(self->workspace_); }));
    return desk;
}

Result<BorrowedStore> Desk::store() {
    {
        const std::lock_guard lock(shelf_mutex_);
        if (!shelf_.empty()) {
            auto store = std::move(shelf_.back());
            shelf_.pop_back();
            return BorrowedStore(std::move(store), this);
        }
    }
    auto opened = TRY(open_queue(workspace_));
    return BorrowedStore(std::move(opened), this);
}

void Desk::put_back(std::unique_ptr<store::LetterStore> store) {
    const std::lock_guard lock(shelf_mutex_);
    if (shelf_.size() < stores_kept) shelf_.push_back(std::move(store));
}

Result<Identity> Desk::believe(const std::string& token, Instant now) {
    const std::lock_guard lock(tokens_mutex_);
    return tokens_.believe(token, now);
}

Result<std::string> Desk::spool_folder() const {
    const auto folder = workspace_.folder + "/incoming";
    std::error_code error;
    fs::create_directories(folder, error);
    if (error)
        return failure(Fault::Environment, folder, "cannot be made: " + error.message(),
                       "check permissions and free space");
    return folder;
}

Result<std::unique_ptr<Desks>> Desks::open_one(const std::string& folder) {
    auto desks = std::make_unique<Desks>();
    TRY(desks->add(folder));
    return desks;
}

Result<std::unique_ptr<Desks>> Desks::open_all(const std::string& folder) {
    if (!fs::is_directory(folder))
        return failure(Fault::NotFound, "--workspaces " + folder, "is no folder", "make it, and workspaces in it");
    auto desks = std::make_unique<Desks>();
    desks->folder_ = folder;
    TRY(desks->look_around());
    return desks;
}

Done Desks::add(const std::string& folder) {
    auto desk = TRY(Desk::open(folder, room_));
    for (const auto& other : desks_)
        if (other->workspace().name == desk->workspace().name)
            return failure(Fault::BadInput, folder + "/pli.toml",
                           "has the name of the workspace in " + other->workspace().folder,
                           "give one of them another name: tokens tell workspaces apart by it");
    desks_.push_back(std::move(desk));
    return {};
}

Done Desks::look_around() {
    std::set<std::string> folders, open;
    std::error_code error;
    for (const auto& desk : desks_) open.insert(desk->workspace().folder);
    for (const auto& entry : fs::directory_iterator(folder_, error)) {
        const auto folder = entry.path().lexically_normal().string();
        if (fs::exists(entry.path() / "pli.toml", error) && !open.contains(folder)) folders.insert(folder);
    }
    for (const auto& folder : folders) TRY(add(folder));
    return {};
}

std::shared_ptr<Desk> Desks::named(const std::string& workspace) {
    const std::lock_guard lock(mutex_);
    const auto find = [&]() -> std::shared_ptr<Desk> {
        const auto found =
            std::ranges::find_if(desks_, [&](const auto& d) { return d->workspace().name == workspace; });
        return found == desks_.end() ? nullptr : *found;
    };
    if (auto desk = find()) return desk;
    if (folder_.empty() || seconds_now() - looked_at_ < seconds_between_looks) return nullptr;
    looked_at_ = seconds_now();
    const auto looked = look_around();  // a broken new one must not keep the others from serving
    return looked ? find() : nullptr;
}

std::vector<std::shared_ptr<Desk>> Desks::all() const {
    const std::lock_guard lock(mutex_);
    return desks_;
}

}  // namespace pli::http
