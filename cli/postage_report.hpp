#pragma once
#include <nlohmann/json_fwd.hpp>

#include "pipeline/night_run.hpp"
#include "service/post_counter.hpp"

namespace pli::cli {

/// What a product costs in one country, as `pli run` and `pli postage` report it.
nlohmann::json postage_json(const pipeline::Postings& posting);

nlohmann::json postage_json(const service::PostageSum& sum);

/// To stderr: the letters are printed, but somebody should look before they are posted.
void print_warnings(const service::PostageSum& sum);

}  // namespace pli::cli
