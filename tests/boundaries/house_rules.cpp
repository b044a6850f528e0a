#include "tests/boundaries/house_rules.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <optional>
#include <set>
#include <sstream>
#include <string_view>

namespace pli::house {
namespace {

constexpr std::size_t longest_file = 600;

/// Headers that begin so belong to that library. The first match counts.
struct Header {
    std::string_view prefix, library;
};
constexpr std::array headers{
    Header{"hb", "harfbuzz"},
    Header{"pango/", "pango"},
    Header{"fontconfig/", "fontconfig"},
    Header{"unicode/", "icu"},
    Header{"cairo", "cairo"},
    Header{"librsvg/", "librsvg"},
    Header{"png.h", "libpng"},
    Header{"jpeglib.h", "libjpeg"},
    Header{"jerror.h", "libjpeg"},
    Header{"webp/", "libwebp"},
    Header{"lcms2.h", "lcms2"},
    Header{"qrencode.h", "qrencode"},
    Header{"zint.h", "zint"},
    Header{"isa-l", "isa-l"},
    Header{"libdeflate.h", "libdeflate"},
    Header{"zlib.h", "zlib"},
    Header{"qpdf/", "qpdf"},
    Header{"podofo/", "podofo"},
    Header{"ZXing/", "zxing"},
    Header{"seccomp.h", "seccomp"},
    Header{"poppler", "poppler"},
    Header{"glib", "glib"},
    Header{"gio/", "glib"},
    Header{"libssh/", "libssh"},
    Header{"openssl/", "openssl"},
    Header{"boost/", "boost"},
    Header{"jwt.h", "jwt"},
    Header{"sqlite3.h", "sqlite"},
    Header{"libpq-fe.h", "libpq"},
    Header{"toml++/", "tomlplusplus"},
    Header{"nlohmann/", "nlohmann"},
    Header{"gumbo.h", "gumbo"},
    Header{"expat.h", "expat"},
    Header{"hyphen.h", "hyphen"},
    Header{"csv.h", "libcsv"},
    Header{"CLI/", "cli11"},
    Header{"tbb/", "tbb"},
    Header{"oneapi/tbb", "tbb"},
    Header{"fmt/", "fmt"},
    Header{"tl/expected", "expected"},
    Header{"catch2/", "catch2"},
    Header{"benchmark/", "benchmark"},
};

/// The C library and the kernel: free for all, though only few have business with them.
constexpr std::array system_headers{
    "dirent.h",  "dlfcn.h", "errno.h",  "fcntl.h",  "immintrin.h", "limits.h", "locale.h",   "nmmintrin.h", "poll.h",
    "pthread.h", "sched.h", "setjmp.h", "signal.h", "spawn.h",     "stdint.h", "stdio.h",    "stdlib.h",    "string.h",
    "termios.h", "time.h",  "unistd.h", "malloc.h", "grp.h",       "pwd.h",    "arpa/inet.h"};

bool is_system(std::string_view header) {
    const bool standard = header.find('.') == std::string_view::npos;  // <vector>
    return standard || header.starts_with("sys/") || header.starts_with("linux/") ||
           std::find(system_headers.begin(), system_headers.end(), header) != system_headers.end();
}

std::optional<std::string> library_of(std::string_view header) {
    for (const auto& known : headers)
        if (header.starts_with(known.prefix)) return std::string(known.library);
    return std::nullopt;
}

bool is_library(std::string_view name) {
    return std::any_of(headers.begin(), headers.end(), [&](const Header& h) { return h.library == name; });
}

bool is_source(std::string_view path) { return path.ends_with(".cpp") || path.ends_with(".hpp"); }

std::string top_folder(std::string_view path) {
    const auto slash = path.find('/');
    return slash == std::string_view::npos ? std::string() : std::string(path.substr(0, slash));
}

std::vector<std::string_view> lines_of(std::string_view text) {
    std::vector<std::string_view> lines;
    while (!text.empty()) {
        const auto end = std::min(text.find('\n'), text.size());
        lines.push_back(text.substr(0, end));
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return lines;
}

/// "Base, `toml++`." → {"base", "toml++"}
std::set<std::string> names_in(std::string_view list) {
    std::set<std::string> names;
    std::string name;
    const auto take = [&] {
        while (!name.empty() && name.back() == '.') name.pop_back();
        if (!name.empty() && name != "nothing") names.insert(name);
        name.clear();
    };
    for (const char c : list) {
        if (c == ',') take();
        if (c != ',' && c != '`' && c != ' ') name += static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    }
    take();
    return names;
}

std::optional<std::set<std::string>> may_include(std::string_view readme) {
    constexpr std::string_view mark = "May include:";
    for (const auto line : lines_of(readme))
        if (line.starts_with(mark)) return names_in(line.substr(mark.size()));
    return std::nullopt;
}

/// The rooms in the order of `foreach(room base frame …)`, which is also the order in which they may build on each
/// other.
std::vector<std::string> rooms_in_order(const House& house) {
    const auto top = house.find("CMakeLists.txt");
    if (top == house.end()) return {};
    constexpr std::string_view mark = "foreach(room ";
    const auto start = top->second.find(mark);
    if (start == std::string::npos) return {};
    const auto first = start + mark.size();
    std::istringstream words(top->second.substr(first, top->second.find(')', first) - first));
    return {std::istream_iterator<std::string>(words), {}};
}

/// Lines `Shared library: icu: layouts, intake` of docs/decisions.
std::map<std::string, std::set<std::string>> shared_libraries(const House& house) {
    std::map<std::string, std::set<std::string>> shared;
    constexpr std::string_view mark = "Shared library: ";
    for (const auto& [path, text] : house) {
        if (!path.starts_with("docs/decisions/")) continue;
        for (auto line : lines_of(text)) {
            if (!line.starts_with(mark)) continue;
            line.remove_prefix(mark.size());
            const auto colon = std::min(line.find(':'), line.size());
            shared[std::string(line.substr(0, colon))] = names_in(line.substr(std::min(colon + 1, line.size())));
        }
    }
    return shared;
}

struct Include {
    std::size_t line;
    bool quoted;
    std::string header;
};

std::optional<Include> include_in(std::string_view text, std::size_t line) {
    const auto word = [&](std::string_view expected) {
        text.remove_prefix(std::min(text.find_first_not_of(" \t"), text.size()));
        if (!text.starts_with(expected)) return false;
        text.remove_prefix(expected.size());
        return true;
    };
    if (!word("#") || !word("include")) return std::nullopt;
    const bool quoted = word("\"");
    if (!quoted && !word("<")) return std::nullopt;
    return Include{line, quoted, std::string(text.substr(0, text.find(quoted ? '"' : '>')))};
}

std::vector<Include> includes_of(std::string_view text) {
    std::vector<Include> includes;
    std::size_t number = 0;
    for (const auto line : lines_of(text))
        if (auto include = include_in(line, ++number)) includes.push_back(*std::move(include));
    return includes;
}

/// "uploads/reader" for a folder that has a `May include:` line of its own, else the top folder.
std::string room_of(const House& house, std::string_view path) {
    const auto top = top_folder(path);
    if (top.empty()) return {};
    const auto inner = top_folder(path.substr(top.size() + 1));
    if (inner.empty()) return top;
    const auto readme = house.find(fmt::format("{}/{}/README.md", top, inner));
    const bool own_room = readme != house.end() && may_include(readme->second);
    return own_room ? fmt::format("{}/{}", top, inner) : top;
}

struct Inspection {
    const House& house;
    std::vector<std::string> order = rooms_in_order(house);
    std::map<std::string, std::set<std::string>> shared = shared_libraries(house);
    std::map<std::string, std::set<std::string>> users{};  // library → rooms
    std::vector<std::string> findings{};

    auto place_of(const std::string& room) const {
        const auto top = room.substr(0, room.find('/'));
        return std::pair(std::find(order.begin(), order.end(), top) - order.begin(), room.size() > top.size());
    }
    bool is_room(const std::string& name) const { return place_of(name).first < std::ssize(order); }
    bool stands_before(const std::string& a, const std::string& b) const { return place_of(a) < place_of(b); }
    template <class... Parts>
    void found(fmt::format_string<Parts...> text, Parts&&... parts) {
        findings.push_back(fmt::format(text, std::forward<Parts>(parts)...));
    }

    std::set<std::string> rooms_with_sources() const;
    void check_length(const std::string& path, const std::string& text);
    void check_readme(const std::string& room, const std::set<std::string>& allowed);
    void check_include(const std::string& path, const Include& include, const std::set<std::string>& allowed);
    void check_room(const std::string& room);
    void check_sharing();
};

std::set<std::string> Inspection::rooms_with_sources() const {
    std::set<std::string> rooms;
    for (const auto& [path, text] : house)
        if (is_source(path)) rooms.insert(room_of(house, path));
    std::erase_if(rooms, [](const std::string& room) {
        const auto top = room.substr(0, room.find('/'));
        return top.empty() || top == "tests" || top == "bench" || top == "examples";
    });
    return rooms;
}

void Inspection::check_length(const std::string& path, const std::string& text) {
    const auto lines = lines_of(text).size();
    if (lines > longest_file) found("{}: {} lines, a file holds at most {}", path, lines, longest_file);
}

void Inspection::check_readme(const std::string& room, const std::set<std::string>& allowed) {
    for (const auto& name : allowed) {
        if (is_room(name)) {
            if (!stands_before(name, room))
                found("{}/README.md: may not name {}, which does not stand before it", room, name);
        } else if (!is_library(name)) {
            found("{}/README.md: {} is neither a room nor a known library", room, name);
        } else if (!users[name].contains(room)) {
            found("{}/README.md: names {}, but no file includes it", room, name);
        }
    }
}

void Inspection::check_include(const std::string& path, const Include& include, const std::set<std::string>& allowed) {
    const auto room = room_of(house, path);
    std::string wanted;
    if (include.quoted) {
        wanted = room_of(house, include.header);
        if (wanted == room) return;
        if (!is_room(wanted))
            return found("{}:{}: \"{}\" does not begin with a room", path, include.line, include.header);
    } else {
        if (is_system(include.header)) return;
        const auto library = library_of(include.header);
        if (!library) return found("{}:{}: <{}> is of no known library", path, include.line, include.header);
        wanted = *library;
        users[wanted].insert(room);
    }
    if (!allowed.contains(wanted))
        found("{}:{}: includes {} of {}, which {}/README.md does not name", path, include.line, include.header, wanted,
              room);
}

void Inspection::check_room(const std::string& room) {
    if (!is_room(room)) return found("{}: holds C++ but is no room of the top CMakeLists.txt", room);
    const auto readme = house.find(room + "/README.md");
    if (readme == house.end()) return found("{}: has no README.md", room);
    const auto allowed = may_include(readme->second);
    if (!allowed) return found("{}/README.md: has no line \"May include:\"", room);
    for (const auto& [path, text] : house)
        if (is_source(path) && room_of(house, path) == room)
            for (const auto& include : includes_of(text)) check_include(path, include, *allowed);
    check_readme(room, *allowed);
}

void Inspection::check_sharing() {
    for (const auto& [library, rooms] : users) {
        if (rooms.size() < 2) continue;
        const auto& agreed = shared[library];
        if (!std::includes(agreed.begin(), agreed.end(), rooms.begin(), rooms.end()))
            found("{}: included by {}, but docs/decisions shares it among {}", library, fmt::join(rooms, ", "),
                  agreed.empty() ? std::string("none") : fmt::format("{}", fmt::join(agreed, ", ")));
    }
}

bool belongs_to_house(const std::string& path) {
    return is_source(path) || path == "CMakeLists.txt" || path.ends_with("README.md") ||
           path.starts_with("docs/decisions/");
}

}  // namespace

House read_house(const std::string& root) {
    namespace fs = std::filesystem;
    House house;
    for (auto entry = fs::recursive_directory_iterator(root); entry != fs::recursive_directory_iterator(); ++entry) {
        const auto path = entry->path().lexically_relative(root).generic_string();
        if (path == "build" || path.starts_with(".")) entry.disable_recursion_pending();
        if (!entry->is_regular_file() || !belongs_to_house(path)) continue;
        std::ifstream file(entry->path(), std::ios::binary);
        house[path].assign(std::istreambuf_iterator<char>(file), {});
    }
    return house;
}

std::vector<std::string> broken_rules(const House& house) {
    Inspection inspection{house};
    if (inspection.order.empty()) return {"CMakeLists.txt: has no line \"foreach(room ...)\""};
    for (const auto& [path, text] : house)
        if (is_source(path)) inspection.check_length(path, text);
    for (const auto& room : inspection.rooms_with_sources()) inspection.check_room(room);
    inspection.check_sharing();
    return inspection.findings;
}

}  // namespace pli::house
