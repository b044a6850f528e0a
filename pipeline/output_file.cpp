#include "pipeline/output_file.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <utility>

namespace pli::pipeline {
namespace {

constexpr std::size_t buffer_limit = 1u << 16;

std::string remedy_for(int reason) {
    if (reason == ENOSPC || reason == EDQUOT || reason == EFBIG) return "free disk space and run again";
    if (reason == EACCES || reason == EPERM || reason == EROFS) return "make the output folder writable and run again";
    return "check the output folder and run again";
}

}  // namespace

tl::unexpected<Error> cannot(std::string_view be_what, const std::string& path) {
    const int reason = errno;
    // strerrordesc_np, unlike strerror, is safe in threads and the same in every locale.
    const char* text = strerrordesc_np(reason);
    return failure(Fault::Environment, path, fmt::format("cannot be {}: {}", be_what, text ? text : "unknown reason"),
                   remedy_for(reason));
}

Done sync_folder(const std::string& path) {
    const int folder = ::open(path.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (folder < 0) return cannot("opened", path);
    const int outcome = ::fsync(folder);
    auto failed = outcome == 0 ? Done{} : Done{cannot("synced", path)};
    ::close(folder);
    return failed;
}

Result<OutputFile> OutputFile::create(std::string path) {
    const int file = ::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0644);
    if (file < 0) return cannot("created", path);
    return OutputFile(std::move(path), file);
}

OutputFile::~OutputFile() {
    if (file_ >= 0) ::close(file_);
}
OutputFile::OutputFile(OutputFile&& other) noexcept
    : path_(std::move(other.path_)),
      buffer_(std::move(other.buffer_)),
      file_(std::exchange(other.file_, -1)),
      bytes_(other.bytes_),
      digest_(std::move(other.digest_)) {}
OutputFile& OutputFile::operator=(OutputFile&& other) noexcept {
    std::swap(path_, other.path_);
    std::swap(buffer_, other.buffer_);
    std::swap(file_, other.file_);
    std::swap(bytes_, other.bytes_);
    std::swap(digest_, other.digest_);
    return *this;
}

Done OutputFile::write(std::string_view bytes) {
    buffer_ += bytes;
    return buffer_.size() < buffer_limit ? Done{} : flush();
}

Done OutputFile::flush() {
    digest_.add(buffer_);
    bytes_ += buffer_.size();
    std::string_view rest = buffer_;
    while (!rest.empty()) {
        const auto taken = ::write(file_, rest.data(), rest.size());
        if (taken < 0 && errno == EINTR) continue;
        if (taken < 0) return cannot("written", path_);
        rest.remove_prefix(static_cast<std::size_t>(taken));
    }
    buffer_.clear();
    return {};
}

Result<OutputFile::Written> OutputFile::close() {
    TRY(flush());
    if (::fsync(file_) != 0) return cannot("synced", path_);
    // Network file systems report a full disk no earlier than here.
    if (::close(std::exchange(file_, -1)) != 0) return cannot("closed", path_);
    return Written{digest_.finish(), bytes_};
}

}  // namespace pli::pipeline
