#include "service/workspace.hpp"

#include <fmt/format.h>

#include <array>
#include <filesystem>
#include <fstream>
#include <string_view>

#include "fonts/font_set.hpp"
#include "service/franking_settings.hpp"
#include "service/settings.hpp"
#include "store/postgresql_url.hpp"

namespace pli::service {
namespace fs = std::filesystem;
namespace {

constexpr std::string_view starter_settings = R"(# A Pli workspace. Every key may be left out; these are the defaults.
# store = "postgresql://pli@db.example/letters?schema=shop"   # the queue in a database; left out: queue.sqlite, here

[workspace]
name = "{}"
country = "FR"                 # the sender's country, ISO 3166-1: addresses at home carry no country line

[batches]
max_pieces = 10000             # a batch is closed when it is full
# letters_per_unit = 50000     # a run in parts of so many, so that several pli worker can share it; each has batches of its own
imposition = "1-up"            # or "2-up-cut-and-stack"
sheet = "SRA3"                 # press sheet for 2-up: "SRA3" or "A3"
# print_house = "lyon"         # print-houses/lyon.toml says instead how its press wants them
sheet_codes = true             # DataMatrix and piece number on every sheet, for the inserter

[print]
# output_profile = "PSOcoated_v3.icc"   # the print house's profile, if it names one; else coated FOGRA39
# output_condition = "FOGRA51"          # what the profile describes
rgb = "tagged"                 # RGB pictures keep their profile; "convert": they become inks of the press

[postage]
# products = ["dialogpost-standard"]    # what has conditions is used only when it is named: see pli postage
# service = "priority"                  # or "economy"; left out: whatever costs least
near_limit = "report"          # a letter just under a limit of its product is told; "heavier": it pays the next step
margin_g = 0.5                 # how near that is

[marks]
# omr = "generic"              # marks for the inserter's camera: "di-d1600", "di-425", "generic" or your own in marks/omr/

# [franking]                   # a postal code in the window of profiles that have a place for it, see docs/franking.md
# system = "usps-imb"          # or "dv-freimachung", "mailmark-c", …
)";

constexpr std::string_view starter_template = R"({
  "kind": "document",
  "profile": "NF-right",
  "locale": "fr-FR",
  "style": { "font": "Noto Sans", "size": 10.5, "leading": 14, "gap": 7 },
  "fixed": [{ "text": "Ma Boutique · 1 rue du Marché · 31000 Toulouse", "at": { "x": 20, "y": 15, "w": 75 } }],
  "address": "auto",
  "body": [
    { "html": "<p>Bonjour {first_name|chère cliente, cher client},</p><p>merci pour votre commande {order_number}. À très bientôt !</p>" }
  ],
  "fields": ["order_number"],
  "sample": { "first_name": "Camille", "last_name": "Durand", "street": "8 rue des Lilas", "postal_code": "75019",
              "city": "Paris", "order_number": "2026-0042" }
}
)";

void read_postage(Settings& settings, Workspace& workspace) {
    const std::array services{std::pair<std::string_view, std::string>{"economy", "economy"},
                              std::pair<std::string_view, std::string>{"priority", "priority"}};
    constexpr std::array near{std::pair<std::string_view, bool>{"report", false},
                              std::pair<std::string_view, bool>{"heavier", true}};
    auto& postage = workspace.postage;
    postage.country = workspace.country;
    settings.text("postage", "country", postage.country);
    settings.text("postage", "tariff", postage.tariff);
    settings.choice("postage", "service", postage.service, services);
    settings.texts("postage", "products", postage.products);
    settings.texts("postage", "without", postage.without);
    settings.choice("postage", "near_limit", postage.heavier_when_near, near);
    if (const auto grams = settings.measure("postage", "margin_g")) postage.margin = Mass::g(*grams);
    if (const auto mm = settings.measure("postage", "margin_mm")) postage.margin_thickness = Length::mm(*mm);
}

/// Two plain impositions need no file of the print house's.
void read_imposition(Settings& settings, Workspace& workspace) {
    constexpr std::array impositions{std::pair<std::string_view, bool>{"1-up", false},
                                     std::pair<std::string_view, bool>{"2-up-cut-and-stack", true}};
    constexpr std::array sheets{std::pair<std::string_view, Size>{"SRA3", pipeline::sra3},
                                std::pair<std::string_view, Size>{"A3", pipeline::a3}};
    bool two_up = false;
    auto sheet = pipeline::sra3;
    settings.choice("batches", "imposition", two_up, impositions);
    settings.choice("batches", "sheet", sheet, sheets);
    if (two_up) workspace.rules.press = pipeline::two_up_on(sheet);
    std::string house;
    settings.text("batches", "print_house", house);
    if (house.empty()) return;
    workspace.print_house.emplace().name = house;
    for (const auto* key : {"imposition", "sheet"})
        if (settings.has("batches", key))
            settings.complain("batches", key, "stands in print-houses/" + house + ".toml where a print house is named");
}

/// A file's path, or the address of a database. `[paths] queue` is the older name of the file.
void read_store(Settings& settings, Workspace& workspace) {
    settings.text("paths", "queue", workspace.queue);
    if (!settings.has("", "store")) return;
    if (settings.has("paths", "queue"))
        return settings.complain("paths", "queue", "says where the queue is, and so does store",
                                 "take one of them out");
    settings.text("", "store", workspace.queue);
    if (workspace.queue.find("://") != std::string::npos && !store::is_postgresql_url(workspace.queue))
        settings.complain("", "store", "is no address of a store Pli has",
                          "write postgresql://USER@HOST/DATABASE, or the path of a SQLite file");
}

