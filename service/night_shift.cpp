#include "service/night_shift.hpp"

#include <memory>
#include <mutex>
#include <utility>

#include "service/composing.hpp"
#include "service/frozen_templates.hpp"
#include "service/post_counter.hpp"
#include "service/run_plan.hpp"
#include "service/workspace_lock.hpp"
#include "store/letter_store.hpp"

namespace pli::service {
namespace {

constexpr std::size_t rejections_kept = 1000;
constexpr std::size_t samples_wanted = 128;  // more do not make the files smaller

/// One run between the queue and the press.
class Shift {
public:
    Shift(store::LetterStore& queue, store::RunRecord run, const NightShiftOptions& options)
        : queue_(queue), run_(std::move(run)), options_(options) {}

    Result<NightShiftReport> work(const Workspace& workspace, const Composing& composing,
                                  const postage::PostOffice& post_office) {
        report_.run = run_.run;
        report_.resumed = run_.resumed;
        letters_ = TRY(queue_.letters_of(run_));
        samples_ = TRY(queue_.samples_of(run_, samples_wanted));
        broken_ = &composing.broken;
        std::erase_if(samples_, [&](const Letter& letter) { return !composing.broken[letter.template_index].empty(); });
        auto plan = this->plan(workspace, composing);
        plan.post_office = &post_office;
        if (post_office.asks_for_volume()) plan.expected = TRY(expected_letters(queue_, run_, post_office, composing));
        report_.printed = TRY(pipeline::night_run(plan, events()));
        report_.printed.rejected = refused_;
        report_.postage = sum_up(report_.printed.batches, post_office, run_.resumed);
        TRY(queue_.finish_run(run_));
        return std::move(report_);
    }

private:
    pipeline::RunPlan plan(const Workspace& workspace, const Composing& composing) {
        auto plan = run_plan(workspace, composing, run_);
        if (!options_.out.empty()) plan.out = options_.out;
        plan.threads = options_.threads;
        plan.take_numbers = [this, &composing](const std::string& batch, std::uint64_t count) {
            const std::string system(pipeline::drawing_of(composing.franking->account));
            return queue_.take_numbers(system, batch, count);
        };
        plan.samples = &samples_;
        plan.committed_batches = [this](const std::string& production_class) {
            const std::scoped_lock lock(queue_at_work_);
            return queue_.committed_batches(run_, production_class);
        };
        return plan;
    }

    pipeline::RunEvents events() {
        pipeline::RunEvents events;
        events.next = [this] { return next(); };
        events.ready = [this](const pipeline::BatchDone& batch) {
            const std::scoped_lock lock(queue_at_work_);
            return queue_.commit(
                run_, {batch.name, batch.production_class, batch.folder, batch.pieces, batch.sheets, batch.pages},
                batch.letters, options_.clock());
        };
        events.rejected = [this](pipeline::Rejected rejected) {
            const auto reason = jobs::reason_of(rejected.error.fault);
            return refuse(std::move(rejected), reason);
        };
        events.progress = [this](std::uint64_t done) {
            if (options_.progress) options_.progress(done, run_.letters);
        };
        return events;
    }

    Result<std::optional<Letter>> next() {
        while (true) {
            auto letter = TRY(letters_());
            if (!letter || (*broken_)[letter->template_index].empty()) return letter;
            const auto& name = run_.templates[letter->template_index];
            TRY(refuse({letter->id, std::string(letter->key),
                        Error{Fault::BadInput, "template " + name, (*broken_)[letter->template_index],
                              "mend it, see pli template check " + name + ", and release the letter"}},
                       jobs::Reason::TemplateBroken));
        }
    }

    Done refuse(pipeline::Rejected rejected, jobs::Reason reason) {
        const std::scoped_lock lock(queue_at_work_);
        ++refused_;
        auto done = queue_.reject(run_, rejected.letter, {reason, rejected.error.text()}, options_.clock());
        if (report_.rejected.size() < rejections_kept) report_.rejected.push_back(std::move(rejected));
        return done;
    }

    store::LetterStore& queue_;
    store::RunRecord run_;
    const NightShiftOptions& options_;
    const std::vector<std::string>* broken_ = nullptr;
    std::function<Result<std::optional<Letter>>()> letters_;
    std::vector<Letter> samples_;
    std::mutex queue_at_work_;  // letters are read, and here refused, while others are committed
    std::uint64_t refused_ = 0;
    NightShiftReport report_;
};

}  // namespace

Result<NightShiftReport> work_night_shift(const Workspace& workspace, const NightShiftOptions& options) {
    const auto lock = TRY(WorkspaceLock::take(workspace.queue));
    const auto queue = TRY(store::open(workspace.queue));
    const auto held = TRY(queue->hold_returned(options.day, options.clock()));
    auto post_office = TRY(open_post_office(workspace, options.day));
    auto run = TRY(queue->open_run({options.day, postal_order(post_office, workspace), options.clock()}));
    if (!run) {
        NightShiftReport nothing;
        nothing.held = held;
        return nothing;
    }
    const auto as_it_began = TRY(as_the_run_began(workspace, *run));
    const auto composing = TRY(compose(as_it_began, run->templates, run->day));
    // A run that was begun on another day is posted as of that day: its first batches have gone out so.
    if (run->day != options.day) post_office = TRY(open_post_office(workspace, run->day));
    auto report = TRY(Shift(*queue, std::move(*run), options).work(workspace, composing, post_office));
    report.held = held;
    return report;
}

}  // namespace pli::service
