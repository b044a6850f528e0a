#include <fmt/format.h>

#include <algorithm>
#include <filesystem>

#include "fonts/font_set.hpp"
#include "pipeline/plain_text.hpp"
#include "render/proof.hpp"
#include "service/upload_check.hpp"
#include "uploads/looking.hpp"

namespace pli::service {
namespace {

using uploads::Finding;
using uploads::Severity;
using uploads::Zone;
using uploads::ZoneKind;

constexpr int picture_dpi = 110;
constexpr int pages_at_once = 12;  // what one child draws within its limits of time and output
constexpr Length border = 12_mm, column = 92_mm, gap = 8_mm, header = 12_mm;

constexpr Colour paper_ground = Colour::grey(70), paper = Colour::grey(0);
constexpr Colour window_shade = Colour::cmyk(140, 30, 0, 0), address_shade = Colour::cmyk(230, 60, 0, 0);
constexpr Colour reserved_shade = Colour::cmyk(0, 70, 110, 20), fold_colour = Colour::cmyk(500, 200, 0, 100);

Colour colour_of(Severity severity) {
    switch (severity) {
        case Severity::Fatal: return Colour::cmyk(100, 1000, 900, 150);
        case Severity::Repairable: return Colour::cmyk(0, 650, 950, 50);
        case Severity::Warning: return Colour::cmyk(0, 350, 1000, 150);
        case Severity::Info: break;
    }
    return Colour::cmyk(850, 450, 0, 150);
}

Colour shade_of(ZoneKind kind) {
    if (kind == ZoneKind::Address) return address_shade;
    return kind == ZoneKind::Window || kind == ZoneKind::ReturnLine ? window_shade : reserved_shade;
}

Rect moved(const Rect& rect, Point by) { return {rect.origin + by, rect.size}; }

/// One page with everything that is said about it.
class Picture {
public:
    Picture(Size page, pipeline::PlainText& text) : text_(text), page_(page) {
        frame_.size = {border + page.width + gap + column + border, header + border + page.height + border};
        fill({{}, frame_.size}, paper_ground);
        fill(moved({{}, page}, origin()), paper);
    }

    void title(std::string_view left, std::string_view right) {
        set({border, header + 2_mm}, {11_pt, Colour::black()}, left);
        set({border + page_.width + gap, header + 2_mm}, {11_pt, Colour::black()}, right);
    }

    /// Below the page, which is multiplied onto it: what the page leaves white shows the shade.
    void shade(const Zone& zone) { fill(moved(zone.box, origin()), shade_of(zone.kind)); }

    void place(AssetId page) { frame_.items.emplace_back(Placed{page, moved({{}, page_}, origin())}); }

    void outline(const Zone& zone) {
        const Rect box = moved(zone.box, origin());
        frame_rect(box, 0.2_mm, fold_colour);
        const auto wide = static_cast<double>(zone.name.size()) * 5.5 * 0.5;  // as set in 5.5 points
        if (zone.kind != ZoneKind::Window && wide < box.size.width.to_pt())
            set({box.left() + 0.8_mm, box.top() + 2.4_mm}, {5.5_pt, fold_colour}, zone.name);
    }

    void fold(Length y) {
        const Length at = origin().y + y;
        for (Length x; x < page_.width; x += 5_mm)
            rule({origin().x + x, at}, {origin().x + std::min(x + 3_mm, page_.width), at}, 0.2_mm, fold_colour);
        set({origin().x + page_.width - 14_mm, at - 0.8_mm}, {5.5_pt, fold_colour},
            fmt::format("fold {:g}", y.to_mm()));
    }

    void mark(const Finding& one, int number) {
        const Colour colour = colour_of(one.severity);
        if (one.where) {
            const Rect box = around(moved(*one.where, origin()));
            frame_rect(box, 0.5_mm, colour);
            badge({box.left(), box.top()}, number, colour);
        }
        caption(one, number, colour);
    }

    Result<Frame> finish() {
        TRY(std::move(outcome_));
        return std::move(frame_);
    }

private:
    static constexpr Point origin() { return {border, header + border}; }

