// Templates: looking at them, and putting a new version in the place of an old one.
#include <algorithm>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>

#include "http/application.hpp"
#include "http/findings_json.hpp"
#include "http/known_template.hpp"
#include "http/multipart.hpp"
#include "http/names.hpp"
#include "http/problem.hpp"
#include "http/router.hpp"
#include "http/scratch_folder.hpp"
#include "service/composing.hpp"

namespace pli::http {
namespace fs = std::filesystem;
namespace {

using nlohmann::json;

constexpr std::uint64_t template_bytes = 64u << 20;

Result<std::string> template_in(const Call& call) {
    const auto& name = call.values[0];
    TRY(known_template(call.desk->workspace(), name));
    return name;
}

Result<Reply> list_templates(const Call& call) {
    json names = json::array();
    for (const auto& name : call.desk->workspace().template_names()) names.push_back({{"name", name}});
    return json_response(200, {{"templates", names}});
}

/// A compiled template in few words. `shown`: the name findings are told under.
struct Verdict {
    bool ready = false;
    std::string version;
    json findings = json::array();
};

void replace(std::string& text, const std::string& part, const std::string& by) {
    for (auto at = text.find(part); at != std::string::npos; at = text.find(part, at + by.size()))
        text.replace(at, part.size(), by);
}

Result<Verdict> judge(const Call& call, const std::string& name, const std::string& shown) {
    const auto& workspace = call.desk->workspace();
    const auto composing = TRY(service::compose(workspace, {name}, today(call)));
    Verdict verdict;
    verdict.ready = composing.broken.at(0).empty();
    if (verdict.ready) verdict.version = composing.templates.at(0).version();
    for (auto finding : composing.findings) {
        for (auto* text : {&finding.error.where, &finding.error.message, &finding.error.remedy}) {
            replace(*text, workspace.folder + "/", "");  // where the workspace lies is no client's affair
            replace(*text, name, shown);
        }
        verdict.findings.push_back(as_json(finding));
    }
    return verdict;
}

json files_of(const std::string& folder) {
    std::vector<std::pair<std::string, std::uintmax_t>> files;
    std::error_code ignored;
    for (const auto& entry : fs::recursive_directory_iterator(folder, ignored))
        if (entry.is_regular_file(ignored))
            files.emplace_back(fs::relative(entry.path(), folder, ignored).string(), entry.file_size(ignored));
    std::ranges::sort(files);
    json list = json::array();
    for (const auto& [name, bytes] : files) list.push_back({{"name", name}, {"bytes", bytes}});
    return list;
}

json described(const std::string& name, const Verdict& verdict, const std::string& folder) {
    json body{{"name", name}, {"ready", verdict.ready}, {"findings", verdict.findings}, {"files", files_of(folder)}};
    if (verdict.ready) body["version"] = verdict.version;
    return body;
}

Result<Reply> show_template(const Call& call) {
    const auto name = TRY(template_in(call));
    const auto& workspace = call.desk->workspace();
    const auto folder = workspace.template_folder(name);
    const std::lock_guard lock(call.desk->templates());
    auto body = described(name, TRY(judge(call, name, name)), folder);
    body["template"] = json::parse(TRY(service::read_file(folder + "/template.json")), nullptr, false);
    if (body["template"].is_discarded()) body["template"] = nullptr;
    return json_response(200, body);
}

Result<Reply> template_file(const Call& call) {
    const auto name = TRY(template_in(call));
    const auto& file = call.values[1];
    const auto path = call.desk->workspace().template_folder(name) + "/" + file;
    std::error_code ignored;
    if (!good_path(file) || !fs::is_regular_file(path, ignored))
        return failure(Fault::NotFound, "", "the template has no file \"" + file.substr(0, 60) + "\"");
    return file_response(call.request, path, {});
}

// Putting

Done write(const std::string& path, std::string_view bytes) {
    std::ofstream file(path, std::ios::binary);
    file << bytes;
    file.flush();
    if (!file) return failure(Fault::Environment, path, "cannot be written");
    return {};
}

/// The files of a form, each under its own name; the part "template" is template.json, whatever it is called.
Done place_parts(const std::vector<KeptPart>& parts, const std::string& folder) {
    bool whole = false;
    std::error_code error;
    for (const auto& part : parts) {
        const bool is_template = part.head.name == "template" || part.head.filename == "template.json";
        const auto name = is_template ? "template.json" : part.head.filename;
        if (!good_path(name))
            return failure(Fault::BadInput, part.head.name,
                           "the file name \"" + name.substr(0, 60) + "\" is not allowed",
                           "letters, digits and . - _ ; folders within the template are fine");
        const auto path = fs::path(folder) / name;
        fs::create_directories(path.parent_path(), error);
        if (fs::exists(path, error))
            return failure(Fault::BadInput, part.head.name, "the form has two files \"" + name + "\"");
        whole |= is_template;
        if (part.path.empty()) {
            TRY(write(path.string(), part.text));
            continue;
        }
        fs::rename(part.path, path, error);
        if (error) return failure(Fault::Environment, path.string(), "cannot be written: " + error.message());
        fs::permissions(path, fs::perms(0644), error);
    }
    if (whole) return {};
    return failure(Fault::BadInput, "template", "the form has no part \"template\"",
                   "curl -F template=@template.json -F file=@logo.svg");
}

/// A body that is JSON is the template alone: its pictures stay as they are.
Done fill(const Call& call, const std::string& present, const std::string& folder) {
    const auto& body = call.request.spooled->path();
    const auto type = call.request.header("content-type");
    std::error_code error;
    if (!type.starts_with("application/json")) {
        const auto parts = TRY(ScratchFolder::within(TRY(call.desk->spool_folder()), "form-"));
        return place_parts(TRY(keep_parts(body, type, parts.path())), folder);
    }
    if (fs::exists(present, error)) fs::copy(present, folder, fs::copy_options::recursive, error);
    fs::copy_file(body, folder + "/template.json", fs::copy_options::overwrite_existing, error);
    if (error) return failure(Fault::Environment, folder, "cannot be written: " + error.message());
    fs::permissions(folder + "/template.json", fs::perms(0644), error);
    return {};
}

Result<Reply> put_template(const Call& call) {
    const auto& name = call.values[0];
    if (!good_name(name))
        return failure(Fault::BadInput, "name",
                       "a template's name is letters, digits and . - _, and begins with none of the last");
    if (!call.request.spooled) return response_of(problem_of(400, "the body is empty"));
    const auto& workspace = call.desk->workspace();
    const auto place = workspace.template_folder(name);
    const std::lock_guard lock(call.desk->templates());
    auto draft = TRY(ScratchFolder::within(workspace.folder + "/templates", ".draft-"));
    TRY(fill(call, place, draft.path()));
    const auto verdict = TRY(judge(call, draft.name(), name));
    if (!verdict.ready)
        return response_of({422, "template-broken", "the template does not compile; nothing was changed"},
                           verdict.findings);
    auto body = described(name, verdict, draft.path());
    if (call.request.query_value("check") == "only") return json_response(200, body);
    std::error_code ignored;
    const bool fresh = !fs::exists(place, ignored);
    TRY(draft.take_place_of(place));
    return json_response(fresh ? 201 : 200, body);
}

}  // namespace

const std::vector<Route>& template_routes() {
    static const std::vector<Route> table{
        {"GET", "/v2/templates", to_read, list_templates},
        {"GET", "/v2/templates/{name}", to_read, show_template, 0, Admission::Body::Memory, Pace::Slow},
        {"GET", "/v2/templates/{name}/files/{...file}", to_read, template_file},
        {"PUT", "/v2/templates/{name}", Scope::Templates, put_template, template_bytes, Admission::Body::File,
         Pace::Slow}};
    return table;
}

}  // namespace pli::http
