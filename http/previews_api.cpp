// Previews: a page of a template, of a queued letter or of an upload as a picture or PDF.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <filesystem>
#include <nlohmann/json.hpp>

#include "base/digest.hpp"
#include "http/application.hpp"
#include "http/known_template.hpp"
#include "http/names.hpp"
#include "http/problem.hpp"
#include "http/router.hpp"

namespace pli::http {
namespace {

using nlohmann::json;
using service::PreviewKind;

constexpr std::uint64_t body_bytes = 4u << 20;
constexpr int least_dpi = 18, most_dpi = 300, most_page = 10'000;

struct Format {
    PreviewKind kind;
    std::string_view word, type;
};
constexpr std::array formats{Format{PreviewKind::Png, "png", "image/png"},
                             Format{PreviewKind::Webp, "webp", "image/webp"},
                             Format{PreviewKind::Pdf, "pdf", "application/pdf"}};

std::string_view trimmed(std::string_view text) {
    while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
    while (!text.empty() && (text.back() == ' ' || text.back() == '\t')) text.remove_suffix(1);
    return text;
}

/// Thousandths.   Source: RFC 9110 §12.4.2: "0.8", "1", at most three digits behind the point
int quality_of(std::string_view range) {
    const auto at = range.find("q=");
    if (at == std::string_view::npos) return 1000;
    const auto digits = trimmed(range.substr(at + 2));
    int value = digits.starts_with('1') ? 1000 : 0, step = 100;
    for (const char c : digits.substr(std::min<std::size_t>(2, digits.size()))) {
        if (c < '0' || c > '9') break;
        value += (c - '0') * step;
        step /= 10;
    }
    return std::min(value, 1000);
}

/// How much of this type the client wants, by the most exact range that names it; 0: not at all.
int wanted(std::string_view accept, std::string_view type) {
    int best = 0, exactness = -1;
    while (!accept.empty()) {
        const auto range = accept.substr(0, accept.find(','));
        accept.remove_prefix(std::min(accept.size(), range.size() + 1));
        const auto named = trimmed(range.substr(0, range.find(';')));
        const auto family = std::string(type.substr(0, type.find('/'))) + "/*";
        const int exact = named == type ? 2 : named == family ? 1 : named == "*/*" ? 0 : -1;
        if (exact < 0 || exact < exactness) continue;
        best = exact > exactness ? quality_of(range) : std::max(best, quality_of(range));
        exactness = exact;
    }
    return best;
}

/// nullptr: nothing that is made here.
const Format* chosen(std::string_view word, std::string_view accept) {
    if (!word.empty()) {
        const auto* found = std::ranges::find(formats, word, &Format::word);
        return found == formats.end() ? nullptr : found;
    }
    if (accept.empty()) return formats.data();
    const auto* best = std::ranges::max_element(
        formats, {}, [&](const Format& format) { return wanted(accept, format.type); });  // the first of equals
    return wanted(accept, best->type) > 0 ? best : nullptr;
}

/// What a preview is asked for, by query or body alike.
struct Asked {
    service::PreviewRequest request;
    std::string format, upload;
};

Result<int> number_within(std::string_view text, const char* where, std::pair<int, int> range) {
    int number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error == std::errc() && end == text.data() + text.size() && number >= range.first && number <= range.second)
        return number;
    return failure(Fault::BadInput, where,
                   fmt::format("is not a whole number from {} to {}", range.first, range.second));
}

Result<LetterId> letter_number(std::string_view text) {
    std::int64_t number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error != std::errc() || end != text.data() + text.size() || number < 1)
        return failure(Fault::BadInput, "letter", "is not the number of a letter");
    return LetterId{number};
}

Result<Asked> from_words(const auto& word) {
    Asked asked;
    auto& request = asked.request;
    request.template_name = word("template");
    asked.format = word("format");
    asked.upload = word("upload");
    if (const std::string letter = word("letter"); !letter.empty()) request.letter = TRY(letter_number(letter));
    if (const std::string page = word("page"); !page.empty())
        request.page = TRY(number_within(page, "page", {1, most_page}));
    if (const std::string dpi = word("dpi"); !dpi.empty())
        request.dpi = TRY(number_within(dpi, "dpi", {least_dpi, most_dpi}));
    return asked;
}

