#include "pipeline/run_pipeline.hpp"

#include <fmt/format.h>
#include <oneapi/tbb/global_control.h>
#include <oneapi/tbb/info.h>
#include <oneapi/tbb/parallel_pipeline.h>
#include <oneapi/tbb/task_arena.h>

#include "pipeline/batch_spec.hpp"
#include "pipeline/piece_mark.hpp"
#include "pipeline/stages.hpp"

namespace pli::pipeline {
namespace {

constexpr std::size_t chunks_per_worker = 4;

Done check(const RunPlan& plan) {
    const auto pieces = plan.rules.max_pieces;
    if (pieces < 1 || pieces > most_pieces)
        return failure(Fault::BadInput, "pli.toml", fmt::format("a batch of {} pieces cannot be made", pieces),
                       fmt::format("set max_pieces to 1 to {}", most_pieces));
    if (plan.run.empty() || plan.run.find('/') != std::string::npos)
        return failure(Fault::BadInput, "run", fmt::format("\"{}\" cannot name batch folders", plan.run));
    return {};
}

/// Reads in order, typesets and encodes in parallel, numbers and binds in order.
void run_stages(Stages& stages, std::size_t chunks_in_flight) {
    using tbb::filter_mode, tbb::make_filter;
    const auto read = make_filter<void, Chunk*>(filter_mode::serial_in_order, [&](tbb::flow_control& flow) {
        auto* chunk = stages.read();
        if (!chunk) flow.stop();
        return chunk;
    });
    const auto typeset =
        make_filter<Chunk*, Chunk*>(filter_mode::parallel, [&](Chunk* c) { return stages.typeset(c); });
    const auto number =
        make_filter<Chunk*, Chunk*>(filter_mode::serial_in_order, [&](Chunk* c) { return stages.number(c); });
    const auto encode = make_filter<Chunk*, Chunk*>(filter_mode::parallel, [&](Chunk* c) { return stages.encode(c); });
    const auto bind = make_filter<Chunk*, void>(filter_mode::serial_in_order, [&](Chunk* c) { stages.bind(c); });
    tbb::parallel_pipeline(chunks_in_flight, read & typeset & number & encode & bind);
}

}  // namespace

Result<RunReport> run_pipeline(const RunPlan& plan, const RunEvents& events, const Composition& composition) try {
    TRY(check(plan));
    TRY(remove_stale_folders(plan.out, batch_prefix(plan)));
    Desk desk(plan, events);
    Stages stages(plan, composition, desk);
    const int threads = plan.threads > 0 ? plan.threads : tbb::info::default_concurrency();
    const auto workers = static_cast<std::size_t>(threads);
    const tbb::global_control limit(tbb::global_control::max_allowed_parallelism, workers);
    tbb::task_arena(threads).execute([&] {
        run_stages(stages, workers * chunks_per_worker);
        stages.close_rest();
    });
    return desk.finish();
} catch (const std::exception& error) {
    return failure(Fault::Environment, "the run", fmt::format("was ended by the system: {}", error.what()),
                   "run again; what was committed stays");
}

}  // namespace pli::pipeline
