#pragma once
#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "base/result.hpp"
#include "store/letter_store.hpp"

namespace pli::service {

/// Which unit of a run this process works on next, and whether it still may. A message broker would stand behind this and
/// nothing else; where batches come to lie is the affair of pipeline/hand_over.hpp alone.
/// What was done with a unit is written to the queue, which takes it from whoever has the unit and from nobody else.
/// Errors   next: whatever the queue says; renew: Busy, the unit was taken over
/// Threads  renew from any thread, the others from one at a time
class UnitClaims {
public:
    virtual ~UnitClaims() = default;
    /// nullopt: none is free at the moment.
    virtual Result<std::optional<store::RunRecord>> next() = 0;
    virtual Done renew(const store::RunRecord& unit) = 0;
    virtual Result<bool> all_finished() = 0;
};

struct LeaseTerms {
    std::string holder;  // for people
    std::int64_t seconds = 120;
    std::function<Instant()> clock;
};
/// By leases in the queue itself, over a connection of its own.
Result<std::unique_ptr<UnitClaims>> claims_by_lease(const std::string& queue, const store::RunRecord& run,
                                                    LeaseTerms terms);

/// Renews a unit's lease three times in its length, as long as this lives.
class LeaseKeeper {
public:
    LeaseKeeper(UnitClaims& claims, store::RunRecord unit, std::int64_t seconds);
    ~LeaseKeeper();
    LeaseKeeper(const LeaseKeeper&) = delete;
    LeaseKeeper& operator=(const LeaseKeeper&) = delete;

private:
    struct State;
    std::unique_ptr<State> state_;
};

}  // namespace pli::service
