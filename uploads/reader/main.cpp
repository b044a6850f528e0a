// pli-import: reads one PDF from standard input, under limits, and answers on standard output. Started by
// uploads/import.cpp; the request is in the arguments:
//   pli-import pages  MEMORY CPU OUTPUT MOST-PAGES grey-to-k|as-is
//   pli-import raster MEMORY CPU OUTPUT PAGE DPI
#include <fmt/format.h>
#include <unistd.h>

#include <cerrno>
#include <charconv>
#include <cstdio>
#include <exception>
#include <new>
#include <string>
#include <string_view>

#include "uploads/message.hpp"
#include "uploads/reader/confinement.hpp"
#include "uploads/reader/import_pages.hpp"

namespace pli::uploads::reader {
namespace {

struct Request {
    bool raster = false;
    Allowance allowance;
    std::uint64_t output_bytes = 0;
    std::uint32_t pages = 0;  // most pages to take, or the page to draw
    bool grey_to_k = false;
    int dpi = 0;
};

template <class Number>
bool parse(const char* text, Number& value) {
    const std::string_view digits(text);
    const auto [end, problem] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
    return problem == std::errc() && end == digits.data() + digits.size();
}

bool parse(int count, char** arguments, Request& request) {
    if (count != 7) return false;
    const std::string_view verb = arguments[1], last = arguments[6];
    request.raster = verb == "raster";
    request.grey_to_k = last == "grey-to-k";
    const bool limits = parse(arguments[2], request.allowance.memory_bytes) &&
                        parse(arguments[3], request.allowance.cpu_seconds) &&
                        parse(arguments[4], request.output_bytes) && parse(arguments[5], request.pages);
    if (request.raster) return limits && parse(arguments[6], request.dpi) && request.dpi > 0 && request.dpi <= 2400;
    return limits && verb == "pages" && (request.grey_to_k || last == "as-is");
}

std::string read_all() {
    std::string bytes;
    char block[65536];
    for (ssize_t got = 0; (got = read(STDIN_FILENO, block, sizeof block)) != 0;) {
        if (got < 0 && errno != EINTR) break;
        if (got > 0) bytes.append(block, static_cast<std::size_t>(got));
    }
    return bytes;
}

bool write_all(std::string_view bytes) {
    while (!bytes.empty()) {
        const ssize_t written = write(STDOUT_FILENO, bytes.data(), bytes.size());
        if (written < 0 && errno == EINTR) continue;
        if (written <= 0) return false;
        bytes.remove_prefix(static_cast<std::size_t>(written));
    }
    return true;
}

Result<Reply> answer(const Request& request, const std::string& bytes) {
    if (request.raster) return Reply(TRY(draw_page(bytes, {request.output_bytes, request.pages, request.dpi})));
    return Reply(TRY(import_pages(bytes, {request.output_bytes, static_cast<int>(request.pages), request.grey_to_k})));
}

/// Whatever qpdf or poppler throw becomes a refusal of this upload.
Reply reply_to(const Request& request) {
    try {
        auto reply = answer(request, read_all());
        return reply ? *std::move(reply) : Reply(std::move(reply).error());
    } catch (const std::bad_alloc&) {
        return Error{Fault::BadInput, "too-heavy",
                     fmt::format("reading it needs more than {} MB of memory", request.allowance.memory_bytes >> 20),
                     "reduce the resolution of its pictures to 300 dpi"};
    } catch (const std::exception& problem) {
        return Error{Fault::BadInput, "damaged", std::string("the PDF is damaged: ") + problem.what(),
                     "open it in a PDF program, save or print it as a new PDF and upload that"};
    }
}

int serve(int count, char** arguments) {
    Request request;
    if (!parse(count, arguments, request)) {
        std::fputs("pli-import is started by pli; it reads a PDF from standard input\n", stderr);
        return 2;
    }
    const Doors doors = request.raster ? Doors::Fonts : Doors::Closed;
    const Done confined = confine(request.allowance, doors);
    return write_all(pack(confined ? reply_to(request) : Reply(confined.error()))) ? 0 : 1;
}

}  // namespace
}  // namespace pli::uploads::reader

int main(int count, char** arguments) {
    const int status = pli::uploads::reader::serve(count, arguments);
    _exit(status);  // destructors and exit handlers of libraries would only want system calls that are shut off
}
