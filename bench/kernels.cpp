// The kernels a benchmark letter cannot do without, each alone: their sum is the bound that the whole is held against.
#include <benchmark/benchmark.h>
#include <fmt/format.h>

#include <cstdlib>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "address/writer.hpp"
#include "fonts/shaper.hpp"
#include "intake/intake.hpp"
#include "layouts/template.hpp"
#include "pipeline/franking_code.hpp"
#include "pipeline/mark_files.hpp"
#include "pipeline/night_run.hpp"
#include "render/batch_pdf.hpp"
#include "render/codes.hpp"
#include "render/deflate.hpp"
#include "render/page_content.hpp"
#include "service/composing.hpp"
#include "service/installation.hpp"
#include "service/workspace.hpp"
#include "store/letter_store.hpp"

namespace {
namespace fs = std::filesystem;
using namespace pli;

constexpr std::size_t letter_count = 512;

template <class T>
T need(Result<T> result) {
    if (!result) {
        fmt::print(stderr, "bench_kernels: {}\n", result.error().text());
        std::exit(1);
    }
    if constexpr (!std::is_void_v<T>) return std::move(*result);
}

/// The benchmark workspace with letters in its queue, composed once for all kernels.
struct Stage {
    fs::path folder = fs::temp_directory_path() / fmt::format("pli-kernels-{}", ::getpid());
    service::Composing composing;
    std::vector<Letter> letters;
    std::vector<layouts::TypesetLetter> typeset;
    std::vector<render::PageContent> contents;
    std::vector<std::string> words;  // of the paragraphs with fields, as a letter sets them
    const Day day = Day::of(2026, 11, 23);

    Stage() {
        fs::copy(PLI_BENCH_FOLDER "/letter", folder, fs::copy_options::recursive);
        add_stamp();
        const auto workspace = need(service::Workspace::open(folder.string()));
        const auto rows = (folder / "recipients.csv").string();
        const auto command = fmt::format("python3 {}/recipients.py {} > {}", PLI_BENCH_FOLDER, letter_count, rows);
        if (std::system(command.c_str()) != 0) std::exit(1);
        queue_letters(workspace, rows);
        composing = need(service::compose(workspace, {"letter", "stamp"}, day));
        for (const auto& broken : composing.broken)
            if (!broken.empty()) need(Result<int>(tl::unexpected(Error{Fault::BadInput, "bench", broken})));
        typeset_letters();
    }
    ~Stage() {
        std::error_code ignored;
        fs::remove_all(folder, ignored);
    }
    Stage(const Stage&) = delete;
    Stage& operator=(const Stage&) = delete;

