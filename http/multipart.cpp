#include "http/multipart.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <memory>
#include <optional>
#include <utility>

namespace pli::http {
namespace {

constexpr std::size_t longest_head = 8u << 10, most_parts = 500, longest_text = 1u << 20;

tl::unexpected<Error> broken(std::string message) {
    return failure(Fault::BadInput, "", std::move(message), "send a form as multipart/form-data (RFC 7578)");
}

char small(char c) { return static_cast<char>(c >= 'A' && c <= 'Z' ? c + 32 : c); }

bool same_word(std::string_view a, std::string_view b) {
    return std::ranges::equal(a, b, [](char x, char y) { return small(x) == small(y); });
}

std::string_view trimmed(std::string_view text) {
    while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
    while (!text.empty() && (text.back() == ' ' || text.back() == '\t')) text.remove_suffix(1);
    return text;
}

/// `name="value"` among the parameters behind a header's first word. Browsers escape a quote as %22, others as \".
std::optional<std::string> parameter(std::string_view header, std::string_view wanted) {
    auto at = header.find(';');
    while (at != std::string_view::npos && at < header.size()) {
        const auto equals = header.find('=', at);
        if (equals == std::string_view::npos) return std::nullopt;
        const auto name = trimmed(header.substr(at + 1, equals - at - 1));
        std::string value;
        at = equals + 1;
        if (at < header.size() && header[at] == '"') {
            for (++at; at < header.size() && header[at] != '"'; ++at) {
                if (header[at] == '\\' && at + 1 < header.size() && header[at + 1] == '"') ++at;
                value += header[at];
            }
            at = header.find(';', at);
        } else {
            const auto end = header.find(';', at);
            value = trimmed(header.substr(at, end == std::string_view::npos ? end : end - at));
            at = end;
        }
        if (same_word(name, wanted)) return value;
    }
    return std::nullopt;
}

Result<PartHead> read_head(std::string_view head) {
    PartHead part;
    bool form = false;
    while (!head.empty()) {
        const auto line = head.substr(0, head.find("\r\n"));
        head.remove_prefix(std::min(head.size(), line.size() + 2));
        const auto colon = line.find(':');
        if (colon == std::string_view::npos) return broken("a line in the head of a part is no header");
        const auto name = line.substr(0, colon), value = trimmed(line.substr(colon + 1));
        if (same_word(name, "content-type")) part.type = value;
        if (!same_word(name, "content-disposition")) continue;
        form = same_word(trimmed(value.substr(0, value.find(';'))), "form-data");
        part.name = parameter(value, "name").value_or("");
        part.filename = parameter(value, "filename").value_or("");
    }
    if (!form || part.name.empty()) return broken("a part has no name");
    return part;
}

/// A body on its way into parts of a folder.
class PartKeeper {
public:
    explicit PartKeeper(std::string folder) : folder_(std::move(folder)) {}
    ~PartKeeper() {
        if (file_ >= 0) ::close(file_);
    }
    PartKeeper(const PartKeeper&) = delete;
    PartKeeper& operator=(const PartKeeper&) = delete;

