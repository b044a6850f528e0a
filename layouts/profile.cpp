#include "layouts/profile.hpp"

#include <fmt/format.h>
#include <toml++/toml.h>

#include <algorithm>
#include <array>
#include <filesystem>
#include <initializer_list>

namespace pli::layouts {
namespace {

namespace fs = std::filesystem;

std::string place(const std::string& file, const toml::source_region& at) {
    return fmt::format("{}:{}:{}", file, at.begin.line, at.begin.column);
}

/// One table of a profile file. Reading marks keys as known, so that `finish` can refuse the others: a misspelt key
/// would otherwise leave a default in force that nobody chose.
class TableReader {
public:
    TableReader(const std::string& file, const toml::table& table, std::string name)
        : file_(file), table_(table), name_(std::move(name)) {}

    const toml::node* find(std::string_view key) {
        known_.push_back(key);
        return table_.get(key);
    }
    Result<const toml::node*> need(std::string_view key) {
        if (const toml::node* node = find(key)) return node;
        return failure(Fault::BadInput, place(file_, table_.source()), fmt::format("{} lacks the key {}", name_, key));
    }
    tl::unexpected<Error> wrong(const toml::node& node, std::string_view key, std::string_view wanted) const {
        return failure(Fault::BadInput, place(file_, node.source()),
                       fmt::format("{}.{} must be {}", name_, key, wanted));
    }

    Result<std::string> text(std::string_view key) {
        const toml::node* node = TRY(need(key));
        const auto value = node->value<std::string>();
        if (!value || value->empty()) return wrong(*node, key, "text");
        return *value;
    }
    Result<Length> length(std::string_view key) {
        const toml::node* node = TRY(need(key));
        return as_length(*node, key);
    }
    Result<Length> points(std::string_view key) {
        const toml::node* node = TRY(need(key));
        const auto value = node->value<double>();
        if (!value || *value < 4 || *value > 72) return wrong(*node, key, "points from 4 to 72");
        return Length::pt(*value);
    }
    Result<int> count(std::string_view key, int most = 20) {
        const toml::node* node = TRY(need(key));
        const auto value = node->value_exact<std::int64_t>();
        if (!value || *value < 1 || *value > most)
            return wrong(*node, key, fmt::format("a whole number from 1 to {}", most));
        return static_cast<int>(*value);
    }
    Result<std::vector<Length>> lengths(std::string_view key) {
        const toml::node* node = TRY(need(key));
        const toml::array* array = node->as_array();
        if (!array) return wrong(*node, key, "a list of millimetres");
        std::vector<Length> all;
        for (const toml::node& item : *array) all.push_back(TRY(as_length(item, key)));
        return all;
    }
    Result<Rect> rect(std::string_view key) {
        const std::vector<Length> v = TRY(lengths(key));
        if (v.size() != 4 || v[2] <= Length{} || v[3] <= Length{}) {
            return wrong(*table_.get(key), key, "[x, y, width, height] in millimetres");
        }
        return Rect{{v[0], v[1]}, {v[2], v[3]}};
    }
    Result<Day> day(std::string_view key) {
        const toml::node* node = TRY(need(key));
        const auto value = node->value_exact<toml::date>();
        if (!value) return wrong(*node, key, "a date as 2026-01-01");
        return Day::of(value->year, value->month, value->day);
    }
    /// A table of figures; it must say where they come from.
    Result<TableReader> figures(std::string_view key) {
        const toml::node* node = TRY(need(key));
        if (!node->is_table()) return wrong(*node, key, "a table");
        TableReader reader(file_, *node->as_table(), std::string(key));
        TRY(reader.text("source"));
        return reader;
    }
    Done finish() const {
        for (const auto& [key, node] : table_) {
            if (std::find(known_.begin(), known_.end(), key.str()) != known_.end()) continue;
            return failure(Fault::BadInput, place(file_, key.source()),
                           fmt::format("{} has no key {}", name_, key.str()), "remove it, or correct its spelling");
        }
        return {};
    }

private:
    Result<Length> as_length(const toml::node& node, std::string_view key) const {
        const auto value = node.value<double>();
        if (!value || *value < 0 || *value > 2000) return wrong(node, key, "millimetres from 0 to 2000");
        return Length::mm(*value);
    }

