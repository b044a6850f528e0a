#pragma once
#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "base/day.hpp"
#include "base/result.hpp"
#include "delivery/deliver.hpp"
#include "service/workspace.hpp"
#include "store/letter_store.hpp"

namespace pli::service {

/// The name of a batch from its folder's: the folder may be gone, moved or named with a slash at its end.
std::string batch_of(const std::string& folder);

struct DeliveryRequest {
    std::string folder;       // of the batch
    std::string to;           // an address; empty: the one of the print house
    std::string print_house;  // whose file says how to log in and whom to trust; both empty: the workspace's
    bool again = false;       // though it was delivered before
    Instant now;
    std::function<void(std::uint64_t done, std::uint64_t of)> progress{};
};
struct DeliveryReport {
    std::string batch, url, name;
    bool delivered_before = false;  // the queue says so; nobody was asked
    Instant at;
    delivery::Delivered delivered;
};
/// Brings a batch to its print house and marks it as delivered.
/// Errors   NotFound: a batch of somebody else, no print house; whatever the delivery says
Result<DeliveryReport> deliver_batch(const Workspace& workspace, const DeliveryRequest& request);

/// The finished batches of the workspace's out/ that were not brought to anybody yet, by name.
/// Errors   Environment, Busy: whatever the queue says
Result<std::vector<std::string>> waiting_batches(const Workspace& workspace);

/// What a file of results came to. With refused rows nothing was changed.
struct ResultsReport {
    std::uint64_t rows = 0, fresh = 0, known = 0, moved = 0;
    std::vector<Error> refused;
    std::vector<std::uint32_t> slipped_through;
    store::BatchAccount account;
};
/// Applies a print house's file to a batch: all of it or, where a row is refused, nothing.
/// Errors   NotFound: no such batch or file; BadInput: the file as a whole; Busy: a run is at work
Result<ResultsReport> apply_results(const Workspace& workspace, const std::string& folder, const std::string& file,
                                    Instant now);

Result<store::BatchAccount> account_of(const Workspace& workspace, const std::string& folder);

}  // namespace pli::service
