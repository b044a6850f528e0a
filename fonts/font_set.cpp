#include "fonts/font_set.hpp"

#include <algorithm>
#include <cassert>
#include <map>
#include <mutex>
#include <optional>
#include <utility>

#include "fonts/face_file.hpp"
#include "fonts/font_finder.hpp"
#include "fonts/glyph_texts.hpp"
#include "fonts/number_pairs.hpp"

namespace pli::fonts {
namespace {

/// A face and what is derived from it when the first thread asks.
struct Entry {
    HbFace hb;
    Face face;
    mutable std::once_flag texts_made, numbers_made;
    mutable std::optional<GlyphTexts> texts;
    mutable std::optional<NumberPairs> numbers;
};

struct Chain {
    FaceQuery query;
    std::vector<FaceId> faces;
};

}  // namespace

struct FontSet::State {
    Options options;
    std::optional<FontFinder> finder;
    std::map<std::string, HbBlob> files;  // a TTC is mapped once for all its faces
    std::vector<std::unique_ptr<Entry>> faces;
    std::vector<Chain> chains;
    bool frozen = false;

    Result<FaceId> open(const FoundFace& found);
    Result<FaceId> load(const FoundFace& found);
    void add_fallbacks(Chain& chain);
};

Result<FaceId> FontSet::State::open(const FoundFace& found) {
    for (std::size_t i = 0; i < faces.size(); ++i)
        if (faces[i]->face.file == found.file && faces[i]->face.index == found.index)
            return FaceId{static_cast<std::uint16_t>(i)};
    return load(found);
}

Result<FaceId> FontSet::State::load(const FoundFace& found) {
    HbBlob& blob = files[found.file];
    if (!blob) blob = map_file(found.file);
    if (!blob) return failure(Fault::BadInput, found.file, "cannot be opened", "check the file and its permissions");
    auto entry = std::make_unique<Entry>();
    entry->hb.reset(hb_face_create(blob.get(), found.index));
    hb_face_make_immutable(entry->hb.get());
    entry->face = TRY(read_face(entry->hb.get(), found.file, found.index));
    faces.push_back(std::move(entry));
    return FaceId{static_cast<std::uint16_t>(faces.size() - 1)};
}

void FontSet::State::add_fallbacks(Chain& chain) {
    for (const std::string& family : options.fallbacks) {
        const auto found = finder->look_for({family, chain.query.weight, chain.query.italic});
        if (!found) continue;
        const Result<FaceId> face = open(*found);
        if (face && std::find(chain.faces.begin(), chain.faces.end(), *face) == chain.faces.end())
            chain.faces.push_back(*face);
    }
}

FontSet::FontSet(Options options) : state_(std::make_unique<State>()) { state_->options = std::move(options); }
FontSet::~FontSet() = default;
FontSet::FontSet(FontSet&&) noexcept = default;
FontSet& FontSet::operator=(FontSet&&) noexcept = default;

Result<ChainId> FontSet::chain(const FaceQuery& query) {
    assert(!state_->frozen);
    auto& chains = state_->chains;
    const auto known = std::find_if(chains.begin(), chains.end(), [&](const Chain& c) { return c.query == query; });
    if (known != chains.end()) return ChainId{static_cast<std::uint16_t>(known - chains.begin())};
    if (!state_->finder) state_->finder = TRY(FontFinder::open(state_->options.folder));
    const FoundFace found = TRY(state_->finder->find(query));
    const FaceId wanted = TRY(state_->open(found));
    Chain chain{query, {wanted}};
    state_->add_fallbacks(chain);
    chains.push_back(std::move(chain));
    return ChainId{static_cast<std::uint16_t>(chains.size() - 1)};
}

void FontSet::freeze() {
    state_->frozen = true;
    state_->finder.reset();  // the list of the system's fonts is not needed again
}

const std::vector<FaceId>& FontSet::faces_of(ChainId chain) const { return state_->chains[chain.value].faces; }
const Face& FontSet::face(FaceId id) const { return state_->faces[id.value]->face; }
std::size_t FontSet::face_count() const { return state_->faces.size(); }

const GlyphTexts& FontSet::texts_of(FaceId id) const {
    const Entry& entry = *state_->faces[id.value];
    std::call_once(entry.texts_made, [&] { entry.texts.emplace(entry.face); });
    return *entry.texts;
}

const NumberPairs& FontSet::numbers_of(FaceId id) const {
    const Entry& entry = *state_->faces[id.value];
    std::call_once(entry.numbers_made, [&] { entry.numbers.emplace(entry.face, texts_of(id)); });
    return *entry.numbers;
}

const std::vector<std::string>& default_fallbacks() {
    static const std::vector<std::string> families{
        "Noto Sans",        "Noto Sans Arabic",   "Noto Sans Hebrew",   "Noto Sans Devanagari",
        "Noto Sans Thai",   "Noto Sans Armenian", "Noto Sans Georgian", "Noto Sans CJK SC",
        "Noto Sans CJK JP", "Noto Sans Symbols",  "Noto Sans Symbols2", "Noto Sans Math"};
    return families;
}

}  // namespace pli::fonts
