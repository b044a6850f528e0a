#include "fonts/font_set.hpp"

#include <algorithm>
#include <cassert>
#include <map>
#include <mutex>
#include <optional>
#include <utility>

#include "fonts/face_file.hpp"
#include "fonts/font_check.hpp"
#include "fonts/font_finder.hpp"
#include "fonts/glyph_texts.hpp"
#include "fonts/instance.hpp"
#include "fonts/mixed_codes.hpp"
#include "fonts/number_pairs.hpp"
#include "fonts/setting.hpp"

namespace pli::fonts {
namespace {

/// A face and what is derived from it when the first thread asks.
struct Entry {
    HbFace variable, hb;
    Face face;
    mutable std::once_flag texts_made, codes_made;
    mutable std::optional<GlyphTexts> texts;
    mutable std::optional<MixedCodes> codes;
};

/// Chains that set numbers in the same way share one.
struct NumberTable {
    FaceId face;
    TextSetting wanted;
    mutable std::once_flag made;
    mutable std::optional<NumberPairs> pairs;
};

struct Chain {
    FaceQuery query;
    TextSetting wanted;  // its language only where one of the faces has forms for it
    std::vector<FaceId> faces;
    Setting setting;
    const NumberTable* numbers = nullptr;
};

bool same_chain(const Chain& a, const Chain& b) {
    return a.query == b.query && a.wanted == b.wanted && a.faces == b.faces;
}

// --- Chinese, Japanese, Korean: one family each, alike but for the forms of the characters they share

constexpr std::string_view cjk_prefix = "Noto Sans CJK ";

/// Source   BCP 47; Unicode's likely subtags for Chinese: Taiwan, Hong Kong and Macao write traditional characters
std::string cjk_family(std::string_view language) {
    const auto has = [&](std::string_view part) { return language.find(part) != language.npos; };
    const std::string_view main = language.substr(0, language.find('-'));
    if (main == "ja") return std::string(cjk_prefix) + "JP";
    if (main == "ko") return std::string(cjk_prefix) + "KR";
    if (main == "yue" || (main == "zh" && (has("-HK") || has("-MO")))) return std::string(cjk_prefix) + "HK";
    if (main == "zh" && (has("-TW") || has("Hant"))) return std::string(cjk_prefix) + "TC";
    return main == "zh" ? std::string(cjk_prefix) + "SC" : "";
}

/// The fallbacks in the order for a language.
std::vector<std::string> ordered_fallbacks(std::vector<std::string> families, std::string_view language) {
    const std::string own = cjk_family(language);
    const auto is_cjk = [](const std::string& family) { return family.starts_with(cjk_prefix); };
    const auto first = std::find_if(families.begin(), families.end(), is_cjk);
    if (!own.empty() && first != families.end() && *first != own) families.insert(first, own);
    return families;
}

}  // namespace

struct FontSet::State {
    Options options;
    std::optional<FontFinder> finder;
    std::map<std::string, HbBlob> files;  // a TTC is mapped once for all its faces
    std::vector<std::unique_ptr<Entry>> faces;
    std::vector<std::unique_ptr<NumberTable>> numbers;
    std::vector<Chain> chains;
    bool frozen = false;

