#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <fstream>
#include <memory>
#include <nlohmann/json.hpp>

#include "cli/verbs.hpp"
#include "service/upload_repairs.hpp"

namespace pli::cli {
namespace {

struct Wanted {
    service::RepairRequest request;
    std::string date = today(), output;
};

Done write(const std::string& path, const std::string& bytes) {
    std::ofstream file(path, std::ios::binary);
    file << bytes;
    file.flush();
    if (file) return {};
    return failure(Fault::Environment, path, "cannot be written", "check the folder and free space");
}

nlohmann::json as_json(const uploads::Deed& deed) {
    return {{"repair", deed.repair}, {"page", deed.page}, {"done", deed.what}};
}

void print_deeds(const Session& session, const Wanted& wanted, const uploads::Repaired& repaired) {
    if (session.json) {
        nlohmann::json deeds = nlohmann::json::array();
        for (const auto& deed : repaired.deeds) deeds.push_back(as_json(deed));
        return print({{"ok", true}, {"file", wanted.output}, {"bytes", repaired.bytes.size()}, {"repairs", deeds}});
    }
    for (const auto& deed : repaired.deeds)
        fmt::print("{}: {}{}\n", deed.repair, deed.page > 0 ? fmt::format("page {}: ", deed.page) : "", deed.what);
    if (repaired.deeds.empty()) fmt::print("nothing had to be done\n");
    fmt::print("{}  {} bytes\n", wanted.output, grouped(repaired.bytes.size()));
}

Result<Exit> repair(const Session& session, Wanted& wanted) {
    wanted.request.day = TRY(Day::parse(wanted.date));
    const auto repaired = TRY(service::repair_upload(session.workspace, wanted.request));
    TRY(write(wanted.output, repaired.bytes));
    print_deeds(session, wanted, repaired);
    return Exit::Done;
}

}  // namespace

void upload_repair(CLI::App& verb, const Session& session, Action& action) {
    const auto wanted = std::make_shared<Wanted>();
    auto& request = wanted->request;
    verb.add_option("FILE", request.file, "the PDF to repair")->required();
    verb.add_option(
            "-r,--repair", request.repairs,
            "what to do: flatten, drop-blank-pages, rotate[=90|180|270], scale[=fill|bleed], centre, embed-fonts, "
            "black-text, convert-rgb, tag-rgb, clear-zone[=NAME|X:Y:W:H][@PAGE|@all], cover-page")
        ->required()
        ->delimiter(',');
    verb.add_option("-p,--profile", request.profile, "the window profile whose sheet and zones hold")->required();
    verb.add_flag("--duplex", request.duplex, "the job is printed on both sides");
    verb.add_option("--date", wanted->date, "as of this day, YYYY-MM-DD (default: today)");
    verb.add_option("-o,--output", wanted->output, "the repaired PDF")->required();
    verb.callback([wanted, &session, &action] {
        action = [wanted, &session] {
            const auto exit = repair(session, *wanted);
            return exit ? *exit : report(session, exit.error());
        };
    });
}

}  // namespace pli::cli
