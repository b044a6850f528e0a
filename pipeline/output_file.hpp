#pragma once
#include <cstdint>
#include <string>
#include <string_view>

#include "base/digest.hpp"
#include "base/result.hpp"

namespace pli::pipeline {

/// A file of a batch on its way to disk: buffered, its SHA-256 taken as it is written, synced when it closes.
/// Errors   Environment, naming the path and the system's reason (disk full, permission)
/// Threads  one object per thread
class OutputFile {
public:
    static Result<OutputFile> create(std::string path);
    ~OutputFile();
    OutputFile(OutputFile&& other) noexcept;
    OutputFile& operator=(OutputFile&& other) noexcept;

    Done write(std::string_view bytes);
    /// Hands the buffer to the system; needed only where the file is read back while it is open.
    Done flush();

    struct Written {
        Digest::Bytes sha256{};
        std::uint64_t bytes = 0;
    };
    /// After this the bytes are on the disk. Nothing may be written any more.
    Result<Written> close();

private:
    OutputFile(std::string path, int file) : path_(std::move(path)), file_(file) {}
    std::string path_, buffer_;
    int file_ = -1;
    std::uint64_t bytes_ = 0;
    Digest digest_;
};

/// The error of a system call that failed on `path`, from errno: "cannot be written: No space left on device".
tl::unexpected<Error> cannot(std::string_view be_what, const std::string& path);

/// Makes the names in a folder as durable as its files.
Done sync_folder(const std::string& path);

}  // namespace pli::pipeline
