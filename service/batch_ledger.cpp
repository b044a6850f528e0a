#include "service/batch_ledger.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>

#include "intake/result_file.hpp"
#include "pipeline/piece_mark.hpp"
#include "service/delivery_setup.hpp"
#include "store/work_lock.hpp"

namespace pli::service {
namespace {

namespace fs = std::filesystem;

/// The print house that is asked for; where nothing is said, the one that the batches are made for.
std::string house_of(const Workspace& workspace, const DeliveryRequest& request) {
    if (!request.print_house.empty() || !request.to.empty() || !workspace.print_house) return request.print_house;
    return fs::path(workspace.print_house->file).stem().string();
}

Result<DeliverySetup> setup_of(const Workspace& workspace, const DeliveryRequest& request) {
    const auto house = house_of(workspace, request);
    if (request.to.empty() && house.empty())
        return failure(Fault::BadInput, request.folder, "it is not said where to",
                       "name --to URL, or a print house: --print-house NAME, or print_house in [batches] of pli.toml");
    DeliverySetup setup;
    if (!house.empty()) setup = TRY(open_delivery(workspace, house));
    if (request.to.empty()) return setup;
    // Who is trusted, and how we log in, stays what the print house's file says.
    auto place = TRY(delivery::Place::parse(request.to));
    place.key_file = setup.place.key_file;
    place.password_file = setup.place.password_file;
    place.host_keys = setup.place.host_keys;
    if (place.user.empty()) place.user = setup.place.user;
    setup.place = std::move(place);
    return setup;
}

/// The account of a batch; of a pull list, that of its batch.
Result<store::BatchAccount> account_for(store::LetterStore& queue, const std::string& name) {
    auto account = queue.account_of(name);
    const auto pull = name.rfind("-pull-");
    if (account || pull == std::string::npos) return account;
    return queue.account_of(name.substr(0, pull));
}

/// The rows of a file against one batch.
class ResultsDesk {
public:
    ResultsDesk(store::BatchAccount account, const std::string& sender, const std::string& file, jobs::ResultBook book)
        : account_(std::move(account)), file_(fs::path(file).filename().string()), book_(std::move(book)) {
        const auto& numbered_in = account_.reprint_of.empty() ? account_.batch.name : account_.reprint_of;
        id_ = pipeline::batch_id(sender, numbered_in);
    }

    void enter(const intake::ResultRow& row, ResultsReport& report) {
        const auto outcome = enter(row);
        if (!outcome) {
            auto error = outcome.error();
            error.where = fmt::format("{}:{}", file_, row.report.line);
            report.refused.push_back(std::move(error));
        } else if (*outcome == jobs::ResultBook::Outcome::New)
            ++report.fresh;
        else
            ++report.known;
    }
    const jobs::ResultBook& book() const { return book_; }

private:
    Result<jobs::ResultBook::Outcome> enter(const intake::ResultRow& row) {
        if (!row.batch.empty() && row.batch != account_.batch.name && row.batch != account_.reprint_of &&
            row.batch != id_)
            return failure(Fault::BadInput, "",
                           fmt::format("is of batch {}, not of {}", row.batch, account_.batch.name),
                           "take the line out, or name the folder of its batch");
        return book_.enter(row.report);
    }
    store::BatchAccount account_;
    std::string file_, id_;
    jobs::ResultBook book_;
};

}  // namespace

std::string batch_of(const std::string& folder) {
    auto path = fs::absolute(folder).lexically_normal();
    if (!path.has_filename()) path = path.parent_path();
    return path.filename().string();
}

Result<DeliveryReport> deliver_batch(const Workspace& workspace, const DeliveryRequest& request) {
    const auto queue = TRY(store::open(workspace.queue));
    DeliveryReport report;
    report.batch = batch_of(request.folder);
    const auto account = TRY(account_for(*queue, report.batch));
    const auto setup = TRY(setup_of(workspace, request));
    report.url = setup.place.url;
    report.name = TRY(far_name(setup, workspace, report.batch, account.run));
    if (account.batch.name == report.batch && account.delivered_to == report.url && !request.again) {
        report.delivered_before = true;
        report.at = account.delivered_at;
        return report;
    }
    const auto far_side = TRY(delivery::open_far_side(setup.place));
    report.delivered = TRY(delivery::deliver(*far_side, {request.folder, report.name, request.progress}));
    if (account.batch.name == report.batch) TRY(queue->mark_delivered(report.batch, report.url, request.now));
    report.at = request.now;
    return report;
}

Result<std::vector<std::string>> waiting_batches(const Workspace& workspace) {
    const auto queue = TRY(store::open(workspace.queue));
    std::vector<std::string> waiting;
    std::error_code none;
    for (const auto& entry : fs::directory_iterator(workspace.out, none)) {
        if (entry.path().filename().string().starts_with(".") || !fs::exists(entry.path() / "READY")) continue;
        const auto name = entry.path().filename().string();
        const auto account = account_for(*queue, name);
        // One that the queue does not know is named too: whoever delivers it is told why it may not go. Of a pull list
        // the queue does not say where it went; delivering it again sends nothing.
        const bool gone = account && account->batch.name == name && !account->delivered_to.empty();
        if (!gone) waiting.push_back(entry.path().string());
    }
    std::ranges::sort(waiting);
    return waiting;
}

Result<ResultsReport> apply_results(const Workspace& workspace, const std::string& folder, const std::string& file,
                                    Instant now) {
    const auto lock = TRY(store::WorkLock::take(workspace.queue));
    const auto queue = TRY(store::open(workspace.queue));
    const auto batch = batch_of(folder);
    const auto account = TRY(queue->account_of(batch));
    auto results = TRY(intake::read_result_file(file));
    jobs::ResultBook book(TRY(queue->pieces_of(batch)), TRY(queue->reports_of(batch)));
    ResultsDesk desk(account, workspace.name, file, std::move(book));
    ResultsReport report;
    report.rows = results.rows.size() + results.refused.size();
    report.refused = std::move(results.refused);
    for (const auto& row : results.rows) desk.enter(row, report);
    if (report.refused.empty()) {
        const auto moved = desk.book().moved();
        TRY(queue->record(batch, moved, desk.book().reported(), now));
        report.moved = moved.size();
        report.slipped_through = desk.book().slipped_through();
    }
    report.account = TRY(queue->account_of(batch));
    return report;
}

Result<store::BatchAccount> account_of(const Workspace& workspace, const std::string& folder) {
    const auto queue = TRY(store::open(workspace.queue));
    return queue->account_of(batch_of(folder));
}

}  // namespace pli::service
