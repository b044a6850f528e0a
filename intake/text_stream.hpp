#pragma once
#include <unicode/ucnv.h>

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/release.hpp"
#include "base/result.hpp"
#include "intake/encoding.hpp"

namespace pli::intake {

/// A file as UTF-8, block by block, whatever its encoding. A block may end within a character or a line. Bytes that are
/// none of the encoding come through as they are (UTF-8) or as U+FFFD (others): the row that holds them is refused.
/// Errors   Environment: cannot be read; BadInput: empty, or not text
class TextStream {
public:
    /// `encoding` empty: recognised.
    static Result<TextStream> open(const std::string& path, const std::string& encoding);
    const std::string& encoding() const { return encoding_.name; }
    /// Empty at the end. Good until the next call.
    Result<std::string_view> next();

private:
    Done open_file();
    Done choose_encoding(const std::string& wanted);
    Result<std::string> first_foreign_block();
    Result<std::size_t> read_block();
    Result<std::string_view> converted(std::string_view bytes, bool last);
    Error cannot_read() const;

    struct File {
        int descriptor = -1;
        File() = default;
        File(File&& other) noexcept : descriptor(std::exchange(other.descriptor, -1)) {}
        File& operator=(File&& other) noexcept {
            std::swap(descriptor, other.descriptor);
            return *this;
        }
        ~File();
    };
    std::string path_;
    File file_;
    Encoding encoding_;
    std::vector<char> block_;
    std::size_t first_bytes_ = 0;  // of the first block, read ahead to recognise the encoding
    bool at_start_ = true, at_end_ = false;

    Handle<UConverter, ucnv_close> from_, to_;
    std::vector<UChar> pivot_;
    UChar *pivot_from_ = nullptr, *pivot_to_ = nullptr;
    std::vector<char> text_;
};

}  // namespace pli::intake
