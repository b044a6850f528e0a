// pli-import: reads one PDF from standard input, under limits, and answers on standard output. Started by
// uploads/import.cpp; the request is in the arguments:
//   pli-import VERB MEMORY CPU OUTPUT …
// and then, for each verb, with lengths in nanometres:
//   pages MOST grey-to-k|as-is|for-press [BLEED] [fill]
//                                        forms to place, placeholders taken out or not
//   raster PAGE DPI                      one page in pixels
//   raster later                         the same; PAGE DPI come as a line by descriptor 3, when the PDF is there
//   draw FIRST COUNT DPI                 some pages in pixels
//   sight MOST DPI                       where ink and codes are
//   spots SPOT-BYTES DPI                 what places on a print file of ours show; the places stand in front of the PDF
//   survey MOST                          what is on the pages
//   first MOST, second MOST              what qpdf, and what PoDoFo, sees in the file
//   repair MOST PROFILE-BYTES SHEET-WIDTH SHEET-HEIGHT FONTS-FOLDER REPAIR…
//                                        the press profile stands in front of the PDF
#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <charconv>
#include <cstdio>
#include <ctime>
#include <exception>
#include <new>
#include <string>
#include <string_view>
#include <vector>

#include "uploads/message.hpp"
#include "uploads/reader/confinement.hpp"
#include "uploads/reader/import_pages.hpp"
#include "uploads/reader/opinions.hpp"
#include "uploads/reader/repair_upload.hpp"
#include "uploads/reader/sight.hpp"
#include "uploads/reader/spots.hpp"
#include "uploads/reader/survey_pages.hpp"

