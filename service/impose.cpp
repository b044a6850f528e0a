#include "service/impose.hpp"

#include <fmt/format.h>

#include <toml++/toml.h>
#include <algorithm>
#include <filesystem>

#include "base/digest.hpp"
#include "frame/assets.hpp"
#include "pipeline/piece_mark.hpp"
#include "pipeline/press_layout.hpp"
#include "pipeline/print_file.hpp"
#include "pipeline/production_class.hpp"
#include "service/composing.hpp"
#include "service/press_setup.hpp"
#include "service/print_house.hpp"
#include "service/settings.hpp"
#include "service/workspace.hpp"
#include "uploads/import.hpp"

namespace pli::service {
namespace fs = std::filesystem;
namespace {

using pipeline::PressLayout, pipeline::PressScheme;

/// A whole job is imposed, not a letter that thousands wait behind: larger and longer than an upload's limits.
uploads::Limits generous() {
    uploads::Limits limits;
    limits.memory_bytes = std::uint64_t{2} << 30;
    limits.output_bytes = std::uint64_t{1} << 30;
    limits.cpu_seconds = 120;
    limits.wall_seconds = 300;
    limits.pages = 20'000;
    return limits;
}

std::string size_in_words(Size size) {
    return fmt::format("{:.4g} x {:.4g} mm", size.width.to_mm(), size.height.to_mm());
}

/// The place of one page: that of all of them, or of the largest.
Result<Size> cell_for(const std::vector<ForeignPage>& pages, const ImposeRequest& request) {
    Size cell = pages.front().size;
    for (std::size_t i = 0; i < pages.size(); ++i) {
        const auto& size = pages[i].size;
        if (!request.centre && !pipeline::same_sheet(size, pages.front().size))
            return failure(Fault::BadInput, fmt::format("{}, page {}", request.file, i + 1),
                           fmt::format("is {}, page 1 is {}", size_in_words(size), size_in_words(pages.front().size)),
                           "--centre puts smaller pages in the middle of the largest one's place");
        cell = {std::max(cell.width, size.width), std::max(cell.height, size.height)};
    }
    return pipeline::settled_size(cell);
}

template <class T>
void put(toml::table& press, std::string_view key, const std::optional<T>& value) {
    if (value) press.insert_or_assign(key, *value);
}
void put(toml::table& press, std::string_view key, const std::string& value) {
    if (!value.empty()) press.insert_or_assign(key, value);
}
template <class T>
void put(toml::table& press, std::string_view key, const std::vector<T>& values) {
    if (values.empty()) return;
    toml::array list;
    for (const auto& value : values) list.push_back(value);
    press.insert_or_assign(key, std::move(list));
}

void put_wish(toml::table& press, const PressWish& wish) {
    put(press, "sheet", wish.sheet);
    put(press, "orientation", wish.orientation);
    put(press, "up", wish.up);
    put(press, "imposition", wish.imposition);
    put(press, "turn", wish.turn);
    put(press, "heads", wish.heads);
    if (wish.pile_depth) press.insert_or_assign("pile_depth", std::int64_t{*wish.pile_depth});
    put(press, "bleed_mm", wish.bleed_mm);
    put(press, "gutter_mm", wish.gutter_mm);
    put(press, "edge_mm", wish.edge_mm);
    put(press, "web_mm", wish.web_mm);
    put(press, "cut_off_mm", wish.cut_off_mm);
    put(press, "marks", wish.marks);
    put(press, "folds_mm", wish.folds_mm);
}

/// Known before the pages are, because it says how much of them is shown.
Result<Length> bleed_of(const ImposeRequest& request) {
    if (request.press.bleed_mm) return Length::mm(*request.press.bleed_mm);
    if (request.profile.empty()) return Length{};
    return TRY(read_print_house(request.profile)).press.bleed;
}

/// The profile's table with what the command line says instead, read as any other [press].
Result<PressScheme> scheme_for(const ImposeRequest& request, Size cell) {
    toml::table press;
    if (!request.profile.empty()) {
        const auto house = TRY(read_print_house(request.profile));  // its own mistakes are told with their lines
        const toml::table profile = toml::parse_file(request.profile);
        if (const auto* table = profile["press"].as_table()) press = *table;
        if (!pipeline::same_sheet(house.press.letter, cell)) press.erase("folds_mm");  // of another size of letter
    }
    put_wish(press, request.press);
    press.insert_or_assign("letter", fmt::format("{}x{}", cell.width.to_mm(), cell.height.to_mm()));
    toml::table root;
    root.insert("press", std::move(press));
    Settings settings(root, request.profile.empty() ? "options" : request.profile);
    auto scheme = read_press(settings);
    TRY(settings.refuse_unknown());
    return scheme;
}

Result<render::PressCondition> condition_of(const std::string& folder) {
    Workspace workspace;
    if (fs::exists(fs::path(folder) / "pli.toml")) workspace = TRY(Workspace::open(folder));
    return TRY(press_setup(workspace)).condition;
}

/// The pages of the upload, each placed by a content stream of its own, and the file they are written to.
class Sheets {
public:
    static Result<Sheets> open(const std::string& folder, const ImposeRequest& request, Size cell,
                               std::vector<ForeignPage> pages) {
        Sheets sheets(request, cell);
        sheets.chain_ = TRY(sheets.fonts_->chain({"Noto Sans", 400, false}));
        sheets.fonts_->freeze();
        for (auto& page : pages) sheets.assets_->add(std::move(page));
        *sheets.condition_ = TRY(condition_of(folder));
        return sheets;
    }

