#pragma once
#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "pipeline/run_pipeline.hpp"
#include "postage/forecast.hpp"
#include "postage/post_office.hpp"

namespace pli::pipeline {

/// What the counter says of all pieces that are alike: same template, sheets, destination. One object for all of them;
/// its address stays.
struct Franking {
    std::uint32_t number = 0;  // within the run, from 0; not the same in a resumed run, so nothing is ordered by it
    postage::Assessment assessment;
    std::vector<std::string> inserts;
    std::string flags;      // "near-limit unconfirmed": what a person should look at
    std::string csv, json;  // the manifest's columns, written out once

    bool priced() const { return assessment.choice.product != nullptr; }
    /// The product, where the post takes it apart from other mail: its pieces make batches of their own.
    const postage::Product* apart() const {
        const auto* product = assessment.choice.product;
        return product && product->separate ? product : nullptr;
    }
    std::string_view product() const { return priced() ? std::string_view(assessment.choice.product->id) : ""; }
};

/// The columns that Franking fills, in the order of Franking::csv.
constexpr std::array<std::string_view, 7> franking_columns{"weight_g", "thickness_mm",  "product",      "postage",
                                                           "currency", "weight_step_g", "postage_flags"};

/// So many pieces of one kind, as reports add them up.
Postings posting_of(const postage::Assessment& assessment, const std::string& country, std::uint32_t pieces);

/// Of pieces that no post office has seen: every column empty.
const Franking& not_franked();

/// Asks the post office once for each kind of piece and keeps the answer, so that a letter costs one look into a table.
/// Threads  one at a time
class FrankingDesk {
public:
    FrankingDesk(const RunPlan& plan, const Composition& composition);

    /// nullptr: the plan has no post office. Good as long as this is.
    const Franking* frank(const Letter& letter, const layouts::TypesetLetter& typeset);

private:
    struct Kind {
        std::uint32_t template_index = 0;
        std::uint16_t sheets = 0;
        std::uint8_t size = 0;  // of `sizes_`
        std::array<char, 2> country{}, region{};
        bool operator==(const Kind&) const = default;
    };
    struct KindHash {
        std::size_t operator()(const Kind& kind) const;
    };
    Kind kind_of(const Letter& letter, const layouts::TypesetLetter& typeset);
    std::string_view country_of(const Letter& letter) const;
    std::uint32_t sheets_of(const Letter& letter, std::size_t pages) const;
    std::uint8_t number_of(Size sheet);
    Franking assess(const Letter& letter, const Kind& kind) const;
    /// Sample letters of a template that are alike.
    struct Shape {
        std::uint32_t sheets = 1;
        Size size;
        std::int64_t samples = 0;
    };
    void foresee();
    void expect(const RunPlan::Expected& expected, const std::vector<Shape>& shapes);
    std::vector<std::vector<Shape>> shapes_of_samples() const;

    const RunPlan& plan_;
    const Composition& composition_;
    postage::Forecast forecast_;
    std::vector<Size> sizes_;
    std::unordered_map<Kind, Franking, KindHash> known_;
    Kind last_kind_;
    const Franking* last_ = nullptr;
};

}  // namespace pli::pipeline
