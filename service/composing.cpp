#include "service/composing.hpp"

#include <fmt/format.h>

#include <filesystem>
#include <fstream>
#include <iterator>

#include "pipeline/mark_files.hpp"
#include "render/pictures.hpp"
#include "service/installation.hpp"
#include "service/upload_repairs.hpp"
#include "service/upload_verdict.hpp"
#include "uploads/fillable.hpp"
#include "uploads/import.hpp"

namespace pli::service {
namespace fs = std::filesystem;
namespace {

/// A template reaches only files below its own folder: it may come from somebody else.
Result<std::string> inside(const std::string& folder, std::string_view path) {
    const fs::path relative = fs::path(path).lexically_normal();
    if (relative.is_absolute() || relative.empty() || *relative.begin() == "..")
        return failure(Fault::BadInput, std::string(path), "lies outside the template's folder",
                       "copy the file into the template's folder");
    return (fs::path(folder) / relative).string();
}

/// Lets an upload in, or not, before it is imported; what is to be told of it is kept for the report.
struct Judging {
    const PressSetup& press;
    std::optional<UploadCourt> court;
    std::string fonts_folder{};
    std::vector<layouts::Finding> notes{};

    Done admit(const std::string& bytes, std::string_view path) {
        if (!court) return {};
        for (auto& finding : TRY(judge(bytes, path, *court))) {
            if (finding.severity == layouts::Finding::Severity::Error) return tl::unexpected(std::move(finding.error));
            notes.push_back(std::move(finding));
        }
        return {};
    }
};

std::string told(const uploads::Deed& deed) {
    const std::string page = deed.page > 0 ? fmt::format("page {}: ", deed.page) : "";
    return fmt::format("{}: {}{}", deed.repair, page, deed.what);
}

/// The upload as it comes, or repaired first as its template asks.
Result<layouts::Upload> upload_of(std::string bytes, std::string_view path, const layouts::UploadOrder& order,
                                  Judging& judging) {
    layouts::Upload upload;
    if (!order.repairs.empty()) {
        const auto icc = std::make_shared<const std::string>(judging.press.condition.profile->bytes);
        const auto plan =
            TRY(repair_plan(order.repairs, {order.profile, order.sides == Sides::Duplex, icc, judging.fonts_folder}));
        auto repaired = TRY(uploads::repair(bytes, plan, path));
        for (const auto& deed : repaired.deeds) upload.repaired.push_back(told(deed));
        bytes = std::move(repaired.bytes);
    }
    TRY(judging.admit(bytes, path));
    uploads::ImportOptions options;
    options.for_press = true;
    if (!order.fills) {
        upload.pages = TRY(uploads::import_pdf(std::move(bytes), path, options));
        return upload;
    }
    for (FillablePage& page : TRY(uploads::import_fillable(std::move(bytes), path, options))) {
        upload.pages.push_back(std::move(page.page));
        upload.lines.push_back(std::move(page.lines));
    }
    return upload;
}

layouts::Resources resources_of(const std::string& folder, const std::string& workspace, Judging& judging) {
    layouts::Resources resources;
    resources.read = [folder](std::string_view path) -> Result<std::string> {
        return read_file(TRY(inside(folder, path)));
    };
    resources.decode_image = [](const std::string& bytes, std::string_view path) {
        return render::decode_image(bytes, path);
    };
    resources.import_pdf = [folder, &judging](std::string_view path,
                                              const layouts::UploadOrder& order) -> Result<layouts::Upload> {
        return upload_of(TRY(read_file(TRY(inside(folder, path)))), path, order, judging);
    };
    resources.import_svg = [](const std::string& svg, std::string_view path) -> Result<ForeignPage> {
        uploads::ImportOptions options;
        options.grey_rgb_to_k = true;
        auto pages = TRY(uploads::import_pdf(TRY(render::svg_to_pdf(svg, path)), path, options));
        return std::move(pages.front());
    };
    // The workspace's own dictionaries go before the system's.
    resources.read_hyphenation = [workspace](std::string_view file) -> Result<std::string> {
        auto own = read_file((fs::path(workspace) / "hyphenation" / file).string());
        return own ? own : read_file((fs::path("/usr/share/hyphen") / file).string());
    };
    return resources;
}

auto into_inks_of(const render::OutputProfile& press) {
    return [&press](const std::string& bytes, std::string_view path) -> Result<Image> {
        return render::in_inks_of(TRY(render::decode_image(bytes, path)), press);
    };
}

layouts::KeptFree marks_of(const pipeline::OmrProfile& omr) {
    return {"the inserter's marks", [&omr](Size sheet) { return omr.zone_on(sheet); }, omr.through};
}

/// A template whose profile has too small a place for the code does not compile; one without a place is pointed out.
void check_franking(const std::string& name, const pipeline::FrankingCode& franking, layouts::Compiled& compiled) {
    if (!compiled.result) return;
    using Severity = layouts::Finding::Severity;
    const auto find = [&](Severity severity, Error error) {
        error.where = fmt::format("templates/{}/template.json", name);
        compiled.findings.push_back({severity, "franking", std::move(error)});
    };
    const Rect& zone = compiled.result->production().franking;
    if (zone.size.width <= Length{})
        return find(Severity::Warning,
                    {Fault::BadInput, "", "its profile keeps no place for a franking code: these letters get none",
                     "take a profile with a [franking] zone, such as DIN5008-B-DV"});
    auto fits = pipeline::check_place(franking, zone);
    if (fits) return;
    find(Severity::Error, std::move(fits).error());
    compiled.result.reset();
}

std::string first_error(const std::vector<layouts::Finding>& findings) {
    for (const auto& finding : findings)
        if (finding.severity == layouts::Finding::Severity::Error) return finding.error.text();
    return "the template does not compile";
}

std::optional<UploadCourt> court_for(const Workspace& workspace, const std::string& json, Day day,
                                     const Composing& composing) {
    auto court =
        court_of(json, {*composing.profiles, composing.press->upload_limits, workspace.rules.sheet_codes, day});
    if (court) court->memory = (fs::path(workspace.folder) / "cache" / "uploads").string();
    if (court) court->fresh = composing.fresh;
    return court;
}

void compile_one(const Workspace& workspace, const std::string& name, Day day, Composing& composing) {
    const auto folder = workspace.template_folder(name);
    auto json = read_file((fs::path(folder) / "template.json").string());
    layouts::Compiled compiled;
    if (json) {
        Judging judging{*composing.press, court_for(workspace, *json, day, composing),
                        fonts_folder_of(workspace.folder)};
        auto resources = resources_of(folder, workspace.folder, judging);
        if (workspace.print.convert_rgb) resources.decode_image = into_inks_of(*composing.press->condition.profile);
        layouts::Workshop workshop{
            *composing.profiles, *composing.fonts,       *composing.assets, std::move(resources), day,
            workspace.country,   composing.press->limits};
        if (composing.omr) workshop.kept_free.push_back(marks_of(*composing.omr));
        compiled = layouts::compile(name, *json, workshop);
        std::move(judging.notes.begin(), judging.notes.end(), std::back_inserter(compiled.findings));
        if (composing.franking) check_franking(name, *composing.franking, compiled);
    } else {
        compiled.findings.push_back({layouts::Finding::Severity::Error, "no-template", json.error()});
    }
    composing.broken.push_back(compiled.result ? "" : first_error(compiled.findings));
    composing.templates.push_back(compiled.result ? std::move(*compiled.result) : layouts::CompiledTemplate{});
    std::move(compiled.findings.begin(), compiled.findings.end(), std::back_inserter(composing.findings));
}

/// Nothing is read where nothing is asked for.
Done read_marks(const Workspace& workspace, Day day, Composing& composing) {
    if (workspace.omr.empty() && !workspace.franking) return {};
    const auto own = (fs::path(workspace.folder) / "marks").string();
    const auto files = TRY(pipeline::MarkFiles::load(marks_folder(), own));
    if (!workspace.omr.empty())
        composing.omr = std::make_unique<pipeline::OmrProfile>(TRY(files.omr(workspace.omr, day)));
    if (!workspace.franking) return {};
    const auto drawing = TRY(files.code(pipeline::drawing_of(*workspace.franking), day));
    composing.franking = std::make_unique<pipeline::FrankingCode>(pipeline::FrankingCode{*workspace.franking, drawing});
    return {};
}

}  // namespace

Result<std::string> read_file(const std::string& path) {
    std::ifstream file(path, std::ios::binary);
    if (!file || fs::is_directory(path))
        return failure(Fault::NotFound, path, "there is no such file, or it may not be read");
    std::string bytes{std::istreambuf_iterator<char>(file), {}};
    if (file.bad()) return failure(Fault::Environment, path, "cannot be read");
    return bytes;
}

Result<Composing> compose(const Workspace& workspace, const std::vector<std::string>& templates, Day day,
                          UploadVerdicts verdicts) {
    Composing composing;
    composing.fresh = verdicts == UploadVerdicts::Fresh;
    composing.profiles = std::make_unique<layouts::ProfileSet>(
        TRY(layouts::ProfileSet::load(profiles_folder(), (fs::path(workspace.folder) / "profiles").string())));
    const auto& fallbacks = workspace.fallback_fonts.empty() ? fonts::default_fallbacks() : workspace.fallback_fonts;
    composing.fonts = std::make_unique<fonts::FontSet>(
        fonts::FontSet::Options{(fs::path(workspace.folder) / "fonts").string(), fallbacks});
    composing.assets = std::make_unique<Assets>();
    composing.press = std::make_unique<PressSetup>(TRY(press_setup(workspace)));
    TRY(read_marks(workspace, day, composing));
    composing.marks = TRY(composing.fonts->chain({"Noto Sans", 400, false}));
    for (const auto& name : templates) compile_one(workspace, name, day, composing);
    composing.fonts->freeze();
    return composing;
}

}  // namespace pli::service
