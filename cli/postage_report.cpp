#include "cli/postage_report.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "cli/console.hpp"

namespace pli::cli {
namespace {

constexpr std::size_t warnings_shown = 8;

}  // namespace

nlohmann::json postage_json(const pipeline::Postings& posting) {
    return {{"product", posting.product},
            {"country", posting.country},
            {"pieces", posting.pieces},
            {"weight_g", posting.mass.to_g()},
            {"amount", posting.postage.amount()},
            {"refund", posting.refund.amount()},
            {"currency", posting.postage.currency.text()},
            {"flags", posting.flags},
            {"remark", posting.remark}};
}

nlohmann::json postage_json(const service::PostageSum& sum) {
    nlohmann::json products = nlohmann::json::array();
    for (const auto& posting : sum.postings) products.push_back(postage_json(posting));
    return {{"products", products},          {"amount", sum.total.amount()},   {"currency", sum.total.currency.text()},
            {"refund", sum.refund.amount()}, {"pieces", sum.pieces},           {"unpriced", sum.unpriced},
            {"near_limit", sum.near_limit},  {"unconfirmed", sum.unconfirmed}, {"too_thick", sum.too_thick},
            {"warnings", sum.warnings}};
}

void print_warnings(const service::PostageSum& sum) {
    for (std::size_t i = 0; i < std::min(sum.warnings.size(), warnings_shown); ++i) warn("postage: " + sum.warnings[i]);
    if (sum.warnings.size() > warnings_shown)
        warn(fmt::format("… and {} more; all are in the report of --json", sum.warnings.size() - warnings_shown));
}

}  // namespace pli::cli