namespace pli::uploads::reader {
namespace {

/// What stands on the command line: the limits of every verb, then what this one is told.
struct Request {
    Allowance allowance;
    std::uint64_t output_bytes = 0;
    std::vector<std::string_view> details;
};

template <class Number>
bool parse(std::string_view digits, Number& value) {
    const auto [end, problem] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
    return problem == std::errc() && end == digits.data() + digits.size();
}

/// The numbers of a verb, each within 0 and `most`; `wanted` says in words what is expected.
template <std::size_t count>
Result<std::array<int, count>> numbers(const Request& request, int most, const char* wanted) {
    std::array<int, count> values{};
    bool good = request.details.size() >= count;
    for (std::size_t i = 0; good && i < count; ++i)
        good = parse(request.details[i], values[i]) && values[i] >= 0 && values[i] <= most;
    if (!good) return failure(Fault::Environment, "", std::string("pli and pli-import are not of one make: ") + wanted);
    return values;
}

Result<Reply> pages(const Request& request, const std::string& bytes) {
    const auto [most] = TRY(numbers<1>(request, 100'000, "pages MOST"));
    const std::string_view kind = request.details.size() > 1 ? request.details[1] : "";
    const bool fill = request.details.back() == "fill";
    Wanted wanted{request.output_bytes, most, kind == "grey-to-k", kind == "for-press", fill};
    std::int64_t bleed = 0;
    if (request.details.size() > 2 && parse(request.details[2], bleed)) wanted.bleed = Length::nm(bleed);
    return Reply(TRY(import_pages(bytes, wanted)));
}

Result<Reply> raster(const Request& request, const std::string& bytes) {
    const auto [page, dpi] = TRY(numbers<2>(request, 100'000, "raster PAGE DPI"));
    return Reply(TRY(draw_page(bytes, {request.output_bytes, static_cast<std::uint32_t>(page), dpi})));
}

/// A repair may be shown fonts of a workspace.
constexpr std::size_t folder_detail = 4;
std::string fonts_folder(const Request& request) {
    return request.details.size() > folder_detail ? std::string(request.details[folder_detail]) : std::string();
}

Result<Reply> repair(const Request& request, const std::string& input) {
    const auto [most, profile, width, height] = TRY(numbers<4>(request, 2'000'000'000, "repair MOST PROFILE SHEET"));
    RepairOrder order{{}, {Length::nm(width), Length::nm(height)}, most, request.output_bytes, fonts_folder(request)};
    for (std::size_t i = folder_detail + 1; i < request.details.size(); ++i)
        order.repairs.push_back(TRY(parse_repair(request.details[i])));
    const std::size_t start = std::min(input.size(), static_cast<std::size_t>(profile));
    return Reply(TRY(repair_upload(input.substr(start), std::string_view(input).substr(0, start), order)));
}

Result<Reply> survey(const Request& request, const std::string& bytes) {
    const auto [most] = TRY(numbers<1>(request, 100'000, "survey MOST"));
    return Reply(TRY(survey_pages(bytes, most)));
}

Result<Reply> sight(const Request& request, const std::string& bytes) {
    const auto [most, dpi] = TRY(numbers<2>(request, 100'000, "sight MOST DPI"));
    return Reply(TRY(see_pages(bytes, {request.output_bytes, most, dpi})));
}

Result<Reply> spots(const Request& request, const std::string& input) {
    const auto [size, dpi] = TRY(numbers<2>(request, 100'000'000, "spots SPOT-BYTES DPI"));
    const std::size_t start = std::min(input.size(), static_cast<std::size_t>(size));
    return Reply(TRY(see_spots(input.substr(start), std::string_view(input).substr(0, start), dpi)));
}

Result<Reply> draw(const Request& request, const std::string& bytes) {
    const auto [first, count, dpi] = TRY(numbers<3>(request, 100'000, "draw FIRST COUNT DPI"));
    return Reply(TRY(draw_pages(bytes, {first, count}, {request.output_bytes, 100'000, dpi})));
}

Result<Reply> first_opinion(const Request& request, const std::string& bytes) {
    const auto [most] = TRY(numbers<1>(request, 100'000, "first MOST"));
    return Reply(TRY(opinion_of_qpdf(bytes, most)));
}

Result<Reply> second_opinion(const Request& request, const std::string& bytes) {
    const auto [most] = TRY(numbers<1>(request, 100'000, "second MOST"));
    return Reply(TRY(opinion_of_podofo(bytes, most)));
}

/// A reader that was started ahead: loads what drawing needs while nobody waits for it, then waits itself.
/// Errors   Environment: whoever started it has gone
constexpr std::string_view blank_page =
    "%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj 2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
    "3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Contents 4 0 R/Resources<</Font<</F<</Type/Font/Subtype/Type1"
    "/BaseFont/Helvetica>>>>>>>>endobj\n4 0 obj<</Length 25>>stream\nBT /F 9 Tf (Waiting) Tj ET\nendstream endobj\n"
    "trailer<</Root 1 0 R/Size 5>>\n";

Result<std::string> order_when_it_comes(const Request& request) {
    constexpr int orders = 3;
    (void)draw_page(std::string(blank_page), {request.output_bytes, 0, 96});
    std::string order;
    char letter = 0;
    while (order.size() < 64 && read(orders, &letter, 1) == 1)
        if (letter == '\n')
            return order;
        else
            order += letter;
    return failure(Fault::Environment, "", "the order of a waiting reader did not come");
}

/// Puts the words of an order where those of the command line would stand.
Done wait_for_order(Request& request, std::string& order) {
    order = TRY(order_when_it_comes(request));
    request.details.clear();
    for (std::size_t from = 0; from < order.size();) {
        const auto end = std::min(order.find(' ', from), order.size());
        request.details.push_back(std::string_view(order).substr(from, end - from));
        from = end + 1;
    }
    return {};
}

struct Verb {
    std::string_view name;
    Doors doors;
    Result<Reply> (*answer)(const Request&, const std::string&);
};
constexpr std::array verbs{
    Verb{"pages", Doors::Closed, pages},
    Verb{"raster", Doors::Fonts, raster},
    Verb{"draw", Doors::Fonts, draw},
    Verb{"sight", Doors::Fonts, sight},
    Verb{"spots", Doors::Fonts, spots},
    Verb{"survey", Doors::Closed, survey},
    Verb{"first", Doors::Closed, first_opinion},
    Verb{"second", Doors::Denied, second_opinion},
    Verb{"repair", Doors::Fonts, repair},
};

const Verb* verb_of(int count, char** arguments, Request& request) {
    if (count < 5) return nullptr;
    request.details.assign(arguments + 5, arguments + count);
    if (!parse(arguments[2], request.allowance.memory_bytes) || !parse(arguments[3], request.allowance.cpu_seconds) ||
        !parse(arguments[4], request.output_bytes))
        return nullptr;
    const auto* verb = std::ranges::find(verbs, std::string_view(arguments[1]), &Verb::name);
    return verb == verbs.end() ? nullptr : verb;
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

/// qpdf takes running out of memory for damage of the file and goes on; the allocator knows better.
bool memory_ran_out = false;
void note_and_throw() {
    memory_ran_out = true;
    throw std::bad_alloc();
}

Error too_heavy(const Request& request) {
    return {Fault::BadInput, "too-heavy",
            fmt::format("reading it needs more than {} MB of memory", request.allowance.memory_bytes >> 20),
            "reduce the resolution of its pictures to 300 dpi"};
}

/// Whatever qpdf or poppler throw becomes a refusal of this upload.
Reply reply_to(const Verb& verb, const Request& request) {
    std::set_new_handler(note_and_throw);
    try {
        auto reply = verb.answer(request, read_all());
        if (reply) return *std::move(reply);
        return memory_ran_out ? too_heavy(request) : std::move(reply).error();
    } catch (const std::exception& problem) {
        if (memory_ran_out) return too_heavy(request);
        return Error{Fault::BadInput, "damaged", std::string("the PDF is damaged: ") + problem.what(),
                     "open it in a PDF program, save or print it as a new PDF and upload that"};
    }
}

int serve(int count, char** arguments) {
    Request request;
    const Verb* verb = verb_of(count, arguments, request);
    if (verb == nullptr) {
        std::fputs("pli-import is started by pli; it reads a PDF from standard input\n", stderr);
        return 2;
    }
    tzset();  // PoDoFo dates a document it opens; afterwards the file of the time zone could not be read
    const std::string folder = verb->answer == repair ? fonts_folder(request) : "";
    Done ready = confine(request.allowance, verb->doors, folder);
    std::string order;
    if (ready && !request.details.empty() && request.details.front() == "later") ready = wait_for_order(request, order);
    return write_all(pack(ready ? reply_to(*verb, request) : Reply(ready.error()))) ? 0 : 1;
}

}  // namespace
}  // namespace pli::uploads::reader

int main(int count, char** arguments) {
    const int status = pli::uploads::reader::serve(count, arguments);
    _exit(status);  // destructors and exit handlers of libraries would only want system calls that are shut off
}
