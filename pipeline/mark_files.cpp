#include "pipeline/mark_files.hpp"

#include <fmt/format.h>
#include <toml++/toml.h>

#include <algorithm>
#include <array>
#include <filesystem>
#include <utility>

namespace pli::pipeline {
namespace {

namespace fs = std::filesystem;

/// One table of a mark file. Keys that nobody asked for are refused: a misspelt one would leave a default in force.
class MarkTable {
public:
    MarkTable(const std::string& file, const toml::table& table, std::string name)
        : file_(file), table_(table), name_(std::move(name)) {}

    bool has(std::string_view key) const { return table_.contains(key); }
    Result<const toml::node*> need(std::string_view key) {
        known_.push_back(key);
        if (const toml::node* node = table_.get(key)) return node;
        return failure(Fault::BadInput, place(table_), fmt::format("{} lacks the key {}", name_, key));
    }
    tl::unexpected<Error> wrong(const toml::node& node, std::string_view key, std::string_view wanted) const {
        return failure(Fault::BadInput, place(node), fmt::format("{}.{} must be {}", name_, key, wanted));
    }
    Result<std::string> text(std::string_view key) {
        const toml::node* node = TRY(need(key));
        const auto value = node->value<std::string>();
        if (!value || value->empty()) return wrong(*node, key, "text");
        return *value;
    }
    Result<Length> length(std::string_view key) {
        const toml::node* node = TRY(need(key));
        const auto value = node->value<double>();
        if (!value || !(*value >= 0 && *value <= 500)) return wrong(*node, key, "millimetres from 0 to 500");
        return Length::mm(*value);
    }
    Result<Day> day(std::string_view key) {
        const toml::node* node = TRY(need(key));
        const auto value = node->value_exact<toml::date>();
        if (!value) return wrong(*node, key, "a date as 2026-01-01");
        return Day::of(value->year, value->month, value->day);
    }
    /// Index of the value among `choices`.
    Result<std::size_t> choice(std::string_view key, std::initializer_list<std::string_view> choices) {
        const std::string value = TRY(text(key));
        const auto* const at = std::find(choices.begin(), choices.end(), value);
        if (at != choices.end()) return static_cast<std::size_t>(at - choices.begin());
        return wrong(*table_.get(key), key, fmt::format("one of: {}", fmt::join(choices, ", ")));
    }
    /// A table of figures; it must say where they come from.
    Result<MarkTable> figures(std::string_view key) {
        const toml::node* node = TRY(need(key));
        if (!node->is_table()) return wrong(*node, key, "a table");
        MarkTable table(file_, *node->as_table(), std::string(key));
        TRY(table.text("source"));
        return table;
    }
    Done finish() const {
        for (const auto& [key, node] : table_) {
            if (std::find(known_.begin(), known_.end(), key.str()) != known_.end()) continue;
            return failure(Fault::BadInput, place(node), fmt::format("{} has no key {}", name_, key.str()),
                           "remove it, or correct its spelling");
        }
        return {};
    }

private:
    std::string place(const toml::node& node) const {
        return fmt::format("{}:{}:{}", file_, node.source().begin.line, node.source().begin.column);
    }
    const std::string& file_;
    const toml::table& table_;
    std::string name_;
    std::vector<std::string_view> known_;
};

template <class File>
Done read_identity(MarkTable& file, File& out) {
    out.name = TRY(file.text("name"));
    out.valid_from = TRY(file.day("valid_from"));
    if (file.has("valid_until")) out.valid_until = TRY(file.day("valid_until"));
    return {};
}

constexpr std::array plain_signs{
    std::pair<std::string_view, OmrSign>{"benchmark", OmrSign::Always},
    std::pair<std::string_view, OmrSign>{"gate", OmrSign::Always},
    std::pair<std::string_view, OmrSign>{"safety", OmrSign::Always},
    std::pair<std::string_view, OmrSign>{"retiming", OmrSign::Always},
    std::pair<std::string_view, OmrSign>{"never", OmrSign::Never},
    std::pair<std::string_view, OmrSign>{"first", OmrSign::First},
    std::pair<std::string_view, OmrSign>{"not-first", OmrSign::NotFirst},
    std::pair<std::string_view, OmrSign>{"last", OmrSign::Last},
    std::pair<std::string_view, OmrSign>{"not-last", OmrSign::NotLast},
    std::pair<std::string_view, OmrSign>{"even-parity", OmrSign::EvenParity},
    std::pair<std::string_view, OmrSign>{"odd-parity", OmrSign::OddParity},
};
/// "sequence-4": the bit that counts 4. "insert-2": feeder 2.
constexpr std::array numbered_signs{
    std::pair<std::string_view, OmrSign>{"sequence-", OmrSign::Sequence},
    std::pair<std::string_view, OmrSign>{"piece-", OmrSign::PieceNumber},
    std::pair<std::string_view, OmrSign>{"sheet-", OmrSign::SheetNumber},
    std::pair<std::string_view, OmrSign>{"insert-", OmrSign::Insert},
};

std::optional<std::uint8_t> bit_worth(std::string_view number) {
    constexpr std::array<std::string_view, 8> worths{"1", "2", "4", "8", "16", "32", "64", "128"};
    const auto* const at = std::find(worths.begin(), worths.end(), number);
    if (at == worths.end()) return std::nullopt;
    return static_cast<std::uint8_t>(at - worths.begin());
}

std::optional<std::uint8_t> feeder(std::string_view number) {
    if (number.size() != 1 || number[0] < '1' || number[0] > '8') return std::nullopt;
    return static_cast<std::uint8_t>(number[0] - '0');
}

std::optional<OmrPosition> position_named(std::string_view name) {
    for (const auto& [word, sign] : plain_signs)
        if (name == word) return OmrPosition{sign, 0};
    for (const auto& [word, sign] : numbered_signs) {
        if (!name.starts_with(word)) continue;
        const auto rest = name.substr(word.size());
        const auto number = sign == OmrSign::Insert ? feeder(rest) : bit_worth(rest);
        if (number) return OmrPosition{sign, *number};
    }
    return std::nullopt;
}

constexpr std::size_t most_positions = 24;  // what the readers of the D1600 family count

Done read_positions(MarkTable& table, OmrProfile& profile) {
    const toml::node* node = TRY(table.need("marks"));
    const toml::array* names = node->as_array();
    if (!names || names->size() < 2 || names->size() > most_positions)
        return table.wrong(*node, "marks", fmt::format("a list of 2 to {} marks", most_positions));
    for (const toml::node& name : *names) {
        const auto position = position_named(name.value<std::string>().value_or(""));
        if (!position)
            return table.wrong(name, "marks",
                               "marks such as gate, last, even-parity, sequence-1, piece-2, insert-1 or never");
        profile.positions.push_back(*position);
    }
    return {};
}

Done read_clear(MarkTable& place, OmrProfile& profile) {
    const toml::node* node = TRY(place.need("clear"));
    const toml::array* all = node->as_array();
    std::array<Length, 3> clear;
    for (std::size_t i = 0; i < clear.size(); ++i) {
        const auto value = all && all->size() == clear.size() ? (*all)[i].value<double>() : std::nullopt;
        if (!value || !(*value >= 0 && *value <= 100))
            return place.wrong(*node, "clear", "[beside, before, after] in millimetres");
        clear[i] = Length::mm(*value);
    }
    profile.beside = clear[0];
    profile.before = clear[1];
    profile.after = clear[2];
    return {};
}

Done read_place(MarkTable& file, OmrProfile& profile) {
    MarkTable place = TRY(file.figures("place"));
    profile.edge = static_cast<OmrEdge>(TRY(place.choice("edge", {"left", "right"})));
    profile.from_edge = TRY(place.length("from_edge"));
    profile.first = TRY(place.length("first"));
    TRY(read_clear(place, profile));
    if (place.has("through")) {
        const toml::node* node = TRY(place.need("through"));
        if (!node->is_boolean()) return place.wrong(*node, "through", "true or false");
        profile.through = node->value_or(false);
    }
    return place.finish();
}

Done read_mark(MarkTable& file, OmrProfile& profile) {
    MarkTable mark = TRY(file.figures("mark"));
    profile.length = TRY(mark.length("length"));
    profile.thickness = TRY(mark.length("thickness"));
    profile.pitch = TRY(mark.length("pitch"));
    if (profile.length < 1_mm || profile.thickness < Length::mm(0.1) || profile.pitch < 2 * profile.thickness)
        return failure(Fault::BadInput, profile.name,
                       "marks must be 1 mm long and 0.1 mm thick at least, and stand two thicknesses apart");
    return mark.finish();
}

Done read_code(MarkTable& file, OmrProfile& profile) {
    MarkTable code = TRY(file.figures("code"));
    profile.sheets = static_cast<OmrSheets>(TRY(code.choice("sheets", {"every", "first", "last"})));
    profile.last_sheet_first = TRY(code.choice("fed_first", {"first-sheet", "last-sheet"})) == 1;
    const toml::node* from = TRY(code.need("sequence_from"));
    const auto start = from->value_exact<std::int64_t>();
    if (!start || *start < 0 || *start > 255) return code.wrong(*from, "sequence_from", "a whole number from 0 to 255");
    profile.sequence_from = static_cast<std::uint32_t>(*start);
    TRY(read_positions(code, profile));
    return code.finish();
}

Result<OmrProfile> read_omr(MarkTable file) {
    OmrProfile profile;
    TRY(read_identity(file, profile));
    TRY(read_place(file, profile));
    TRY(read_mark(file, profile));
    TRY(read_code(file, profile));
    TRY(file.finish());
    return profile;
}

Result<BarSize> read_bars(MarkTable& file) {
    MarkTable table = TRY(file.figures("bars"));
    BarSize bars;
    bars.pitch = TRY(table.length("pitch"));
    bars.width = TRY(table.length("width"));
    bars.full = TRY(table.length("full"));
    bars.tracker = TRY(table.length("tracker"));
    TRY(table.finish());
    return bars;
}

Result<CodeDrawing> read_drawing(MarkTable file) {
    CodeDrawing drawing;
    TRY(read_identity(file, drawing));
    if (file.has("bars")) drawing.bars = TRY(read_bars(file));
    if (file.has("matrix")) {
        MarkTable matrix = TRY(file.figures("matrix"));
        drawing.module = TRY(matrix.length("module"));
        TRY(matrix.finish());
    }
    MarkTable clear = TRY(file.figures("clear"));
    drawing.beside = TRY(clear.length("beside"));
    drawing.above = TRY(clear.length("above"));
    TRY(clear.finish());
    TRY(file.finish());
    return drawing;
}

/// In the order of their names, so that nothing depends on the disk. No folder: no files.
std::vector<std::string> toml_files(const fs::path& folder) {
    std::vector<std::string> files;
    std::error_code problem;
    for (fs::directory_iterator it(folder, problem), end; !problem && it != end; it.increment(problem))
        if (it->path().extension() == ".toml") files.push_back(it->path().string());
    std::sort(files.begin(), files.end());
    return files;
}

template <class File>
Result<std::vector<File>> load_folder(const fs::path& folder, Result<File> (*read)(MarkTable)) {
    std::vector<File> all;
    for (const std::string& file : toml_files(folder)) try {
            const toml::table table = toml::parse_file(file);
            all.push_back(TRY(read(MarkTable(file, table, "the file"))));
        } catch (const toml::parse_error& problem) {
            const auto at = problem.source().begin;
            return failure(Fault::BadInput, fmt::format("{}:{}:{}", file, at.line, at.column),
                           std::string(problem.description()));
        }
    return all;
}

/// The workspace's own first: `find` takes the first that holds.
template <class File>
Result<std::vector<File>> load_both(const fs::path& own, const fs::path& shipped, Result<File> (*read)(MarkTable)) {
    auto all = TRY(load_folder(own, read));
    auto rest = TRY(load_folder(shipped, read));
    std::move(rest.begin(), rest.end(), std::back_inserter(all));
    return all;
}

template <class File>
Result<File> find(const std::vector<File>& all, std::string_view name, Day on) {
    std::string known;
    for (const File& file : all) {
        const bool holds = file.valid_from <= on && (!file.valid_until || on <= *file.valid_until);
        if (holds && file.name == name) return file;
        if (holds && known.find(file.name) == known.npos) known += (known.empty() ? "" : ", ") + file.name;
    }
    return failure(Fault::NotFound, std::string(name),
                   fmt::format("there are no such marks on {}; there are {}", on.iso(), known),
                   "correct the name, or put a file into the workspace's marks folder");
}

}  // namespace

Result<MarkFiles> MarkFiles::load(const std::string& folder, const std::string& extra) {
    MarkFiles files;
    const auto own = [&](const char* kind) { return extra.empty() ? fs::path() : fs::path(extra) / kind; };
    files.omr_ = TRY(load_both(own("omr"), fs::path(folder) / "omr", read_omr));
    files.codes_ = TRY(load_both(own("codes"), fs::path(folder) / "codes", read_drawing));
    return files;
}

Result<OmrProfile> MarkFiles::omr(std::string_view name, Day on) const { return find(omr_, name, on); }
Result<CodeDrawing> MarkFiles::code(std::string_view name, Day on) const { return find(codes_, name, on); }

}  // namespace pli::pipeline
