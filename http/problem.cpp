#include "http/problem.hpp"

#include <array>
#include <nlohmann/json.hpp>

namespace pli::http {
namespace {

using nlohmann::json;

struct Words {
    int status;
    std::string_view title, code;
};
constexpr std::array words{Words{400, "Bad Request", "bad-request"},
                           Words{401, "Unauthorized", "no-valid-token"},
                           Words{403, "Forbidden", "scope-missing"},
                           Words{404, "Not Found", "not-found"},
                           Words{405, "Method Not Allowed", "method-not-allowed"},
                           Words{406, "Not Acceptable", "not-acceptable"},
                           Words{408, "Request Timeout", "too-slow"},
                           Words{409, "Conflict", "conflict"},
                           Words{412, "Precondition Failed", "changed-meanwhile"},
                           Words{413, "Content Too Large", "body-too-large"},
                           Words{415, "Unsupported Media Type", "wrong-media-type"},
                           Words{416, "Range Not Satisfiable", "range-outside-file"},
                           Words{422, "Unprocessable Content", "not-accepted"},
                           Words{429, "Too Many Requests", "too-many-requests"},
                           Words{431, "Request Header Fields Too Large", "head-too-large"},
                           Words{500, "Internal Server Error", "internal"},
                           Words{503, "Service Unavailable", "busy"},
                           Words{505, "HTTP Version Not Supported", "http-version"},
                           Words{507, "Insufficient Storage", "storage"}};

const Words& words_of(int status) {
    for (const auto& one : words)
        if (one.status == status) return one;
    return words[0];
}

Response problem_response(const Problem& problem, const json& body) {
    Response response{problem.status, {{"Content-Type", "application/problem+json"}}, dump(body), nullptr};
    if (problem.status == 401) response.headers.emplace_back("WWW-Authenticate", "Bearer realm=\"pli\"");
    if (problem.status == 429 || problem.status == 503) response.headers.emplace_back("Retry-After", "1");
    return response;
}

}  // namespace

/// Names and addresses come in from everywhere: what is not UTF-8 must not stop an answer.
std::string dump(const json& body) { return body.dump(-1, ' ', false, json::error_handler_t::replace); }

std::string_view title_of(int status) { return words_of(status).title; }

json as_json(const Problem& problem) {
    json body{{"type", "urn:pli:problem:" + problem.code},
              {"title", title_of(problem.status)},
              {"status", problem.status},
              {"code", problem.code},
              {"detail", problem.detail}};
    if (!problem.where.empty()) body["where"] = problem.where;
    if (!problem.remedy.empty()) body["remedy"] = problem.remedy;
    return body;
}

Response response_of(const Problem& problem) { return problem_response(problem, as_json(problem)); }

Response response_of(const Problem& problem, const json& errors) {
    auto body = as_json(problem);
    body["errors"] = errors;
    return problem_response(problem, body);
}

Problem problem_of(const Error& error) {
    switch (error.fault) {
        case Fault::BadInput: return {422, "not-accepted", error.message, error.where, error.remedy};
        case Fault::AddressTooLong: return {422, "address-too-long", error.message, error.where, error.remedy};
        case Fault::MissingGlyph: return {422, "missing-glyph", error.message, error.where, error.remedy};
        case Fault::Overflow: return {422, "overflow", error.message, error.where, error.remedy};
        case Fault::NotFound: return {404, "not-found", error.message, error.where, error.remedy};
        case Fault::Unsupported: return {422, "unsupported", error.message, error.where, error.remedy};
        case Fault::Busy: return {409, "busy", error.message, {}, "ask again in a moment"};
        case Fault::Newer:
        case Fault::Environment: break;
    }
    return {500,
            "internal",
            "the service could not do this; its log says why, under the number in X-Request-Id",
            {},
            "ask again; tell the operator if it stays"};
}

Problem problem_of(int status, const std::string& detail) {
    return {status, std::string(words_of(status).code), detail};
}

Response json_response(int status, const json& body) {
    return {status, {{"Content-Type", "application/json"}}, dump(body), nullptr};
}

}  // namespace pli::http
