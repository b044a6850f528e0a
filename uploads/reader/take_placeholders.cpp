#include "uploads/reader/take_placeholders.hpp"

#include <fmt/format.h>

#include <iterator>
#include <map>

#include "uploads/reader/page_walk.hpp"
#include "uploads/reader/pdf_values.hpp"
#include "uploads/reader/text_removal.hpp"

namespace pli::uploads::reader {
namespace {

/// Codes to take out, by the stream they are written in.
struct Taken {
    QPDFObjectHandle stream;
    std::vector<TakenCode> codes;
};
using TakenByStream = std::map<QPDFObjGen, Taken>;

void note_taken(const PageMarks& marks, const FoundPart& part, TakenByStream& taken) {
    for (const std::uint32_t index : part.glyphs) {
        const PageGlyph& glyph = marks.glyphs[index];
        const QPDFObjectHandle& stream = marks.streams[glyph.source.stream];
        Taken& here = taken[stream.getObjGen()];
        here.stream = stream;
        here.codes.push_back({glyph.source.token, glyph.source.at, glyph.source.bytes, glyph.advance});
    }
}

/// Writes glyphs as they stood: their font, colour and state as resources of a form that covers the page.
class TextForm {
public:
    TextForm(QPDF& pdf, Size page) : pdf_(pdf), page_(page) {}

    QPDFObjectHandle form_of(const PageMarks& marks, const FoundPart& part) {
        content_ = "BT\n";
        for (const std::uint32_t index : part.glyphs) {
            const PageGlyph& glyph = marks.glyphs[index];
            set_paint(marks.paints[glyph.paint], glyph.paint);
            show(glyph);
        }
        content_ += "ET";
        QPDFObjectHandle form = pdf_.newStream(content_);
        QPDFObjectHandle dictionary = form.getDict();
        dictionary.replaceKey("/Type", QPDFObjectHandle::newName("/XObject"));
        dictionary.replaceKey("/Subtype", QPDFObjectHandle::newName("/Form"));
        dictionary.replaceKey("/BBox",
                              QPDFObjectHandle::newFromRectangle({0, 0, page_.width.to_pt(), page_.height.to_pt()}));
        dictionary.replaceKey("/Resources", resources_);
        return form;
    }

private:
    std::string named(const char* kind, char letter, const QPDFObjectHandle& object) {
        auto group = resources_.getKey(kind);
        if (!group.isDictionary()) group = resources_.replaceKeyAndGetNew(kind, QPDFObjectHandle::newDictionary());
        const std::string name = fmt::format("/{}{}", letter, group.getKeys().size());
        group.replaceKey(name, object);
        return name;
    }
    void set_paint(const TextPaint& paint, std::uint32_t index) {
        if (index == paint_) return;
        paint_ = index;
        if (is_dictionary(paint.state)) content_ += named("/ExtGState", 'G', paint.state) + " gs\n";
        if (is_name(paint.space))
            content_ += QPDFObjectHandle(paint.space).getName() + " cs ";
        else if (paint.space.isInitialized())
            content_ += named("/ColorSpace", 'C', paint.space) + " cs ";
        content_ += paint.colour_operators + (paint.space.isInitialized() ? "scn\n" : "\n");
    }
    void show(const PageGlyph& glyph) {
        if (glyph.font != font_) {
            font_ = glyph.font;
            content_ += named("/Font", 'F', glyph.font->dictionary()) + " 1 Tf\n";
        }
        const double height = page_.height.to_pt();  // here y goes upwards
        fmt::format_to(std::back_inserter(content_), "{:.5f} {:.5f} {:.5f} {:.5f} {:.4f} {:.4f} Tm <", glyph.along.x,
                       -glyph.along.y, glyph.up.x, -glyph.up.y, glyph.origin.x, height - glyph.origin.y);
        for (int i = glyph.source.bytes - 1; i >= 0; --i)
            fmt::format_to(std::back_inserter(content_), "{:02x}", glyph.code >> (8 * i) & 0xFF);
        content_ += "> Tj\n";
    }

    QPDF& pdf_;
    Size page_;
    QPDFObjectHandle resources_ = QPDFObjectHandle::newDictionary();
    std::string content_;
    std::uint32_t paint_ = UINT32_MAX;
    const PageFont* font_ = nullptr;
};

OpenPage::Line open_line(QPDF& pdf, Size page, const PageMarks& marks, FoundLine& found) {
    OpenPage::Line line{std::move(found.line), {}};
    for (FoundPart& part : found.parts) {
        const bool is_text = part.part.placeholder.empty();
        line.forms.push_back(is_text ? TextForm(pdf, page).form_of(marks, part) : QPDFObjectHandle::newNull());
        line.line.parts.push_back(std::move(part.part));
    }
    return line;
}

void open_page(QPDF& pdf, const PageMarks& marks, const DocumentFacts& document, OpenPage& page, TakenByStream& taken) {
    for (FoundLine& found : field_lines_of(marks, document)) {
        if (found.line.kept)
            std::erase_if(found.parts, [](const FoundPart& part) { return part.part.placeholder.empty(); });
        else
            for (const FoundPart& part : found.parts) note_taken(marks, part, taken);
        page.lines.push_back(open_line(pdf, page.placed.size, marks, found));
    }
}

}  // namespace

Result<std::vector<OpenPage>> take_placeholders(QPDF& pdf, const std::vector<QPDFPageObjectHelper>& pages) {
    DocumentFacts document;
    const Layers layers(pdf);
    FontBook fonts(document);
    ColourSpaces spaces(document);
    WalkBooks books{fonts, spaces, layers, {}};
    TakenByStream taken;
    std::vector<OpenPage> open;
    for (std::size_t i = 0; i < pages.size(); ++i) {
        OpenPage page{TRY(form_of_page(pages[i], static_cast<int>(i) + 1)), {}};
        const double height = page.placed.size.height.to_pt();
        PageMarks marks;
        marks.trim = {0, 0, page.placed.size.width.to_pt(), height};
        PageWalk(books, marks).walk(page.placed.form, {1, 0, 0, -1, 0, height}, marks.trim);
        open_page(pdf, marks, document, page, taken);
        open.push_back(std::move(page));
    }
    for (auto& [id, here] : taken)
        here.stream.replaceStreamData(without_codes(*books.contents[id], std::move(here.codes)),
                                      QPDFObjectHandle::newNull(), QPDFObjectHandle::newNull());
    return open;
}

}  // namespace pli::uploads::reader