    /// A little air around what is found, and no less than can be seen.
    static Rect around(const Rect& box) {
        constexpr Length air = 0.6_mm;
        return {{box.left() - air, box.top() - air}, {box.size.width + air * 2, box.size.height + air * 2}};
    }
    void fill(const Rect& box, Colour colour) { frame_.items.emplace_back(Fill{box, colour}); }
    void rule(Point from, Point to, Length width, Colour colour) {
        frame_.items.emplace_back(Rule{from, to, width, colour});
    }
    void frame_rect(const Rect& box, Length width, Colour colour) {
        const Length half = width / 2;
        rule({box.left() - half, box.top()}, {box.right() + half, box.top()}, width, colour);
        rule({box.left() - half, box.bottom()}, {box.right() + half, box.bottom()}, width, colour);
        rule({box.left(), box.top()}, {box.left(), box.bottom()}, width, colour);
        rule({box.right(), box.top()}, {box.right(), box.bottom()}, width, colour);
    }
    void badge(Point at, int number, Colour colour) {
        const std::string digits = std::to_string(number);
        const Rect box{{at.x - 0.25_mm, at.y - 4_mm}, {digits.size() > 1 ? 5.5_mm : 4_mm, 4_mm}};
        fill(box, colour);
        set({box.left() + 1.1_mm, box.bottom() - 1_mm}, {8_pt, paper}, digits);
    }
    Length set(Point at, const pipeline::TextStyle& style, std::string_view words) {
        if (!outcome_) return {};
        auto width = text_.set(frame_, at, style, words);
        if (width) return *width;
        // What an upload says may be in any script; a caption that cannot be set is no reason to have no picture.
        auto plain = text_.set(frame_, at, style, in_ascii(words));
        if (!plain) outcome_ = tl::unexpected<Error>(plain.error());
        return plain.value_or(Length{});
    }
    static std::string in_ascii(std::string_view words) {
        std::string plain;
        for (const char c : words)
            if ((c & 0xC0) != 0x80) plain += (c & 0x80) != 0 ? '?' : c;
        return plain;
    }

    void caption(const Finding& one, int number, Colour colour) {
        if (y_ > frame_.size.height - border - 6_mm) {
            ++left_out_;
            return;
        }
        const Length left = border + page_.width + gap;
        badge({left + 0.25_mm, y_ + 0.8_mm}, number, colour);
        set({left + 8_mm, y_}, {8_pt, colour}, fmt::format("{}: {}", name_of(one.severity), one.code));
        y_ += 4.2_mm;
        paragraph(left + 8_mm, {8_pt, Colour::black()}, one.found);
        paragraph(left + 8_mm, {7_pt, Colour::grey(650)}, "Expected: " + one.expected);
        paragraph(left + 8_mm, {7_pt, Colour::grey(650)}, "Remedy: " + one.remedy);
        y_ += 3_mm;
    }

    /// Lines broken where a word would leave the column, by the widths of a usual text.
    void paragraph(Length left, const pipeline::TextStyle& style, std::string_view words) {
        const auto most = static_cast<std::size_t>((column - 10_mm).to_pt() / (style.size.to_pt() * 0.52));
        while (!words.empty()) {
            std::size_t end = words.size() <= most ? words.size() : words.rfind(' ', most);
            if (end == std::string_view::npos || end == 0) end = std::min(most, words.size());
            while (end < words.size() && (words[end] & 0xC0) == 0x80) ++end;  // never within a character
            set({left, y_}, style, words.substr(0, end));
            y_ += style.size.scaled(1.3);
            words.remove_prefix(end);
            while (!words.empty() && words.front() == ' ') words.remove_prefix(1);
        }
    }

