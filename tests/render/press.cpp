#include "press.hpp"

#include <catch2/catch.hpp>

namespace pli::test {

const Type& type() {
    static const Type loaded = [] {
        fonts::FontSet fonts({"", fonts::default_fallbacks()});
        const fonts::ChainId sans = fonts.chain({"Noto Sans"}).value();
        const fonts::ChainId nimbus = fonts.chain({"Nimbus Sans"}).value();
        fonts.freeze();
        return Type{std::move(fonts), sans, nimbus};
    }();
    return loaded;
}

Frame card() {
    Frame frame;
    frame.size = {100_mm, 70_mm};
    return frame;
}

void add_line(Frame& frame, Point baseline, std::string_view text) { add_line(frame, baseline, text, type().sans); }

void add_line(Frame& frame, Point baseline, std::string_view text, fonts::ChainId chain) {
    fonts::Shaper shaper(type().fonts);
    for (const fonts::ShapedRun& shaped : shaper.visual_order(shaper.shape(chain, text, "en").value())) {
        TextRun run{};
        run.baseline = baseline;
        run.size = 12_pt;
        run.face = shaped.face;
        run.glyphs = {static_cast<std::uint32_t>(frame.glyphs.size()),
                      static_cast<std::uint32_t>(shaped.glyphs.size())};
        frame.glyphs.insert(frame.glyphs.end(), shaped.glyphs.begin(), shaped.glyphs.end());
        if (shaped.needs_text) run.text = frame.add_text(text.substr(shaped.first, shaped.length));
        frame.items.emplace_back(run);
        baseline.x += shaped.width(run.size, type().fonts);
    }
}

void add_code(Frame& frame, const Rect& box, Symbology symbology, std::string_view payload) {
    frame.items.emplace_back(Code{symbology, Correction::M, box, frame.add_text(payload)});
}

render::BatchPdfOptions options(const std::string& path) {
    return {path, "Lot d’été (1)", "run-1/batch-1", Instant::midnight(Day::of(2026, 11, 22))};
}

std::function<bool(render::SheetSide&)> in_order(std::vector<render::ContentId> contents, Size size) {
    return [contents = std::move(contents), size, next = std::size_t{0}](render::SheetSide& side) mutable {
        if (next == contents.size()) return false;
        const Rect sheet{{}, size};
        side = {size, sheet, sheet, {contents[next++]}, {}};
        return true;
    };
}

render::BatchPdf::Closed press(const std::string& path, const Assets& assets, const std::vector<Frame>& frames) {
    auto pdf = render::BatchPdf::create(options(path), type().fonts, assets).value();
    render::ContentEncoder encoder(type().fonts, assets);
    render::ResourceUse use;
    std::vector<render::ContentId> contents;
    for (const Frame& frame : frames) {
        render::PageContent content;
        REQUIRE(encoder.encode(frame, use, content));
        contents.push_back(pdf.append(content).value());
    }
    return pdf.close(use, in_order(contents, frames.at(0).size)).value();
}

}  // namespace pli::test
