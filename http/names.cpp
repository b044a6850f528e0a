#include "http/names.hpp"

#include <fmt/format.h>
#include <sys/stat.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>

#include "http/problem.hpp"

namespace pli::http {
namespace {

bool plain(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_' ||
           c == '.' || c == ' ' || static_cast<unsigned char>(c) >= 0x80;
}

std::string_view type_of(std::string_view path) {
    struct Type {
        std::string_view end, type;
    };
    constexpr std::array types{Type{".pdf", "application/pdf"},     Type{".json", "application/json"},
                               Type{".jsonl", "application/jsonl"}, Type{".csv", "text/csv; charset=utf-8"},
                               Type{".png", "image/png"},           Type{".jpg", "image/jpeg"},
                               Type{".svg", "image/svg+xml"},       Type{".xjdf", "application/vnd.cip4-xjdf+xml"},
                               Type{".webp", "image/webp"},         Type{"SHA256SUMS", "text/plain"}};
    for (const auto& [end, type] : types)
        if (path.ends_with(end)) return type;
    return "application/octet-stream";
}

struct Stretch {
    std::uint64_t from = 0, length = 0;
};

std::optional<std::uint64_t> number(std::string_view digits) {
    std::uint64_t value = 0;
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
    if (error != std::errc() || end != digits.data() + digits.size()) return std::nullopt;
    return value;
}

/// "bytes=0-499", "bytes=500-", "bytes=-500". nullopt: to be ignored (several, another unit), as the clause allows.
/// A length of 0: outside the file.
std::optional<Stretch> range_in(std::string_view header, std::uint64_t size) {
    if (!header.starts_with("bytes=")) return std::nullopt;
    header.remove_prefix(6);
    const auto dash = header.find('-');
    if (dash == std::string_view::npos || header.find(',') != std::string_view::npos) return std::nullopt;
    const auto first = number(header.substr(0, dash)), last = number(header.substr(dash + 1));
    if (dash == 0) {
        if (!last) return std::nullopt;
        const auto length = std::min(*last, size);
        return Stretch{size - length, length};
    }
    if (!first || (!last && dash + 1 != header.size()) || (last && *last < *first)) return std::nullopt;
    if (*first >= size) return Stretch{};
    return Stretch{*first, std::min(last.value_or(size - 1), size - 1) - *first + 1};
}

}  // namespace

bool good_name(std::string_view name) {
    return !name.empty() && name.size() <= 128 && name.front() != '.' && name.front() != ' ' &&
           std::ranges::all_of(name, plain);
}

bool good_path(std::string_view path) {
    if (path.size() > 512) return false;
    while (true) {
        const auto name = path.substr(0, path.find('/'));
        if (!good_name(name)) return false;
        if (name.size() == path.size()) return true;
        path.remove_prefix(name.size() + 1);
    }
}

Result<Reply> file_response(const Request& request, const std::string& path, const std::string& sum) {
    struct stat seen {};
    if (::stat(path.c_str(), &seen) != 0 || !S_ISREG(seen.st_mode))
        return failure(Fault::NotFound, "", "there is no such file");
    const auto size = static_cast<std::uint64_t>(seen.st_size);
    const auto tag = sum.empty() ? fmt::format("\"{:x}-{:x}-{:x}\"", seen.st_ino, size,
                                               seen.st_mtim.tv_sec * 1'000'000'000 + seen.st_mtim.tv_nsec)
                                 : fmt::format("\"{}\"", sum);
    Response response{
        200, {{"Content-Type", std::string(type_of(path))}, {"ETag", tag}, {"Accept-Ranges", "bytes"}}, {}, {}};
    if (request.header("if-none-match") == tag) {
        response.status = 304;
        return response;
    }
    Stretch stretch{0, size};
    const auto if_range = request.header("if-range");
    if (const auto asked = range_in(request.header("range"), size); asked && (if_range.empty() || if_range == tag)) {
        if (asked->length == 0) {
            auto outside = response_of(problem_of(416, fmt::format("the file holds {} bytes", size)));
            outside.headers.emplace_back("Content-Range", fmt::format("bytes */{}", size));
            return outside;
        }
        stretch = *asked;
        response.status = 206;
        response.headers.emplace_back(
            "Content-Range", fmt::format("bytes {}-{}/{}", stretch.from, stretch.from + stretch.length - 1, size));
    }
    response.file = std::make_shared<FileSlice>(FileSlice{path, stretch.from, stretch.length});
    return response;
}

}  // namespace pli::http
