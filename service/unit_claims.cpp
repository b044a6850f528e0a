#include "service/unit_claims.hpp"

#include <chrono>
#include <condition_variable>
#include <mutex>
#include <thread>
#include <utility>

namespace pli::service {
namespace {

class Leases final : public UnitClaims {
public:
    Leases(std::unique_ptr<store::LetterStore> queue, store::RunRecord run, LeaseTerms terms)
        : queue_(std::move(queue)), run_(std::move(run)), terms_(std::move(terms)) {}

    Result<std::optional<store::RunRecord>> next() override {
        const std::scoped_lock lock(mutex_);
        const auto now = terms_.clock();
        return queue_->claim_unit(run_, {terms_.holder, now, {now.seconds + terms_.seconds}});
    }
    Done renew(const store::RunRecord& unit) override {
        const std::scoped_lock lock(mutex_);
        return queue_->renew(unit, {terms_.clock().seconds + terms_.seconds});
    }
    Result<bool> all_finished() override {
        const std::scoped_lock lock(mutex_);
        return TRY(queue_->units_left(run_)) == 0;
    }

private:
    std::mutex mutex_;  // work and renewal
    std::unique_ptr<store::LetterStore> queue_;
    store::RunRecord run_;
    LeaseTerms terms_;
};

}  // namespace

Result<std::unique_ptr<UnitClaims>> claims_by_lease(const std::string& queue, const store::RunRecord& run,
                                                    LeaseTerms terms) {
    return std::unique_ptr<UnitClaims>(std::make_unique<Leases>(TRY(store::open(queue)), run, std::move(terms)));
}

struct LeaseKeeper::State {
    std::mutex mutex;
    std::condition_variable woken;
    bool over = false;
    std::thread thread;
};

/// What renewing says is not asked: if the unit is lost, its next commit fails, and that is told.
LeaseKeeper::LeaseKeeper(UnitClaims& claims, store::RunRecord unit, std::int64_t seconds)
    : state_(std::make_unique<State>()) {
    const auto pause = std::chrono::milliseconds(seconds * 1000 / 3);
    state_->thread = std::thread([&claims, unit = std::move(unit), pause, state = state_.get()] {
        std::unique_lock lock(state->mutex);
        while (!state->woken.wait_for(lock, pause, [&] { return state->over; })) static_cast<void>(claims.renew(unit));
    });
}

LeaseKeeper::~LeaseKeeper() {
    {
        const std::scoped_lock lock(state_->mutex);
        state_->over = true;
    }
    state_->woken.notify_all();
    state_->thread.join();
}

}  // namespace pli::service