    pipeline::PlainText& text_;
    Size page_;
    Frame frame_;
    Length y_ = header + border + 4_mm;
    int left_out_ = 0;
    Done outcome_;
};

/// The fonts of captions, and where a page's pixels stand while its picture is drawn.
struct Drawing {
    const CheckedUpload& checked;
    const UploadCheckRequest& request;
    const fonts::FontSet& fonts;
    pipeline::PlainText& text;
};

bool concerns_page(const uploads::FindingOnPages& told, int page) {
    return told.pages.empty() ? page == 1 : std::ranges::find(told.pages, page) != told.pages.end();
}

/// The findings of a page in the order of the report, each with its own place on this page.
std::vector<Finding> findings_on(const uploads::Report& report, int page) {
    std::vector<Finding> all;
    for (const auto& told : uploads::together(report.findings)) {
        if (!concerns_page(told, page)) continue;
        const auto own = std::ranges::find_if(report.findings, [&](const Finding& one) {
            return one.page == page && one.code == told.finding.code && one.found == told.finding.found;
        });
        all.push_back(own == report.findings.end() ? told.finding : *own);
    }
    return all;
}

void draw_zones(Picture& picture, const Drawing& drawing, int page, auto draw) {
    const Size& size = drawing.checked.report.pages[static_cast<std::size_t>(page) - 1].size;
    for (const Zone& zone : drawing.checked.zones.zones) {
        const bool on_page = Rect{{}, size}.contains(zone.box);
        if (on_page && concerns(zone, page, drawing.request.sides)) draw(picture, zone);
    }
}

/// From the widest to the smallest, so that the address lies above its window.
std::vector<Zone> by_size(std::vector<Zone> zones) {
    std::ranges::stable_sort(zones, [](const Zone& a, const Zone& b) {
        return a.box.size.width.nm() * (a.box.size.height.nm() / 1000) >
               b.box.size.width.nm() * (b.box.size.height.nm() / 1000);
    });
    return zones;
}

Result<FindingsPicture> draw_one(const Drawing& drawing, uploads::Raster raster, int page) {
    const auto& report = drawing.checked.report;
    const Size size = report.pages[static_cast<std::size_t>(page) - 1].size;
    Picture picture(size, drawing.text);
    const std::string name = std::filesystem::path(drawing.request.file).filename().string();
    const auto findings = findings_on(report, page);
    picture.title(fmt::format("{}, page {} of {}", name, page, report.pages.size()),
                  fmt::format("{}: {}", drawing.checked.zones.profile,
                              findings.empty() ? "nothing to say" : fmt::format("{} finding(s)", findings.size())));
    const bool on_sheet = fits_sheet(size, drawing.checked.zones);  // else nobody knows yet where the zones will lie
    if (on_sheet) draw_zones(picture, drawing, page, [](Picture& on, const Zone& zone) { on.shade(zone); });
    Assets assets;
    picture.place(assets.add(ForeignPage{size, 0, {}, {}, page - 1}));
    if (on_sheet) draw_zones(picture, drawing, page, [](Picture& on, const Zone& zone) { on.outline(zone); });
    for (const Length fold : drawing.checked.zones.folds)
        if (on_sheet) picture.fold(fold);
    int number = 0;
    for (const Finding& one : findings) picture.mark(one, ++number);
    render::ProofOptions options;
    options.dpi = picture_dpi;
    options.rasterise = [&](const ForeignPage&, int) -> Result<render::Picture> {
        return render::Picture{raster.columns, raster.rows, std::move(raster.rgb)};
    };
    const auto frame = TRY(picture.finish());
    const auto pixels = TRY(render::draw_proof(frame, drawing.fonts, assets, options));
    return FindingsPicture{page, render::encode_png(pixels, picture_dpi)};
}

}  // namespace

Result<std::vector<FindingsPicture>> draw_findings(const CheckedUpload& checked, const UploadCheckRequest& request) {
    fonts::FontSet faces({"", fonts::default_fallbacks()});
    const auto chain = TRY(faces.chain({"Noto Sans", 400, false}));
    faces.freeze();
    pipeline::PlainText text(faces, chain);
    CheckedUpload sorted = checked;
    sorted.zones.zones = by_size(std::move(sorted.zones.zones));
    const Drawing drawing{sorted, request, faces, text};
    std::vector<FindingsPicture> pictures;
    const int pages = static_cast<int>(checked.report.pages.size());
    for (int first = 0; first < pages; first += pages_at_once) {
        auto rasters = TRY(uploads::as_result(uploads::draw_pages(
            checked.bytes, first, std::min(pages_at_once, pages - first), picture_dpi, request.file)));
        int page = first;
        for (uploads::Raster& raster : rasters) pictures.push_back(TRY(draw_one(drawing, std::move(raster), ++page)));
    }
    return pictures;
}

}  // namespace pli::service
