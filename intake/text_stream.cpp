#include "intake/text_stream.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>

namespace pli::intake {
namespace {

constexpr std::size_t block_size = 1u << 20;

bool is_foreign(char c) { return static_cast<signed char>(c) < 0; }

}  // namespace

TextStream::File::~File() {
    if (descriptor >= 0) close(descriptor);
}

Error TextStream::cannot_read() const {
    return {Fault::Environment, path_, fmt::format("cannot be read: {}", std::strerror(errno)),
            "check the name and the permissions"};
}

Result<TextStream> TextStream::open(const std::string& path, const std::string& encoding) {
    TextStream stream;
    stream.path_ = path;
    stream.block_.resize(block_size);
    TRY(stream.open_file());
    stream.first_bytes_ = TRY(stream.read_block());
    if (stream.first_bytes_ == 0) return failure(Fault::BadInput, path, "the file is empty", "export it again");
    TRY(stream.choose_encoding(encoding));
    return stream;
}

Done TextStream::open_file() {
    file_.descriptor = ::open(path_.c_str(), O_RDONLY | O_CLOEXEC);
    struct stat about {};
    if (file_.descriptor < 0 || fstat(file_.descriptor, &about) != 0) return tl::unexpected(cannot_read());
    if (S_ISDIR(about.st_mode)) return failure(Fault::BadInput, path_, "is a folder, not a file");
    return {};
}

Done TextStream::choose_encoding(const std::string& wanted) {
    const std::string_view sample(block_.data(), first_bytes_);
    encoding_.name = wanted;
    if (wanted.empty()) encoding_ = TRY(recognise_encoding(sample, TRY(first_foreign_block()), path_));
    if (encoding_.name == "UTF-8") return {};
    UErrorCode status = U_ZERO_ERROR;
    from_.reset(ucnv_open(encoding_.name.c_str(), &status));
    to_.reset(ucnv_open("UTF-8", &status));
    if (U_FAILURE(status))
        return failure(Fault::BadInput, path_, fmt::format("there is no encoding named {}", encoding_.name),
                       "use a name such as UTF-8, windows-1250 or ISO-8859-2");
    pivot_.resize(4096);
    pivot_from_ = pivot_to_ = pivot_.data();
    text_.resize(3 * block_size + 16);  // no encoding of the list needs more than three bytes for one
    return {};
}

/// A file may begin with a megabyte of plain ASCII before the first é tells its encoding: looks on for it, and returns
/// to where it was. A pipe cannot return; there the first block has to do.
Result<std::string> TextStream::first_foreign_block() {
    std::string found;
    if (std::any_of(block_.begin(), block_.begin() + static_cast<std::ptrdiff_t>(first_bytes_), is_foreign))
        return found;
    if (lseek(file_.descriptor, 0, SEEK_CUR) < 0) return found;
    std::vector<char> ahead(block_size);
    for (auto offset = static_cast<off_t>(first_bytes_); found.empty();) {
        const auto bytes = pread(file_.descriptor, ahead.data(), ahead.size(), offset);
        if (bytes < 0) return tl::unexpected(cannot_read());
        if (bytes == 0) break;
        offset += bytes;
        if (std::any_of(ahead.begin(), ahead.begin() + bytes, is_foreign))
            found.assign(ahead.data(), static_cast<std::size_t>(bytes));
    }
    return found;
}

Result<std::size_t> TextStream::read_block() {
    std::size_t filled = 0;
    while (filled < block_.size()) {
        const auto bytes = read(file_.descriptor, block_.data() + filled, block_.size() - filled);
        if (bytes < 0 && errno == EINTR) continue;
        if (bytes < 0) return tl::unexpected(cannot_read());
        if (bytes == 0) break;
        filled += static_cast<std::size_t>(bytes);
    }
    return filled;
}

Result<std::string_view> TextStream::next() {
    if (at_end_) return std::string_view{};
    const auto bytes = at_start_ ? first_bytes_ : TRY(read_block());
    const auto skipped = at_start_ ? std::min(encoding_.mark, bytes) : 0;
    at_start_ = false;
    at_end_ = bytes < block_size;
    const std::string_view read(block_.data() + skipped, bytes - skipped);
    return from_ ? converted(read, at_end_) : read;
}

Result<std::string_view> TextStream::converted(std::string_view bytes, bool last) {
    UErrorCode status = U_ZERO_ERROR;
    char* target = text_.data();
    const char* source = bytes.data();
    ucnv_convertEx(to_.get(), from_.get(), &target, text_.data() + text_.size(), &source, source + bytes.size(),
                   pivot_.data(), &pivot_from_, &pivot_to_, pivot_.data() + pivot_.size(), false, last, &status);
    if (U_FAILURE(status))
        return failure(Fault::Environment, path_,
                       fmt::format("cannot be decoded as {}: {}", encoding_.name, u_errorName(status)));
    return std::string_view(text_.data(), static_cast<std::size_t>(target - text_.data()));
}

}  // namespace pli::intake
