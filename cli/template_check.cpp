#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <memory>
#include <nlohmann/json.hpp>

#include "cli/verbs.hpp"
#include "service/composing.hpp"
#include "service/workspace.hpp"

namespace pli::cli {
namespace {

using layouts::Finding;

struct Wanted {
    std::vector<std::string> names;
    std::string date = today();
};

const char* name_of(Finding::Severity severity) {
    switch (severity) {
        case Finding::Severity::Error: return "error";
        case Finding::Severity::Warning: return "warning";
        case Finding::Severity::Note: break;
    }
    return "note";
}

nlohmann::json as_json(const Finding& finding) {
    return {{"severity", name_of(finding.severity)},
            {"code", finding.code},
            {"where", finding.error.where},
            {"message", finding.error.message},
            {"remedy", finding.error.remedy}};
}

Exit print_findings(const Session& session, const std::vector<std::string>& names,
                    const service::Composing& composing) {
    nlohmann::json findings = nlohmann::json::array();
    bool errors = false, warnings = false;
    for (const auto& finding : composing.findings) {
        const bool error = finding.severity == Finding::Severity::Error;
        errors |= error;
        warnings |= finding.severity == Finding::Severity::Warning;
        findings.push_back(as_json(finding));
        if (!session.json)
            warn(fmt::format("{}: {} [{}]", name_of(finding.severity), finding.error.text(), finding.code));
    }
    if (session.json) {
        print({{"ok", !errors}, {"templates", names}, {"findings", findings}});
    } else {
        for (std::size_t i = 0; i < names.size(); ++i)
            if (composing.broken[i].empty())
                fmt::print("{}: ready, version {}\n", names[i], composing.templates[i].version().substr(0, 12));
    }
    if (errors) return Exit::BadInput;
    return warnings ? Exit::WithFindings : Exit::Done;
}

Exit check(const Session& session, const Wanted& wanted) {
    const auto workspace = service::Workspace::open(session.workspace);
    if (!workspace) return report(session, workspace.error());
    const auto day = Day::parse(wanted.date);
    if (!day) return report(session, day.error());
    const auto names = wanted.names.empty() ? workspace->template_names() : wanted.names;
    const auto composing = service::compose(*workspace, names, *day, service::UploadVerdicts::Fresh);
    if (!composing) return report(session, composing.error());
    return print_findings(session, names, *composing);
}

}  // namespace

void template_check(CLI::App& verb, const Session& session, Action& action) {
    const auto wanted = std::make_shared<Wanted>();
    verb.add_option("NAME", wanted->names, "templates to check (default: all of the workspace)");
    verb.add_option("--date", wanted->date, "as of this day, YYYY-MM-DD (default: today)");
    verb.callback([wanted, &session, &action] { action = [wanted, &session] { return check(session, *wanted); }; });
}

}  // namespace pli::cli
