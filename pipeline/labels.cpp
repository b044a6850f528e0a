#include "pipeline/labels.hpp"

#include <fmt/format.h>

#include "render/batch_pdf.hpp"
#include "render/page_content.hpp"

namespace pli::pipeline {
namespace {

constexpr Size sheet_size{210_mm, 297_mm}, label_size{105_mm, Length::mm(74.25)};
constexpr std::size_t columns = 2;
// Office printers leave 5 mm unprinted; labels on the edge keep clear of it.
constexpr Length inset = 8_mm, code_side = 16_mm;
constexpr TextStyle large{20_pt, Colour::black()}, middle{11_pt, Colour::black()}, small{7.5_pt, Colour::black()};

/// The upper left corner of a place on the sheet.
Point place_of(std::size_t place) {
    return {label_size.width * static_cast<std::int64_t>(place % columns),
            label_size.height * static_cast<std::int64_t>(place / columns)};
}

std::string numbered(const Label& label) {
    auto text = fmt::format("{} {} of {}", label.unit, label.number, label.count);
    if (label.of == Label::Of::Bundle) text += fmt::format(", in tray {}", label.tray);
    return text;
}

std::string range_of(const postage::Pack& pack) {
    return pack.from == pack.to ? pack.from : fmt::format("{} – {}", pack.from, pack.to);
}

/// Sets lines from the top of one label downwards; the first error stays.
class LabelWriter {
public:
    LabelWriter(Frame& frame, Point corner, PlainText& text) : frame_(frame), at_(corner), text_(text) {
        at_.x += inset;
        at_.y += inset;
    }
    void line(Length pitch, const TextStyle& style, std::string_view words) {
        at_.y += pitch;
        if (!outcome_ || words.empty()) return;
        if (auto width = text_.set(frame_, at_, style, words); !width) outcome_ = tl::unexpected(width.error());
    }
    Done finish() { return std::move(outcome_); }

private:
    Frame& frame_;
    Point at_;
    PlainText& text_;
    Done outcome_;
};

void add_code(Frame& frame, Point corner, const std::string& payload) {
    const Point at{corner.x + label_size.width - inset - code_side, corner.y + inset};
    frame.items.emplace_back(
        Code{Symbology::DataMatrix, Correction::M, {at, {code_side, code_side}}, frame.add_text(payload)});
}

/// Long names are set smaller: the line keeps clear of the code.
TextStyle fitting(std::string_view destination) {
    constexpr std::size_t at_full_size = 14;
    auto style = large;
    if (destination.size() > at_full_size)
        style.size =
            large.size * static_cast<std::int64_t>(at_full_size) / static_cast<std::int64_t>(destination.size());
    return style;
}

Done add_label(Frame& frame, Point corner, const BatchSpec& batch, const Label& label, PlainText& text) {
    const auto& pack = *label.pack;
    LabelWriter writer(frame, corner, text);
    writer.line(3_mm, small, numbered(label));
    writer.line(10_mm, fitting(pack.destination), pack.destination);
    writer.line(8_mm, middle, range_of(pack));
    writer.line(9_mm, middle, fmt::format("{} pieces, {:.2f} kg", pack.pieces(), pack.mass.to_g() / 1000));
    writer.line(6_mm, middle, fmt::format("pieces {:07} – {:07}", pack.first + 1, pack.end));
    writer.line(6_mm, middle, batch.production.product);
    writer.line(9_mm, small, batch.name);
    writer.line(4_mm, small, label_payload(batch, label));
    add_code(frame, corner, label_payload(batch, label));
    return writer.finish();
}

}  // namespace

std::vector<Label> labels_of(const postage::Packing& packing, const postage::SortRules& rules) {
    std::vector<Label> labels;
    std::size_t bundle = 0;
    const auto trays = static_cast<std::uint32_t>(packing.containers.size());
    const auto bundles = static_cast<std::uint32_t>(packing.bundles.size());
    for (std::uint32_t tray = 0; tray < trays; ++tray) {
        labels.push_back({Label::Of::Tray, rules.container.name, tray + 1, trays, 0, &packing.containers[tray]});
        for (; bundle < bundles && packing.bundles[bundle].container == tray; ++bundle)
            labels.push_back({Label::Of::Bundle, rules.bundle->name, static_cast<std::uint32_t>(bundle + 1), bundles,
                              tray + 1, &packing.bundles[bundle]});
    }
    return labels;
}

std::string label_payload(const BatchSpec& batch, const Label& label) {
    return fmt::format("2{}{}{:05}{:07}", batch.id, static_cast<int>(label.of), label.number % 100'000,
                       label.pack->first + 1);
}

Result<Frame> label_sheet(const BatchSpec& batch, const std::vector<Label>& labels, std::size_t sheet,
                          PlainText& text) {
    Frame frame;
    frame.size = sheet_size;
    for (std::size_t place = 0; place < labels_on_sheet; ++place) {
        const auto number = sheet * labels_on_sheet + place;
        if (number < labels.size()) TRY(add_label(frame, place_of(place), batch, labels[number], text));
    }
    return frame;
}

Result<std::optional<HiddenFolder::FileSum>> write_labels(const RunPlan& plan, const BatchSpec& batch,
                                                          const postage::Packing& packing, const HiddenFolder& folder) {
    if (packing.containers.empty()) return std::optional<HiddenFolder::FileSum>{};
    const auto labels = labels_of(packing, plan.post_office->sort_rules());
    PlainText text(*plan.fonts, plan.mark_chain);
    render::ContentEncoder encoder(*plan.fonts, *plan.assets);
    render::ResourceUse use;
    render::PageContent page;
    auto pdf = TRY(render::BatchPdf::create({folder.path("labels.pdf"), "Labels " + batch.name, batch.name + "/labels",
                                             Instant::midnight(plan.day), plan.condition},
                                            *plan.fonts, *plan.assets));
    std::vector<render::ContentId> contents;
    for (std::size_t sheet = 0; sheet * labels_on_sheet < labels.size(); ++sheet) {
        TRY(encoder.encode(TRY(label_sheet(batch, labels, sheet, text)), use, page));
        contents.push_back(TRY(pdf.append(page)));
    }
    std::size_t next = 0;
    const auto closed = TRY(pdf.close(use, [&](render::SheetSide& side) {
        if (next == contents.size()) return false;
        const Rect whole{{}, sheet_size};
        side = {sheet_size, whole, whole, {contents[next++]}, {}};
        return true;
    }));
    return std::optional(HiddenFolder::FileSum{"labels.pdf", closed.sha256});
}

}  // namespace pli::pipeline
