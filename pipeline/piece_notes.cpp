#include "pipeline/piece_notes.hpp"

#include <array>
#include <numeric>

namespace pli::pipeline {
namespace {

/// Before the texts of each note. Read by the process that wrote it, so byte order is no concern.
struct Head {
    std::int64_t letter = 0;
    std::uint32_t number = 1, generation = 1;
    std::array<std::uint32_t, 6> lengths{};
};
static_assert(sizeof(Head) == 40);

}  // namespace

Result<PieceNotes> PieceNotes::create(std::string path) {
    auto file = TRY(OutputFile::create(path));
    return PieceNotes(std::move(path), std::move(file));
}

Done PieceNotes::add(const PieceNote& note) {
    const std::array texts{note.key, note.template_name, note.country, note.postal_code, note.page_sums, note.qr};
    Head head{note.letter.value, note.number, note.generation, {}};
    for (std::size_t i = 0; i < texts.size(); ++i) head.lengths[i] = static_cast<std::uint32_t>(texts[i].size());
    record_.assign(reinterpret_cast<const char*>(&head), sizeof head);
    for (const auto text : texts) record_ += text;
    return file_.write(record_);
}

Result<PieceNotesReader> PieceNotesReader::open(const std::string& path) {
    File file(std::fopen(path.c_str(), "rbe"));
    if (!file) return cannot("read", path);
    return PieceNotesReader(path, std::move(file));
}

Result<PieceNote> PieceNotesReader::next() {
    Head head;
    if (std::fread(&head, sizeof head, 1, file_.get()) != 1) return cannot("read", path_);
    texts_.resize(std::accumulate(head.lengths.begin(), head.lengths.end(), std::size_t{0}));
    if (std::fread(texts_.data(), 1, texts_.size(), file_.get()) != texts_.size()) return cannot("read", path_);
    std::string_view rest = texts_;
    const auto take = [&rest](std::uint32_t length) {
        const auto text = rest.substr(0, length);
        rest.remove_prefix(length);
        return text;
    };
    PieceNote note;
    note.letter = LetterId{head.letter};
    note.number = head.number;
    note.generation = head.generation;
    note.key = take(head.lengths[0]);
    note.template_name = take(head.lengths[1]);
    note.country = take(head.lengths[2]);
    note.postal_code = take(head.lengths[3]);
    note.page_sums = take(head.lengths[4]);
    note.qr = take(head.lengths[5]);
    return note;
}

}  // namespace pli::pipeline
