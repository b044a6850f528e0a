#include "service/preview.hpp"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <fstream>
#include <memory>
#include <nlohmann/json.hpp>

#include "cli/verbs.hpp"
#include "service/workspace.hpp"

namespace pli::cli {
namespace {

struct Wanted {
    std::int64_t letter = 0;
    std::string date = today(), output;
    service::PreviewRequest request;
};

Result<service::PreviewKind> kind_of(const std::string& file) {
    if (file.ends_with(".png")) return service::PreviewKind::Png;
    if (file.ends_with(".webp")) return service::PreviewKind::Webp;
    if (file.ends_with(".pdf")) return service::PreviewKind::Pdf;
    return failure(Fault::BadInput, "-o " + file, "is neither .png nor .webp nor .pdf",
                   "name the picture F.png, F.webp or F.pdf");
}

Result<Exit> draw(const Session& session, Wanted& wanted) {
    const auto workspace = TRY(service::Workspace::open(session.workspace));
    wanted.request.day = TRY(Day::parse(wanted.date));
    if (wanted.letter > 0) wanted.request.letter = LetterId{wanted.letter};
    wanted.request.kind = TRY(kind_of(wanted.output));
    const auto picture = TRY(service::preview(workspace, wanted.request));
    std::ofstream file(wanted.output, std::ios::binary);
    file << picture.bytes;
    file.flush();
    if (!file)
        return failure(Fault::Environment, wanted.output, "cannot be written", "check the folder and free space");
    if (session.json)
        print({{"ok", true}, {"file", wanted.output}, {"pages", picture.pages}, {"bytes", picture.bytes.size()}});
    else
        fmt::print("{}  {} page(s), {} bytes\n", wanted.output, picture.pages, grouped(picture.bytes.size()));
    return Exit::Done;
}

}  // namespace

void preview(CLI::App& verb, const Session& session, Action& action) {
    const auto wanted = std::make_shared<Wanted>();
    auto* letter = verb.add_option("--letter", wanted->letter, "a queued letter, by its number");
    auto* form =
        verb.add_option("-t,--template", wanted->request.template_name, "a template, with --data or its own sample");
    verb.add_option("--data", wanted->request.data_file, "JSON object with the fields of one letter")->needs(form);
    verb.add_option("--page", wanted->request.page, "pictures: which page (default 1)")->check(CLI::Range(1, 1000));
    verb.add_option("--dpi", wanted->request.dpi, "pictures: pixels an inch (default 96)")->check(CLI::Range(18, 1200));
    verb.add_option("--date", wanted->date, "as of this day, YYYY-MM-DD (default: today)");
    verb.add_option("-o,--output", wanted->output, "F.png, F.webp or F.pdf")->required();
    letter->excludes(form);
    verb.callback([=, &session, &action] {
        action = [=, &session] {
            if (wanted->letter == 0 && wanted->request.template_name.empty())
                return report(session, {Fault::BadInput, "pli preview", "names neither a letter nor a template",
                                        "give --letter N or --template NAME"});
            const auto exit = draw(session, *wanted);
            return exit ? *exit : report(session, exit.error());
        };
    });
}

}  // namespace pli::cli