    static Stage& get() {
        static Stage stage;
        return stage;
    }

private:
    /// The second form: a page of the example shop's flyer that gets an address and a code.
    void add_stamp() const {
        fs::copy(PLI_BENCH_FOLDER "/stamp/templates", folder / "templates", fs::copy_options::recursive);
        const auto page = (folder / "templates/stamp/page.pdf").string();
        const auto command = fmt::format(
            "qpdf {}/../examples/boutique/templates/prospectus/flyer.pdf --pages . 1 -- {}", PLI_BENCH_FOLDER, page);
        if (std::system(command.c_str()) != 0) std::exit(1);
    }
    void queue_letters(const service::Workspace& workspace, const std::string& rows) {
        intake::Options options;
        options.template_name = "letter";
        auto reader = need(intake::LetterReader::open(rows, options));
        const auto queue = need(store::open(workspace.queue));
        need(queue->add({[&](jobs::NewLetter& letter) { return reader.next(letter); }, {}}));
        const auto run = need(queue->open_run(day));
        const auto next = need(queue->letters_of(*run));
        while (auto letter = need(next())) letters.push_back(std::move(*letter));
    }
    void typeset_letters() {
        layouts::Typesetter typesetter(*composing.fonts, *composing.assets, day, "DE");
        render::ContentEncoder encoder(*composing.fonts, *composing.assets);
        render::ResourceUse use;
        typeset.resize(letters.size());
        contents.resize(letters.size());
        for (std::size_t i = 0; i < letters.size(); ++i) {
            if (auto done = typesetter.lay_out(composing.templates[0], letters[i], typeset[i]); !done) std::abort();
            if (auto done = encoder.encode(typeset[i].pages[0], use, contents[i]); !done) std::abort();
        }
        for (const auto& value : letters[0].fields.values)
            for (std::size_t at = 0; at < value.text.size();) {
                const auto end = std::min(value.text.find(' ', at), value.text.size());
                if (end > at) words.emplace_back(value.text.substr(at, end - at));
                at = end + 1;
            }
    }
};

void per_letter(benchmark::State& state, std::size_t letters = 1) {
    state.counters["letters/CPU-s"] = benchmark::Counter(
        static_cast<double>(state.iterations()) * static_cast<double>(letters), benchmark::Counter::kIsRate);
}

void shape_field_words(benchmark::State& state) {
    auto& stage = Stage::get();
    fonts::Shaper shaper(*stage.composing.fonts);
    for (auto _ : state)
        for (const auto& word : stage.words) benchmark::DoNotOptimize(shaper.word(stage.composing.marks, word));
    state.counters["words"] = static_cast<double>(stage.words.size());
    per_letter(state);
}

void lay_out(benchmark::State& state) {
    auto& stage = Stage::get();
    layouts::Typesetter typesetter(*stage.composing.fonts, *stage.composing.assets, stage.day, "DE");
    layouts::TypesetLetter out;
    std::size_t i = 0;
    for (auto _ : state)
        benchmark::DoNotOptimize(
            typesetter.lay_out(stage.composing.templates[0], stage.letters[i++ % stage.letters.size()], out));
    per_letter(state);
}

void write_address(benchmark::State& state) {
    auto& stage = Stage::get();
    address::Writer writer("DE");
    address::Lines lines;
    std::size_t i = 0;
    for (auto _ : state)
        benchmark::DoNotOptimize(writer.write(stage.letters[i++ % stage.letters.size()].recipient, {6, 7}, lines));
    per_letter(state);
}

void encode_and_deflate(benchmark::State& state) {
    auto& stage = Stage::get();
    render::ContentEncoder encoder(*stage.composing.fonts, *stage.composing.assets);
    render::ResourceUse use;
    render::PageContent content;
    std::size_t i = 0, bytes = 0;
    for (auto _ : state) {
        benchmark::DoNotOptimize(encoder.encode(stage.typeset[i++ % stage.typeset.size()].pages[0], use, content));
        bytes += content.stream.size();
    }
    state.counters["bytes"] = benchmark::Counter(static_cast<double>(bytes), benchmark::Counter::kAvgIterations);
    per_letter(state);
}

void deflate(benchmark::State& state) {
    auto& stage = Stage::get();
    render::ContentEncoder encoder(*stage.composing.fonts, *stage.composing.assets);
    std::vector<std::string> raw;
    for (const auto& letter : stage.typeset) raw.push_back(need(encoder.operators(letter.pages[0])));
    render::Deflater deflater;
    std::size_t i = 0;
    for (auto _ : state) benchmark::DoNotOptimize(deflater.compress(raw[i++ % raw.size()]));
    per_letter(state);
}

void qr_code(benchmark::State& state) {
    const auto& stage = Stage::get();
    const int column = stage.letters[0].fields.names->index_of("url");
    render::CodeEncoder encoder;
    std::size_t i = 0;
    for (auto _ : state) {
        const auto url = stage.letters[i++ % stage.letters.size()].fields.values[static_cast<std::size_t>(column)].text;
        benchmark::DoNotOptimize(encoder.encode(Code{}, url));
    }
    per_letter(state);
}

void sheet_code(benchmark::State& state) {
    Code code;
    code.symbology = Symbology::DataMatrix;
    render::CodeEncoder encoder;
    int i = 0;
    for (auto _ : state) benchmark::DoNotOptimize(encoder.encode(code, fmt::format("2026-11-23-1;{:07};1;1", ++i)));
    per_letter(state);
}

/// A postal code from account to operators, as a franked letter pays for it: content, check digits, drawing.
void franking_code(benchmark::State& state, const pipeline::FrankingAccount& account) {
    auto& stage = Stage::get();
    const auto files = need(pipeline::MarkFiles::load(service::marks_folder(), ""));
    const pipeline::FrankingCode franking{account, need(files.code(pipeline::drawing_of(account), stage.day))};
    pipeline::Franker franker;
    pipeline::PlainText words(*stage.composing.fonts, stage.composing.marks);
    render::ContentEncoder encoder(*stage.composing.fonts, *stage.composing.assets);
    const bool british = std::holds_alternative<pipeline::MailmarkAccount>(account);
    Frame front;
    front.size = {210_mm, 297_mm};
    pipeline::FrankedPiece piece{0, 0, stage.day, british ? "GB" : "US", british ? "SW1A 1AA" : "20260-0001"};
    for (auto _ : state) {
        front.clear();
        ++piece.piece;
        need(franker.frank(front, {{22_mm, 53_mm}, {80_mm, 13_mm}}, franking, piece, words));
        benchmark::DoNotOptimize(encoder.operators(front));
    }
    per_letter(state);
}

void omr_marks(benchmark::State& state) {
    auto& stage = Stage::get();
    const auto omr = need(need(pipeline::MarkFiles::load(service::marks_folder(), "")).omr("di-d1600", stage.day));
    render::ContentEncoder encoder(*stage.composing.fonts, *stage.composing.assets);
    Frame front;
    front.size = {210_mm, 297_mm};
    pipeline::OmrSheet sheet;
    for (auto _ : state) {
        front.clear();
        ++sheet.in_batch;
        pipeline::draw_omr(front, omr, sheet);
        benchmark::DoNotOptimize(encoder.operators(front));
    }
    per_letter(state);
}

void write(benchmark::State& state) {
    auto& stage = Stage::get();
    auto pdf = need(render::BatchPdf::create({(stage.folder / "kernel.pdf").string(), "kernel", "kernel", {}},
                                             *stage.composing.fonts, *stage.composing.assets));
    std::size_t i = 0;
    for (auto _ : state) benchmark::DoNotOptimize(pdf.append(stage.contents[i++ % stage.contents.size()]));
    per_letter(state);
}

/// The same letter again under another number; its texts stay the original's.
Letter again(const Letter& letter, std::int64_t id, std::uint32_t form) {
    Letter other;
    other.id = LetterId{id};
    other.template_index = form;
    other.key = letter.key;
    other.locale = letter.locale;
    other.recipient = letter.recipient;
    other.fields = letter.fields;
    other.options = letter.options;
    return other;
}

/// The whole road of the press without the queue: letters from memory, one batch on disk, one thread, closing included.
/// Two sizes are run, because what a run costs at its start is no letter's.
void press_road(benchmark::State& state, std::uint32_t form) {
    auto& stage = Stage::get();
    const std::int64_t road_letters = state.range(0);
    pipeline::RunPlan plan;
    plan.run = "2026-11-23-1";
    plan.day = stage.day;
    plan.out = (stage.folder / "road").string();
    plan.country = "DE";
    plan.threads = 1;
    plan.rules.max_pieces = 1'000'000;
    plan.rules.sheet_codes = false;
    plan.templates = &stage.composing.templates;
    plan.fonts = stage.composing.fonts.get();
    plan.assets = stage.composing.assets.get();
    plan.mark_chain = stage.composing.marks;
    std::vector<Letter> samples;
    for (std::size_t i = 0; i < 128; ++i) samples.push_back(again(stage.letters[i], 0, form));
    plan.samples = &samples;
    plan.committed_batches = [](const std::string&) { return std::uint32_t{0}; };
    for (auto _ : state) {
        fs::remove_all(plan.out);
        std::int64_t count = 0;
        pipeline::RunEvents events;
        events.next = [&]() -> Result<std::optional<Letter>> {
            if (count == road_letters) return std::optional<Letter>();
            const Letter& letter = stage.letters[static_cast<std::size_t>(count) % stage.letters.size()];
            return std::optional(again(letter, ++count, form));
        };
        events.ready = [](const pipeline::BatchDone&) { return Done(); };
        events.rejected = [](const pipeline::Rejected& r) -> Done { return tl::unexpected(r.error); };
        const auto report = need(pipeline::night_run(plan, events));
        if (report.batched != static_cast<std::uint64_t>(road_letters)) std::abort();
    }
    state.counters["letters/CPU-s"] =
        benchmark::Counter(static_cast<double>(state.iterations() * road_letters), benchmark::Counter::kIsRate);
}

BENCHMARK(shape_field_words)->Unit(benchmark::kMicrosecond);
BENCHMARK(write_address)->Unit(benchmark::kMicrosecond);
BENCHMARK(lay_out)->Unit(benchmark::kMicrosecond);
BENCHMARK(encode_and_deflate)->Unit(benchmark::kMicrosecond);
BENCHMARK(qr_code)->Unit(benchmark::kMicrosecond);
BENCHMARK(deflate)->Unit(benchmark::kMicrosecond);
BENCHMARK(sheet_code)->Unit(benchmark::kMicrosecond);
BENCHMARK_CAPTURE(franking_code, dv_freimachung, pipeline::DvAccount{})->Unit(benchmark::kMicrosecond);
BENCHMARK_CAPTURE(franking_code, usps_imb, pipeline::ImbAccount{"00", "040", "123456"})->Unit(benchmark::kMicrosecond);
BENCHMARK_CAPTURE(franking_code, mailmark_c, pipeline::MailmarkAccount{})->Unit(benchmark::kMicrosecond);
BENCHMARK(omr_marks)->Unit(benchmark::kMicrosecond);
BENCHMARK(write)->Unit(benchmark::kMicrosecond);
void two_sizes(benchmark::internal::Benchmark* road) {
    road->Unit(benchmark::kMicrosecond)->MeasureProcessCPUTime()->Iterations(1)->Repetitions(5);
    road->Arg(2'000)->Arg(20'000);
}
BENCHMARK_CAPTURE(press_road, letter, 0)->Apply(two_sizes);
BENCHMARK_CAPTURE(press_road, stamp, 1)->Apply(two_sizes);

}  // namespace

BENCHMARK_MAIN();
