#pragma once
#include <optional>
#include <string>
#include <vector>

#include "base/result.hpp"
#include "frame/frame.hpp"
#include "pipeline/batch_spec.hpp"
#include "pipeline/hand_over.hpp"
#include "pipeline/plain_text.hpp"
#include "postage/packing.hpp"

namespace pli::pipeline {

/// What stands on one label.
struct Label {
    enum class Of : std::uint8_t { Tray = 1, Bundle = 2 };
    Of of = Of::Tray;
    std::string unit;                     // "Briefbehälter", "liasse"
    std::uint32_t number = 1, count = 1;  // 3 of 12; bundles are counted within the batch
    std::uint32_t tray = 0;               // of a bundle: the tray it lies in
    const postage::Pack* pack = nullptr;
};

/// The labels of a batch: each tray, followed by its bundles.
std::vector<Label> labels_of(const postage::Packing& packing, const postage::SortRules& rules);

/// 28 digits, "2" batch id (14) kind (1 tray, 2 bundle) number (5) first piece (7): as wide as the code on the letters,
/// so that one scanner setting reads both. docs/print-house.md is the contract.
std::string label_payload(const BatchSpec& batch, const Label& label);

/// Eight labels on a sheet of A4, two by four, each 105 x 74 mm: the stock every office supplier has.
constexpr std::size_t labels_on_sheet = 8;

/// Sheet `sheet`, from 0, as a Frame.
/// Errors   MissingGlyph: a destination has a character that no fallback face holds
Result<Frame> label_sheet(const BatchSpec& batch, const std::vector<Label>& labels, std::size_t sheet, PlainText& text);

/// Writes labels.pdf into the folder. nullopt: nothing is packed, so there is no file.
Result<std::optional<HiddenFolder::FileSum>> write_labels(const RunPlan& plan, const BatchSpec& batch,
                                                          const postage::Packing& packing, const HiddenFolder& folder);

}  // namespace pli::pipeline
