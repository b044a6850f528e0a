#include "service/upload_verdict.hpp"

#include <fmt/format.h>

#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>

#include "base/digest.hpp"
#include "service/composing.hpp"
#include "service/upload_zones.hpp"
#include "uploads/rules.hpp"

namespace pli::service {
namespace fs = std::filesystem;
namespace {

using layouts::Finding;
using Json = nlohmann::json;

double number_of(const Json& object, const char* key) {
    const auto found = object.find(key);
    return found != object.end() && found->is_number() ? found->get<double>() : 0;
}

/// A rectangle in millimetres; without a width or height, no place is told.
std::optional<Rect> place_of(const Json& stamp) {
    const auto at = stamp.find("at");
    if (at == stamp.end() || !at->is_object()) return std::nullopt;
    const bool code = stamp.contains("qr") || stamp.contains("datamatrix");
    const double size = number_of(stamp, "size");
    const double width = code ? size : number_of(*at, "w");
    const double height = code ? size : size * 25.4 / 72;
    const double y = at->contains("baseline") ? number_of(*at, "baseline") - height : number_of(*at, "y");
    if (width <= 0 || height <= 0) return std::nullopt;
    return Rect{{Length::mm(number_of(*at, "x")), Length::mm(y)}, {Length::mm(width), Length::mm(height)}};
}

void add(Digest& digest, const Rect& rect) {
    digest.add(
        fmt::format("{} {} {} {};", rect.left().nm(), rect.top().nm(), rect.size.width.nm(), rect.size.height.nm()));
}

/// Everything the answer depends on; the number of rules stands for those of this build.
std::string name_of(const std::string& bytes, const UploadCourt& court) {
    Digest digest;
    const uploads::SheetZones& zones = court.zones;
    const uploads::PressLimits& press = zones.press;
    digest.add(
        fmt::format("{} {} {} {};", PLI_VERSION, uploads::rule_count, zones.profile, static_cast<int>(court.sides)));
    digest.add(fmt::format("{} {} {} {} {} {} {};", press.condition, press.total_ink, press.least_dpi,
                           press.least_dpi_bitmap, press.thinnest_line.nm(), press.smallest_type.nm(),
                           press.smallest_type_mixed.nm()));
    const uploads::CarrierLimits& carrier = zones.carrier;
    digest.add(fmt::format("{} {} {} {} {};", carrier.sheets, carrier.megabytes, carrier.envelope,
                           carrier.larger_envelope, carrier.larger_sheets));
    if (const auto& free = zones.printable)
        digest.add(fmt::format("{} {} {} {};", free->top.nm(), free->right.nm(), free->bottom.nm(), free->left.nm()));
    for (const Length fold : zones.folds) digest.add(fmt::format("{};", fold.nm()));
    add(digest, Rect{{}, zones.sheet});
    for (const uploads::Zone& zone : zones.zones) {
        digest.add(fmt::format("{} {} {};", static_cast<int>(zone.kind), zone.name, zone.page));
        add(digest, zone.box);
    }
    digest.add(bytes);
    return Digest::hex(digest.finish());
}

Finding as_finding(const uploads::FindingOnPages& told) {
    const uploads::Finding& one = told.finding;
    std::string text =
        told.pages.empty() ? one.found : fmt::format("{}: {}", uploads::pages_in_words(told.pages), one.found);
    if (one.where) text += fmt::format(", at {:.1f}, {:.1f} mm", one.where->left().to_mm(), one.where->top().to_mm());
    Finding finding;
    finding.severity = one.severity == uploads::Severity::Fatal ? Finding::Severity::Error : Finding::Severity::Warning;
    finding.code = one.code;
    finding.error = {Fault::BadInput, "", fmt::format("{}; expected: {}", text, one.expected), one.remedy};
    return finding;
}

Result<std::vector<Finding>> ask(const std::string& bytes, std::string_view where, const UploadCourt& court) {
    auto report = TRY(uploads::check(bytes, where, court.zones, {{}, court.sides}));
    std::vector<Finding> findings;
    for (const auto& told : uploads::together(std::move(report.findings)))
        if (told.finding.severity != uploads::Severity::Info) findings.push_back(as_finding(told));
    return findings;
}

std::string written(const std::vector<Finding>& findings) {
    Json list = Json::array();
    for (const Finding& one : findings)
        list.push_back({{"error", one.severity == Finding::Severity::Error},
                        {"code", one.code},
                        {"message", one.error.message},
                        {"remedy", one.error.remedy}});
    return list.dump(1, ' ', false, Json::error_handler_t::replace);
}

/// Nothing where there is no such file, or it is not what we write.
std::optional<std::vector<Finding>> remembered(const std::string& path) try {
    const auto text = read_file(path);
    if (!text) return std::nullopt;
    const Json list = Json::parse(*text, nullptr, false);
    if (!list.is_array()) return std::nullopt;
    std::vector<Finding> findings;
    for (const Json& one : list) {
        if (!one.is_object()) return std::nullopt;
        Finding finding;
        finding.severity = one.value("error", true) ? Finding::Severity::Error : Finding::Severity::Warning;
        finding.code = one.value("code", "");
        finding.error = {Fault::BadInput, "", one.value("message", ""), one.value("remedy", "")};
        findings.push_back(std::move(finding));
    }
    return findings;
} catch (const Json::exception&) {
    return std::nullopt;
}

/// Under another name first: a reader beside us never sees half of it. A folder that cannot be written to only costs time.
void remember(const std::string& path, const std::vector<Finding>& findings) {
    std::error_code ignored;
    fs::create_directories(fs::path(path).parent_path(), ignored);
    const std::string draft = path + ".part";
    {
        std::ofstream file(draft, std::ios::binary);
        file << written(findings);
        if (!file.flush()) return;
    }
    fs::rename(draft, path, ignored);
}

}  // namespace

namespace {

std::vector<uploads::Zone> stamp_zones(const Json& json) {
    std::vector<uploads::Zone> zones;
    if (!json.contains("stamps") || !json["stamps"].is_array()) return zones;
    for (const Json& stamp : json["stamps"]) {
        if (!stamp.is_object()) continue;
        const auto place = place_of(stamp);
        if (!place) continue;
        const auto page = static_cast<int>(number_of(stamp, "page"));
        const char* name = stamp.contains("text") ? "place of a text stamp" : "place of the code stamp";
        zones.push_back({uploads::ZoneKind::Stamp, name, *place, std::max(1, page)});
    }
    return zones;
}

}  // namespace

std::optional<UploadCourt> court_of(std::string_view template_json, const UploadGround& ground) {
    const Json json = Json::parse(template_json, nullptr, false);
    const auto text = [&](const char* key) {
        return json.contains(key) && json[key].is_string() ? json[key].get<std::string>() : std::string();
    };
    if (!json.is_object() || text("kind") != "pdf") return std::nullopt;
    const auto profile = ground.profiles.find(text("profile"), ground.day);
    if (!profile) return std::nullopt;  // compiling tells
    UploadCourt court;
    court.zones = zones_of(**profile, ground.press);
    if (!ground.sheet_codes)
        std::erase_if(court.zones.zones,
                      [](const uploads::Zone& zone) { return zone.kind == uploads::ZoneKind::SheetCode; });
    for (uploads::Zone& zone : stamp_zones(json)) court.zones.zones.push_back(std::move(zone));
    court.sides = text("sides") == "duplex" ? uploads::Sides::Duplex : uploads::Sides::Simplex;
    return court;
}

Result<std::vector<Finding>> judge(const std::string& bytes, std::string_view where, const UploadCourt& court) {
    const std::string path =
        court.memory.empty() ? "" : (fs::path(court.memory) / (name_of(bytes, court) + ".json")).string();
    std::optional<std::vector<Finding>> known;
    if (!path.empty() && !court.fresh) known = remembered(path);
    auto findings = known ? std::move(*known) : TRY(ask(bytes, where, court));
    if (!path.empty() && !known) remember(path, findings);
    for (Finding& one : findings) one.error.where = where;
    return findings;
}

}  // namespace pli::service
