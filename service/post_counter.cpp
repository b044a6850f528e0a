#include "service/post_counter.hpp"

#include <fmt/format.h>

#include <map>
#include <tuple>

#include "service/installation.hpp"

namespace pli::service {
namespace {

bool has(const pipeline::Postings& posting, std::string_view flag) {
    return posting.flags.find(flag) != std::string::npos;
}

/// One line for each reason, however many batches it concerns.
class Warnings {
public:
    void add(const std::string& what, std::uint32_t pieces) { by_text_[what] += pieces; }
    std::vector<std::string> lines() const {
        std::vector<std::string> lines;
        for (const auto& [text, pieces] : by_text_) lines.push_back(fmt::format("{} letter(s) {}", pieces, text));
        return lines;
    }

private:
    std::map<std::string, std::uint32_t> by_text_;
};

void warn_of(const pipeline::Postings& posting, Warnings& warnings) {
    if (posting.product.empty())
        warnings.add("without postage: " + posting.remark, posting.pieces);
    else if (has(posting, "near-limit"))
        warnings.add(fmt::format("near a limit of {}: {}", posting.product, posting.remark), posting.pieces);
    else if (has(posting, "unconfirmed"))
        warnings.add(fmt::format("by {}: {}", posting.product, posting.remark), posting.pieces);
    if (has(posting, "too-thick")) warnings.add("too thick for the inserter", posting.pieces);
}

/// A forecast chose the products; this is what became of it.
void check_minimum(const PostageSum& sum, const postage::PostOffice& post_office, std::vector<std::string>& lines) {
    std::map<std::string, std::int64_t> pieces;
    for (const auto& posting : sum.postings) pieces[posting.product] += posting.pieces;
    for (const auto& [id, count] : pieces) {
        const auto* product = post_office.edition() ? post_office.edition()->product(id) : nullptr;
        if (!product || product->region_digits > 0 || count >= product->minimum) continue;
        lines.push_back(
            fmt::format("{}: {} pieces, the post asks for {}; print more before posting, or frank these as "
                        "single letters",
                        product->name, count, product->minimum));
    }
}

void add(PostageSum& sum, const pipeline::Postings& posting) {
    sum.total += posting.postage;
    sum.refund += posting.refund;
    sum.pieces += posting.pieces;
    if (posting.product.empty()) sum.unpriced += posting.pieces;
    if (has(posting, "near-limit")) sum.near_limit += posting.pieces;
    if (has(posting, "unconfirmed")) sum.unconfirmed += posting.pieces;
    if (has(posting, "too-thick")) sum.too_thick += posting.pieces;
}

}  // namespace

Result<postage::PostOffice> open_post_office(const Workspace& workspace, Day day) {
    const auto house = workspace.print_house ? workspace.print_house->file : "";
    return postage::PostOffice::open({postage_folder(), workspace.folder, house}, workspace.postage, day);
}

store::PostalOrder postal_order(const postage::PostOffice& post_office, const Workspace& workspace) {
    return [&](std::string_view given, std::string_view postal_code) {
        const auto country = given.empty() ? std::string_view(workspace.country) : given;
        const bool home = country == post_office.settings().country;
        std::string key(1, home ? '0' : '1');
        if (!home) (key += country) += ' ';
        return key += home ? post_office.sort_key(country, postal_code) : std::string(postal_code);
    };
}

PostageSum sum_up(const std::vector<pipeline::BatchDone>& batches, const postage::PostOffice& post_office,
                  bool resumed) {
    std::map<std::tuple<std::string, std::string, std::string, std::string>, pipeline::Postings> all;
    for (const auto& batch : batches)
        for (const auto& posting : batch.postings)
            all[{posting.product, posting.country, posting.flags, posting.remark}] += posting;
    PostageSum sum;
    Warnings warnings;
    for (auto& [key, posting] : all) {
        add(sum, posting);
        warn_of(posting, warnings);
        sum.postings.push_back(std::move(posting));
    }
    if (!resumed) check_minimum(sum, post_office, sum.warnings);
    for (auto& line : warnings.lines()) sum.warnings.push_back(std::move(line));
    return sum;
}

}  // namespace pli::service
