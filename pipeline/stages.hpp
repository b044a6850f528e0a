#pragma once
#include <oneapi/tbb/enumerable_thread_specific.h>
#include <oneapi/tbb/task_group.h>

#include "pipeline/chunk.hpp"
#include "pipeline/desk.hpp"
#include "pipeline/franking_code.hpp"
#include "pipeline/numbering.hpp"
#include "pipeline/plain_text.hpp"
#include "pipeline/run_pipeline.hpp"
#include "render/deflate.hpp"
#include "render/page_content.hpp"

namespace pli::pipeline {

/// What each stage of the run does with a chunk. Once something has failed they let chunks pass untouched.
/// Threads  read, number, bind: one at a time each; typeset, encode: any
class Stages {
public:
    Stages(const RunPlan& plan, const Composition& composition, Desk& desk);

    Chunk* read();  // nullptr at the end
    Chunk* typeset(Chunk* chunk);
    Chunk* number(Chunk* chunk);
    Chunk* encode(Chunk* chunk);
    void bind(Chunk* chunk);
    /// Closes the batches that did not become full, in the order of their opening, and waits until all are closed.
    void close_rest();

private:
    /// What a worker thread keeps from letter to letter.
    struct Worker {
        Typeset typeset;
        render::ContentEncoder encoder;
        PlainText text;
        Franker franker;
    };
    Done encode_letter(Seat& seat, Worker& worker);
    Done mark_page(Seat& seat, std::size_t page, Worker& worker);
    Done bind_letter(Seat& seat);
    void close(BatchInProgress& batch);
    void close_now(BatchInProgress& batch);

    const RunPlan& plan_;
    const Composition& composition_;
    Desk& desk_;
    std::shared_ptr<const render::DeflateTables> tables_;
    ChunkStock stock_;
    Numbering numbering_;
    tbb::enumerable_thread_specific<Worker> workers_;
    tbb::task_group closing_;  // one batch at most
};

}  // namespace pli::pipeline
