#pragma once
#include <cstdint>
#include <cstdio>
#include <string>
#include <string_view>

#include "base/letter.hpp"
#include "base/release.hpp"
#include "base/result.hpp"
#include "pipeline/output_file.hpp"

namespace pli::pipeline {

/// What the manifest tells about a piece and arithmetic does not need.
struct PieceNote {
    LetterId letter;
    std::string_view key, template_name, country, postal_code;
    std::string_view page_sums{}, qr{};  // as the manifest has them
    std::uint32_t number = 1, generation = 1;
};

/// The notes of a batch in piece order, kept on disk, because a million keys in memory would outweigh everything else.
/// The file lies in the batch's hidden folder and is removed before the hand-over.
/// Errors   Environment, naming the path
/// Threads  one object per thread
class PieceNotes {
public:
    static Result<PieceNotes> create(std::string path);
    Done add(const PieceNote& note);
    /// Ends the writing; the notes can be read from now on.
    Done finish() { return file_.flush(); }
    const std::string& path() const { return path_; }

private:
    PieceNotes(std::string path, OutputFile file) : path_(std::move(path)), file_(std::move(file)) {}
    std::string path_, record_;
    OutputFile file_;
};

/// Reads the notes back from first to last.
class PieceNotesReader {
public:
    static Result<PieceNotesReader> open(const std::string& path);
    /// The views are good until the next call.
    Result<PieceNote> next();

private:
    using File = Handle<std::FILE, std::fclose>;
    PieceNotesReader(std::string path, File file) : path_(std::move(path)), file_(std::move(file)) {}
    std::string path_, texts_;
    File file_;
};

}  // namespace pli::pipeline
