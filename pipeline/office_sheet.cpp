#include "pipeline/office_sheet.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "pipeline/production_class.hpp"
#include "render/batch_pdf.hpp"
#include "render/page_content.hpp"

namespace pli::pipeline {
namespace {

using render::ContentId;

constexpr Length hairline = Length::pt(0.4);

/// "q s 0 0 s x y cm …": the letter made smaller and clipped to its own edges.
std::string enter_shown(const OfficePage::Shown& shown, Length page_height) {
    const auto& letter = shown.letter->size;
    return fmt::format("q {0:.5f} 0 0 {0:.5f} {1:.2f} {2:.2f} cm 0 0 {3:.2f} {4:.2f} re W n\n",
                       shown.box.size.width.to_pt() / letter.width.to_pt(), shown.box.left().to_pt(),
                       (page_height - shown.box.bottom()).to_pt(), letter.width.to_pt(), letter.height.to_pt());
}

/// Encodes pages and letters into one file.
class OfficeFileWriter {
public:
    OfficeFileWriter(const RunPlan& plan, render::BatchPdf& pdf) : encoder_(*plan.fonts, *plan.assets), pdf_(pdf) {}

    Result<std::vector<ContentId>> add(const OfficePage& page) {
        std::vector<ContentId> contents;
        for (const auto& shown : page.shown) {
            contents.push_back(TRY(pdf_.add_shared(enter_shown(shown, page.frame.size.height))));
            contents.push_back(TRY(draw(*shown.letter)));
            contents.push_back(TRY(pdf_.add_shared("Q\n")));
        }
        contents.push_back(TRY(draw(page.frame)));
        return contents;
    }
    const render::ResourceUse& use() const { return use_; }

private:
    Result<ContentId> draw(const Frame& frame) {
        TRY(encoder_.encode(frame, use_, content_));
        return pdf_.append(content_);
    }
    render::ContentEncoder encoder_;
    render::BatchPdf& pdf_;
    render::ResourceUse use_;
    render::PageContent content_;
};

}  // namespace

Size office_size(Size letters) {
    const Size us_letter{Length::mm(215.9), Length::mm(279.4)};
    return same_sheet(letters, us_letter) ? letters : Size{210_mm, 297_mm};
}

void OfficeSheet::line(const TextStyle& style, Length from_left, std::string_view words) {
    if (!outcome_) return;
    if (auto width = text_.set(frame_, {from_left, y_}, style, words); !width)
        outcome_ = tl::unexpected(std::move(width).error());
}

void OfficeSheet::line_to(const TextStyle& style, Length to, std::string_view words) {
    if (!outcome_) return;
    Frame measured;
    const auto width = text_.set(measured, {}, style, words);
    line(style, width ? to - *width : to, words);
}

void OfficeSheet::rule_from(Length from, Length to) {
    frame_.items.emplace_back(Rule{{from, y_}, {to, y_}, hairline, Colour::grey(500)});
}

void OfficeSheet::section(std::string_view name) {
    down(8_mm);
    line(office::heading, office::left, name);
    down(2_mm);
    rule();
    down(office::row_pitch);
}

void OfficeSheet::row(std::string_view label, std::string_view value, const TextStyle& style) {
    line(office::heading, office::left, label);
    line(style, office::value_column, value);
    down(office::row_pitch);
}

void OfficeSheet::signature(std::string_view step, std::string_view first, std::string_view second) {
    using office::value_column;
    down(3_mm);
    line(office::heading, office::left, step);
    rule_from(value_column, value_column + 55_mm);
    rule_from(value_column + 60_mm, value_column + 115_mm);
    down(4_mm);
    line(office::small, value_column, first);
    line(office::small, value_column + 60_mm, second);
    down(4_mm);
}

Result<Frame> OfficeSheet::finish() {
    TRY(std::move(outcome_));
    return std::move(frame_);
}

Result<HiddenFolder::FileSum> write_office_pdf(const RunPlan& plan, const OfficeFile& file,
                                               const std::vector<OfficePage>& pages, const HiddenFolder& folder) {
    const std::string name(file.file);
    auto pdf = TRY(render::BatchPdf::create({folder.path(name), fmt::format("{} {}", file.title, file.batch),
                                             fmt::format("{}/{}", file.batch, name.substr(0, name.rfind('.'))),
                                             Instant::midnight(plan.day), plan.condition},
                                            *plan.fonts, *plan.assets));
    OfficeFileWriter writer(plan, pdf);
    std::vector<std::vector<ContentId>> contents;
    for (const auto& page : pages) contents.push_back(TRY(writer.add(page)));
    std::size_t next = 0;
    const auto closed = TRY(pdf.close(writer.use(), [&](render::SheetSide& side) {
        if (next == pages.size()) return false;
        const Rect whole{{}, pages[next].frame.size};
        side = {whole.size, whole, whole, std::move(contents[next]), {}};
        ++next;
        return true;
    }));
    return HiddenFolder::FileSum{name, closed.sha256};
}

}  // namespace pli::pipeline
