#include "render/page_content.hpp"

#include "render/frame_operators.hpp"

namespace pli::render {

namespace {

void merge_bits(std::vector<bool>& into, const std::vector<bool>& other) {
    if (into.size() < other.size()) into.resize(other.size());
    for (std::size_t i = 0; i < other.size(); ++i) {
        if (other[i]) into[i] = true;
    }
}

}  // namespace

void ResourceUse::merge(const ResourceUse& other) {
    if (glyphs.size() < other.glyphs.size()) glyphs.resize(other.glyphs.size());
    for (std::size_t i = 0; i < other.glyphs.size(); ++i) glyphs[i].merge(other.glyphs[i]);
    merge_bits(assets, other.assets);
    merge_bits(spots, other.spots);
    registration = registration || other.registration;
}

struct ContentEncoder::State {
    FrameOperators operators;
    Deflater deflater;
};

ContentEncoder::ContentEncoder(const fonts::FontSet& fonts, const Assets& assets,
                               std::shared_ptr<const DeflateTables> tables)
    : state_(new State{FrameOperators(fonts, assets), Deflater(std::move(tables))}) {}
ContentEncoder::~ContentEncoder() = default;
ContentEncoder::ContentEncoder(ContentEncoder&&) noexcept = default;

Done ContentEncoder::encode(const Frame& frame, ResourceUse& use, PageContent& out) {
    out.size = frame.size;
    out.stream = state_->deflater.compress(TRY(state_->operators.write(frame, use)));
    return {};
}

Result<std::string> ContentEncoder::operators(const Frame& frame) {
    ResourceUse ignored;
    return std::string(TRY(state_->operators.write(frame, ignored)));
}

}  // namespace pli::render