    Result<HbFace> map(const FoundFace& found);
    Result<FaceId> open(const FoundFace& found, const FaceQuery& query);
    Result<FaceId> load(HbFace file, const FoundFace& found, std::vector<AxisValue> axes);
    void add_fallbacks(Chain& chain);
    const NumberTable& table_for(const Chain& chain);
    ChainId add(Chain chain);
};

Result<HbFace> FontSet::State::map(const FoundFace& found) {
    HbBlob& blob = files[found.file];
    if (!blob) blob = map_file(found.file);
    if (!blob) return failure(Fault::BadInput, found.file, "cannot be opened", "check the file and its permissions");
    HbFace face(hb_face_create(blob.get(), found.index));
    hb_face_make_immutable(face.get());
    return face;
}

Result<FaceId> FontSet::State::open(const FoundFace& found, const FaceQuery& query) {
    HbFace file = TRY(map(found));
    std::vector<AxisValue> axes = TRY(instance_axes(file.get(), query, found.file));
    for (std::size_t i = 0; i < faces.size(); ++i) {
        const Face& face = faces[i]->face;
        if (face.file == found.file && face.index == found.index && face.axes == axes)
            return FaceId{static_cast<std::uint16_t>(i)};
    }
    return load(std::move(file), found, std::move(axes));
}

Result<FaceId> FontSet::State::load(HbFace file, const FoundFace& found, std::vector<AxisValue> axes) {
    TRY(check_tables(file.get(), found.file));
    auto entry = std::make_unique<Entry>();
    entry->hb = axes.empty() ? std::move(file) : TRY(pinned(file.get(), axes, found.file));
    entry->face = TRY(read_face(entry->hb.get(), found.file, found.index));
    if (!axes.empty()) {
        name_instance(entry->face, file.get(), axes);
        entry->variable = std::move(file);
        entry->face.variable = entry->variable.get();
        entry->face.axes = std::move(axes);
    }
    faces.push_back(std::move(entry));
    return FaceId{static_cast<std::uint16_t>(faces.size() - 1)};
}

void FontSet::State::add_fallbacks(Chain& chain) {
    for (const std::string& family : ordered_fallbacks(options.fallbacks, chain.wanted.language)) {
        const FaceQuery query{family, chain.query.weight, chain.query.italic};
        const auto found = finder->look_for(query);
        if (!found) continue;
        const Result<FaceId> face = open(*found, query);
        if (face && std::find(chain.faces.begin(), chain.faces.end(), *face) == chain.faces.end())
            chain.faces.push_back(*face);
    }
}

const NumberTable& FontSet::State::table_for(const Chain& chain) {
    for (const auto& table : numbers)
        if (table->face == chain.faces.front() && table->wanted == chain.wanted) return *table;
    auto table = std::make_unique<NumberTable>();
    table->face = chain.faces.front();
    table->wanted = chain.wanted;
    return *numbers.emplace_back(std::move(table));
}

ChainId FontSet::State::add(Chain chain) {
    const auto known = std::find_if(chains.begin(), chains.end(), [&](const Chain& c) { return same_chain(c, chain); });
    if (known != chains.end()) return ChainId{static_cast<std::uint16_t>(known - chains.begin())};
    chain.setting = Setting(chain.wanted);
    chain.numbers = &table_for(chain);
    chains.push_back(std::move(chain));
    return ChainId{static_cast<std::uint16_t>(chains.size() - 1)};
}

FontSet::FontSet(Options options) : state_(std::make_unique<State>()) { state_->options = std::move(options); }
FontSet::~FontSet() = default;
FontSet::FontSet(FontSet&&) noexcept = default;
FontSet& FontSet::operator=(FontSet&&) noexcept = default;

Result<ChainId> FontSet::chain(const FaceQuery& query, const TextSetting& setting) {
    assert(!state_->frozen);
    if (!state_->finder) state_->finder = TRY(FontFinder::open(state_->options.folder));
    const FoundFace found = TRY(state_->finder->find(query));
    const FaceId wanted = TRY(state_->open(found, query));
    Chain chain{query, setting, {wanted}, {}, nullptr};
    state_->add_fallbacks(chain);
    const auto speaks = [&](FaceId id) { return has_forms_for(face(id), setting.language); };
    if (std::none_of(chain.faces.begin(), chain.faces.end(), speaks)) chain.wanted.language.clear();
    return state_->add(std::move(chain));
}

void FontSet::freeze() {
    state_->frozen = true;
    state_->finder.reset();  // the list of the system's fonts is not needed again
    for (const auto& [path, file] : state_->files) let_go_of_pages(file.get());
}

const std::vector<FaceId>& FontSet::faces_of(ChainId chain) const { return state_->chains[chain.value].faces; }
const Face& FontSet::face(FaceId id) const { return state_->faces[id.value]->face; }
std::size_t FontSet::face_count() const { return state_->faces.size(); }
const Setting& FontSet::setting_of(ChainId chain) const { return state_->chains[chain.value].setting; }

std::vector<std::string> FontSet::missing_features(ChainId chain) const {
    const Chain& asked = state_->chains[chain.value];
    return fonts::missing_features(face(asked.faces.front()), asked.wanted);
}

const GlyphTexts& FontSet::texts_of(FaceId id) const {
    const Entry& entry = *state_->faces[id.value];
    std::call_once(entry.texts_made, [&] { entry.texts.emplace(entry.face); });
    return *entry.texts;
}

const NumberPairs& FontSet::numbers_of(ChainId chain) const {
    const NumberTable& table = *state_->chains[chain.value].numbers;
    std::call_once(table.made, [&] {
        table.pairs.emplace(face(table.face), texts_of(table.face), state_->chains[chain.value].setting);
    });
    return *table.pairs;
}

const MixedCodes& FontSet::codes_of(FaceId id) const {
    const Entry& entry = *state_->faces[id.value];
    std::call_once(entry.codes_made, [&] { entry.codes.emplace(entry.face, texts_of(id)); });
    return *entry.codes;
}

const std::vector<std::string>& default_fallbacks() {
    static const std::vector<std::string> families{
        "Noto Sans",        "Noto Sans Arabic",   "Noto Sans Hebrew",   "Noto Sans Devanagari",
        "Noto Sans Thai",   "Noto Sans Armenian", "Noto Sans Georgian", "Noto Sans CJK SC",
        "Noto Sans CJK JP", "Noto Sans Symbols",  "Noto Sans Symbols2", "Noto Sans Math"};
    return families;
}

}  // namespace pli::fonts