    const std::string& file_;
    const toml::table& table_;
    std::string name_;
    std::vector<std::string_view> known_;
};

Result<Rect> read_rect(TableReader& file, std::string_view key) {
    TableReader table = TRY(file.figures(key));
    const Rect rect = TRY(table.rect("rect"));
    TRY(table.finish());
    return rect;
}

Result<std::optional<Rect>> read_optional_rect(TableReader& file, std::string_view key) {
    if (!file.find(key)) return std::optional<Rect>{};
    return std::optional<Rect>(TRY(read_rect(file, key)));
}

Done read_identity(TableReader& file, Profile& profile) {
    profile.name = TRY(file.text("name"));
    profile.country = TRY(file.text("country"));
    profile.envelope = TRY(file.text("envelope"));
    profile.valid_from = TRY(file.day("valid_from"));
    if (file.find("valid_until")) profile.valid_until = TRY(file.day("valid_until"));
    TableReader sheet = TRY(file.figures("sheet"));
    profile.sheet = {TRY(sheet.length("width")), TRY(sheet.length("height"))};
    return sheet.finish();
}

Done read_address(TableReader& file, Profile& profile) {
    profile.address_field = TRY(read_rect(file, "address_field"));
    profile.always_visible = TRY(read_rect(file, "always_visible"));
    TableReader address = TRY(file.figures("address"));
    profile.address = TRY(address.rect("rect"));
    profile.address_size = TRY(address.points("size_pt"));
    profile.address_leading = TRY(address.length("leading"));
    profile.address_lines = TRY(address.count("lines"));
    profile.address_lines_abroad =
        address.find("lines_abroad") ? TRY(address.count("lines_abroad")) : profile.address_lines;
    return address.finish();
}

Done read_return_line(TableReader& file, Profile& profile) {
    if (!file.find("return_line")) return {};
    TableReader line = TRY(file.figures("return_line"));
    profile.return_line = TRY(line.rect("rect"));
    profile.return_size = TRY(line.points("size_pt"));
    return line.finish();
}

Done read_text_areas(TableReader& file, Profile& profile) {
    profile.info_block = TRY(read_optional_rect(file, "info_block"));
    profile.hybrid_franking = TRY(read_optional_rect(file, "hybrid_franking"));
    profile.franking = TRY(read_optional_rect(file, "franking"));
    profile.sheet_code = TRY(read_rect(file, "sheet_code"));
    TableReader body = TRY(file.figures("body"));
    profile.body = TRY(body.rect("first"));
    profile.body_next = TRY(body.rect("next"));
    profile.footer = TRY(body.rect("footer"));
    return body.finish();
}

Done read_marks(TableReader& file, Profile& profile) {
    TableReader marks = TRY(file.figures("marks"));
    profile.folds = TRY(marks.lengths("folds"));
    if (marks.find("punch")) profile.punch = TRY(marks.length("punch"));
    profile.mark_x = TRY(marks.length("x"));
    profile.mark_length = TRY(marks.length("length"));
    profile.punch_length = TRY(marks.length("punch_length"));
    return marks.finish();
}

Done read_reserved(TableReader& file, Profile& profile, const std::string& name) {
    const toml::node* node = file.find("reserved");
    if (!node) return {};
    if (!node->is_array_of_tables()) return file.wrong(*node, "reserved", "tables, each headed [[reserved]]");
    for (const toml::node& item : *node->as_array()) {
        TableReader zone(name, *item.as_table(), "reserved");
        TRY(zone.text("source"));
        profile.reserved.push_back(TRY(zone.rect("rect")));
        TRY(zone.finish());
    }
    return {};
}

Done read_carrier(TableReader& file, Profile& profile) {
    if (file.find("printable")) {
        TableReader table = TRY(file.figures("printable"));
        const std::vector<Length> edges = TRY(table.lengths("margins"));
        if (edges.size() != 4)
            return table.wrong(*TRY(table.need("margins")), "margins", "[top, right, bottom, left] in millimetres");
        profile.printable = Profile::Margins{edges[0], edges[1], edges[2], edges[3]};
        TRY(table.finish());
    }
    if (!file.find("carrier")) return {};
    TableReader table = TRY(file.figures("carrier"));
    profile.most_sheets = TRY(table.count("sheets", 1000));
    profile.most_megabytes = TRY(table.count("megabytes", 1000));
    if (table.find("larger"))
        profile.larger = Profile::LargerEnvelope{TRY(table.text("larger")), TRY(table.count("larger_sheets", 1000))};
    return table.finish();
}

/// What the parts of a profile owe one another; the first promise broken, in words, or nothing.
std::string wrong_rect(const Profile& p) {
    const Rect sheet{{}, p.sheet};
    for (const auto& [rect, what] :
         std::initializer_list<std::pair<Rect, const char*>>{{p.address_field, "address_field"},
                                                             {p.always_visible, "always_visible"},
                                                             {p.body, "body.first"},
                                                             {p.body_next, "body.next"},
                                                             {p.footer, "body.footer"},
                                                             {p.sheet_code, "sheet_code"}}) {
        if (!sheet.contains(rect)) return fmt::format("{} leaves the sheet", what);
    }
    if (p.body.overlaps(p.address_field)) return "body.first and address_field overlap";
    if (p.body.overlaps(p.footer) || p.body_next.overlaps(p.footer)) return "body and body.footer overlap";
    for (const Rect& zone : p.reserved) {
        if (zone.overlaps(p.address) || zone.overlaps(p.body)) return "a reserved zone lies in address or body.first";
    }
    return {};
}

std::string wrong_address(const Profile& p) {
    if (!p.always_visible.contains(p.address)) return "address leaves always_visible: the window could hide part of it";
    if (p.return_line && !p.always_visible.contains(*p.return_line)) return "return_line leaves always_visible";
    if (p.return_line && p.return_line->overlaps(p.address)) return "return_line and address overlap";
    if (p.address_leading * std::max(p.address_lines, p.address_lines_abroad) > p.address.size.height) {
        return "address is not as high as its lines at their leading";
    }
    return {};
}

/// The inserter's camera must find the code, folds must not break it, and the window must never show it.
std::string wrong_sheet_code(const Profile& p) {
    const auto crosses = [&](Length y) { return p.sheet_code.top() < y && y < p.sheet_code.bottom(); };
    for (const Rect& text : {p.address_field, p.body, p.body_next, p.footer}) {
        if (p.sheet_code.overlaps(text)) return "sheet_code stands in the address or in the text";
    }
    if (std::any_of(p.folds.begin(), p.folds.end(), crosses)) return "sheet_code stands on a fold";
    if (p.punch && crosses(*p.punch)) return "sheet_code stands on the punch mark";
    return {};
}

/// The sorting machine must see the whole code wherever the insert slides, and nothing else in its clear zone.
std::string wrong_franking(const Profile& p) {
    if (!p.franking) return {};
    if (!p.always_visible.contains(*p.franking))
        return "franking leaves always_visible: the window could hide part of it";
    if (p.franking->overlaps(p.address)) return "franking and address overlap";
    if (p.return_line && p.franking->overlaps(*p.return_line)) return "franking and return_line overlap";
    return {};
}

std::string contradiction(const Profile& p) {
    for (const auto& check : {wrong_rect, wrong_address, wrong_franking, wrong_sheet_code}) {
        if (std::string why = check(p); !why.empty()) return why;
    }
    const auto beyond = [&](Length y) { return y <= Length{} || y >= p.sheet.height; };
    if (std::any_of(p.folds.begin(), p.folds.end(), beyond)) return "marks.folds leave the sheet";
    if (p.valid_until && *p.valid_until < p.valid_from) return "valid_until is before valid_from";
    return {};
}

Result<Profile> read_profile(const std::string& file, const toml::table& table) {
    Profile profile;
    TableReader reader(file, table, "the profile");
    TRY(read_identity(reader, profile));
    TRY(read_address(reader, profile));
    TRY(read_return_line(reader, profile));
    TRY(read_text_areas(reader, profile));
    TRY(read_marks(reader, profile));
    TRY(read_reserved(reader, profile, file));
    TRY(read_carrier(reader, profile));
    TRY(reader.finish());
    if (std::string why = contradiction(profile); !why.empty()) return failure(Fault::BadInput, file, std::move(why));
    return profile;
}

Result<Profile> load_profile(const std::string& file) {
    try {
        return read_profile(file, toml::parse_file(file));
    } catch (const toml::parse_error& problem) {
        return failure(Fault::BadInput, place(file, problem.source()), std::string(problem.description()));
    }
}

/// In the order of their names, so that nothing depends on the disk.
Result<std::vector<std::string>> toml_files(const std::string& folder) {
    std::vector<std::string> files;
    std::error_code problem;
    for (fs::directory_iterator it(folder, problem), end; !problem && it != end; it.increment(problem)) {
        if (it->path().extension() == ".toml") files.push_back(it->path().string());
    }
    if (problem) return failure(Fault::Environment, folder, "cannot read the profiles: " + problem.message());
    std::sort(files.begin(), files.end());
    return files;
}

Result<std::vector<Profile>> load_folder(const std::string& folder) {
    std::vector<Profile> all;
    for (const std::string& file : TRY(toml_files(folder))) all.push_back(TRY(load_profile(file)));
    return all;
}

bool holds_on(const Profile& profile, Day day) {
    return profile.valid_from <= day && (!profile.valid_until || day <= *profile.valid_until);
}
bool overlap(const Profile& a, const Profile& b) {
    const Profile& later = a.valid_from < b.valid_from ? b : a;
    return a.name == b.name && holds_on(a, later.valid_from) && holds_on(b, later.valid_from);
}

Done refuse_overlaps(const std::vector<Profile>& profiles, const std::string& folder) {
    for (auto a = profiles.begin(); a != profiles.end(); ++a) {
        const auto b = std::find_if(a + 1, profiles.end(), [&](const Profile& p) { return overlap(*a, p); });
        if (b == profiles.end()) continue;
        return failure(
            Fault::BadInput, folder,
            fmt::format("two editions of {} hold on {}", a->name, std::max(a->valid_from, b->valid_from).iso()),
            "give the older one a valid_until before the newer one's valid_from");
    }
    return {};
}

}  // namespace

Result<ProfileSet> ProfileSet::load(const std::string& folder, const std::string& extra) {
    ProfileSet set;
    set.profiles_ = TRY(load_folder(folder));
    TRY(refuse_overlaps(set.profiles_, folder));
    std::error_code unreadable;
    if (extra.empty() || !fs::exists(extra, unreadable)) return set;
    std::vector<Profile> own = TRY(load_folder(extra));
    TRY(refuse_overlaps(own, extra));
    for (const Profile& mine : own) {
        std::erase_if(set.profiles_, [&](const Profile& built_in) { return built_in.name == mine.name; });
    }
    std::move(own.begin(), own.end(), std::back_inserter(set.profiles_));
    return set;
}

Result<const Profile*> ProfileSet::find(std::string_view name, Day on) const {
    std::string known;
    for (const Profile& profile : profiles_) {
        if (!holds_on(profile, on)) continue;
        if (profile.name == name) return &profile;
        known += (known.empty() ? "" : ", ") + profile.name;
    }
    return failure(Fault::NotFound, std::string(name), fmt::format("no such profile on {}", on.iso()),
                   "the profiles on that day are " + (known.empty() ? "none" : known));
}

}  // namespace pli::layouts
