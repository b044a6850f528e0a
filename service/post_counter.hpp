#pragma once
#include <string>
#include <vector>

#include "base/day.hpp"
#include "base/result.hpp"
#include "pipeline/night_run.hpp"
#include "postage/post_office.hpp"
#include "service/workspace.hpp"
#include "store/letter_store.hpp"

namespace pli::service {

/// The workspace's post office on that day: Pli's data files and its own tariffs/, sorting/ and paper/.
/// Errors   BadInput: a data file, or a product that the price list does not have
Result<postage::PostOffice> open_post_office(const Workspace& workspace, Day day);

/// Mail within the post office's country first, in its order; then country by country. Letters that name no country go
/// to the workspace's own. Both must outlive it.
store::PostalOrder postal_order(const postage::PostOffice& post_office, const Workspace& workspace);

/// What a run costs, by product and country.
struct PostageSum {
    std::vector<pipeline::Postings> postings;
    Money total, refund;
    std::uint64_t pieces = 0, unpriced = 0, near_limit = 0, unconfirmed = 0, too_thick = 0;
    std::vector<std::string> warnings;  // for people, the worst first
};

/// Adds up the batches of a run. A product whose minimum was not reached after all is told, unless the run was
/// `resumed`: then its first batches are not among these.
PostageSum sum_up(const std::vector<pipeline::BatchDone>& batches, const postage::PostOffice& post_office,
                  bool resumed);

}  // namespace pli::service
