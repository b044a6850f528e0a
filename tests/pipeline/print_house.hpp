#pragma once
#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "frame/assets.hpp"
#include "pipeline/run_pipeline.hpp"
#include "tests/outside/outside.hpp"

namespace pli::pipeline::test {

using pli::test::Folder;
using pli::test::output_of;
using pli::test::read_file;

/// What a run needs beside letters: one face, no assets.
struct Workshop {
    Workshop();
    fonts::FontSet fonts;
    fonts::ChainId chain;
    Assets assets;
    RunPlan plan(const std::string& out) const;
    /// Letters of template 0 print in black on one side, those of template 1 in colour on both. A letter's pages say
    /// who it is and which page it is. A letter whose key is "bad" does not fit.
    Composition composition(Size sheet = {Length::mm(210), Length::mm(297)}) const;
};

struct TestLetter {
    std::int64_t id = 1;
    std::uint32_t pages = 1;
    std::uint32_t template_index = 0;
    std::string key, country = "FR", postal_code = "75001";
};
Letter make_letter(const TestLetter& letter);
/// `count` letters of one to three pages with three in a hundred that do not fit, of both templates.
std::vector<TestLetter> mixed_letters(std::int64_t count);

/// The queue as the simplest thing that keeps its word: letters in memory, what became of them too.
struct Queue {
    std::vector<TestLetter> letters;
    std::map<std::int64_t, std::string> batch_of;  // letter → "batch#piece"
    std::map<std::int64_t, std::string> rejected;  // letter → reason
    std::map<std::string, std::uint32_t> batches;  // production class → committed
    std::vector<BatchDone> done;

    RunEvents events();
    /// Runs what is still to be done.
    Result<RunReport> run(RunPlan plan, const Composition& composition);

private:
    std::size_t at_ = 0;
};

/// Every file below a folder with its bytes, by relative path.
std::map<std::string, std::string> all_files(const std::string& folder);
/// Rows of a CSV file by column name. Knows quotes.
std::vector<std::map<std::string, std::string>> csv_rows(const std::string& path);

}  // namespace pli::pipeline::test