    Result<Imposed> impose(const PressLayout& layout, const std::string& id) {
        auto pdf = TRY(render::BatchPdf::create(
            {request_->output + ".part", name(), id, Instant::midnight(request_->day), condition_.get()}, *fonts_,
            *assets_));
        render::ResourceUse use;
        const auto pieces = TRY(place_pages(pdf, use));
        const auto stacking = pipeline::stack(pieces, layout.arrangement);
        const pipeline::PrintJob job{*fonts_, *assets_, chain_, name(), id, true, layout, pieces, stacking};
        const auto closed = TRY(pipeline::close_print_file(std::move(pdf), job, std::move(use)));
        return Imposed{pipeline::name_of(layout.arrangement),
                       pipeline::sheet_name(layout.media),
                       pieces.total_pages(),
                       stacking.press_sheets,
                       static_cast<std::uint32_t>(stacking.lifts.size()),
                       closed.pages,
                       closed.bytes};
    }

private:
    Sheets(const ImposeRequest& request, Size cell)
        : request_(&request),
          cell_(cell),
          fonts_(std::make_unique<fonts::FontSet>(fonts::FontSet::Options{"", fonts::default_fallbacks()})) {}

    std::string name() const { return fs::path(request_->file).stem().string(); }

    Result<pipeline::PieceList> place_pages(render::BatchPdf& pdf, render::ResourceUse& use) const {
        const auto sides = request_->sides == Sides::Duplex ? 2u : 1u;
        const auto each = request_->pages_each == 0 ? sides : request_->pages_each;
        pipeline::PieceList pieces(request_->sides);
        render::ContentEncoder encoder(*fonts_, *assets_);
        render::PageContent content;
        for (std::uint32_t page = 0; page < assets_->items.size(); ++page) {
            if (page % each == 0) pieces.add_piece();
            TRY(encoder.encode(placed(page), use, content));
            pieces.add_page(TRY(pdf.append(content)));
        }
        return pieces;
    }

    Frame placed(std::uint32_t page) const {
        const auto& size = std::get<ForeignPage>(assets_->items[page]).size;
        Frame frame;
        frame.size = cell_;
        const Point corner{(cell_.width - size.width) / 2, (cell_.height - size.height) / 2};
        frame.items.emplace_back(Placed{{page}, {corner, size}});
        return frame;
    }

    const ImposeRequest* request_;
    Size cell_;
    std::unique_ptr<fonts::FontSet> fonts_;
    std::unique_ptr<Assets> assets_ = std::make_unique<Assets>();
    std::unique_ptr<render::PressCondition> condition_ = std::make_unique<render::PressCondition>();
    fonts::ChainId chain_;
};

/// Under its own name once it is whole.
Result<Imposed> keep(Result<Imposed> imposed, const std::string& output) {
    std::error_code error;
    const auto part = output + ".part";
    if (imposed) fs::rename(part, output, error);
    if (imposed && !error) return imposed;
    const auto why = error.message();
    fs::remove(part, error);
    if (!imposed) return imposed;
    return failure(Fault::Environment, output, "cannot be written: " + why, "check the folder and its permissions");
}

}  // namespace

Result<Imposed> impose(const std::string& workspace, const ImposeRequest& request) {
    std::error_code none;
    if (fs::equivalent(request.file, request.output, none))
        return failure(Fault::BadInput, request.output, "is the file to impose", "name another output");
    const auto bytes = TRY(read_file(request.file));
    uploads::ImportOptions options;
    options.limits = generous();
    options.for_press = true;
    options.bleed = TRY(bleed_of(request));
    auto pages = TRY(uploads::import_pdf(bytes, request.file, options));
    const auto cell = TRY(cell_for(pages, request));
    const auto scheme = TRY(scheme_for(request, cell));
    const auto layout = TRY(pipeline::lay_out_press(scheme));
    auto sheets = TRY(Sheets::open(workspace, request, cell, std::move(pages)));
    const auto id = pipeline::batch_id(Digest::hex_of(bytes), pipeline::name_of(layout.arrangement));
    return keep(sheets.impose(layout, id), request.output);
}

}  // namespace pli::service
