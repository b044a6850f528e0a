// Batches for a print house: fetching files, saying what became of the pieces.
#include <algorithm>
#include <filesystem>
#include <fstream>
#include <map>
#include <nlohmann/json.hpp>

#include "http/application.hpp"
#include "http/names.hpp"
#include "http/problem.hpp"
#include "http/router.hpp"
#include "service/batch_ledger.hpp"

namespace pli::http {
namespace fs = std::filesystem;
namespace {

using nlohmann::json;

constexpr std::uint64_t results_bytes = 64u << 20;
constexpr Scopes to_fetch = Scope::PrintHouse | Scope::Read | Scope::Letters;

tl::unexpected<Error> no_batch(const std::string& name) {
    return failure(Fault::NotFound, "", "there is no batch \"" + name.substr(0, 80) + "\"");
}

/// A batch without READY is being written: it is not there yet.
Result<std::string> folder_of(const Call& call) {
    const auto& name = call.values[0];
    const auto folder = call.desk->workspace().out + "/" + name;
    std::error_code ignored;
    if (!good_name(name) || !fs::exists(folder + "/READY", ignored)) return no_batch(name);
    return folder;
}

std::map<std::string, std::string> sums_of(const std::string& folder) {
    std::map<std::string, std::string> sums;
    std::ifstream file(folder + "/SHA256SUMS");
    for (std::string sum, name; file >> sum >> name;) sums[name] = sum;
    return sums;
}

json files_of(const std::string& folder) {
    const auto sums = sums_of(folder);
    std::map<std::string, json> files;
    std::error_code ignored;
    for (const auto& entry : fs::directory_iterator(folder, ignored)) {
        const auto name = entry.path().filename().string();
        if (!good_name(name) || !entry.is_regular_file(ignored)) continue;
        json file{{"name", name}, {"bytes", entry.file_size(ignored)}};
        if (const auto sum = sums.find(name); sum != sums.end()) file["sha256"] = sum->second;
        files[name] = std::move(file);
    }
    json list = json::array();
    for (auto& [name, file] : files) list.push_back(std::move(file));
    return list;
}

json as_json(const store::BatchAccount& account) {
    json counts = json::object();
    for (const auto& [state, count] : account.counts) counts[std::string(jobs::name(state))] = count;
    json out{{"name", account.batch.name},
             {"run", account.run},
             {"production_class", account.batch.production_class},
             {"pieces", account.batch.pieces},
             {"sheets", account.batch.sheets},
             {"pages", account.batch.pages},
             {"counts", counts},
             {"closed", account.closed()}};
    if (!account.reprint_of.empty()) out["reprint_of"] = account.reprint_of;
    if (!account.delivered_to.empty())
        out["delivered"] = {{"to", account.delivered_to}, {"at", account.delivered_at.iso()}};
    return out;
}

Result<store::BatchAccount> account_in(const Call& call) {
    const auto& name = call.values[0];
    auto account = service::account_of(call.desk->workspace(), name);
    if (!account && account.error().fault == Fault::NotFound) return no_batch(name);
    return account;
}

/// By name, which begins with the day: the newest first. What is fetched by name goes on behind `after`.
Result<Reply> list_batches(const Call& call) {
    std::vector<std::string> names;
    std::error_code ignored;
    for (const auto& entry : fs::directory_iterator(call.desk->workspace().out, ignored))
        if (fs::exists(entry.path() / "READY", ignored)) names.push_back(entry.path().filename().string());
    std::ranges::sort(names, std::greater<>());
    constexpr std::size_t most = 200;
    const auto after = call.request.query_value("cursor");
    if (!after.empty()) std::erase_if(names, [&](const auto& name) { return name >= after; });
    json body{{"batches", json::array()}};
    if (names.size() > most) {
        names.resize(most);
        body["next"] = names.back();
    }
    for (const auto& name : names) body["batches"].push_back({{"name", name}});
    return json_response(200, body);
}

Result<Reply> show_batch(const Call& call) {
    const auto folder = TRY(folder_of(call));
    auto body = as_json(TRY(account_in(call)));
    body["files"] = files_of(folder);
    return json_response(200, body);
}

Result<Reply> batch_file(const Call& call) {
    const auto folder = TRY(folder_of(call));
    const auto& name = call.values[1];
    if (!good_name(name)) return failure(Fault::NotFound, "", "the batch has no such file");
    const auto sums = sums_of(folder);
    const auto sum = sums.find(name);
    return file_response(call.request, folder + "/" + name, sum == sums.end() ? std::string() : sum->second);
}

Result<Reply> take_delivery(const Call& call) {
    TRY(folder_of(call));
    auto account = TRY(account_in(call));
    auto store = TRY(call.desk->store());
    if (account.delivered_to.empty()) TRY(store->mark_delivered(account.batch.name, "api:" + call.who.name, call.now));
    return json_response(200, as_json(TRY(account_in(call))));
}

/// The file has no name that the print house would know: "results:17, column status".
std::string place_in(const std::string& where) {
    const auto colon = where.find(':');
    return "results" + (colon == std::string::npos ? std::string() : where.substr(colon));
}

json refused_rows(const std::vector<Error>& refused) {
    constexpr std::size_t most = 100;
    json rows = json::array();
    for (std::size_t i = 0; i < std::min(refused.size(), most); ++i)
        rows.push_back(
            {{"where", place_in(refused[i].where)}, {"message", refused[i].message}, {"remedy", refused[i].remedy}});
    return rows;
}

Result<Reply> take_results(const Call& call) {
    const auto folder = TRY(folder_of(call));
    TRY(account_in(call));
    if (!call.request.spooled) return response_of(problem_of(400, "the body is empty, expected CSV or JSON Lines"));
    auto report = service::apply_results(call.desk->workspace(), folder, call.request.spooled->path(), call.now);
    if (!report && report.error().fault == Fault::BadInput)
        return response_of({422, "results-refused", report.error().message, {}, report.error().remedy});
    if (!report) return tl::unexpected(report.error());
    if (!report->refused.empty())
        return response_of({422,
                            "results-refused",
                            std::to_string(report->refused.size()) + " rows are wrong; nothing was changed",
                            {},
                            "mend them and send the whole file again"},
                           refused_rows(report->refused));
    return json_response(200, {{"rows", report->rows},
                               {"new", report->fresh},
                               {"known", report->known},
                               {"moved", report->moved},
                               {"mailed_though_withdrawn", report->slipped_through},
                               {"batch", as_json(report->account)}});
}

}  // namespace

const std::vector<Route>& batch_routes() {
    static const std::vector<Route> table{
        {"GET", "/v2/batches", to_fetch, list_batches},
        {"GET", "/v2/batches/{batch}", to_fetch, show_batch},
        {"GET", "/v2/batches/{batch}/files/{file}", Scope::PrintHouse, batch_file},
        {"POST", "/v2/batches/{batch}/received", Scope::PrintHouse, take_delivery, 4096},
        {"POST", "/v2/batches/{batch}/results", Scope::PrintHouse, take_results, results_bytes, Admission::Body::File,
         Pace::Slow}};
    return table;
}

}  // namespace pli::http
