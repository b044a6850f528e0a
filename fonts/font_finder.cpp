#include "fonts/font_finder.hpp"

#include <fmt/format.h>
#include <fontconfig/fontconfig.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdlib>
#include <filesystem>
#include <numeric>
#include <set>
#include <tuple>

#include "fonts/face_file.hpp"
#include "fonts/font_check.hpp"

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

/// Web fonts and Type 1 too: somebody put them there to be used, and has to be told.
bool is_font_file(const fs::path& file) {
    constexpr std::array endings{".ttf", ".otf", ".ttc", ".otc", ".woff", ".woff2", ".pfb", ".pfa", ".dfont"};
    return std::find(endings.begin(), endings.end(), lowered(file.extension().string())) != endings.end();
}

/// Sorted, since the order of a directory differs from disk to disk.
std::vector<fs::path> font_files(const std::string& folder) {
    std::vector<fs::path> files;
    std::error_code ignored;  // a folder that is not there holds no fonts
    for (const auto& entry : fs::recursive_directory_iterator(folder, ignored))
        if (entry.is_regular_file(ignored) && is_font_file(entry.path())) files.push_back(entry.path());
    std::sort(files.begin(), files.end());
    return files;
}

FoundFace found_in(const std::string& file, unsigned index, const FaceNames& names) {
    FoundFace found{file,         index,        {names.family}, names.lightest, names.boldest, names.narrowest,
                    names.widest, names.italic, names.slants,   names.variable};
    // weight 600 of "Inter" is "Inter SemiBold" to programs that know four styles a family: people write either name
    if (names.four_style_family != names.family) found.families.push_back(names.four_style_family);
    return found;
}

Result<std::vector<FoundFace>> faces_in(const fs::path& path) {
    const std::string file = path.string();
    const HbBlob blob = map_file(file);
    if (blob) {
        unsigned size = 0;
        const char* bytes = hb_blob_get_data(blob.get(), &size);
        TRY(check_kind({bytes, size}, file));
    }
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

/// Outlines Pli reads; of a variable font the font itself, not each of the styles fontconfig makes of it.
bool is_usable(FcPattern* pattern) {
    const std::string format = text_of(pattern, FC_FONTFORMAT);
    constexpr int named_style = 0x7FFF0000;  // index of a style in the upper half; 0x8000 there is the font itself
    FcBool variable = FcFalse;
    FcPatternGetBool(pattern, FC_VARIABLE, 0, &variable);
    int index = 0;
    FcPatternGetInteger(pattern, FC_INDEX, 0, &index);
    const bool style = variable == FcFalse && (index & named_style) != 0;
    return !style && (format == "TrueType" || format == "CFF");
}

/// A number, or the two ends of a variable font's range.
std::pair<double, double> range_of(FcPattern* pattern, const char* object, double otherwise) {
    double low = otherwise, high = otherwise;
    FcRange* range = nullptr;
    if (FcPatternGetRange(pattern, object, 0, &range) == FcResultMatch && FcRangeGetDouble(range, &low, &high) != 0)
        return {low, high};
    FcPatternGetDouble(pattern, object, 0, &low);
    return {low, low};
}

int whole(double value) { return static_cast<int>(std::lround(value)); }

FoundFace found_in(FcPattern* pattern) {
    FoundFace found;
    found.file = text_of(pattern, FC_FILE);
    int index = 0;
    FcPatternGetInteger(pattern, FC_INDEX, 0, &index);
    found.index = static_cast<unsigned>(index) & 0xFFFF;
    for (int n = 0; n < 64; ++n) {
        std::string family = text_of(pattern, FC_FAMILY, n);
        if (family.empty()) break;
        found.families.push_back(std::move(family));
    }
    const auto [light, bold] = range_of(pattern, FC_WEIGHT, FC_WEIGHT_REGULAR);
    const auto [narrow, wide] = range_of(pattern, FC_WIDTH, FC_WIDTH_NORMAL);
    const auto [upright, slanted] = range_of(pattern, FC_SLANT, FC_SLANT_ROMAN);
    found.lightest = whole(FcWeightToOpenTypeDouble(light));
    found.boldest = whole(FcWeightToOpenTypeDouble(bold));
    found.narrowest = whole(narrow);
    found.widest = whole(wide);
    found.italic = upright > 0;
    found.slants = upright < slanted;
    FcBool variable = FcFalse;
    FcPatternGetBool(pattern, FC_VARIABLE, 0, &variable);
    found.variable = variable != FcFalse;
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
        if (is_usable(list->fonts[i])) faces.push_back(found_in(list->fonts[i]));
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

/// Where axes or an instance are asked for, only a variable font has them; else a static file of the same style wins,
/// which costs nothing to open.
auto distance(const FoundFace& face, const FaceQuery& query) {
    const bool variable = !query.axes.empty() || !query.instance.empty();
    const int width = std::clamp(query.width, face.narrowest, face.widest);
    const int weight = std::clamp(query.weight, face.lightest, face.boldest);
    return std::tuple(variable && !face.variable, std::abs(width - query.width),
                      face.italic != query.italic && !face.slants, weight_distance(query.weight, weight), face.variable,
                      face.slants, face.file, face.index);
}

using SameFamily = bool (*)(std::string_view, std::string_view);

/// PDFs and programs write "SourceSans3" for "Source Sans 3".
bool same_but_for_blanks(std::string_view a, std::string_view b) {
    const auto squeezed = [](std::string_view name) {
        std::string letters(name);
        std::erase_if(letters, [](char c) { return c == ' ' || c == '-'; });
        return letters;
    };
    return same_name(squeezed(a), squeezed(b));
}

bool has_family(const FoundFace& face, std::string_view family, SameFamily same) {
    return std::any_of(face.families.begin(), face.families.end(), [&](const auto& f) { return same(f, family); });
}

std::optional<FoundFace> nearest(const std::vector<FoundFace>& faces, const FaceQuery& query, SameFamily same) {
    const FoundFace* best = nullptr;
    for (const FoundFace& face : faces)
        if (has_family(face, query.family, same) && (!best || distance(face, query) < distance(*best, query)))
            best = &face;
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
    for (const SameFamily same : {SameFamily(same_name), SameFamily(same_but_for_blanks)})
        for (const auto* faces : {&workspace_, &system_})
            if (auto found = nearest(*faces, query, same)) return found;
    return std::nullopt;
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
