// Uploads: a PDF is looked at as carrier and press would, in the sandbox, before anybody makes a template of it.
#include <algorithm>
#include <chrono>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>

#include "http/application.hpp"
#include "http/findings_json.hpp"
#include "http/kept_file.hpp"
#include "http/known_template.hpp"
#include "http/multipart.hpp"
#include "http/names.hpp"
#include "http/problem.hpp"
#include "http/router.hpp"
#include "http/scratch_folder.hpp"
#include "service/upload_check.hpp"

namespace pli::http {
namespace fs = std::filesystem;
namespace {

using nlohmann::json;

constexpr std::uint64_t upload_bytes = 256u << 20;
constexpr auto kept_for = std::chrono::hours(24);

std::string uploads_folder(const Call& call) { return call.desk->workspace().folder + "/incoming/uploads"; }

/// Who wants to keep a file puts it into a template.
void forget_old_ones(const std::string& folder) {
    std::error_code ignored;
    const auto limit = fs::file_time_type::clock::now() - kept_for;
    for (const auto& entry : fs::directory_iterator(folder, ignored))
        if (fs::last_write_time(entry.path(), ignored) < limit) fs::remove_all(entry.path(), ignored);
}

const KeptPart* part_named(const std::vector<KeptPart>& parts, std::string_view name) {
    const auto found = std::ranges::find_if(parts, [&](const auto& part) { return part.head.name == name; });
    return found == parts.end() ? nullptr : &*found;
}

std::string text_of(const std::vector<KeptPart>& parts, std::string_view name) {
    const auto* part = part_named(parts, name);
    return part == nullptr ? std::string() : part->text;
}

Result<service::UploadCheckRequest> request_in(const std::vector<KeptPart>& parts, Day day) {
    const auto* file = part_named(parts, "file");
    if (file == nullptr || file->path.empty())
        return failure(Fault::BadInput, "file", "the form has no file", "curl -F file=@flyer.pdf");
    service::UploadCheckRequest request;
    request.file = file->path;
    request.profile = text_of(parts, "profile");
    request.day = day;
    const auto sides = text_of(parts, "sides");
    if (!sides.empty() && sides != "simplex" && sides != "duplex")
        return failure(Fault::BadInput, "sides", "is neither simplex nor duplex");
    if (sides == "duplex") request.sides = uploads::Sides::Duplex;
    for (const auto& part : parts)
        if (part.head.name == "repair") request.repairs.push_back(part.text);
    return request;
}

Done write(const std::string& path, std::string_view bytes) {
    std::ofstream file(path, std::ios::binary);
    file << bytes;
    file.flush();
    if (!file) return failure(Fault::Environment, path, "cannot be written");
    return {};
}

Done draw_pages(const service::CheckedUpload& checked, const service::UploadCheckRequest& request,
                const std::string& folder) {
    if (checked.report.pages.empty()) return {};  // cannot be opened: the findings say why
    for (const auto& picture : TRY(service::draw_findings(checked, request)))
        TRY(write(folder + "/page-" + std::to_string(picture.page) + ".png", picture.png));
    return {};
}

json described(json report, const std::string& id, const std::string& folder) {
    report["id"] = id;
    std::error_code ignored;
    int number = 0;
    for (auto& page : report["pages"])
        if (++number; fs::exists(folder + "/page-" + std::to_string(number) + ".png", ignored))
            page["picture"] = "/v2/uploads/" + id + "/pages/" + std::to_string(number);
    return report;
}

Result<Reply> post_upload(const Call& call) {
    if (!call.request.spooled) return response_of(problem_of(400, "the body is empty, expected a form with a file"));
    const auto folder = uploads_folder(call);
    forget_old_ones(folder);
    auto draft = TRY(ScratchFolder::within(folder, "u-"));
    const auto parts = TRY(keep_parts(call.request.spooled->path(), call.request.header("content-type"), draft.path()));
    const auto request = TRY(request_in(parts, today(call)));
    const auto checked = TRY(service::check_upload(call.desk->workspace().folder, request));
    if (text_of(parts, "pictures") != "no") TRY(draw_pages(checked, request, draft.path()));
    const auto id = draft.name();
    const auto report = described(as_json(checked), id, draft.path());
    TRY(write_kept(draft.path() + "/report.json", report));
    if (!checked.repaired.empty()) TRY(write(draft.path() + "/upload.pdf", checked.bytes));
    std::error_code error;
    if (checked.repaired.empty()) fs::rename(request.file, draft.path() + "/upload.pdf", error);
    TRY(draft.take_place_of(folder + "/" + id.substr(2)));
    auto response = json_response(201, described(report, id.substr(2), folder + "/" + id.substr(2)));
    response.headers.emplace_back("Location", "/v2/uploads/" + id.substr(2));
    return response;
}

Result<std::string> upload_in(const Call& call) {
    const auto folder = uploads_folder(call) + "/" + call.values[0];
    std::error_code ignored;
    if (!good_name(call.values[0]) || !fs::exists(folder + "/report.json", ignored))
        return failure(Fault::NotFound, "", "there is no such upload", "uploads are kept for a day");
    return folder;
}

Result<Reply> show_upload(const Call& call) {
    const auto folder = TRY(upload_in(call));
    return json_response(200, described(TRY(read_kept(folder + "/report.json")), call.values[0], folder));
}

Result<Reply> upload_page(const Call& call) {
    const auto folder = TRY(upload_in(call));
    const auto path = folder + "/page-" + call.values[1] + ".png";
    std::error_code ignored;
    if (!good_name(call.values[1]) || !fs::exists(path, ignored))
        return failure(Fault::NotFound, "", "the upload has no picture of such a page");
    return file_response(call.request, path, {});
}

Result<Reply> upload_file(const Call& call) {
    return file_response(call.request, TRY(upload_in(call)) + "/upload.pdf", {});
}

Result<Reply> delete_upload(const Call& call) {
    std::error_code error;
    fs::remove_all(TRY(upload_in(call)), error);
    return Response{204, {}, {}, {}};
}

}  // namespace

const std::vector<Route>& upload_routes() {
    static const std::vector<Route> table{
        {"POST", "/v2/uploads", Scope::Templates, post_upload, upload_bytes, Admission::Body::File, Pace::Slow},
        {"GET", "/v2/uploads/{upload}", Scope::Templates, show_upload},
        {"GET", "/v2/uploads/{upload}/file", Scope::Templates, upload_file},
        {"GET", "/v2/uploads/{upload}/pages/{page}", Scope::Templates, upload_page},
        {"DELETE", "/v2/uploads/{upload}", Scope::Templates, delete_upload}};
    return table;
}

}  // namespace pli::http