    Done begin(const PartHead& head) {
        parts.push_back({head, {}, {}, 0});
        if (head.filename.empty()) return {};
        parts.back().path = fmt::format("{}/part-{}", folder_, parts.size());
        file_ = ::open(parts.back().path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
        return file_ < 0 ? cannot() : Done{};
    }
    Done more(std::string_view bytes) {
        auto& part = parts.back();
        part.bytes += bytes.size();
        if (part.path.empty()) {
            if (part.bytes > longest_text) return broken(fmt::format("the text \"{}\" is over 1 MiB", part.head.name));
            part.text += bytes;
            return {};
        }
        while (!bytes.empty()) {
            const auto written = ::write(file_, bytes.data(), bytes.size());
            if (written < 0 && errno == EINTR) continue;
            if (written <= 0) return cannot();
            bytes.remove_prefix(static_cast<std::size_t>(written));
        }
        return {};
    }
    Done end() {
        if (file_ >= 0) ::close(std::exchange(file_, -1));
        return {};
    }
    std::vector<KeptPart> parts;

private:
    Done cannot() const {
        return failure(Fault::Environment, parts.back().path,
                       std::string("cannot be written: ") + std::strerror(errno));
    }
    std::string folder_;
    int file_ = -1;
};

Done feed_file(const std::string& path, Multipart& form) {
    const int file = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
    if (file < 0) return failure(Fault::Environment, path, "cannot be read");
    const auto block = std::make_unique<std::array<char, 256u << 10>>();
    Done fed;
    for (ssize_t got = 1; got > 0 && fed;) {
        got = ::read(file, block->data(), block->size());
        if (got > 0) fed = form.feed({block->data(), static_cast<std::size_t>(got)});
    }
    ::close(file);
    if (fed) fed = form.finish();
    return fed;
}

}  // namespace

Multipart::Multipart(const std::string& boundary, PartSink sink)
    : delimiter_("\r\n--" + boundary), sink_(std::move(sink)), buffer_("\r\n") {}  // the first needs no line before it

Done Multipart::feed(std::string_view bytes) {
    buffer_ += bytes;
    while (TRY(step())) {
    }
    return {};
}

Done Multipart::finish() const {
    if (in_ != In::Done) return broken("the form does not end");
    return {};
}

/// False: more bytes are needed.
Result<bool> Multipart::step() {
    switch (in_) {
        case In::Preamble: return skip_preamble();
        case In::AfterDelimiter: return take_after_delimiter();
        case In::Head: return take_head();
        case In::Part: return take_part();
        case In::Done: break;
    }
    buffer_.clear();  // an epilogue may follow, and says nothing
    return false;
}

bool Multipart::skip_preamble() {
    const auto found = buffer_.find(delimiter_);
    if (found == std::string::npos) {
        if (buffer_.size() >= delimiter_.size()) buffer_.erase(0, buffer_.size() - delimiter_.size() + 1);
        return false;
    }
    buffer_.erase(0, found + delimiter_.size());
    in_ = In::AfterDelimiter;
    return true;
}

/// "--" ends the form, a line end begins a part; blanks may stand between.
Result<bool> Multipart::take_after_delimiter() {
    if (buffer_.size() < 2) return false;
    if (buffer_.starts_with("--")) {
        in_ = In::Done;
        return true;
    }
    const auto end = buffer_.find_first_not_of(" \t");
    if (end > 256 && buffer_.size() > 256) return broken("a boundary is not followed by a line end");
    if (end == std::string::npos || end + 2 > buffer_.size()) return false;
    if (buffer_.compare(end, 2, "\r\n") != 0) return broken("a boundary is not followed by a line end");
    buffer_.erase(0, end);  // the line end stays: an empty head is CR LF CR LF
    in_ = In::Head;
    return true;
}

Result<bool> Multipart::take_head() {
    const auto end = buffer_.find("\r\n\r\n");
    if (end == std::string::npos) {
        if (buffer_.size() > longest_head) return broken("the head of a part is over 8 KiB");
        return false;
    }
    if (end > longest_head) return broken("the head of a part is over 8 KiB");
    if (++parts_ > most_parts) return broken(fmt::format("the form has more than {} parts", most_parts));
    const auto head = TRY(read_head(end > 2 ? std::string_view(buffer_).substr(2, end - 2) : std::string_view{}));
    buffer_.erase(0, end + 2);  // the line end before the bytes stays: a delimiter may follow at once
    TRY(sink_.begin(head));
    in_ = In::Part;
    first_ = true;
    return true;
}

Result<bool> Multipart::take_part() {
    const auto found = buffer_.find(delimiter_);
    const auto safe = found != std::string::npos           ? found
                      : buffer_.size() > delimiter_.size() ? buffer_.size() - delimiter_.size()
                                                           : 0;
    const std::size_t skip = first_ ? 2 : 0;
    if (safe > skip) {
        TRY(sink_.more(std::string_view(buffer_).substr(skip, safe - skip)));
        buffer_.erase(0, safe);
        first_ = false;
    }
    if (found == std::string::npos) return false;
    buffer_.erase(0, delimiter_.size() + (safe > skip ? 0 : found));
    TRY(sink_.end());
    in_ = In::AfterDelimiter;
    return true;
}

Result<std::string> boundary_of(std::string_view content_type) {
    if (!same_word(trimmed(content_type.substr(0, content_type.find(';'))), "multipart/form-data"))
        return failure(Fault::Unsupported, "content-type", "is not multipart/form-data", "curl -F sends such forms");
    const auto boundary = parameter(content_type, "boundary");
    if (!boundary || boundary->empty() || boundary->size() > 70)
        return broken("the Content-Type names no boundary of 1 to 70 characters");
    return *boundary;
}

Result<std::vector<KeptPart>> keep_parts(const std::string& body_file, std::string_view content_type,
                                         const std::string& folder) {
    const auto boundary = TRY(boundary_of(content_type));
    PartKeeper keeper(folder);
    Multipart form(boundary,
                   {[&](const PartHead& head) { return keeper.begin(head); },
                    [&](std::string_view bytes) { return keeper.more(bytes); }, [&] { return keeper.end(); }});
    TRY(feed_file(body_file, form));
    return std::move(keeper.parts);
}

}  // namespace pli::http
