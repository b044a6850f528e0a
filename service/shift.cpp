#include "service/shift.hpp"

#include <fmt/format.h>

#include <mutex>
#include <unordered_map>
#include <utility>

#include "service/frozen_templates.hpp"
#include "service/run_plan.hpp"

namespace pli::service {
namespace {

constexpr std::size_t rejections_kept = 1000;
constexpr std::size_t samples_wanted = 128;  // more do not make the files smaller

/// One unit between the queue and the press: what the pipeline asks of the queue, and tells it.
class UnitShift {
public:
    UnitShift(store::LetterStore& queue, const store::RunRecord& unit, const std::vector<std::string>& broken,
              const NightShiftOptions& options)
        : queue_(queue), unit_(unit), broken_(broken), options_(options) {}

    Done open() {
        letters_ = TRY(queue_.letters_of(unit_));
        return {};
    }
    /// The plan's questions to the queue.
    void serve(pipeline::RunPlan& plan, const Composing& composing) {
        plan.take_numbers = [this, &composing](const std::string& batch, std::uint64_t count) {
            const std::scoped_lock lock(queue_at_work_);
            return queue_.take_numbers(std::string(pipeline::drawing_of(composing.franking->account)), batch, count);
        };
        plan.committed_batches = [this](const std::string& production_class) {
            const std::scoped_lock lock(queue_at_work_);
            return queue_.committed_batches(unit_, production_class);
        };
    }
    pipeline::RunEvents events(NightShiftReport& report) {
        pipeline::RunEvents events;
        events.next = [this, &report] { return next(report); };
        events.ready = [this](const pipeline::BatchDone& batch) {
            const std::scoped_lock lock(queue_at_work_);
            return queue_.commit(
                unit_, {batch.name, batch.production_class, batch.folder, batch.pieces, batch.sheets, batch.pages},
                batch.letters, options_.clock());
        };
        events.rejected = [this, &report](pipeline::Rejected rejected) {
            const auto reason = jobs::reason_of(rejected.error.fault);
            return refuse(std::move(rejected), reason, report);
        };
        events.progress = [this, before = report.printed.letters](std::uint64_t done) {
            if (options_.progress) options_.progress(before + done, unit_.letters);
        };
        return events;
    }
    std::uint64_t refused() const { return refused_; }

private:
    Result<std::optional<Letter>> next(NightShiftReport& report) {
        while (true) {
            auto letter = TRY(letters_());
            if (!letter || broken_[letter->template_index].empty()) return letter;
            const auto& name = unit_.templates[letter->template_index];
            TRY(refuse({letter->id, std::string(letter->key),
                        Error{Fault::BadInput, "template " + name, broken_[letter->template_index],
                              "mend it, see pli template check " + name + ", and release the letter"}},
                       jobs::Reason::TemplateBroken, report));
        }
    }
    Done refuse(pipeline::Rejected rejected, jobs::Reason reason, NightShiftReport& report) {
        const std::scoped_lock lock(queue_at_work_);
        ++refused_;
        auto done = queue_.reject(unit_, rejected.letter, {reason, rejected.error.text()}, options_.clock());
        if (report.rejected.size() < rejections_kept) report.rejected.push_back(std::move(rejected));
        return done;
    }

    store::LetterStore& queue_;
    const store::RunRecord& unit_;
    const std::vector<std::string>& broken_;
    const NightShiftOptions& options_;
    std::function<Result<std::optional<Letter>>()> letters_;
    std::mutex queue_at_work_;  // letters are read, and here refused, while others are committed
    std::uint64_t refused_ = 0;
};

}  // namespace

Result<std::unique_ptr<RunAtWork>> RunAtWork::prepare(const Workspace& workspace, store::LetterStore& queue,
                                                      const store::RunRecord& run, const NightShiftOptions& options) {
    std::unique_ptr<RunAtWork> at_work(new RunAtWork(workspace, queue, run, options));
    TRY(at_work->read_run());
    return at_work;
}

Done RunAtWork::read_run() {
    report_.run = run_.run;
    report_.resumed = run_.resumed;
    const auto as_it_began = TRY(as_the_run_began(workspace_, run_));
    composing_ = TRY(compose(as_it_began, run_.templates, run_.day));
    // A run that was begun on another day is posted as of that day: its first batches have gone out so.
    post_office_.emplace(TRY(open_post_office(workspace_, run_.day)));
    samples_ = TRY(queue_.samples_of(run_, samples_wanted));
    std::erase_if(samples_, [&](const Letter& letter) { return !composing_.broken[letter.template_index].empty(); });
    if (post_office_->asks_for_volume()) expected_ = TRY(expected_letters(queue_, run_, *post_office_, composing_));
    return {};
}

Result<pipeline::RunPlan> RunAtWork::plan_of(const store::RunRecord& unit) {
    auto plan = run_plan(workspace_, composing_, run_);
    if (!options_.out.empty()) plan.out = options_.out;
    plan.threads = options_.threads;
    plan.samples = &samples_;
    plan.fitted = &fitted_;
    plan.post_office = &*post_office_;
    plan.expected = expected_;
    plan.unit = unit.unit.number;
    if (plan.unit == 0) return plan;
    plan.attempt = std::to_string(unit.unit.fence);
    TRY(number_letters(unit, plan));
    return plan;
}

/// The numbers of a run in units are taken at once and follow its frozen order, whoever makes which unit first.
Done RunAtWork::number_letters(const store::RunRecord& unit, pipeline::RunPlan& plan) {
    if (!composing_.franking) return {};
    const std::string system(pipeline::drawing_of(composing_.franking->account));
    const auto before = TRY(queue_.take_numbers(system, run_.run, run_.letters));
    std::unordered_map<std::int64_t, std::uint64_t> offsets;
    for (const auto& [letter, offset] : TRY(queue_.placed_letters(unit))) offsets[letter.value] = offset;
    plan.number_of = [before, offsets = std::move(offsets)](LetterId letter) {
        return before + offsets.at(letter.value);
    };
    return {};
}

Done RunAtWork::work(const store::RunRecord& unit) {
    auto plan = TRY(plan_of(unit));
    UnitShift shift(queue_, unit, composing_.broken, options_);
    TRY(shift.open());
    shift.serve(plan, composing_);
    auto printed = TRY(pipeline::night_run(plan, shift.events(report_)));
    printed.rejected = shift.refused();
    TRY(queue_.finish_unit(unit));
    add(std::move(printed));
    return {};
}

void RunAtWork::add(pipeline::RunReport unit) {
    auto& all = report_.printed;
    all.letters += unit.letters;
    all.batched += unit.batched;
    all.rejected += unit.rejected;
    all.sheets += unit.sheets;
    all.pages += unit.pages;
    all.bytes += unit.bytes;
    for (auto& batch : unit.batches) all.batches.push_back(std::move(batch));
    ++report_.units;
}

/// What a part of a run comes to says nothing about the minima of its products.
NightShiftReport RunAtWork::report(bool whole_run) {
    report_.postage = sum_up(report_.printed.batches, *post_office_, run_.resumed || !whole_run);
    return std::move(report_);
}

}  // namespace pli::service
