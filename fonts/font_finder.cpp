#include "fonts/font_finder.hpp"

#include <fmt/format.h>
#include <fontconfig/fontconfig.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <filesystem>
#include <numeric>
#include <set>
#include <tuple>

#include "fonts/face_file.hpp"

namespace pli::fonts {
namespace {

namespace fs = std::filesystem;

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

std::string lowered(std::string_view text) {
    std::string result(text);
    std::transform(result.begin(), result.end(), result.begin(), lower);
    return result;
}

bool same_name(std::string_view a, std::string_view b) {
    return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](char x, char y) { return lower(x) == lower(y); });
}

// --- the workspace's folder

enum class FileKind { Font, WebFont, Other };

FileKind kind_of(const fs::path& file) {
    const std::string ending = lowered(file.extension().string());
    if (ending == ".ttf" || ending == ".otf" || ending == ".ttc" || ending == ".otc") return FileKind::Font;
    return ending == ".woff" || ending == ".woff2" ? FileKind::WebFont : FileKind::Other;
}

/// Sorted, since the order of a directory differs from disk to disk.
std::vector<fs::path> font_files(const std::string& folder) {
    std::vector<fs::path> files;
    std::error_code ignored;  // a folder that is not there holds no fonts
    for (const auto& entry : fs::recursive_directory_iterator(folder, ignored))
        if (entry.is_regular_file(ignored) && kind_of(entry.path()) != FileKind::Other) files.push_back(entry.path());
    std::sort(files.begin(), files.end());
    return files;
}

FoundFace found_in(const std::string& file, unsigned index, const FaceNames& names) {
    FoundFace found{file, index, {names.family}, names.weight, names.italic};
    // weight 600 of "Inter" is "Inter SemiBold" to programs that know four styles a family: people write either name
    if (names.four_style_family != names.family) found.families.push_back(names.four_style_family);
    return found;
}

Result<std::vector<FoundFace>> faces_in(const fs::path& path) {
    const std::string file = path.string();
    if (kind_of(path) == FileKind::WebFont)
        return failure(Fault::BadInput, file, "web fonts (WOFF) cannot be embedded in a PDF",
                       "put the TTF or OTF there instead");
    const HbBlob blob = map_file(file);
    const unsigned count = blob ? hb_face_count(blob.get()) : 0;
    if (count == 0)
        return failure(Fault::BadInput, file, "is not a readable font file", "replace it or take it out of the folder");
    std::vector<FoundFace> faces;
    for (unsigned i = 0; i < count; ++i) {
        const HbFace face(hb_face_create(blob.get(), i));
        faces.push_back(found_in(file, i, names_of(face.get())));
    }
    return faces;
}

Result<std::vector<FoundFace>> workspace_faces(const std::string& folder) {
    std::vector<FoundFace> all;
    if (folder.empty()) return all;
    for (const fs::path& file : font_files(folder)) {
        std::vector<FoundFace> faces = TRY(faces_in(file));
        std::move(faces.begin(), faces.end(), std::back_inserter(all));
    }
    return all;
}

// --- the system's fonts

using Pattern = Handle<FcPattern, FcPatternDestroy>;
using ObjectSet = Handle<FcObjectSet, FcObjectSetDestroy>;
using FontList = Handle<FcFontSet, FcFontSetDestroy>;

std::string text_of(FcPattern* pattern, const char* object, int n = 0) {
    FcChar8* value = nullptr;
    if (FcPatternGetString(pattern, object, n, &value) != FcResultMatch) return {};
    return reinterpret_cast<const char*>(value);
}

int number_of(FcPattern* pattern, const char* object, int otherwise) {
    double value = otherwise;  // fontconfig keeps weights of variable fonts as fractions
    FcPatternGetDouble(pattern, object, 0, &value);
    return static_cast<int>(std::lround(value));
}

bool is_static_outline(FcPattern* pattern) {
    FcBool variable = FcFalse;
    FcPatternGetBool(pattern, FC_VARIABLE, 0, &variable);
    const std::string format = text_of(pattern, FC_FONTFORMAT);
    const bool instance = number_of(pattern, FC_INDEX, 0) > 0xFFFF;  // a named instance of a variable font
    return variable == FcFalse && !instance && (format == "TrueType" || format == "CFF");
}

FoundFace found_in(FcPattern* pattern) {
    FoundFace found;
    found.file = text_of(pattern, FC_FILE);
    found.index = static_cast<unsigned>(number_of(pattern, FC_INDEX, 0));
    for (int n = 0; n < 64; ++n) {
        std::string family = text_of(pattern, FC_FAMILY, n);
        if (family.empty()) break;
        found.families.push_back(std::move(family));
    }
    found.weight = FcWeightToOpenType(number_of(pattern, FC_WEIGHT, FC_WEIGHT_REGULAR));
    found.italic = number_of(pattern, FC_SLANT, FC_SLANT_ROMAN) != FC_SLANT_ROMAN;
    found.width = number_of(pattern, FC_WIDTH, FC_WIDTH_NORMAL);
    return found;
}