Done read_settings(const toml::table& root, const std::string& file, Workspace& workspace) {
    constexpr std::array rgb_roads{std::pair<std::string_view, bool>{"tagged", false},
                                   std::pair<std::string_view, bool>{"convert", true}};
    Settings settings(root, file);
    settings.text("workspace", "name", workspace.name);
    settings.text("workspace", "country", workspace.country);
    settings.texts("fonts", "fallbacks", workspace.fallback_fonts);
    settings.count("batches", "max_pieces", workspace.rules.max_pieces);
    settings.count("batches", "letters_per_unit", workspace.letters_per_unit, 100'000'000, 0);
    read_imposition(settings, workspace);
    settings.flag("batches", "sheet_codes", workspace.rules.sheet_codes);
    settings.text("print", "output_profile", workspace.print.output_profile);
    settings.text("print", "output_condition", workspace.print.output_condition);
    settings.count("print", "total_ink", workspace.print.total_ink, 400);
    settings.choice("print", "rgb", workspace.print.convert_rgb, rgb_roads);
    read_postage(settings, workspace);
    settings.text("paths", "out", workspace.out);
    read_store(settings, workspace);
    settings.text("marks", "omr", workspace.omr);
    settings.leave("webhooks");  // read by the service that sends them
    workspace.franking = read_franking(settings);
    TRY(settings.refuse_unknown());
    if (!workspace.franking) return {};
    auto checked = pipeline::check_account(*workspace.franking);
    if (!checked) checked.error().where = file + ", " + checked.error().where;
    return checked;
}

/// The print house's file, and what letters cannot be printed with.
Done read_house(Workspace& workspace) {
    if (!workspace.print_house) return {};
    workspace.print_house = TRY(open_print_house(workspace.folder, workspace.print_house->name));
    workspace.rules.press = workspace.print_house->press;
    if (!workspace.print_house->omr.empty()) workspace.omr = workspace.print_house->omr;
    if (workspace.rules.press.arrangement.method != pipeline::Method::StepAndRepeat) return {};
    return failure(Fault::BadInput, workspace.print_house->file,
                   "press.imposition is \"step-and-repeat\", which prints each letter once in every cell",
                   "write \"cut-and-stack\" or \"in-sequence\"; pli impose repeats cards and flyers");
}

Done write_new(const fs::path& path, std::string_view text) {
    std::ofstream file(path, std::ios::binary);
    file << text;
    file.flush();
    if (!file)
        return failure(Fault::Environment, path.string(), "cannot be written", "check permissions and free space");
    return {};
}

}  // namespace

Result<Workspace> Workspace::open(const std::string& folder) {
    const fs::path root = fs::path(folder).lexically_normal();
    const auto file = (root / "pli.toml").string();
    if (!fs::exists(file))
        return failure(Fault::NotFound, folder, "is not a Pli workspace: it has no pli.toml",
                       "name one with --workspace DIR, or make one with: pli init DIR");
    Workspace workspace;
    workspace.folder = root.string();
    workspace.out = "out";
    workspace.queue = "queue.sqlite";
    try {
        const toml::table settings = toml::parse_file(file);
        TRY(read_settings(settings, file, workspace));
    } catch (const toml::parse_error& error) {
        const auto at = error.source().begin;
        return failure(Fault::BadInput, fmt::format("{}:{}:{}", file, at.line, at.column),
                       std::string(error.description()));
    }
    TRY(read_house(workspace));
    workspace.out = (root / workspace.out).lexically_normal().string();
    if (!store::is_postgresql_url(workspace.queue))
        workspace.queue = (root / workspace.queue).lexically_normal().string();
    return workspace;
}

Result<Workspace> Workspace::create(const std::string& folder) {
    const fs::path root(folder);
    if (fs::exists(root / "pli.toml"))
        return failure(Fault::BadInput, (root / "pli.toml").string(), "there is a workspace already",
                       "nothing was changed");
    std::error_code error;
    const auto starter = root / "templates" / "merci";
    fs::create_directories(starter, error);
    if (!error) fs::create_directories(root / "fonts", error);
    if (error)
        return failure(Fault::Environment, folder, "cannot be created: " + error.message(),
                       "choose a folder you may write to");
    const auto name = fs::absolute(root).lexically_normal().filename().string();
    TRY(write_new(starter / "template.json", starter_template));
    TRY(write_new(root / "pli.toml", fmt::format(fmt::runtime(starter_settings), name.empty() ? "workspace" : name)));
    return open(folder);
}

std::string Workspace::template_folder(const std::string& template_name) const {
    if (const auto copy = frozen.find(template_name); copy != frozen.end()) return copy->second;
    return (fs::path(folder) / "templates" / template_name).string();
}

std::vector<std::string> Workspace::template_names() const {
    std::vector<std::string> names;
    std::error_code error;
    for (const auto& entry : fs::directory_iterator(fs::path(folder) / "templates", error))
        if (const auto found = entry.path().filename().string();
            !found.starts_with('.') && fs::exists(entry.path() / "template.json"))
            names.push_back(found);
    std::sort(names.begin(), names.end());
    return names;
}

}  // namespace pli::service
