#pragma once
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "base/day.hpp"
#include "base/letter.hpp"
#include "base/result.hpp"
#include "fonts/font_set.hpp"
#include "frame/assets.hpp"
#include "layouts/template.hpp"
#include "pipeline/press_scheme.hpp"
#include "postage/post_office.hpp"
#include "render/press_condition.hpp"

namespace pli::render {
struct DeflateTables;
}

namespace pli::pipeline {

struct OmrProfile;
struct FrankingCode;

/// How batches are cut and laid on sheets. From pli.toml and print-houses/NAME.toml.
struct BatchRules {
    std::uint32_t max_pieces = 10'000;
    PressScheme press;
    bool sheet_codes = true;  // the inserter's DataMatrix and the piece id on each sheet
};

/// Pieces that were spoiled, to be printed again as what they were: same batch id and number, next generation.
struct Reprint {
    std::string of;                // the batch they were spoiled in
    std::string batch, batch_id;   // name of the reprint; digits of the one they were spoiled in
    std::string production_class;  // as it was printed first
    struct Piece {
        std::uint32_t number = 1, generation = 2;
    };
    std::unordered_map<std::int64_t, Piece> pieces;  // by letter
};

/// Everything a run is a pure function of, beside its letters.
struct RunPlan {
    std::string run;  // "2026-11-22-1": names batches, seeds identifiers
    /// The part of the run that these letters are: its batches have their own names. 0: the whole run.
    std::uint32_t unit = 0;
    /// Tells the hidden folder of this attempt from those of others that may still be at work on the same unit.
    std::string attempt;
    Day day;
    std::string out;      // folder that receives the batch folders
    std::string sender;   // the workspace's name: keeps the batch ids of two merchants at one print house apart
    std::string country;  // the sender's
    int threads = 0;      // 0: as many as the machine has; never changes a byte of output
    BatchRules rules;
    const std::vector<layouts::CompiledTemplate>* templates = nullptr;  // by Letter::template_index
    const fonts::FontSet* fonts = nullptr;                              // frozen
    const Assets* assets = nullptr;
    const render::PressCondition* condition = nullptr;  // none: coated FOGRA39
    fonts::ChainId mark_chain;                          // sheet codes' numbers, slug lines, the control sheet
    const OmrProfile* omr = nullptr;                    // marks for an inserter's camera; none: no marks
    const FrankingCode* franking_code = nullptr;        // none: letters are franked otherwise
    /// What precedes `count` running numbers that no other batch has, the same again for the same batch. None: 0.
    std::function<Result<std::uint64_t>(const std::string& batch, std::uint64_t count)> take_numbers;
    /// What precedes the number of a letter's own in its code: where parts of a run are made beside each other, numbers
    /// follow the run's order and not that of the batches. None: batches take numbers.
    std::function<std::uint64_t(LetterId)> number_of;
    /// Letters to fit the compression to, the same ones however often the run is resumed. None: built-in tables.
    const std::vector<Letter>* samples = nullptr;
    /// Keeps what was fitted, for the run's next unit. None: fitted anew.
    std::shared_ptr<const render::DeflateTables>* fitted = nullptr;
    /// Weighs, prices and packs. None: pieces have neither weight nor price, and stand in no trays.
    const postage::PostOffice* post_office = nullptr;
    /// The letters frozen into the run by template and destination, the same however often it is resumed. Asked for
    /// only where the post office `asks_for_volume`; `region` is how their postal codes begin, if it `asks_for_region`.
    struct Expected {
        std::uint32_t template_index = 0;
        std::string country, region;
        std::int64_t letters = 0;
    };
    std::vector<Expected> expected;
    /// The run is the reprint of a batch. None: of the queue.
    const Reprint* reprint = nullptr;
    /// Batches of this run already committed, by production class: numbering goes on behind them after a crash.
    std::function<Result<std::uint32_t>(const std::string& production_class)> committed_batches;
};

struct Rejected {
    LetterId letter;
    std::string key;
    Error error;
};

/// Pieces of a batch that go by one product: what the posting costs, and what a person should know of it.
struct Postings {
    std::string product, country;  // product empty: unpriced, `remark` says why
    std::uint32_t pieces = 0;
    Mass mass;
    Money postage, refund;
    std::string flags;   // "near-limit unconfirmed"
    std::string remark;  // "0.20 g under the limit of 20 g; price (M: …)"
    /// More pieces of the same kind; the first ones give an empty one its names.
    Postings& operator+=(const Postings& more);
};

/// A batch whose folder is complete, READY included.
struct BatchDone {
    std::string name;              // "2026-11-22-1-a4-80-dl-duplex-colour-0001"
    std::string production_class;  // "a4-80-dl-duplex-colour"
    std::string folder;
    std::uint32_t pieces = 0, sheets = 0, pages = 0;
    std::uint64_t print_bytes = 0;
    bool found_ready = false;        // it was there, whole and equal, from before a crash
    std::vector<LetterId> letters;   // in piece order: piece n is letters[n - 1]
    std::vector<Postings> postings;  // none without a post office
};

/// The world the run talks to. `next` and `progress` each come from one thread at a time, and letters are read on while a
/// batch is committed; `ready`, `rejected`, RunPlan::committed_batches and take_numbers come one call at a time among them
/// all.
struct RunEvents {
    /// Letters in postal order. nullopt ends the run.
    std::function<Result<std::optional<Letter>>()> next;
    /// Commit: after this returns the letters count as batched. An error stops the run.
    std::function<Done(const BatchDone&)> ready;
    std::function<Done(Rejected)> rejected;
    /// Now and then, with the letters typeset so far. May be empty.
    std::function<void(std::uint64_t letters)> progress;
};

struct RunReport {
    std::uint64_t letters = 0, batched = 0, rejected = 0, sheets = 0, pages = 0, bytes = 0;
    std::vector<BatchDone> batches;  // letters left out
};

/// read → typeset ∥ → number → encode ∥ → bind, then each batch closes: see docs/architecture.md.
/// Errors   Environment: a batch cannot be written. What was committed stays; nothing half-written keeps a batch's name
/// Threads  blocks; uses plan.threads workers
Result<RunReport> night_run(const RunPlan& plan, const RunEvents& events);

}  // namespace pli::pipeline
