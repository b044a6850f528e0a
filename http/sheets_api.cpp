// What the proof page shows beside a letter: the sheet with its places, findings, and whom there is to write to.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>

#include "http/application.hpp"
#include "http/findings_json.hpp"
#include "http/known_template.hpp"
#include "http/names.hpp"
#include "http/problem.hpp"
#include "http/router.hpp"
#include "http/sheet_json.hpp"

namespace pli::http {
namespace {

using nlohmann::json;

/// In the same words as findings of templates; with page and place.
json placed_json(const uploads::Finding& finding) {
    constexpr std::array names{"error", "error", "warning", "note"};
    json body{{"severity", names[static_cast<std::size_t>(finding.severity)]},
              {"code", finding.code},
              {"message", finding.found},
              {"expected", finding.expected},
              {"remedy", finding.remedy}};
    if (finding.page > 0) body["page"] = finding.page;
    if (finding.where) body["box"] = box_json(*finding.where);
    if (!finding.repair.empty()) body["repair"] = finding.repair;
    return body;
}

Result<Reply> template_sheet(const Call& call) {
    const auto& name = call.values[0];
    TRY(known_template(call.desk->workspace(), name));
    const auto sheet = TRY(call.desk->previews().sheet(name, today(call)));
    json body{{"name", sheet->name},       {"about", sheet->about},
              {"version", sheet->version}, {"locale", sheet->locale},
              {"ok", sheet->compiles},     {"duplex", sheet->duplex},
              {"fields", sheet->fields},   {"sample", json::parse(sheet->sample, nullptr, false)},
              {"findings", json::array()}};
    if (sheet->zones.sheet.width > Length{}) body["sheet"] = sheet_json(sheet->zones);
    const bool placed = !sheet->upload_findings.empty();  // those of the upload are among the template's, without place
    for (const auto& finding : sheet->upload_findings) body["findings"].push_back(placed_json(finding));
    for (const auto& finding : sheet->findings)
        if (!placed || !std::ranges::count(sheet->upload_findings, finding.code, &uploads::Finding::code))
            body["findings"].push_back(as_json(finding));
    return json_response(200, body);
}

// Whom there is to write to

constexpr std::uint64_t most_letters = 500;

/// How much room an address takes: its longest part counts as well as how many there are.
std::size_t room_of(const Recipient& to) {
    std::size_t room = 0;
    for (const auto part : {to.company, to.department, to.name, to.first_name, to.last_name, to.care_of, to.street,
                            to.extra, to.po_box, to.city, to.lines})
        room += part.empty() ? 0 : 8 + part.size();
    return room;
}

/// The first letters of the queue that this template sets, and those whose names and addresses want most room.
Result<Reply> template_recipients(const Call& call) {
    TRY(known_template(call.desk->workspace(), call.values[0]));
    store::Filter filter;
    filter.template_name = call.values[0];
    filter.state = jobs::State::Queued;
    filter.limit = most_letters;
    auto store = TRY(call.desk->store());
    json body{{"letters", json::array()}};
    std::size_t longest_name = 0, most_room = 0;
    for (const auto& letter : TRY(store->list(filter))) {
        body["letters"].push_back({{"id", letter.id.value}, {"name", letter.recipient}});
        std::string template_name;
        const auto whole = TRY(store->load(letter.id, template_name));
        const auto note_longest = [&](const char* key, std::size_t& best, std::size_t size) {
            if (size <= best) return;
            best = size;
            body[key] = letter.id.value;
        };
        note_longest("longest_name", longest_name, letter.recipient.size());
        note_longest("longest_address", most_room, room_of(whole.recipient));
    }
    body["total"] = body["letters"].size();
    return json_response(200, body);
}

Result<Reply> profiles(const Call& call) {
    const auto& workspace = call.desk->workspace();
    json body{{"profiles", json::array()}};
    std::string usual;
    for (const auto& zones : TRY(service::sheets_there_are(workspace, today(call)))) {
        if (usual.empty() && zones.country == workspace.country) usual = zones.name;
        body["profiles"].push_back({{"name", zones.name}, {"country", zones.country}, {"envelope", zones.envelope}});
    }
    body["usual"] = usual;
    return json_response(200, body);
}

}  // namespace

const std::vector<Route>& sheet_routes() {
    static const std::vector<Route> table{{"GET", "/v2/profiles", to_read, profiles},
                                          {"GET", "/v2/templates/{name}/sheet", to_read, template_sheet},
                                          {"GET", "/v2/templates/{name}/recipients", to_read, template_recipients}};
    return table;
}

}  // namespace pli::http
