#include "service/reprint.hpp"

#include <fmt/format.h>

#include <utility>

#include "pipeline/piece_mark.hpp"
#include "service/batch_ledger.hpp"
#include "service/composing.hpp"
#include "service/frozen_templates.hpp"
#include "service/post_counter.hpp"
#include "service/run_plan.hpp"
#include "store/letter_store.hpp"
#include "store/work_lock.hpp"

namespace pli::service {
namespace {

using store::ReprintPiece;

/// The batch that a reprint's pieces were numbered in.
Result<store::BatchAccount> first_print(store::LetterStore& queue, const std::string& folder) {
    auto account = TRY(queue.account_of(batch_of(folder)));
    if (account.reprint_of.empty()) return account;
    return queue.account_of(account.reprint_of);
}

pipeline::Reprint order_of(const Workspace& workspace, const store::BatchAccount& first,
                           const std::vector<ReprintPiece>& pieces) {
    pipeline::Reprint order;
    order.of = first.batch.name;
    order.batch = fmt::format("{}-reprint-{}", first.batch.name, first.reprints + 1);
    order.batch_id = pipeline::batch_id(workspace.name, first.batch.name);
    order.production_class = first.batch.production_class;
    for (const auto& piece : pieces) order.pieces[piece.letter.id.value] = {piece.piece, piece.generation};
    return order;
}

/// One reprint between the queue and the press.
class ReprintShift {
public:
    ReprintShift(store::LetterStore& queue, store::BatchAccount first, std::vector<ReprintPiece> pieces, Instant now)
        : queue_(queue), first_(std::move(first)), pieces_(std::move(pieces)), now_(now) {
        report_.of = first_.batch.name;
    }

    Result<ReprintReport> work(const Workspace& workspace, const std::string& out) {
        const auto run = TRY(queue_.run_of(first_.batch.name));
        const auto as_it_began = TRY(as_the_run_began(workspace, run));
        const auto composing = TRY(compose(as_it_began, run.templates, run.day));
        TRY(refuse_broken(run, composing));
        const auto post_office = TRY(open_post_office(workspace, run.day));
        const auto order = order_of(workspace, first_, pieces_);
        auto plan = run_plan(workspace, composing, run);
        plan.reprint = &order;
        if (!out.empty()) plan.out = out;
        plan.rules.max_pieces = static_cast<std::uint32_t>(pieces_.size());
        plan.post_office = &post_office;
        if (post_office.asks_for_volume()) plan.expected = TRY(expected_letters(queue_, run, post_office, composing));
        plan.take_numbers = [&](const std::string& batch, std::uint64_t count) {
            return queue_.take_numbers(std::string(pipeline::drawing_of(composing.franking->account)), batch, count);
        };
        plan.committed_batches = [](const std::string&) { return Result<std::uint32_t>(0u); };
        report_.batches = TRY(pipeline::night_run(plan, events())).batches;
        return std::move(report_);
    }

private:
    Done refuse_broken(const store::RunRecord& run, const Composing& composing) const {
        for (const auto& piece : pieces_)
            if (const auto& why = composing.broken[piece.letter.template_index]; !why.empty())
                return failure(Fault::BadInput, "template " + run.templates[piece.letter.template_index], why,
                               "bring it back to what it was for that run");
        return {};
    }

    pipeline::RunEvents events() {
        pipeline::RunEvents events;
        events.next = [this, next = std::size_t{0}]() mutable -> Result<std::optional<Letter>> {
            if (next == pieces_.size()) return std::optional<Letter>{};
            return std::optional(std::move(pieces_[next++].letter));
        };
        events.ready = [this](const pipeline::BatchDone& batch) {
            return queue_.commit_reprint(
                first_.batch.name,
                {batch.name, batch.production_class, batch.folder, batch.pieces, batch.sheets, batch.pages},
                batch.letters, now_);
        };
        events.rejected = [this](pipeline::Rejected rejected) {
            report_.rejected.push_back(std::move(rejected));
            return Done{};
        };
        return events;
    }

    store::LetterStore& queue_;
    store::BatchAccount first_;
    std::vector<ReprintPiece> pieces_;
    Instant now_;
    ReprintReport report_;
};

}  // namespace

Result<ReprintReport> reprint_batch(const Workspace& workspace, const std::string& folder, const std::string& out,
                                    Instant now) {
    const auto lock = TRY(store::WorkLock::take(workspace.queue));
    const auto queue = TRY(store::open(workspace.queue));
    auto first = TRY(first_print(*queue, folder));
    auto pieces = TRY(queue->spoiled_letters_of(first.batch.name));
    if (pieces.empty()) {
        ReprintReport nothing;
        nothing.of = first.batch.name;
        return nothing;
    }
    return ReprintShift(*queue, std::move(first), std::move(pieces), now).work(workspace, out);
}

}  // namespace pli::service