Result<Asked> from_query(const Request& request) {
    return from_words([&](const char* name) { return std::string(request.query_value(name)); });
}

Result<Asked> from_body(const Request& request) {
    const auto body = json::parse(request.body, nullptr, false);
    if (!body.is_object())
        return failure(Fault::BadInput, "", "the body is not a JSON object",
                       R"(expected {"template": "NAME", "data": {…}, "page": 1, "dpi": 96, "format": "png"})");
    for (const auto& [name, value] : body.items())
        if (!std::ranges::count(std::array{"template", "letter", "upload", "data", "page", "dpi", "format"}, name))
            return failure(Fault::BadInput, "/" + name.substr(0, 40), "is not known here");
    auto asked = TRY(from_words([&](const char* name) {
        const auto found = body.find(name);
        if (found == body.end() || found->is_null()) return std::string();
        return found->is_string() ? found->get<std::string>() : dump(*found);
    }));
    const auto data = body.find("data");
    if (data == body.end() || data->is_null()) return asked;
    if (!data->is_object()) return failure(Fault::BadInput, "/data", "is not a JSON object");
    asked.request.data = dump(*data);
    return asked;
}

Done check(const Asked& asked, const service::Workspace& workspace) {
    const auto& request = asked.request;
    if (!request.letter && asked.upload.empty()) return known_template(workspace, request.template_name);
    const int named = int(request.letter.has_value()) + int(!asked.upload.empty()) +
                      int(!request.template_name.empty() || !request.data.empty());
    if (named == 1) return {};
    return failure(Fault::BadInput, request.letter ? "letter" : "upload", "is named, and something else with it",
                   "name a letter, or an upload, or a template with its data");
}

/// Uploads are kept where POST /v2/uploads put them.
Result<service::Preview> draw(const Call& call, const Asked& asked) {
    auto& desk = call.desk->previews();
    if (asked.upload.empty()) return desk.draw(asked.request);
    const auto folder = call.desk->workspace().folder + "/incoming/uploads/" + asked.upload;
    std::error_code ignored;
    if (!good_name(asked.upload) || !std::filesystem::exists(folder + "/upload.pdf", ignored))
        return failure(Fault::NotFound, "", "there is no such upload", "uploads are kept for a day");
    return desk.draw_upload(folder + "/upload.pdf", asked.request);
}

Response answered(const service::Preview& preview, const Format& format, const Request& request) {
    Response response;
    const auto tag = fmt::format("\"{}\"", Digest::hex_of(preview.bytes).substr(0, 32));
    response.headers = {{"Content-Type", std::string(format.type)},
                        {"Pli-Pages", std::to_string(preview.pages)},
                        {"Pli-Template-Version", preview.template_version},
                        {"ETag", tag},
                        {"Vary", "Accept, Authorization"},
                        {"Cache-Control", "private, no-cache"},
                        {"X-Content-Type-Options", "nosniff"}};
    if (request.method == "GET" && request.header("if-none-match") == tag) {
        response.status = 304;
        return response;
    }
    response.body = preview.bytes;
    return response;
}

Result<Reply> answer_to(const Call& call, Asked asked) {
    const auto* format = chosen(asked.format, call.request.header("accept"));
    if (format == nullptr)
        return response_of(problem_of(asked.format.empty() ? 406 : 422, "previews come as png, webp or pdf"));
    TRY(check(asked, call.desk->workspace()));
    asked.request.kind = format->kind;
    asked.request.day = today(call);
    const auto preview = TRY(draw(call, asked));
    return answered(preview, *format, call.request);
}

Result<Reply> get_preview(const Call& call) { return answer_to(call, TRY(from_query(call.request))); }
Result<Reply> post_preview(const Call& call) { return answer_to(call, TRY(from_body(call.request))); }

}  // namespace

const std::vector<Route>& preview_routes() {
    static const std::vector<Route> table{{"GET", "/v2/previews", to_read, get_preview},
                                          {"POST", "/v2/previews", to_read, post_preview, body_bytes}};
    return table;
}

}  // namespace pli::http
