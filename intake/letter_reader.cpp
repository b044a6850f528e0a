#include <algorithm>
#include <array>
#include <memory>
#include <utility>
#include <variant>

#include "intake/csv_format.hpp"
#include "intake/intake.hpp"
#include "intake/letter_builder.hpp"
#include "intake/row_sources.hpp"
#include "intake/text_check.hpp"
#include "intake/text_stream.hpp"

namespace pli::intake {
namespace {

constexpr std::size_t errors_kept = 1000;
using Source = std::variant<CsvSource, JsonSource>;

std::string file_name(const std::string& path) { return path.substr(path.rfind('/') + 1); }

bool is_json(const std::string& path, std::string_view head) {
    for (const auto* ending : {".jsonl", ".ndjson", ".json"})
        if (path.ends_with(ending)) return true;
    return trimmed(head.substr(0, 1000)).starts_with('{');
}

/// The text with what was already read of it given first.
TextSource after(std::string_view head, std::shared_ptr<TextStream> stream) {
    return [head, stream = std::move(stream)]() mutable -> Result<std::string_view> {
        if (!head.empty()) return std::exchange(head, {});
        return stream->next();
    };
}

Result<Source> csv_source(std::string_view head, std::shared_ptr<TextStream> stream, const std::string& file,
                          const Options& options, Report& report) {
    const auto hint = excel_hint(head);
    const CsvFormat format{hint ? hint->delimiter : recognise_delimiter(head), options.max_field_bytes, file};
    if (hint) head.remove_prefix(hint->bytes);
    report.delimiter = format.delimiter;
    auto source = TRY(CsvSource::open(after(head, std::move(stream)), format, {options.map, options.key_column}));
    report.mapped = source.columns().mapped;
    return Source(std::move(source));
}

Result<Source> json_source(std::string_view head, std::shared_ptr<TextStream> stream, const std::string& file,
                           const Options& options) {
    if (trimmed(head.substr(0, 1000)).starts_with('['))
        return failure(Fault::BadInput, file, "is one JSON list, expected JSON Lines",
                       "write one object a line: jq -c '.[]' FILE");
    return Source(
        JsonSource(after(head, std::move(stream)), {options.map, options.key_column}, options.max_line_bytes));
}

}  // namespace

struct LetterReader::State {
    State(Source rows, const std::string& name, const Options& options)
        : source(std::move(rows)), builder(name, options), file(name) {}

    Result<Step> step() {
        return std::visit([&](auto& rows) { return rows.next(row, refused); }, source);
    }
    const Columns& columns() const {
        return std::visit([](const auto& rows) -> const Columns& { return rows.columns(); }, source);
    }
    void refuse(RowError error) {
        ++report.refused;
        if (report.errors.size() < errors_kept) report.errors.push_back(std::move(error));
    }
    bool end(Done how) {
        ended = true;
        status = std::move(how);
        if (status && report.rows == 0)
            status = failure(Fault::BadInput, file, "the file holds no rows", "add a line for each letter");
        return false;
    }
    /// Reads until a row makes a letter.
    bool next(jobs::NewLetter& letter) {
        while (!ended) {
            const auto came = step();
            if (!came) return end(tl::unexpected(came.error()));
            if (*came == Step::End) return end({});
            ++report.rows;
            if (*came == Step::Refused) {
                refuse(builder.refusal(refused.line, refused.column, refused.value, std::move(refused.error)));
                continue;
            }
            if (report.mapped.empty()) report.mapped = columns().mapped;
            auto built = builder.build(row, columns(), letter);
            if (built) {
                ++report.accepted;
                return true;
            }
            refuse(std::move(built.error()));
        }
        return false;
    }

    Source source;
    LetterBuilder builder;
    std::string file;
    RawRow row;
    RowError refused;
    Report report;
    Done status;
    bool ended = false;
};

LetterReader::LetterReader(std::unique_ptr<State> state) : state_(std::move(state)) {}
LetterReader::~LetterReader() = default;
LetterReader::LetterReader(LetterReader&&) noexcept = default;

Result<LetterReader> LetterReader::open(const std::string& path, Options options) {
    auto stream = std::make_shared<TextStream>(TRY(TextStream::open(path, options.encoding)));
    Report report;
    report.encoding = stream->encoding();
    const auto head = TRY(stream->next());
    const auto file = file_name(path);
    auto source = TRY(is_json(path, head) ? json_source(head, stream, file, options)
                                          : csv_source(head, stream, file, options, report));
    auto state = std::make_unique<State>(std::move(source), file, options);
    state->report = std::move(report);
    return LetterReader(std::move(state));
}

Result<LetterReader> LetterReader::of_json(std::string object, const std::string& where, Options options) {
    const auto text = std::make_shared<const std::string>(std::move(object) + '\n');
    const TextSource once = [text, given = false]() mutable -> Result<std::string_view> {
        return std::exchange(given, true) ? std::string_view() : std::string_view(*text);
    };
    JsonSource source(once, {options.map, options.key_column}, options.max_line_bytes);
    auto state = std::make_unique<State>(Source(std::move(source)), where, options);
    state->report.encoding = "UTF-8";
    return LetterReader(std::move(state));
}

bool LetterReader::next(jobs::NewLetter& letter) { return state_->next(letter); }
std::uint64_t LetterReader::line() const { return state_->row.line; }
const Report& LetterReader::report() const { return state_->report; }
const Done& LetterReader::status() const { return state_->status; }

}  // namespace pli::intake