std::vector<FoundFace> system_faces() {
    FcInit();  // fontconfig's own thread must not meet a second caller later: once, and here, before workers start
    const Pattern any(FcPatternCreate());
    const ObjectSet wanted(FcObjectSetBuild(FC_FAMILY, FC_FILE, FC_INDEX, FC_WEIGHT, FC_SLANT, FC_WIDTH, FC_VARIABLE,
                                            FC_FONTFORMAT, nullptr));
    const FontList list(FcFontList(nullptr, any.get(), wanted.get()));
    std::vector<FoundFace> faces;
    for (int i = 0; list && i < list->nfont; ++i)
        if (is_static_outline(list->fonts[i])) faces.push_back(found_in(list->fonts[i]));
    return faces;
}

// --- choosing

/// Smaller is nearer. CSS Fonts 4 §5.2: from 400 to 500 first up to 500, then lighter, then bolder; below 400 lighter
/// first; above 500 bolder first.
std::pair<int, int> weight_distance(int wanted, int have) {
    const int distance = std::abs(have - wanted);
    if (wanted >= 400 && wanted <= 500 && have >= wanted && have <= 500) return {0, distance};
    const bool bolder_first = wanted > 500;
    return {have == wanted ? 0 : (have > wanted) == bolder_first ? 1 : 2, distance};
}

auto distance(const FoundFace& face, const FaceQuery& query) {
    return std::tuple(std::abs(face.width - 100), face.italic != query.italic,
                      weight_distance(query.weight, face.weight), face.file, face.index);
}

bool has_family(const FoundFace& face, std::string_view family) {
    return std::any_of(face.families.begin(), face.families.end(), [&](const auto& f) { return same_name(f, family); });
}

std::optional<FoundFace> nearest(const std::vector<FoundFace>& faces, const FaceQuery& query) {
    const FoundFace* best = nullptr;
    for (const FoundFace& face : faces)
        if (has_family(face, query.family) && (!best || distance(face, query) < distance(*best, query))) best = &face;
    return best ? std::optional(*best) : std::nullopt;
}

/// Levenshtein's distance: how many letters to insert, delete or change.
int edits(std::string_view a, std::string_view b) {
    std::vector<int> row(b.size() + 1);
    std::iota(row.begin(), row.end(), 0);
    for (std::size_t i = 0; i < a.size(); ++i) {
        int diagonal = row[0]++;
        for (std::size_t j = 0; j < b.size(); ++j) {
            const int changed = diagonal + (a[i] != b[j]);
            diagonal = row[j + 1];
            row[j + 1] = std::min({changed, row[j] + 1, diagonal + 1});
        }
    }
    return row.back();
}

/// 0 is nearest; a name that begins with the other is near, whatever follows.
int unlikeness(const std::string& family, const std::string& wanted) {
    const bool begins = !wanted.empty() && (family.starts_with(wanted) || wanted.starts_with(family));
    return begins ? 0 : edits(family, wanted);
}

}  // namespace

Result<FontFinder> FontFinder::open(const std::string& folder) {
    FontFinder finder;
    finder.workspace_ = TRY(workspace_faces(folder));
    finder.system_ = system_faces();
    return finder;
}

std::optional<FoundFace> FontFinder::look_for(const FaceQuery& query) const {
    auto own = nearest(workspace_, query);
    return own ? own : nearest(system_, query);
}

std::vector<std::string> FontFinder::similar_families(std::string_view family) const {
    const std::string wanted = lowered(family);
    std::set<std::pair<int, std::string>> ranked;
    for (const auto* faces : {&workspace_, &system_})
        for (const FoundFace& face : *faces)
            if (!face.families.empty()) ranked.emplace(unlikeness(lowered(face.families[0]), wanted), face.families[0]);
    std::vector<std::string> names;
    for (const auto& [rank, name] : ranked)
        if (rank <= 3 && names.size() < 3) names.push_back(name);
    return names;
}

Result<FoundFace> FontFinder::find(const FaceQuery& query) const {
    if (auto found = look_for(query)) return *std::move(found);
    const std::vector<std::string> similar = similar_families(query.family);
    const std::string hint = similar.empty() ? "" : fmt::format(" (there are: {})", fmt::join(similar, ", "));
    const bool noto = lowered(query.family).starts_with("noto sans");
    const bool cjk = lowered(query.family).find("cjk") != std::string::npos;
    return failure(
        Fault::NotFound, "fonts", fmt::format("no font named \"{}\" is installed{}", query.family, hint),
        fmt::format("put its TTF or OTF files into the workspace's folder fonts/{}",
                    noto ? fmt::format(" or install Debian's {}", cjk ? "fonts-noto-cjk" : "fonts-noto-core") : ""));
}

}  // namespace pli::fonts
