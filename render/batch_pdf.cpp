#include "render/batch_pdf.hpp"

#include <fmt/format.h>

#include "render/asset_objects.hpp"
#include "render/document_objects.hpp"
#include "render/font_objects.hpp"
#include "render/frame_operators.hpp"
#include "render/operators.hpp"
#include "render/page_tree.hpp"
#include "render/pdf_file.hpp"

namespace pli::render {

namespace {

/// An entry of a resource dictionary, named as FrameOperators names it.
std::string entry(char kind, std::size_t index, ObjectId id) {
    return fmt::format("/{}{} {} 0 R", kind, index, id.number);
}

void write_box(Operators& out, std::string_view key, const Rect& box, Length sheet_height) {
    out.text(key).text("[").hundredths(box.left().to_centipoints());
    out.hundredths((sheet_height - box.bottom()).to_centipoints()).hundredths(box.right().to_centipoints());
    out.hundredths((sheet_height - box.top()).to_centipoints()).text("]");
}

void write_page_entries(Operators& out, const SheetSide& side) {
    const Rect media{{}, side.media};
    write_box(out, "/MediaBox", media, side.media.height);
    if (side.bleed != media) write_box(out, "/BleedBox", side.bleed, side.media.height);
    write_box(out, "/TrimBox", side.trim, side.media.height);
    if (side.contents.size() == 1) {
        out.text("/Contents ").integer(side.contents[0].object).text("0 R");
        return;
    }
    out.text("/Contents[");
    for (const ContentId content : side.contents) out.integer(content.object).text("0 R ");
    out.text("]");
}

}  // namespace

struct BatchPdf::State {
    BatchPdfOptions options;
    const fonts::FontSet& fonts;
    const Assets& assets;
    PdfFile file;

    struct Named {
        std::string fonts, spots, pictures, layers;  // entries of resource subdictionaries
    };
    std::string hints(std::size_t asset, bool alone) const {
        return reuse_hints(uuid_of(fmt::format("{}/{}", options.id, asset)), alone);
    }
    Result<std::string> write_resources(ResourceUse use);
    Done write_layers(ResourceUse& use, ObjectId resources, Named& named);
    void write_pictures(const ResourceUse& use, Named& named);
    Done write_pages(const std::function<bool(SheetSide&)>& next, PageTree& tree, PartTree& parts);
};

BatchPdf::BatchPdf(std::unique_ptr<State> state) : state_(std::move(state)) {}
BatchPdf::~BatchPdf() = default;
BatchPdf::BatchPdf(BatchPdf&&) noexcept = default;
BatchPdf& BatchPdf::operator=(BatchPdf&&) noexcept = default;

Result<BatchPdf> BatchPdf::create(BatchPdfOptions options, const fonts::FontSet& fonts, const Assets& assets) {
    auto file = TRY(PdfFile::create(options.path));
    return BatchPdf(std::unique_ptr<State>(new State{std::move(options), fonts, assets, std::move(file)}));
}

Result<ContentId> BatchPdf::append(const PageContent& content) {
    const ObjectId id = state_->file.add_stream("/Filter/FlateDecode", content.stream);
    TRY(state_->file.check());
    return ContentId{id.number};
}

Result<ContentId> BatchPdf::add_shared(std::string_view operators) {
    const ObjectId id = state_->file.add_stream("", operators);
    TRY(state_->file.check());
    return ContentId{id.number};
}

/// Layers draw with fonts, inks and pictures of their own: those are added to `use` before anything else is written.
Done BatchPdf::State::write_layers(ResourceUse& use, ObjectId resources, Named& named) {
    FrameOperators operators(fonts, assets);
    const std::vector<bool> placed = use.assets;
    for (std::size_t i = 0; i < placed.size(); ++i) {
        const Layer* layer = placed[i] ? std::get_if<Layer>(&assets.items[i]) : nullptr;
        if (layer == nullptr) continue;
        const ObjectId id = file.reserve();
        write_form(file, id, layer->frame.size, "/Resources " + resources.reference() + hints(i, false),
                   TRY(operators.write_form(layer->frame, use)));
        named.layers += entry('X', i, id);
    }
    return {};
}

void BatchPdf::State::write_pictures(const ResourceUse& use, Named& named) {
    RgbSpaces spaces(file);
    ForeignObjects foreign(file, spaces);
    for (std::size_t i = 0; i < use.assets.size(); ++i) {
        if (!use.assets[i] || std::holds_alternative<Layer>(assets.items[i])) continue;
        const auto* image = std::get_if<Image>(&assets.items[i]);
        const ObjectId id = image != nullptr ? write_image(file, *image, spaces, hints(i, stands_alone(*image)))
                                             : foreign.write(std::get<ForeignPage>(assets.items[i]), hints(i, false));
        named.pictures += entry('X', i, id);
    }
}

/// Gives the pages' /Resources. Layers have a dictionary without layers, so that no object leads back to itself.
Result<std::string> BatchPdf::State::write_resources(ResourceUse use) {
    Named named;
    const ObjectId of_layers = file.reserve();
    TRY(write_layers(use, of_layers, named));
    write_pictures(use, named);
    for (std::size_t i = 0; i < use.spots.size(); ++i) {
        if (use.spots[i]) named.spots += entry('S', i, write_spot(file, assets.spots[i]));
    }
    for (std::size_t i = 0; i < use.glyphs.size(); ++i) {
        if (use.glyphs[i].empty()) continue;
        const auto written = TRY(write_font(file, fonts, {static_cast<std::uint16_t>(i)}, use.glyphs[i]));
        if (written.by_code) named.fonts += entry('L', i, *written.by_code);
        if (written.by_glyph_id) named.fonts += entry('F', i, *written.by_glyph_id);
    }
    if (use.registration) named.spots += "/All " + write_registration(file).reference();
    const ObjectId font_names = file.add("<<" + named.fonts + ">>"), spot_names = file.add("<<" + named.spots + ">>");
    const std::string shared = "<</Font " + font_names.reference() + "/ColorSpace " + spot_names.reference() +
                               "/ExtGState " + write_overprint_states(file).reference();
    file.write(of_layers, shared + "/XObject<<" + named.pictures + ">>>>");
    return "/Resources" + shared + "/XObject<<" + named.pictures + named.layers + ">>>>";
}

Done BatchPdf::State::write_pages(const std::function<bool(SheetSide&)>& next, PageTree& tree, PartTree& parts) {
    SheetSide side;
    Operators entries;
    while (next(side)) {
        entries.clear();
        write_page_entries(entries, side);
        entries.text("/DPart ").integer(parts.part(side.part).number).text("0 R");
        parts.add(side.part, tree.add_page(entries.view()));
        TRY(file.check());
    }
    return {};
}

Result<BatchPdf::Closed> BatchPdf::close(const ResourceUse& use, const std::function<bool(SheetSide&)>& next,
                                         const DocumentParts& parts) {
    State& s = *state_;
    PageTree tree(s.file);
    PartTree part_tree(s.file, parts);
    const std::string resources = TRY(s.write_resources(use));
    TRY(s.write_pages(next, tree, part_tree));
    const auto& condition = s.options.condition != nullptr ? *s.options.condition : coated_fogra39();
    const DocumentFacts facts{s.options.title, s.options.id, s.options.created};
    const std::string trailer = write_document(s.file, facts, condition, {tree.finish(resources), part_tree.finish()});
    const PdfFile::Finished finished = TRY(s.file.finish(trailer));
    return Closed{finished.sha256, finished.bytes, tree.pages()};
}

}  // namespace pli::render
